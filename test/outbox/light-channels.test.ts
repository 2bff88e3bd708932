import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIGHT_ROOM_BYTES, LightChannels } from '../../src/outbox/light-channels.ts'

test('a channel is light until it has 4 KiB under way, and again when all of it is acknowledged', () => {
  const channels = new LightChannels()
  assert.ok(channels.isLight(1, 0))
  channels.wrote(1, 4_095, 0, 0)
  assert.ok(channels.isLight(1, 0))
  channels.wrote(1, 1, 4_095, 0)
  assert.equal(channels.isLight(1, 4_095), false)
  assert.ok(channels.isLight(2, 0), 'another is')
  assert.ok(channels.isLight(1, 4_096))
  channels.wrote(1, 4_095, 4_096, 4_096)
  assert.ok(channels.isLight(1, 4_096), 'it is counted anew')
})

test('somebody is in a hurry who writes little amid much of others', () => {
  const channels = new LightChannels()
  assert.equal(channels.wrote(1, 100, LIGHT_ROOM_BYTES - 1, 0), false, 'not much is under way')
  assert.equal(channels.wrote(2, 100, LIGHT_ROOM_BYTES, 0), true)
  assert.equal(channels.wrote(3, 4_096, LIGHT_ROOM_BYTES, 0), false, 'it is not little')
  assert.equal(channels.wrote(2, 3_996, LIGHT_ROOM_BYTES + 100, 0), false, 'nor is it together')
})
