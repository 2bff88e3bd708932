import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { SetAside } from '../../../src/reactors/pex/set-aside.ts'

const node = (n: number) => netAddressFromParts(n.toString(16).padStart(40, '0'), '10.0.0.1', 26_656)
const told = (n: number, ...by: number[]) => by.map((source) => ({ address: node(n), source: node(source) }))
const WHY = 'dialling it has failed too often'

test('R-72: a node is set aside for its time, and then comes back with its addresses', () => {
  const list = new SetAside()
  const elsewhere = {
    address: netAddressFromParts(node(1).id, '10.0.0.2', 1),
    source: node(9),
    record: Uint8Array.of(1)
  }
  list.add(node(1).id, [...told(1, 7, 8), elsewhere], 0, 1_000, WHY)
  list.add(node(2).id, told(2, 0), 0, 2_000, WHY)
  assert.equal(list.has(node(1).id, 999), true)
  assert.deepEqual(list.standing(node(1).id, 999), { why: WHY, leftMs: 1 })
  assert.equal(list.standing(node(1).id, 1_000), undefined)
  assert.deepEqual(list.due(999), [])
  // each as it was told, and by whom
  assert.deepEqual(list.due(1_000), [...told(1, 7, 8), elsewhere])
  assert.equal(list.has(node(1).id, 1_000), false)
  assert.equal(list.has(node(2).id, 1_000), true)
})

test('D-21: a node that connects is not set aside any more', () => {
  const list = new SetAside()
  list.add(node(1).id, told(1, 0), 0, 1_000, WHY)
  assert.equal(list.release(node(1).id), true)
  assert.equal(list.has(node(1).id, 0), false)
  assert.deepEqual(list.due(1_000), [])
})

test('the list is bounded: who would come back first makes room', () => {
  const list = new SetAside()
  for (let n = 0; n < 10_001; n++) list.add(node(n).id, told(n, 0), 0, 1_000 + ((n + 5_000) % 10_001), WHY)
  assert.equal(list.size, 10_000)
  assert.equal(list.has(node(5_001).id, 0), false)
})

test('what is kept of one node is bounded: whoever told first', () => {
  const list = new SetAside()
  const many = Array.from({ length: 100 }, (_, n) => n)
  list.add(node(1).id, told(1, ...many), 0, 1_000, WHY)
  assert.deepEqual(list.due(1_000), told(1, ...many.slice(0, 10)))
})
