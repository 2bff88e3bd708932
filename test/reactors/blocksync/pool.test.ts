/** The pool as a table of situations, and as properties over any order of events. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BlockPool, type PoolCommand } from '../../../src/reactors/blocksync/pool.ts'
import type { PoolLimits } from '../../../src/reactors/blocksync/pool-peer.ts'

const KB = 1024

/** A pool with a clock, and a record of what it commanded. */
class Scene {
  readonly pool: BlockPool<string>
  now = 0
  /** peer -> heights asked and not yet answered, as the peer sees it. */
  readonly asked = new Map<string, bigint[]>()
  readonly stopped: string[] = []
  /** What each peer said last. */
  readonly claims = new Map<string, [bigint, bigint]>()

  constructor(limits: Partial<PoolLimits> = {}, next = 1n) {
    this.pool = new BlockPool(next, limits)
  }

  status(id: string, base: bigint, height: bigint): this {
    this.pool.setStatus(id, base, height, this.now)
    this.claims.set(id, [base, height])
    return this
  }

  plan(): PoolCommand[] {
    const commands = this.pool.plan(this.now)
    for (const command of commands) {
      if (command.type === 'stop') this.stopped.push(`${command.peerId}: ${command.why}`)
      else this.asked.set(command.peerId, [...(this.asked.get(command.peerId) ?? []), command.height])
    }
    return commands
  }

  /** Time passes in steps of a second, with a plan at each. */
  pass(seconds: number): this {
    for (let i = 0; i < seconds; i++) {
      this.now += 1_000
      this.plan()
    }
    return this
  }

  heights(id: string): number[] {
    return (this.asked.get(id) ?? []).map(Number)
  }

  /** The peer answers its oldest request, or a given one. */
  deliver(id: string, bytes = KB, height = this.asked.get(id)?.[0]): 'accepted' | 'ignored' | 'unsolicited' {
    const rest = (this.asked.get(id) ?? []).filter((each) => each !== height)
    this.asked.set(id, rest)
    return this.pool.addBlock(id, height!, `${id}/${height}`, bytes, this.now)
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('one peer is asked for 20 heights from the first on, and for one more with each that it delivers', () => {
  const scene = new Scene().status('a', 1n, 100n)
  scene.plan()
  assert.deepEqual(scene.heights('a'), range(1, 20))
  assert.equal(scene.deliver('a'), 'accepted')
  scene.plan()
  assert.deepEqual(scene.heights('a'), range(2, 21))
})

test('nobody is asked for what it does not have, below its base or above its height', () => {
  const scene = new Scene().status('low', 1n, 5n).status('high', 4n, 8n)
  scene.plan()
  assert.ok(scene.heights('low').every((height) => height <= 5))
  assert.ok(scene.heights('high').every((height) => height >= 4 && height <= 8))
  assert.deepEqual([...scene.heights('low'), ...scene.heights('high')].sort(), range(1, 8))
})

test('the target ends where the run of blocks that peers claim has a gap', () => {
  const table: Array<{ peers: Array<[bigint, bigint]>; want: bigint }> = [
    { peers: [], want: 0n },
    { peers: [[0n, 0n]], want: 0n },
    { peers: [[1n, 9n]], want: 9n },
    {
      peers: [
        [1n, 9n],
        [5n, 30n]
      ],
      want: 30n
    },
    {
      peers: [
        [10n, 30n],
        [1n, 9n]
      ],
      want: 30n
    },
    {
      peers: [
        [1n, 9n],
        [11n, 1_000_000n]
      ],
      want: 9n
    },
    { peers: [[2n, 1_000_000n]], want: 0n }
  ]
  for (const { peers, want } of table) {
    const scene = new Scene()
    for (const [i, [base, height]] of peers.entries()) scene.status(`p${i}`, base, height)
    assert.equal(scene.pool.target(0), want)
  }
})

test('blocks are handed out in order and only where both are there', () => {
  const scene = new Scene().status('a', 1n, 3n)
  scene.plan()
  scene.deliver('a', KB, 2n)
  assert.equal(scene.pool.peek().first, undefined)
  scene.deliver('a', KB, 1n)
  assert.deepEqual([scene.pool.peek().first?.block, scene.pool.peek().second?.block], ['a/1', 'a/2'])
  scene.pool.pop()
  assert.deepEqual([scene.pool.next, scene.pool.peek().first?.block], [2n, 'a/2'])
})

test('a block counts once, only from who was asked; late and double ones are no fault', () => {
  const scene = new Scene({ secondPeerAfterMs: 1_000 }).status('a', 1n, 3n)
  scene.plan()
  scene.status('b', 1n, 3n)
  scene.pass(2)
  assert.deepEqual(
    [scene.heights('a'), scene.heights('b')],
    [
      [1, 2, 3],
      [1, 2, 3]
    ]
  )
  assert.equal(scene.deliver('b', KB, 1n), 'accepted')
  assert.equal(scene.deliver('a', KB, 1n), 'ignored')
  assert.equal(scene.deliver('a', KB, 1n), 'unsolicited')
  assert.equal(scene.deliver('c', KB, 2n), 'unsolicited')
  assert.equal(scene.deliver('a', KB, 300n), 'unsolicited')
  scene.deliver('a', KB, 2n)
  scene.pool.pop()
  scene.pool.pop()
  assert.equal(scene.deliver('b', KB, 2n), 'ignored')
})

test('near the turn a second peer is asked once the first is late, further away only after 30 s', () => {
  const scene = new Scene({ peerTimeoutMs: 100_000, slowAfterMs: 100_000, maxPendingPerPeer: 100 }).status('a', 1n, 80n)
  scene.plan()
  scene.status('b', 1n, 80n)
  scene.now += 900
  scene.plan()
  assert.deepEqual(scene.heights('b'), [])
  scene.now += 200
  scene.plan()
  assert.deepEqual(scene.heights('b'), range(1, 50))
  while (scene.heights('b').length > 0) scene.deliver('b')
  scene.pass(28)
  assert.deepEqual(scene.heights('b'), [])
  scene.pass(2)
  assert.deepEqual(scene.heights('b'), range(51, 80))
})

test('a peer that leaves has its heights asked of others; what it delivered stays', () => {
  const scene = new Scene().status('a', 1n, 6n)
  scene.plan()
  scene.deliver('a', KB, 3n)
  scene.pool.removePeer('a')
  scene.status('b', 1n, 6n)
  scene.plan()
  assert.deepEqual(scene.heights('b'), [1, 2, 4, 5, 6])
  assert.equal(scene.pool.at(3n)?.from, 'a')
})

test('a banned peer loses what it delivered, is ignored for 60 s, and owes only what it was asked for', () => {
  const scene = new Scene().status('a', 1n, 5n)
  scene.plan()
  scene.deliver('a', KB, 1n)
  scene.pool.ban('a', scene.now)
  assert.equal(scene.pool.at(1n), undefined)
  assert.equal(scene.pool.bufferedBytes, 0)
  for (let i = 0; i < 4; i++) {
    assert.ok(scene.pool.expects('a'))
    assert.equal(scene.deliver('a', KB, 2n), 'ignored')
  }
  assert.ok(!scene.pool.expects('a'))
  assert.equal(scene.deliver('a', KB, 2n), 'unsolicited')
  scene.now = 59_000
  assert.equal(scene.status('a', 1n, 5n).pool.size, 0)
  scene.now = 60_000
  assert.equal(scene.status('a', 1n, 5n).pool.size, 1)
})

test('a peer that takes back what it claimed is ignored for a while; one that grows is not', () => {
  for (const [base, height, size] of [
    [1n, 9n, 0],
    [0n, 10n, 0],
    [1n, 10n, 1],
    [5n, 20n, 1]
  ] as const) {
    const scene = new Scene().status('a', 1n, 10n)
    assert.equal(scene.status('a', base, height).pool.size, size)
  }
})

test('a NoBlockResponse is believed for 30 s, asked of others, and too many of them end in a ban', () => {
  const scene = new Scene({ maxNoBlocks: 2, peerTimeoutMs: 1e9, slowAfterMs: 1e9 }).status('a', 1n, 3n)
  scene.plan()
  scene.pool.noBlock('a', 2n, scene.now)
  scene.plan()
  assert.equal(scene.pool.target(scene.now), 1n)
  assert.deepEqual(scene.heights('a'), [1, 2, 3])
  scene.now += 30_000
  assert.equal(scene.pool.target(scene.now), 3n)
  scene.pool.noBlock('a', 3n, scene.now)
  assert.equal(scene.pool.size, 1)
  scene.plan()
  scene.pool.noBlock('a', 1n, scene.now)
  assert.equal(scene.pool.size, 0)
})

test('silence for 15 s with requests open ends a peer; without any it may be silent for ever', () => {
  const scene = new Scene().status('a', 1n, 2n).status('idle', 0n, 0n)
  scene.plan()
  scene.pass(14)
  assert.deepEqual(scene.stopped, [])
  scene.deliver('a')
  scene.pass(14)
  assert.deepEqual(scene.stopped, [])
  scene.pass(1)
  assert.deepEqual(scene.stopped, ['a: did not send us anything'])
  scene.pass(100)
  assert.equal(scene.pool.size, 1)
})

test('a peer that makes us wait and delivers less than 128 KB/s goes; small blocks without waiting are fine', () => {
  // one 10 KB block every 4 s, with 20 requests open
  const slow = new Scene().status('a', 1n, 1_000n)
  slow.plan()
  for (let i = 0; i < 30 && slow.stopped.length === 0; i++) {
    slow.pass(4)
    slow.deliver('a', 10 * KB)
    slow.plan()
  }
  assert.deepEqual(slow.stopped, ['a: does not send us blocks fast enough'])
  assert.ok(slow.now >= 30_000, `not before the 40 s average says so: ${slow.now}`)
  // tiny blocks, each answered within a second: 1 KB/s, and never late
  const small = new Scene().status('a', 1n, 1_000n)
  small.plan()
  for (let i = 0; i < 120; i++) {
    small.now += 1_000
    while (small.heights('a').length > 0) small.deliver('a', 100)
    while (small.pool.peek().first !== undefined) small.pool.pop()
    small.plan()
  }
  assert.deepEqual(small.stopped, [])
})

test('a large block on its way is life: what the connection brings counts', () => {
  const scene = new Scene().status('a', 1n, 1n)
  scene.plan()
  let received = 0
  for (let i = 0; i < 60; i++) {
    received += 200 * KB
    scene.pool.noteWireBytes('a', received)
    scene.pass(1)
  }
  assert.deepEqual(scene.stopped, [])
  scene.pass(20)
  assert.equal(scene.stopped.length, 1)
})

test('bytes that never become a block are life for two minutes only, also where others deliver what was asked', () => {
  const scene = new Scene().status('a', 1n, 1n)
  scene.plan()
  const junk = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      scene.pool.noteWireBytes('a', scene.now * 200)
      scene.pass(1)
    }
  }
  junk(119)
  assert.deepEqual(scene.stopped, [])
  junk(2)
  assert.deepEqual(scene.stopped, ['a: did not send us anything'])
  // one that is silent while an honest peer delivers every block is found out all the same
  const shared = new Scene({ maxPendingPerPeer: 2 }).status('silent', 1n, 1_000n).status('honest', 1n, 1_000n)
  shared.plan()
  for (let i = 0; i < 60 && shared.stopped.length === 0; i++) {
    shared.pass(1)
    while (shared.heights('honest').length > 0) shared.deliver('honest')
    while (shared.pool.peek().first !== undefined) shared.pool.pop()
    shared.plan()
  }
  assert.deepEqual(shared.stopped, ['silent: did not send us anything'])
})

test('peers that make us wait get no more of the work: ten silent ones do not slow down one that answers', () => {
  const silent = range(0, 9).map((i) => `silent${i}`)
  const scene = new Scene()
  for (const id of silent) scene.status(id, 1n, 2_000n)
  scene.status('honest', 1n, 2_000n)
  scene.plan()
  // seven seconds are below every time-out
  for (let ms = 0; ms < 7_000; ms += 10) {
    scene.now += 10
    if (scene.heights('honest').length > 0) scene.deliver('honest')
    while (scene.pool.peek().first !== undefined) scene.pool.pop()
    scene.plan()
  }
  assert.ok(scene.pool.next > 150n, `only up to ${scene.pool.next}`)
})

test('when our own clock stood still nobody is to blame', () => {
  const scene = new Scene().status('a', 1n, 2n)
  scene.plan()
  scene.pass(3)
  scene.now += 3_600_000
  scene.plan()
  assert.deepEqual(scene.stopped, [])
  scene.pass(11)
  assert.deepEqual(scene.stopped, [])
  scene.pass(2)
  assert.equal(scene.stopped.length, 1)
})

test('the window is bounded in blocks and in bytes, but never below the two blocks that are due', () => {
  const MB = KB * KB
  const scene = new Scene({ maxBufferedBytes: 10 * MB, maxWindow: 30 }).status('a', 1n, 1_000n)
  scene.plan()
  // the first block never comes, the others are huge
  for (let i = 0; i < 40; i++) {
    const height = scene.asked.get('a')!.find((each) => each !== 1n)
    if (height === undefined) break
    scene.deliver('a', 3 * MB, height)
    scene.plan()
  }
  assert.ok(scene.pool.bufferedBytes < 70 * MB, `${scene.pool.bufferedBytes}`)
  assert.deepEqual(scene.heights('a'), [1])
  const small = new Scene({ maxWindow: 30 }).status('a', 1n, 1_000n)
  small.plan()
  for (let i = 0; i < 100; i++) {
    const height = small.asked.get('a')!.find((each) => each !== 1n)
    if (height === undefined) break
    small.deliver('a', 1, height)
    small.plan()
  }
  assert.deepEqual(small.heights('a'), [1])
  const tight = new Scene({ maxBufferedBytes: 1 }).status('a', 1n, 10n)
  tight.plan()
  assert.deepEqual(tight.heights('a'), [1, 2])
})

test('blocks that turn out to be huge are kept up to twice the bound; the two that are due always, the others are asked again once there is room', () => {
  const scene = new Scene({ maxBufferedBytes: 2_000 * KB }).status('a', 1n, 20n)
  scene.plan()
  const outcomes = range(1, 20).map((height) => scene.deliver('a', 1_200 * KB, BigInt(height)))
  assert.deepEqual(outcomes, [...Array(3).fill('accepted'), ...Array(17).fill('ignored')])
  assert.equal(scene.pool.bufferedBytes, 3_600 * KB)
  scene.plan()
  assert.deepEqual(scene.heights('a'), [])
  scene.pool.pop()
  scene.pool.pop()
  scene.plan()
  assert.ok(scene.heights('a').includes(4))
  // what a block takes in memory counts, not its bytes on the wire
  const small = new Scene({ maxBufferedBytes: 2_000 * KB }).status('a', 1n, 20n)
  small.plan()
  for (let height = 1n; height <= 20n; height++) small.pool.addBlock('a', height, '', KB, 0, 1_200 * KB)
  assert.equal(small.pool.bufferedBytes, 3_600 * KB)
})

test('a faster peer gets more of the work', () => {
  const scene = new Scene({ maxPendingPerPeer: 5 }).status('fast', 1n, 10_000n).status('slow', 1n, 10_000n)
  scene.plan()
  const done = { fast: 0, slow: 0 }
  for (let ms = 0; ms < 4_000; ms += 10) {
    scene.now += 10
    for (const [id, every] of [
      ['fast', 10],
      ['slow', 100]
    ] as const)
      if (ms % every === 0 && scene.heights(id).length > 0) {
        scene.deliver(id)
        done[id]++
      }
    while (scene.pool.peek().first !== undefined) scene.pool.pop()
    scene.plan()
  }
  assert.ok(done.fast > 5 * done.slow, JSON.stringify(done))
  assert.ok(done.slow > 0)
})

type Event =
  | { type: 'status'; peer: number; base: number; height: number }
  | { type: 'deliver' | 'noBlock' | 'leave' | 'ban' | 'full'; peer: number; pick: number }
  | { type: 'pop'; pick: number }
  | { type: 'redo'; pick: number }
  | { type: 'time'; ms: number }

const peerIndex = fc.nat({ max: 4 })
const events = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('status' as const), peer: peerIndex, base: fc.nat(5), height: fc.nat(60) }),
    fc.record({
      type: fc.constantFrom(
        'deliver' as const,
        'deliver' as const,
        'deliver' as const,
        'noBlock' as const,
        'leave' as const,
        'ban' as const,
        'full' as const
      ),
      peer: peerIndex,
      pick: fc.nat()
    }),
    fc.record({ type: fc.constant('pop' as const), pick: fc.nat() }),
    fc.record({ type: fc.constant('redo' as const), pick: fc.nat() }),
    fc.record({ type: fc.constant('time' as const), ms: fc.nat(4_000) })
  ),
  { maxLength: 200 }
)

/** Plays one event; the peers answer only what they were asked. */
function play(scene: Scene, event: Event): void {
  const { pool } = scene
  if (event.type === 'time') scene.now += event.ms
  else if (event.type === 'status')
    scene.status(`p${event.peer}`, BigInt(Math.min(event.base, event.height)), BigInt(event.height))
  else if (event.type === 'pop') {
    if (pool.peek().first !== undefined) pool.pop()
  } else if (event.type === 'redo') pool.redo(pool.next + BigInt(event.pick % 30))
  else {
    const id = `p${event.peer}`
    const open = scene.asked.get(id) ?? []
    const height = open[event.pick % Math.max(1, open.length)]
    if (event.type === 'leave') {
      pool.removePeer(id)
      scene.asked.delete(id)
    } else if (event.type === 'ban') pool.ban(id, scene.now)
    else if (height === undefined) return
    else if (event.type === 'deliver') assert.notEqual(scene.deliver(id, 100, height), 'unsolicited')
    else {
      scene.asked.set(
        id,
        open.filter((each) => each !== height)
      )
      if (event.type === 'noBlock') pool.noBlock(id, height, scene.now)
      else pool.notSent(id, height)
    }
  }
}

test('whatever happens: at most 20 requests a peer, no height asked twice at once but near the turn, none outside the claims', () => {
  fc.assert(
    fc.property(events, (script) => {
      const scene = new Scene({ peerTimeoutMs: 1e9, slowAfterMs: 1e9, requestRetryMs: 1e9 })
      for (const event of script) {
        play(scene, event)
        const before = new Map([...scene.asked].map(([id, heights]) => [id, heights.length]))
        for (const command of scene.plan()) {
          assert.equal(command.type, 'request')
          if (command.type !== 'request') continue
          const mine = scene.heights(command.peerId)
          assert.ok(mine.length <= 20 || mine.length <= (before.get(command.peerId) ?? 0) + 20)
          assert.ok(command.height >= scene.pool.next)
          const [base, top] = scene.claims.get(command.peerId)!
          assert.ok(command.height >= base && command.height <= top)
          assert.equal(scene.pool.at(command.height), undefined)
        }
        assert.ok(scene.pool.bufferedBytes >= 0)
      }
    }),
    { numRuns: 300 }
  )
})

test('one honest peer is enough: whatever the others did before, every block comes in the end', () => {
  fc.assert(
    fc.property(events, (script) => {
      const scene = new Scene()
      for (const event of script) {
        play(scene, event)
        scene.plan()
      }
      // the honest one is new, so nothing of before clings to it
      scene.asked.clear()
      scene.status('honest', 0n, 80n)
      for (let turn = 0; turn < 400 && scene.pool.next <= 80n; turn++) {
        scene.now += 1_000
        scene.plan()
        while (scene.heights('honest').length > 0) {
          assert.notEqual(scene.deliver('honest'), 'unsolicited')
          scene.plan()
        }
        while (scene.pool.peek().first !== undefined) scene.pool.pop()
      }
      assert.equal(scene.pool.next, 81n)
      assert.equal(scene.pool.bufferedBytes, 0)
    }),
    { numRuns: 200 }
  )
})
