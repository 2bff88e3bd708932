/**
 * Lives of peers under fire: switches that dial, stop, lose and send to one another in random order, with reactors that take their time. Whatever
 * happens, every trace follows the grammar, nobody is left behind, and what was accepted and delivered is in order.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Peer } from '../../src/interface/peer.ts'
import { createMemoryNetwork } from '../../src/testing/memory-network.ts'
import { assertReactorGrammar } from '../../src/testing/reactor-grammar.ts'
import { recordCalls } from '../../src/testing/record-calls.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { settle } from '../helpers/fake-clock.ts'
import { TextReactor } from '../helpers/text-reactor.ts'

const NODES = 3
const node = fc.nat(NODES - 1)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('dial' as const), from: node, to: node }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('error' as const, 'graceful' as const, 'flush' as const, 'close' as const),
      from: node,
      to: node
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('cut' as const, 'isolate' as const, 'heal' as const),
      from: node,
      to: node
    })
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), from: node, to: node }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('turns' as const), from: fc.nat(8), to: node }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('halt' as const), from: node, to: node }) }
)

/** How the reactors behave in this run: now and then slow, now and then broken, now and then stopping their own peer. */
interface Mood {
  readonly slow: boolean
  readonly broken: boolean
}

async function run(
  seed: number,
  mood: Mood,
  steps: ReadonlyArray<{ do: string; from: number; to: number }>
): Promise<void> {
  const random = seededRandom(seed)
  const net = createMemoryNetwork({ seed })
  const whim = async (sw: { stopPeerForError(peer: Peer, reason: unknown): Promise<void> }, peer: Peer) => {
    if (mood.slow && random() < 0.5) await settle(1 + Math.floor(random() * 4))
    if (!mood.broken) return
    if (random() < 0.05) throw new Error('broken')
    if (random() < 0.05) await sw.stopPeerForError(peer, 'a whim')
  }
  const nodes = Array.from({ length: NODES }, (_, i) => {
    const sw = net.createSwitch({ network: 'races', moniker: `n${i}` })
    const reactor = new TextReactor({ channels: [{ id: 0x10, priority: 1, sendQueueCapacity: 2 }] })
    reactor.onInit = async (peer) => {
      await whim(sw, peer)
      return undefined
    }
    reactor.onAdd = (peer) => whim(sw, peer)
    reactor.onReceive = ({ src }) => whim(sw, src as Peer)
    reactor.onRemove = (peer) => whim(sw, peer)
    const calls = recordCalls(reactor)
    sw.addReactor('TEXT', reactor)
    return { sw, reactor, calls }
  })
  for (const { sw } of nodes) await sw.start()

  const pending: Promise<unknown>[] = []
  let sent = 0
  for (const { do: what, from, to } of steps) {
    const a = nodes[from % NODES] as (typeof nodes)[0]
    const b = nodes[to] as (typeof nodes)[0]
    const peer = a.sw.peers().get(b.sw.nodeInfo().id)
    if (what === 'dial') pending.push(a.sw.dialPeerWithAddress(b.sw.nodeInfo().netAddress()).catch(() => undefined))
    else if (what === 'cut') net.cut(a.sw, b.sw)
    else if (what === 'isolate') net.isolate(a.sw)
    else if (what === 'heal') net.heal()
    else if (what === 'turns') await settle(from)
    else if (what === 'halt') pending.push(a.sw.stop())
    else if (peer === undefined) continue
    else if (what === 'send') pending.push(peer.send({ channelId: 0x10, message: String(sent++) }))
    else if (what === 'error') pending.push(a.sw.stopPeerForError(peer, what))
    else if (what === 'graceful') pending.push(a.sw.stopPeerGracefully(peer))
    else if (what === 'flush') pending.push(peer.flushStop())
    else pending.push(peer.closeConn())
  }
  await settle(20)
  await Promise.all(nodes.map(({ sw }) => sw.stop()))
  await Promise.all(pending)

  for (const { sw, calls, reactor } of nodes) {
    assertReactorGrammar(calls)
    const count = (call: string) => calls.filter((one) => one.call === call).length
    assert.equal(count('removePeer'), count('initPeer'), 'R-28: everybody who was initialised was removed')
    assert.deepEqual([sw.peers().size, sw.numPeers().dialing], [0, 0])
    // the numbers only grow, over all connections of one sender too
    for (const from of new Set(reactor.received.map((one) => one.from))) {
      const numbers = reactor.received.filter((one) => one.from === from).map(({ message }) => Number(message))
      assert.deepEqual(
        numbers,
        [...new Set(numbers)].toSorted((x, y) => x - y),
        'R-42: once, and in order'
      )
    }
  }
}

for (const mood of [
  { slow: false, broken: false },
  { slow: true, broken: false },
  { slow: true, broken: true }
])
  test(`R-21 to R-38: whatever order things happen in, every trace follows the grammar, with ${JSON.stringify(mood)} reactors`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(step, { minLength: 5, maxLength: 50 }), (seed, steps) =>
        run(seed, mood, steps)
      ),
      { numRuns: 150 }
    )
  })
