import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countStacks, peersText, readStacks, stackDot, stackWord } from '../../src/cli/stack-names.ts'

test('in words comet is the classic stack; one that is unknown is called as it calls itself', () => {
  assert.deepEqual(['libp2p', 'comet', 'memory', 'toString'].map(stackWord), [
    'libp2p',
    'classic',
    'memory',
    'toString'
  ])
  assert.deepEqual(
    [true, false].map((unicode) => stackDot('comet', { color: false, unicode })),
    ['◆', '#']
  )
})

test('peers are counted by stack, always in the same order', () => {
  const on = (...stacks: string[]) => stacks.map((stack) => ({ stack }))
  assert.deepEqual(countStacks(on('comet', 'libp2p', 'comet')), [
    ['libp2p', 1],
    ['comet', 2]
  ])
  const table: Array<[stacks: string[], want: string]> = [
    [[], '0 peers'],
    [['comet'], '1 classic peer'],
    [['libp2p', 'libp2p'], '2 libp2p peers'],
    [['comet', 'libp2p'], '1 libp2p and 1 classic peers']
  ]
  for (const [stacks, want] of table) assert.equal(peersText(on(...stacks)), want)
})

test('--stacks is a list in the order in which they are tried, and a wrong one is a UsageError', () => {
  assert.deepEqual(readStacks('--stacks', 'comet, libp2p'), ['comet', 'libp2p'])
  for (const text of ['', 'classic', 'comet,comet', 'libp2p,x'])
    assert.throws(() => readStacks('--stacks', text), {
      name: 'UsageError',
      message: /^--stacks: expected libp2p, comet/
    })
})
