// One reactor file on every stack: memory, comet (CometBFT's own, the classic one) and libp2p call it in the same way. Run: node examples/one-reactor.ts
import assert from 'node:assert/strict'
import type { Switch } from 'comet-libp2p'
import { createNode, type StackName } from 'comet-libp2p/node'
import { assertReactorGrammar, createMemoryNetwork, type RecordedCall, recordCalls } from 'comet-libp2p/testing'
import { GrowingReactor } from './reactors/growing.ts'

const common = { network: 'my-chain', allowDuplicateIP: true }
const monikers = ['a', 'b'] as const

/** A node of some stack: its switch, and what ends it. */
interface Started {
  readonly switch: Switch
  stop(): Promise<void>
}

const network = createMemoryNetwork({ seed: 1 })
const stacks: Record<string, (moniker: string, reactor: GrowingReactor) => Promise<Started>> = {
  memory: async (moniker, reactor) => {
    const sw = network.createSwitch({ ...common, moniker, reactors: { GROWING: reactor } })
    await sw.start()
    return { switch: sw, stop: () => sw.stop() }
  },
  comet: (moniker, reactor) => start('comet', 'tcp://127.0.0.1:0', moniker, reactor),
  libp2p: (moniker, reactor) => start('libp2p', '/ip4/127.0.0.1/tcp/0', moniker, reactor)
}

function start(stack: StackName, listen: string, moniker: string, reactor: GrowingReactor): Promise<Started> {
  return createNode({ ...common, stacks: [stack], listen: [listen], moniker, reactors: { GROWING: reactor } })
}

/** Two nodes meet, talk and part; what was called on the reactor of each. */
async function traces(stack: string, startNode: (typeof stacks)[string]): Promise<string[]> {
  const reactors = monikers.map(() => new GrowingReactor('GROWING'))
  const calls = reactors.map(recordCalls)
  const [a, b] = [await startNode('a', reactors[0]!), await startNode('b', reactors[1]!)]
  const peer = await a.switch.dialPeerWithAddress(b.switch.nodeInfo().netAddress())
  assert.equal(peer.stack(), stack)
  await Promise.all(reactors.map(({ done }) => done.promise))
  await Promise.all([a.stop(), b.stop()])
  return calls.map((of, i) => `${monikers[i]}: ${normalised(of).join(', ')}`)
}

/**
 * A trace as text that does not depend on keys. The dialler may be heard before addPeer has run here: which of them is first is up to the machine, on every
 * stack. So addPeer is put where it may stand at the earliest, right after initPeer; all else stays in the order in which it was called.
 */
function normalised(calls: readonly RecordedCall[]): string[] {
  assertReactorGrammar(calls)
  const added = calls.filter(({ call }) => call === 'addPeer')
  const others = calls.filter(({ call }) => call !== 'addPeer')
  return others.flatMap((one) => (one.call === 'initPeer' ? [one, ...added] : [one])).map(text)
}

function text({ call, peer, message }: RecordedCall): string {
  const name = peer === undefined ? '' : ` ${peer.nodeInfo().moniker}`
  return `${call}${name}${message instanceof Uint8Array ? ` ${message.length}` : ''}`
}

const found = new Map<string, string[]>()
for (const [stack, startNode] of Object.entries(stacks)) found.set(stack, await traces(stack, startNode))
const [[first, want] = ['', []], ...others] = found
console.log(want.join('\n'))
for (const [stack, trace] of others) assert.deepEqual(trace, want, `${stack} calls the reactor otherwise than ${first}`)
console.log(`the same calls on ${[...found.keys()].join(', ')}`)
