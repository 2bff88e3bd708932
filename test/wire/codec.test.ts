import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { readVectors } from '../helpers/vectors.ts'
import { CODECS, differenceFromGo, type MessageVector, type Mutant } from './vectors.ts'

const vectors = Map.groupBy(readVectors<MessageVector>('messages.jsonl'), ({ type }) => type)
const mutants = Map.groupBy(readVectors<Mutant>('mutants.jsonl'), ({ type }) => type)

/** NodeInfo is identity's: test/identity/node-info.test.ts. */
const ELSEWHERE = ['tendermint.p2p.DefaultNodeInfo']

test('every message type has vectors, every vector a codec', () => {
  assert.deepEqual([...CODECS.keys()].sort(), [...vectors.keys()].filter((type) => !ELSEWHERE.includes(type)).sort())
})

describe('R-44: values have the bytes of Go, and bytes its values', () => {
  for (const [name, type] of CODECS)
    test(`${name}, ${vectors.get(name)?.length} values`, () => {
      for (const { hex, fields } of vectors.get(name) ?? []) {
        const decoded: any = type.decode(hexToBytes(hex))
        assert.deepEqual(decoded, fields)
        // Go writes nothing for an envelope of nothing; we refuse to send one
        if (decoded.type !== 'unknown' || name === 'tendermint.crypto.PublicKey')
          assert.equal(bytesToHex(type.encode(fields)), hex)
        else assert.throws(() => type.encode(fields), { name: 'EncodeError' })
      }
    })
})

describe('R-39: damaged and unusual bytes are read, or refused, as Go does', () => {
  for (const [name, given] of mutants)
    if (!ELSEWHERE.includes(name))
      test(`${name}, ${given.length} of them`, () => {
        for (const mutant of given) assert.equal(differenceFromGo(mutant), undefined)
      })
})
