import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkAgainstInitialHeight,
  checkNewRoundStep,
  type NewRoundStep
} from '../../../src/reactors/consensus/new-round-step.ts'

const step = (fields: Partial<NewRoundStep>): NewRoundStep => ({
  type: 'newRoundStep',
  height: 5n,
  round: 0,
  step: 1,
  secondsSinceStartTime: 0n,
  lastCommitRound: 0,
  ...fields
})

const fields: Array<[string, Partial<NewRoundStep>, RegExp | undefined]> = [
  ['an ordinary one', {}, undefined],
  ['the last step', { step: 8 }, undefined],
  ['step 0', { step: 0 }, /^step: 0/],
  ['step 9', { step: 9 }, /^step: 9/],
  ['a step beyond a byte', { step: 257 }, /^step: 257/],
  ['height 0, which only the initial height can refuse', { height: 0n }, undefined],
  ['a negative height', { height: -1n }, /^height: -1/],
  ['a negative round', { round: -1 }, /^round: -1/],
  ['negative seconds', { secondsSinceStartTime: -7n }, undefined],
  ['no last commit', { lastCommitRound: -1 }, undefined],
  ['a last commit round below -1', { lastCommitRound: -2 }, /^last_commit_round: -2/]
]
for (const [name, given, want] of fields)
  test(`NewRoundStep, ${want === undefined ? 'accepted' : 'refused'}: ${name}`, () => {
    const found = checkNewRoundStep(step(given))
    if (want === undefined) assert.equal(found, undefined)
    else assert.match(String(found), want)
  })

const heights: Array<[string, bigint, Partial<NewRoundStep>, RegExp | undefined]> = [
  ['at the initial height without a last commit', 5n, { lastCommitRound: -1 }, undefined],
  ['at the initial height with a last commit', 5n, {}, /^last_commit_round: 0 at the initial height/],
  ['above the initial height with a last commit', 4n, {}, undefined],
  ['above the initial height without a last commit', 4n, { lastCommitRound: -1 }, /^last_commit_round: -1 above/],
  ['below the initial height', 6n, { lastCommitRound: -1 }, /^height: 5 is below the initial height 6/]
]
for (const [name, initialHeight, given, want] of heights)
  test(`NewRoundStep, ${want === undefined ? 'accepted' : 'refused'}: ${name}`, () => {
    const found = checkAgainstInitialHeight(step(given), initialHeight)
    if (want === undefined) assert.equal(found, undefined)
    else assert.match(String(found), want)
  })
