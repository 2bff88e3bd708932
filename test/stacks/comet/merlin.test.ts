/** Against the transcripts of the library that CometBFT itself uses. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { Transcript } from '../../../src/stacks/comet/merlin.ts'
import { readVectors } from '../../helpers/vectors.ts'

interface TranscriptVector {
  protocol: string
  appended: Array<{ label: string; message: string }> | null
  challenges: Array<{ label: string; hex: string }>
}

test('a transcript gives the challenge of the Merlin document', () => {
  const transcript = new Transcript('test protocol')
  transcript.append('some label', utf8ToBytes('some data'))
  assert.equal(
    bytesToHex(transcript.extract('challenge', 32)),
    'd5a21972d0d5fe320c0d263fac7fffb8145aa640af6e9bca177c03c7efcf0615'
  )
})

test('transcripts around the length of the sponge give the same challenges as CometBFT’s library', () => {
  const vectors = readVectors<TranscriptVector>('transcripts.jsonl')
  assert.ok(vectors.length > 20)
  for (const { protocol, appended, challenges } of vectors) {
    const transcript = new Transcript(protocol)
    for (const { label, message } of appended ?? []) transcript.append(label, hexToBytes(message))
    for (const { label, hex } of challenges)
      assert.equal(bytesToHex(transcript.extract(label, hex.length / 2)), hex, `${protocol}, ${label}`)
  }
})

test('a wiped transcript draws nothing that depends on what was appended', () => {
  const drawn = ['a secret', 'another'].map((secret) => {
    const transcript = new Transcript('test protocol')
    transcript.append('secret', utf8ToBytes(secret.padEnd(8)))
    transcript.wipe()
    return bytesToHex(transcript.extract('challenge', 32))
  })
  assert.equal(drawn[0], drawn[1])
})
