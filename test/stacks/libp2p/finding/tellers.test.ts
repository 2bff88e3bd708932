/** Whose word about nodes is followed, and how far. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tellers } from '../../../../src/stacks/libp2p/finding/tellers.ts'

test('nobody knows a teller: his word counts in full, and is followed first', () => {
  const tellers = new Tellers()
  assert.deepEqual([tellers.belief(['a']), tellers.followed('a')], [1, 0])
})

/** `+` one of his was there, `-` was not. */
for (const { outcomes, want } of [
  { outcomes: '+', want: 1 },
  { outcomes: '-', want: 1 / 2 },
  { outcomes: '---', want: 1 / 4 },
  { outcomes: '-+-+', want: 3 / 5 }
])
  test(`after ${outcomes} his word counts for ${want}`, () => {
    const tellers = new Tellers()
    for (const one of outcomes) tellers.learnt('a', one === '+')
    assert.equal(tellers.belief(['a']), want)
  })

test('two who are believed half as much are believed more together', () => {
  const tellers = new Tellers()
  for (const name of ['a', 'b']) tellers.learnt(name, false)
  assert.equal(tellers.belief(['a', 'b']), 3 / 4)
})

test('each dial that follows his word puts him behind others, until somebody was there', () => {
  const tellers = new Tellers()
  for (let i = 0; i < 3; i++) tellers.follow('a')
  tellers.learnt('a', false)
  assert.equal(tellers.followed('a'), 3)
  tellers.learnt('a', true)
  assert.equal(tellers.followed('a'), 0)
})

test('what was long ago fades: a teller who has changed is seen for what he is', () => {
  const tellers = new Tellers()
  for (let i = 0; i < 10_000; i++) tellers.learnt('a', true)
  for (let i = 0; i < 100; i++) tellers.learnt('a', false)
  assert.ok(tellers.belief(['a']) < 0.1)
})

test('strangers under ever new names do not make it grow: whoever was not heard of for longest is forgotten', () => {
  const tellers = new Tellers()
  tellers.follow('first')
  for (let i = 0; i < 1_000; i++) tellers.follow(String(i))
  assert.deepEqual([tellers.followed('first'), tellers.followed('0')], [0, 1])
})

test('least trusted is who was wrong most often, then who is new, and of those the last', () => {
  const tellers = new Tellers()
  for (const [name, outcomes] of [
    ['right', '++-+'],
    ['wrong', '-'],
    ['worse', '--']
  ] as const)
    for (const one of outcomes) tellers.learnt(name, one === '+')
  assert.equal(tellers.leastTrusted(['worse', 'right', 'wrong', 'new']), 'worse')
  assert.equal(tellers.leastTrusted(['right', 'wrong', 'new']), 'wrong')
  assert.equal(tellers.leastTrusted(['new', 'right', 'newer']), 'newer')
})

/** `+` one of his was there, `-` was not. */
for (const { outcomes, want } of [
  { outcomes: '', want: false },
  { outcomes: '+', want: true },
  { outcomes: '+-', want: false },
  { outcomes: '+-+', want: true },
  { outcomes: '+--', want: false }
])
  test(`after '${outcomes}' he is ${want ? '' : 'not '}trusted`, () => {
    const tellers = new Tellers()
    for (const one of outcomes) tellers.learnt('a', one === '+')
    assert.equal(tellers.isTrusted('a'), want)
  })
