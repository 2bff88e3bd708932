/** Who is dialled next, and what a dial's end changes about it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError, IncompatiblePeerError, PeerRefusedError, WrongIdentityError } from '../../../../src/errors.ts'
import { netAddressFromParts } from '../../../../src/identity/net-address.ts'
import {
  Candidates,
  FOREIGN_MS,
  MAX_CANDIDATES,
  STRANGER_MS
} from '../../../../src/stacks/libp2p/finding/candidates.ts'
import { seededRandom } from '../../../../src/util/prng.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'

const idOf = (n: number) => n.toString(16).padStart(40, '0')
const at = (n: number, port = 1) => netAddressFromParts(idOf(n), '8.8.8.8', port)
const any = () => true

function given() {
  const clock = new FakeClock()
  return { clock, candidates: new Candidates(clock, seededRandom(1)) }
}

const unreachable = () => new DialFailedError('refused', { cause: new Error('ECONNREFUSED') })
const MINUTE = 60_000

/** After that end: not due just before `from`, due at `to`. Jitter lies between. */
const ends: Array<{ name: string; err: unknown; from: number; to: number }> = [
  {
    name: 'of another network',
    err: new IncompatiblePeerError('network'),
    from: 0.79 * FOREIGN_MS,
    to: 1.21 * FOREIGN_MS
  },
  {
    name: 'that is no CometBFT node',
    err: new DialFailedError('hello?'),
    from: 0.79 * STRANGER_MS,
    to: 1.21 * STRANGER_MS
  },
  { name: 'that nobody answers for', err: unreachable(), from: 11_000, to: 19_000 },
  { name: 'where somebody else lives', err: new WrongIdentityError('b'), from: 11_000, to: 19_000 },
  {
    name: 'that is full',
    err: new PeerRefusedError('inbound-full', 'remote', ''),
    from: 1.5 * MINUTE,
    to: 2.5 * MINUTE
  },
  {
    name: 'that we do not want',
    err: new PeerRefusedError('duplicate-ip', 'us', ''),
    from: 7 * MINUTE,
    to: 13 * MINUTE
  },
  { name: 'that became a peer', err: undefined, from: 1.5 * MINUTE, to: 2.5 * MINUTE }
]
for (const { name, err, from, to } of ends)
  test(`a node ${name} is left alone for its time, whoever names it meanwhile`, () => {
    const { clock, candidates } = given()
    candidates.add([at(1)])
    assert.equal(String(candidates.next(any, any)), String(at(1)))
    candidates.settled(idOf(1), err)
    clock.advance(from)
    candidates.add([at(1)])
    assert.equal(candidates.next(any, any), undefined)
    clock.advance(to - from)
    candidates.add([at(1)])
    assert.equal(String(candidates.next(any, any)), String(at(1)))
  })

test('a dial that found no free slot costs the node nothing', () => {
  const { candidates } = given()
  candidates.add([at(1)])
  candidates.next(any, any)
  candidates.settled(idOf(1), new PeerRefusedError('outbound-full', 'us', ''))
  assert.notEqual(candidates.next(any, any), undefined)
})

test('a node is not given twice while its dial is under way', () => {
  const { candidates } = given()
  candidates.add([at(1)])
  assert.notEqual(candidates.next(any, any), undefined)
  assert.equal(candidates.next(any, any), undefined)
})

test('each address of a node has its turn before it is left alone for a while', () => {
  const { clock, candidates } = given()
  candidates.add([at(1, 1), at(1, 2)])
  assert.equal(candidates.next(any, any)?.port, 1)
  candidates.settled(idOf(1), unreachable())
  assert.equal(candidates.next(any, any)?.port, 2)
  candidates.settled(idOf(1), unreachable())
  assert.equal(candidates.next(any, any), undefined)
  assert.ok(candidates.nextDueAt() - clock.now() > 11_000)
})

test('a node that is never there is tried ever more rarely, at most ten minutes apart, and then forgotten', () => {
  const { clock, candidates } = given()
  candidates.add([at(1)])
  const waits: number[] = []
  while (candidates.size > 0 && waits.length < 100) {
    assert.notEqual(candidates.next(any, any), undefined)
    candidates.settled(idOf(1), unreachable())
    const due = candidates.nextDueAt()
    if (due === Number.POSITIVE_INFINITY) break
    waits.push(due - clock.now())
    clock.advance(due - clock.now())
  }
  assert.equal(waits.length, 7)
  assert.ok(Math.max(...waits) <= 720_000)
  assert.ok((waits[6] as number) > 10 * (waits[0] as number))
})

test('nodes that failed least come first, by chance among those alike', () => {
  const { candidates } = given()
  const first = new Set<string>()
  for (let round = 0; round < 100; round++) {
    const { candidates } = { candidates: new Candidates(new FakeClock(), seededRandom(round)) }
    for (let n = 1; n <= 5; n++) candidates.add([at(n, n)])
    first.add(candidates.next(any, any)?.id as string)
  }
  assert.equal(first.size, 5)
  candidates.add([at(1)])
  candidates.next(any, any)
  candidates.settled(idOf(1), unreachable())
  candidates.add([at(2)])
  assert.equal(candidates.next(any, any)?.id, idOf(2))
})

test('a node is dialled at the first of its addresses, in turn, whose group has room; where none has, it waits', () => {
  const { candidates } = given()
  const [first, second] = [at(1), netAddressFromParts(idOf(1), '9.9.9.9', 2)]
  candidates.add([first, second])
  assert.equal(candidates.groups(), 2)
  assert.equal(
    candidates.next(any, () => false),
    undefined
  )
  assert.equal(candidates.next(any, (group) => group !== '8.8.0.0')?.host, '9.9.9.9')
  candidates.settled(idOf(1), unreachable())
  assert.equal(candidates.next(any, any)?.host, '8.8.8.8')
})

test('who is not wanted now stays a candidate', () => {
  const { candidates } = given()
  candidates.add([at(1)])
  assert.equal(
    candidates.next(() => false, any),
    undefined
  )
  assert.notEqual(candidates.next(any, any), undefined)
})

test('a flood of names keeps its bound, and nodes of another network are remembered beyond it', () => {
  const { clock, candidates } = given()
  candidates.add([at(1)])
  candidates.next(any, any)
  candidates.settled(idOf(1), new IncompatiblePeerError('network'))
  for (let n = 2; n < 3 * MAX_CANDIDATES; n++) candidates.add([at(n)])
  assert.equal(candidates.size, MAX_CANDIDATES)
  clock.advance(FOREIGN_MS / 2)
  assert.equal(candidates.add([at(1)]), false)
})

test('addresses without an id, or of several nodes, are no candidate', () => {
  const { candidates } = given()
  for (const addresses of [[], [netAddressFromParts('', '8.8.8.8', 1)], [at(1), at(2)]])
    assert.equal(candidates.add(addresses), false)
  assert.equal(candidates.size, 0)
})
