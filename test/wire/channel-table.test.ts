import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { switchDefaults } from '../../src/options.ts'
import { ChannelTable } from '../../src/wire/channel-table.ts'
import { blocksyncMessage, mempoolMessage } from '../../src/wire/codec.ts'

const descriptor = { id: 0x40, priority: 5, messageType: blocksyncMessage }

test('R-4: a channel is found by its id, with its reactor and defaults filled in', () => {
  const table = new ChannelTable()
  table.add('BLOCKSYNC', { ...descriptor, sendQueueCapacity: 0, recvMessageCapacity: 0 })
  assert.deepEqual(table.get(0x40), {
    ...descriptor,
    sendQueueCapacity: 1,
    recvMessageCapacity: switchDefaults.recvMessageCapacity,
    reactor: 'BLOCKSYNC'
  })
  for (const id of [0, 0x41, 255, 256, -1, 1.5, Number.NaN]) assert.equal(table.get(id), undefined)
})

test('R-45: a send queue of capacity 0 holds one message', () => {
  const table = new ChannelTable()
  table.add('A', { ...descriptor, id: 1, sendQueueCapacity: 0 })
  table.add('A', { ...descriptor, id: 2 })
  table.add('A', { ...descriptor, id: 3, sendQueueCapacity: 7 })
  assert.deepEqual(
    [1, 2, 3].map((id) => table.get(id)?.sendQueueCapacity),
    [1, 1, 7]
  )
})

test('R-5: an id that is taken is refused, and its first owner keeps it', () => {
  const table = new ChannelTable()
  table.add('BLOCKSYNC', descriptor)
  assert.throws(() => table.add('OTHER', { ...descriptor, messageType: mempoolMessage }), {
    name: 'RegistrationError',
    message: 'reactor OTHER: channel 0x40: taken by reactor BLOCKSYNC'
  })
  assert.throws(() => table.add('BLOCKSYNC', descriptor), { name: 'RegistrationError' })
  assert.equal(table.get(0x40)?.reactor, 'BLOCKSYNC')
})

test('ids come in ascending order, whatever the order of adding', () => {
  const table = new ChannelTable()
  for (const id of [0xff, 0x40, 0, 0x20]) table.add('A', { ...descriptor, id })
  assert.deepEqual(table.ids(), Uint8Array.of(0, 0x20, 0x40, 0xff))
})

test('a frozen table takes no more channels', () => {
  const table = new ChannelTable()
  table.freeze()
  assert.throws(() => table.add('A', descriptor), { name: 'RegistrationError', message: /reactor A: channel 0x40/ })
})

test('a clone is independent and not frozen', () => {
  const table = new ChannelTable()
  table.add('A', descriptor)
  table.freeze()
  const copy = table.clone()
  copy.add('B', { ...descriptor, id: 1 })
  assert.deepEqual([table.ids(), copy.ids()], [Uint8Array.of(0x40), Uint8Array.of(1, 0x40)])
})

test('what a reactor does to its descriptor afterwards changes nothing', () => {
  const table = new ChannelTable()
  const own = { ...descriptor }
  table.add('A', own)
  own.priority = 9
  assert.equal(table.get(0x40)?.priority, 5)
  assert.ok(Object.isFrozen(table.get(0x40)))
})

describe('descriptors that cannot be', () => {
  const table: Array<{ given: object | null; says: RegExp }> = [
    { given: null, says: /reactor A: channel descriptor/ },
    { given: { ...descriptor, id: -1 }, says: /reactor A: channel id.*-1/ },
    { given: { ...descriptor, id: 256 }, says: /channel id.*256/ },
    { given: { ...descriptor, id: 1.5 }, says: /channel id/ },
    { given: { ...descriptor, id: '1' }, says: /channel id/ },
    { given: { ...descriptor, priority: 0 }, says: /channel 0x40: priority.*0/ },
    { given: { ...descriptor, priority: undefined }, says: /priority/ },
    { given: { ...descriptor, priority: 1.5 }, says: /priority/ },
    { given: { ...descriptor, sendQueueCapacity: -1 }, says: /sendQueueCapacity.*-1/ },
    { given: { ...descriptor, sendQueueCapacity: '1' }, says: /sendQueueCapacity/ },
    { given: { ...descriptor, recvMessageCapacity: 0.5 }, says: /recvMessageCapacity/ },
    { given: { ...descriptor, recvMessageCapacity: Number.POSITIVE_INFINITY }, says: /recvMessageCapacity/ },
    { given: { ...descriptor, messageType: undefined }, says: /messageType/ },
    { given: { ...descriptor, messageType: { typeName: 'x', encode() {} } }, says: /messageType/ }
  ]
  for (const { given, says } of table)
    test(String(says), () => {
      const channels = new ChannelTable()
      assert.throws(() => channels.add('A', given as never), { name: 'InvalidOptionError', message: says })
      assert.equal(channels.ids().length, 0)
    })
})
