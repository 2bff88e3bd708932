import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isIn, isLocal, isRoutable, isValid, NETWORKS, type NetworkName } from '../../src/identity/reachability.ts'
import { readVectors } from '../helpers/vectors.ts'

interface Vector {
  ip: string
  local: boolean
  routable: boolean
  valid: boolean
  predicates: Record<NetworkName, boolean>
}

const id = 'deadbeef'.repeat(5)
const vectors = readVectors<Vector>('reachability.jsonl')

test(`the first and last address of every network, and their neighbours, are judged as Go does: ${vectors.length}`, () => {
  for (const { ip, predicates, ...judged } of vectors) {
    const address = { id, host: ip }
    assert.deepEqual({ local: isLocal(ip), routable: isRoutable(address), valid: isValid(address) }, judged, ip)
    const names = Object.keys(NETWORKS) as NetworkName[]
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, isIn(name, ip)])), sorted(predicates, names), ip)
  }
})

test('an address without an id, or with a name for a host, is neither valid nor routable', () => {
  for (const address of [
    { id: '', host: '8.8.8.8' },
    { id, host: 'seed.example.com' },
    { id, host: '' }
  ])
    assert.deepEqual([isValid(address), isRoutable(address)], [false, false])
})

function sorted<T>(record: Record<string, T>, keys: string[]): Record<string, T | undefined> {
  return Object.fromEntries(keys.map((key) => [key, record[key]]))
}
