import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Receipts } from '../../../../src/stacks/libp2p/channels/receipts.ts'

const KB = 1024

function setup() {
  const told: number[] = []
  const turns: Array<() => void> = []
  const receipts = new Receipts(
    (total) => told.push(total),
    (fn) => turns.push(fn)
  )
  return {
    told,
    receipts,
    arrive(bytes: number) {
      receipts.arrived(bytes)
      receipts.consider()
    },
    endTurn() {
      for (const fn of turns.splice(0)) fn()
    }
  }
}

test('what arrives in one turn has one receipt, from the pace on', () => {
  const { told, arrive, endTurn } = setup()
  arrive(31 * KB)
  endTurn()
  assert.deepEqual(told, [])
  for (let i = 0; i < 10; i++) arrive(KB)
  assert.deepEqual(told, [])
  endTurn()
  assert.deepEqual(told, [41 * KB])
  endTurn()
  assert.deepEqual(told, [41 * KB])
})

test('much is told within the turn', () => {
  const { told, arrive } = setup()
  arrive(100 * KB)
  arrive(28 * KB)
  assert.deepEqual(told, [128 * KB])
})

test('the sender asks for fewer receipts, and for more again: what waited is told at once or at the end of the turn', () => {
  const { told, receipts, arrive, endTurn } = setup()
  receipts.setPace(256 * KB)
  arrive(255 * KB)
  endTurn()
  assert.deepEqual(told, [])
  receipts.setPace(32 * KB)
  assert.deepEqual(told, [255 * KB])
  receipts.setPace(256 * KB)
  arrive(60 * KB)
  receipts.setPace(1)
  endTurn()
  assert.deepEqual(told, [255 * KB, 315 * KB])
})

test('no pace is too slow for an ask', () => {
  const { told, receipts, arrive } = setup()
  receipts.setPace(Number.MAX_SAFE_INTEGER)
  receipts.ask(10)
  arrive(9)
  assert.deepEqual(told, [])
  arrive(1)
  assert.deepEqual(told, [10])
  receipts.ask(10)
  assert.deepEqual(told, [10, 10], 'also where all of it is here')
})

test('after stop nothing is told', () => {
  const { told, receipts, arrive, endTurn } = setup()
  arrive(40 * KB)
  receipts.stop()
  endTurn()
  arrive(400 * KB)
  assert.deepEqual(told, [])
})
