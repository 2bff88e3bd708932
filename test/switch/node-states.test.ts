import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts, parseNetAddress } from '../../src/identity/net-address.ts'
import { BanList } from '../../src/switch/admission/ban-list.ts'
import { NodeStates } from '../../src/switch/node-states.ts'
import { WallClock } from '../helpers/fake-clock.ts'

const ID = 'a'.repeat(40)
const ADDRESS = netAddressFromParts(ID, '10.0.0.1', 26656)

function setUp() {
  const clock = new WallClock()
  const book = new BanList(clock)
  return { clock, book, states: new NodeStates(clock, book) }
}

test('a node goes from candidate over dialing to connected, and back to candidate when it is lost', () => {
  const { states, clock } = setUp()
  const now = () => states.list().map(({ id, state, attempts }) => ({ id, state, attempts }))
  states.candidate(ADDRESS)
  assert.deepEqual(now(), [{ id: ID, state: 'candidate', attempts: 0 }])
  states.dialing(ADDRESS)
  assert.deepEqual(now(), [{ id: ID, state: 'dialing', attempts: 0 }])
  states.failed(ADDRESS)
  states.dialing(ADDRESS)
  assert.deepEqual(now(), [{ id: ID, state: 'dialing', attempts: 1 }])
  clock.advance(5)
  states.connected(ID, ADDRESS)
  assert.deepEqual(now(), [{ id: ID, state: 'connected', attempts: 0 }])
  assert.equal(states.list()[0]?.since, clock.wall())
  // a second dial to a connected node changes nothing
  states.dialing(ADDRESS)
  states.failed(ADDRESS)
  assert.equal(now()[0]?.state, 'connected')
  states.disconnected(ID, ADDRESS)
  assert.deepEqual(now(), [{ id: ID, state: 'candidate', attempts: 0 }])
})

test('an address without an id becomes its node once that is known', () => {
  const { states } = setUp()
  const address = parseNetAddress('/ip4/10.0.0.1/tcp/26656')
  states.dialing(address)
  states.connected(ID, address)
  assert.deepEqual(
    states.list().map(({ id, state }) => ({ id, state })),
    [{ id: ID, state: 'connected' }]
  )
})

test('a banned node is bad until its ban ends, but a ban does not disconnect', () => {
  const { states, book, clock } = setUp()
  states.connected(ID, ADDRESS)
  book.markBad(ID, ADDRESS, 1_000)
  assert.deepEqual(
    states.list().map(({ state }) => state),
    ['connected']
  )
  states.disconnected(ID, ADDRESS)
  assert.deepEqual(
    states.list().map(({ state, until }) => ({ state, until })),
    [{ state: 'bad', until: clock.wall() + 1_000 }]
  )
  clock.advance(1_001)
  assert.deepEqual(
    states.list().map(({ state }) => state),
    ['candidate']
  )
})

test('strangers cannot fill the memory: the oldest candidate is forgotten', () => {
  const { states } = setUp()
  states.connected(ID, ADDRESS)
  for (let n = 0; n < 10_005; n++)
    states.candidate(netAddressFromParts(n.toString(16).padStart(40, '0'), '10.0.0.2', 1))
  const list = states.list()
  assert.equal(list.length, 10_000)
  assert.ok(list.some(({ state }) => state === 'connected'))
})

test('a peer that left is a candidate where it can be dialled, and forgotten where it told no address', () => {
  const { states } = setUp()
  states.connected(ID, netAddressFromParts(ID, '10.0.0.7', 51_234))
  states.disconnected(ID, ADDRESS)
  assert.deepEqual(
    states.list().map(({ state, address }) => ({ state, address })),
    [{ state: 'candidate', address: String(ADDRESS) }]
  )
  states.connected(ID, ADDRESS)
  states.disconnected(ID, undefined)
  assert.deepEqual(states.list(), [])
})

test('R-70: a node that peer exchange has given up is bad for its time, whether it was heard of elsewhere or not', () => {
  const { states, clock } = setUp()
  const now = () => states.list().map(({ id, state, until, attempts }) => ({ id, state, until, attempts }))
  const until = clock.wall() + 1_000
  const bad = (attempts: number) => [{ id: ID, state: 'bad', until, attempts }]
  states.givenUp(ADDRESS, 1_000)
  assert.deepEqual(now(), bad(0))
  states.candidate(ADDRESS)
  assert.deepEqual(now(), bad(0))
  // an operator dials it all the same
  states.dialing(ADDRESS)
  assert.deepEqual(now()[0]?.state, 'dialing')
  states.failed(ADDRESS)
  assert.deepEqual(now(), bad(0))
  clock.advance(1_000)
  assert.deepEqual(now(), [{ id: ID, state: 'candidate', until: undefined, attempts: 1 }])
})

test('R-70, D-21: a node that was given up and has connected is bad no more', () => {
  const { states } = setUp()
  states.givenUp(ADDRESS, 1_000)
  states.connected(ID, ADDRESS)
  states.givenUp(ADDRESS, 1_000)
  assert.deepEqual(
    states.list().map(({ state }) => state),
    ['connected']
  )
  states.disconnected(ID, ADDRESS)
  assert.deepEqual(
    states.list().map(({ state }) => state),
    ['candidate']
  )
})

test('R-70: the clock is set back or forward: a node that was given up is bad for its time, and no longer', () => {
  for (const backMs of [1e12, -1e12]) {
    const { states, clock } = setUp()
    states.givenUp(ADDRESS, 1_000)
    clock.setBack(backMs)
    clock.advance(999)
    assert.deepEqual(
      states.list().map(({ state, until }) => [state, until]),
      [['bad', clock.wall() + 1]]
    )
    clock.advance(1)
    assert.deepEqual(states.list(), [])
  }
})

test('strangers cannot fill the memory with nodes that were given up', () => {
  const { states } = setUp()
  for (let n = 0; n < 10_005; n++)
    states.givenUp(netAddressFromParts(n.toString(16).padStart(40, '0'), '10.0.0.2', 1), 1_000)
  assert.equal(states.list().length, 10_000)
})
