/** Who is dialled next, and what a dial's end changes about it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError, IncompatiblePeerError, PeerRefusedError, WrongIdentityError } from '../../../../src/errors.ts'
import { netAddressFromParts } from '../../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../../src/interface/net-address.ts'
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

const honest = Array.from({ length: 50 }, (_, n) => netAddressFromParts(idOf(n + 1), `${20 + n}.1.1.1`, 26656))
const madeUp = Array.from({ length: 3_500 }, (_, n) =>
  netAddressFromParts(idOf(1_000 + n), `${20 + (n % 200)}.${n % 250}.2.2`, 26656)
)

for (const [name, tellers] of [
  ['another server', ['honest', 'evil']],
  ['whom nobody knows', ['', '']]
] as const)
  test(`one answer with 3,500 names of ${name} does not put out the fifty that were told before`, () => {
    const { candidates } = given()
    for (const one of honest) candidates.add([one], tellers[0])
    for (const one of madeUp) candidates.add([one], tellers[1])
    assert.equal(candidates.size, MAX_CANDIDATES)
    const left = new Set<string>()
    for (let i = 0; i < MAX_CANDIDATES; i++) left.add(candidates.next(any, any)?.id as string)
    // one shares its /16 with names that were made up
    assert.ok(honest.filter(({ id }) => left.has(id)).length >= 49)
  })

test('and those told after it have room', () => {
  const { candidates } = given()
  for (const one of madeUp) candidates.add([one], 'evil')
  for (const one of honest) assert.ok(candidates.add([one], 'honest'))
})

test('who has been a peer stays in the flood of the one who told of it, and whatever became of the others the bound holds', () => {
  const { candidates } = given()
  const crowd = Array.from({ length: 50 }, (_, n) => at(n + 1, n + 1))
  for (const one of crowd) candidates.add([one], 'evil')
  const peers: NetAddress[] = []
  for (let i = 0; i < 50; i++) {
    const dialled = candidates.next(any, any)!
    const err = [undefined, new IncompatiblePeerError('network'), unreachable()][i % 3]
    candidates.settled(dialled.id, err)
    if (err === undefined) peers.push(dialled)
  }
  // told again, also what has gone
  for (const one of [...crowd, ...madeUp]) candidates.add([one], 'evil')
  assert.equal(candidates.size, MAX_CANDIDATES)
  // who is known is not new
  for (const one of peers) assert.equal(candidates.add([one], 'late'), false)
})

test('each teller has the same share of the dials, until his nodes are not there', () => {
  const { candidates } = given()
  for (const one of honest) candidates.add([one], 'honest')
  for (const one of madeUp.slice(0, 500)) candidates.add([one], 'evil')
  const isHonest = (id: string | undefined) => honest.some((one) => one.id === id)
  const first = Array.from({ length: 40 }, () => candidates.next(any, any)?.id as string)
  assert.equal(first.filter(isHonest).length, 20)
  for (const id of first) candidates.settled(id, isHonest(id) ? undefined : unreachable())
  const second = Array.from({ length: 20 }, () => candidates.next(any, any)?.id as string)
  assert.ok(second.every(isHonest))
})

test('the word of one who was not right yet has a part of the slots at once; dials that end or lend theirs make room, and once he was right there is no such bound', () => {
  const { candidates } = given()
  for (let n = 0; n < 60; n++) candidates.add([at(n, n + 1)], 'a')
  const next = () => candidates.next(any, any, 3)?.id
  const dialled = [next(), next(), next()] as string[]
  assert.equal(next(), undefined)
  candidates.lent(dialled[0] as string)
  assert.ok(next() !== undefined && next() === undefined)
  candidates.settled(dialled[1] as string, unreachable())
  assert.ok(next() !== undefined && next() === undefined)
  // somebody else's word is followed at any time
  candidates.add([at(100)], 'b')
  assert.equal(next(), idOf(100))
  // two of three
  candidates.settled(dialled[2] as string, undefined)
  candidates.settled(dialled[0] as string, undefined)
  for (let n = 0; n < 10; n++) assert.ok(next() !== undefined)
})

test('of those that a teller tells of, those that another tells of too come first', () => {
  for (let seed = 0; seed < 20; seed++) {
    const candidates = new Candidates(new FakeClock(), seededRandom(seed))
    for (let n = 1; n <= 20; n++) candidates.add([at(n, n)], 'a')
    candidates.add([at(7, 7)], 'b')
    assert.equal(candidates.next(any, any)?.id, idOf(7))
  }
})

test('a false address does not put out the right one, which another has told', () => {
  const { candidates } = given()
  const right = netAddressFromParts(idOf(1), '9.9.9.9', 1)
  candidates.add([right], 'honest')
  for (let round = 0; round < 3; round++)
    candidates.add(
      Array.from({ length: 8 }, (_, n) => netAddressFromParts(idOf(1), `66.6.6.${round * 10 + n}`, 1)),
      'evil'
    )
  const dialled: string[] = []
  for (let i = 0; i < 3; i++) {
    dialled.push(String(candidates.next(any, any)))
    candidates.settled(idOf(1), unreachable())
  }
  assert.ok(dialled.includes(String(right)), dialled.join())
})

/** Addresses of the first node that one hostile teller has made up. */
const falseOnes = (teller: number) =>
  Array.from({ length: 8 }, (_, n) => netAddressFromParts(idOf(1), `${60 + teller}.${n}.1.1`, 1))

/** Where it is dialled in that many turns, none of which reaches anybody. */
function dialledIn(candidates: Candidates, turns: number): Set<string | undefined> {
  const hosts = new Set<string | undefined>()
  for (let i = 0; i < turns; i++) {
    const address = candidates.next(any, any)
    hosts.add(address?.host)
    if (address !== undefined) candidates.settled(address.id, unreachable())
  }
  return hosts
}

test('an address that somebody new tells of a node is tried at once, however often others were wrong; the same again is not', () => {
  const { clock, candidates } = given()
  candidates.add([at(1, 10), at(1, 11)], 'evil')
  for (let n = 0; n < 2; n++) {
    assert.ok(candidates.next(any, any) !== undefined)
    candidates.settled(idOf(1), unreachable())
  }
  candidates.add([at(1, 10), at(1, 12)], 'evil')
  assert.equal(candidates.next(any, any), undefined)
  candidates.add([at(1, 7)], 'honest')
  assert.equal(candidates.next(any, any)?.port, 7)
  // not while that goes on
  candidates.add([at(1, 8)], 'another')
  assert.equal(candidates.next(any, any), undefined)
  candidates.settled(idOf(1), unreachable())
  candidates.add([at(1, 7)], 'honest')
  clock.advance(1_000)
  assert.equal(candidates.next(any, any)?.port, 8)
})

test('what ten have told of a node stays, however many tell false addresses of it after them', () => {
  const { candidates } = given()
  for (let n = 0; n < 10; n++) candidates.add([at(1)], `honest${n}`)
  for (let n = 0; n < 20; n++) candidates.add(falseOnes(n), `evil${n}`)
  assert.deepEqual([...dialledIn(candidates, 1)], ['8.8.8.8'])
})

test('whoever was wrong about a node makes room for who is new', () => {
  const { clock, candidates } = given()
  for (let n = 0; n < 4; n++) candidates.add(falseOnes(n).slice(0, 1), `evil${n}`)
  candidates.add([at(1)], 'honest')
  assert.ok(!dialledIn(candidates, 4).has('8.8.8.8'))
  candidates.add([at(1)], 'honest')
  clock.advance(MINUTE)
  for (let n = 4; n < 8; n++) candidates.add(falseOnes(n).slice(0, 1), `evil${n}`)
  assert.ok(dialledIn(candidates, 4).has('8.8.8.8'))
})

test('where a node was reached stays its first address, whatever all others tell of it', () => {
  const { clock, candidates } = given()
  const real = at(1)
  candidates.add([netAddressFromParts(idOf(1), '9.9.9.9', 1), real], 'stranger')
  for (const err of [unreachable(), undefined]) {
    candidates.next(any, any)
    candidates.settled(idOf(1), err)
  }
  for (let round = 0; round < 3; round++) {
    // he who told it tells otherwise, too
    for (const teller of ['stranger', 'a', 'b', 'c', 'd']) candidates.add(falseOnes(round), teller)
    clock.advance(10 * MINUTE)
    assert.equal(candidates.next(any, any)?.host, '8.8.8.8')
    candidates.settled(idOf(1), undefined)
  }
})

test('a node that has come to us by itself was reached nowhere', () => {
  const { clock, candidates } = given()
  candidates.add([netAddressFromParts(idOf(1), '66.6.6.6', 1)], 'evil')
  candidates.next(any, any)
  candidates.cameItself(idOf(1))
  candidates.add([at(1)], 'evil')
  clock.advance(10 * MINUTE)
  assert.deepEqual([...dialledIn(candidates, 1)], ['8.8.8.8'])
})

/** How many of two other nodes that he tells of are dialled at once: one, until he was right. */
function dialsOf(candidates: Candidates, teller: string): number {
  candidates.add([netAddressFromParts(idOf(3), '77.7.7.7', 3)], teller)
  candidates.add([netAddressFromParts(idOf(4), '78.7.7.7', 3)], teller)
  const others = ({ id }: { id: string }) => id === idOf(3) || id === idOf(4)
  return [0, 1].filter(() => candidates.next(others, any, 1) !== undefined).length
}

for (const by of ['a peer', 'a refusal'] as const)
  test(`who told an address has no credit for ${by} at another one of that node, and who told that one has`, () => {
    for (const [teller, dials] of [
      ['evil', 1],
      ['honest', 2]
    ] as const) {
      const { clock, candidates } = given()
      const real = at(1)
      const full = new PeerRefusedError('inbound-full', 'remote', '')
      full.reachedAt = { address: real, ip: real.host }
      candidates.add(falseOnes(0).slice(0, 1), 'evil')
      assert.equal(candidates.next(any, any)?.host, '60.0.1.1')
      candidates.add([real], 'honest')
      candidates.settled(idOf(1), by === 'a peer' ? undefined : full, by === 'a peer' ? real : undefined)
      assert.equal(dialsOf(candidates, teller), dials)
      if (by === 'a refusal') continue
      clock.advance(10 * MINUTE)
      assert.equal(candidates.next(({ id }) => id === idOf(1), any)?.host, '8.8.8.8')
    }
  })

test('nor has he any where that node has come to us by itself', () => {
  const { candidates } = given()
  candidates.add(falseOnes(0).slice(0, 1), 'evil')
  candidates.next(any, any)
  candidates.cameItself(idOf(1))
  assert.equal(dialsOf(candidates, 'evil'), 1)
})

test('only who told the address that was dialled was right, or wrong', () => {
  const { candidates } = given()
  candidates.add([at(1)], 'honest')
  candidates.add(falseOnes(0).slice(0, 1), 'evil')
  candidates.add([at(2, 2)], 'honest')
  candidates.add([netAddressFromParts(idOf(3), '77.7.7.7', 3)], 'evil')
  const first = () => candidates.next(({ id }) => id === idOf(1), any)
  assert.equal(first()?.host, '8.8.8.8')
  candidates.settled(idOf(1), new PeerRefusedError('outbound-full', 'us', ''))
  assert.equal(first()?.host, '60.0.1.1')
  candidates.settled(idOf(1), unreachable())
  // of the other two, the honest one's is believed, and the other's half
  assert.equal(candidates.groups(), 1.5)
})

test('many ids at one host and port are one place: a few are dialled, and the others after all else', () => {
  const { candidates } = given()
  for (let n = 1; n <= 30; n++) candidates.add([at(n)])
  for (let n = 31; n <= 40; n++) candidates.add([at(n, n)])
  const first = Array.from({ length: 13 }, () => candidates.next(any, any)?.port)
  assert.deepEqual([first.filter((port) => port === 1).length, candidates.next(any, any)?.port], [3, 1])
})

test('groups count as far as somebody is likely to be there', () => {
  const { candidates } = given()
  for (let n = 0; n < 10; n++) candidates.add([madeUp[n]!], 'evil')
  candidates.add([honest[40]!], 'honest')
  assert.equal(candidates.groups(), 11)
  assert.equal(candidates.groups(['9.9.0.0', '9.9.0.0']), 12)
  // four of his are not there: of his other six, one in five is believed
  const dial = (of: string, count: number) => {
    for (let i = 0; i < count; ) {
      const { id } = candidates.next(any, any)!
      if (id >= idOf(1_000) === (of === 'evil')) i++
      candidates.settled(id, id >= idOf(1_000) ? unreachable() : undefined)
    }
  }
  dial('evil', 4)
  assert.ok(Math.abs(candidates.groups() - (1 + 6 / 5)) < 1e-9, String(candidates.groups()))
})

test('addresses without an id, or of several nodes, are no candidate', () => {
  const { candidates } = given()
  for (const addresses of [[], [netAddressFromParts('', '8.8.8.8', 1)], [at(1), at(2)]])
    assert.equal(candidates.add(addresses), false)
  assert.equal(candidates.size, 0)
})
