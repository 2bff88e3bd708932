import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { SetAside } from '../../../src/reactors/pex/set-aside.ts'

const node = (n: number) => netAddressFromParts(n.toString(16).padStart(40, '0'), '10.0.0.1', 26_656)
const entry = (n: number) => ({ addresses: [node(n)], source: node(0) })
const WHY = 'dialling it has failed too often'

test('R-72: a node is set aside for its time, and then comes back with its addresses', () => {
  const list = new SetAside()
  list.add(node(1).id, entry(1), 0, 1_000, WHY)
  list.add(node(2).id, entry(2), 0, 2_000, WHY)
  assert.equal(list.has(node(1).id, 999), true)
  assert.deepEqual(list.standing(node(1).id, 999), { why: WHY, leftMs: 1 })
  assert.equal(list.standing(node(1).id, 1_000), undefined)
  assert.deepEqual(list.due(999), [])
  assert.deepEqual(list.due(1_000), [entry(1)])
  assert.equal(list.has(node(1).id, 1_000), false)
  assert.equal(list.has(node(2).id, 1_000), true)
})

test('D-21: a node that connects is not set aside any more', () => {
  const list = new SetAside()
  list.add(node(1).id, entry(1), 0, 1_000, WHY)
  assert.equal(list.release(node(1).id), true)
  assert.equal(list.has(node(1).id, 0), false)
  assert.deepEqual(list.due(1_000), [])
})

test('the list is bounded: who would come back first makes room', () => {
  const list = new SetAside()
  for (let n = 0; n < 10_001; n++) list.add(node(n).id, entry(n), 0, 1_000 + ((n + 5_000) % 10_001), WHY)
  assert.equal(list.size, 10_000)
  assert.equal(list.has(node(5_001).id, 0), false)
})
