import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Peer } from '../../src/interface/peer.ts'
import { assertReactorGrammar } from '../../src/testing/reactor-grammar.ts'
import type { ReactorCall } from '../../src/testing/record-calls.ts'

/** 'initPeer a' -> a call of the handle a; 'a2' is another handle of node a. */
const handles = new Map<string, Peer>()
function handle(name: string): Peer {
  let peer = handles.get(name)
  if (peer === undefined) {
    peer = { id: () => name[0] as string } as Peer
    handles.set(name, peer)
  }
  return peer
}
const trace = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [call, name] = part.split(' ') as [ReactorCall, string | undefined]
      return name === undefined ? { call } : { call, peer: handle(name) }
    })

const REGISTERED = 'getChannels, setSwitch, onStart'

const ACCEPTED = [
  '',
  'getChannels',
  REGISTERED,
  `${REGISTERED}, onStop`,
  'setSwitch, onStart',
  'onStart, initPeer a',
  'initPeer a, addPeer a, receive a, removePeer a',
  'initPeer a, receive a, receive a, addPeer a, receive a, removePeer a',
  'initPeer a, removePeer a',
  'initPeer a, receive a, removePeer a',
  'initPeer a, initPeer b, addPeer b, removePeer a, receive b',
  'initPeer a, removePeer a, initPeer a2, addPeer a2, receive a2',
  `${REGISTERED}, initPeer a, addPeer a, removePeer a, initPeer a2, removePeer a2, onStop`,
  'initPeer a, removePeer a, onStop'
]

for (const given of ACCEPTED)
  test(`grammar accepts: ${given || 'nothing'}`, () => {
    assertReactorGrammar(trace(given))
  })

/** Traces and the index of the first call that departs. */
const REFUSED: ReadonlyArray<[string, number]> = [
  ['receive a', 0],
  ['addPeer a', 0],
  ['removePeer a', 0],
  ['initPeer a, initPeer a', 1],
  ['initPeer a, addPeer a, addPeer a', 2],
  ['initPeer a, addPeer a, initPeer a', 2],
  ['initPeer a, removePeer a, removePeer a', 2],
  ['initPeer a, removePeer a, receive a', 2],
  ['initPeer a, removePeer a, addPeer a', 2],
  ['initPeer a, removePeer a, initPeer a', 2],
  ['initPeer a, addPeer a, initPeer a2', 2],
  ['initPeer a, initPeer b, removePeer a, receive a', 3],
  ['initPeer', 0],
  ['setSwitch, getChannels', 1],
  ['getChannels, onStart', 1],
  ['getChannels, getChannels', 1],
  ['getChannels, setSwitch, initPeer a', 2],
  ['getChannels, setSwitch, onStop', 2],
  [`${REGISTERED}, onStart`, 3],
  [`${REGISTERED}, onStop, onStop`, 4],
  [`${REGISTERED}, onStop, initPeer a`, 4],
  [`${REGISTERED}, initPeer a, onStop`, 4],
  [`${REGISTERED}, initPeer a, addPeer a, onStop`, 5],
  ['initPeer a, onStart', 1],
  ['filterMsgBytes a', 0]
]

for (const [given, index] of REFUSED)
  test(`grammar refuses: ${given}`, () => {
    assert.throws(() => assertReactorGrammar(trace(given)), { name: 'ReactorGrammarError', index })
    assertReactorGrammar(trace(given).slice(0, index))
  })

test('the error says which call, of whom, and what came before it', () => {
  assert.throws(() => assertReactorGrammar(trace('initPeer b, initPeer a, receive a, addPeer a, addPeer a')), {
    message: 'call 4: addPeer of a must not follow addPeer; before it: initPeer receive addPeer'
  })
})

test('what is no trace is an error that says so', () => {
  assert.throws(() => assertReactorGrammar(undefined as never), { name: 'InvalidOptionError', field: 'calls' })
})

test('stand-ins without an id are handles too', () => {
  assertReactorGrammar([
    { call: 'initPeer', peer: 'x' },
    { call: 'removePeer', peer: 'x' }
  ] as never)
})

/** A life of one handle by the grammar, with its calls. */
const life = fc
  .record({ early: fc.nat(3), added: fc.boolean(), late: fc.nat(3) })
  .map(({ early, added, late }) => [
    'initPeer',
    ...Array(early).fill('receive'),
    ...(added ? ['addPeer', ...Array(late).fill('receive')] : []),
    'removePeer'
  ])

test('any interleaving of whole lives is accepted, and so is every beginning of it; a call moved before its time is not', () => {
  fc.assert(
    fc.property(
      fc.array(life, { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.nat()),
      fc.nat(),
      (lives, choices, at) => {
        const left = lives.map((calls, i) => calls.map((call) => `${call} ${String.fromCharCode(97 + i)}`))
        const order: string[] = []
        while (left.some((calls) => calls.length > 0)) {
          const open = left.filter((calls) => calls.length > 0)
          order.push((open[(choices.next().value as number) % open.length] as string[]).shift() as string)
        }
        const calls = trace(`${REGISTERED}, ${order.join(', ')}, onStop`)
        for (let end = 0; end <= calls.length; end++) assertReactorGrammar(calls.slice(0, end))
        // swapping two neighbours of one handle breaks it, unless they are the same call or a receive around addPeer
        const mine = calls.map((call, i) => ({ ...call, i })).filter(({ peer }) => peer === handle('a'))
        const first = mine[at % (mine.length - 1)]
        const second = mine[(at % (mine.length - 1)) + 1]
        if (first === undefined || second === undefined) return
        const kinds = [first.call, second.call]
        if (kinds[0] === kinds[1] || (kinds.includes('receive') && kinds.includes('addPeer'))) return
        const swapped = [...calls]
        swapped[first.i] = calls[second.i] as (typeof calls)[0]
        swapped[second.i] = calls[first.i] as (typeof calls)[0]
        assert.throws(() => assertReactorGrammar(swapped), { name: 'ReactorGrammarError' })
      }
    )
  )
})
