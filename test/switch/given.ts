/** Switches that meet in memory, for the tests of this folder: each with one TextReactor and the trace of its calls. */
import assert from 'node:assert/strict'
import type { Peer } from '../../src/interface/peer.ts'
import type { Switch } from '../../src/interface/switch.ts'
import { assertReactorGrammar, createMemoryNetwork, type RecordedCall, recordCalls } from '../../src/testing/index.ts'
import type { MemoryNetworkInit, MemorySwitchOptions, TestNetwork } from '../../src/testing/memory-network.ts'
import { TextReactor, type TextReactorInit } from '../helpers/text-reactor.ts'

export const CHANNEL = 0x10

export interface Node {
  readonly sw: Switch
  readonly id: string
  /** `id@host:port` */
  readonly address: string
  readonly reactor: TextReactor
  readonly calls: readonly RecordedCall[]
}

export interface Given {
  readonly net: TestNetwork
  readonly nodes: readonly Node[]
  /** Not started. */
  create(moniker: string, options?: Partial<MemorySwitchOptions>, text?: TextReactorInit): Node
  /** Started. */
  node(moniker: string, options?: Partial<MemorySwitchOptions>, text?: TextReactorInit): Promise<Node>
  /** Two started nodes, the first of the network; the one returned first has the smaller id. */
  pair(smaller?: Partial<MemorySwitchOptions>, larger?: Partial<MemorySwitchOptions>): Promise<[Node, Node]>
  /** Both have run addPeer. Returns a's handle of b and b's of a. */
  connect(a: Node, b: Node): Promise<[Peer, Peer]>
  /** Stops everybody, and reads every trace. */
  end(): Promise<void>
}

export function given(init: MemoryNetworkInit = { seed: 1 }): Given {
  const net = createMemoryNetwork(init)
  const nodes: Node[] = []
  const create: Given['create'] = (moniker, options = {}, text = {}) => {
    const sw = net.createSwitch({ network: 'chain', moniker, ...options })
    const reactor = new TextReactor(text)
    const calls = recordCalls(reactor)
    sw.addReactor('TEXT', reactor)
    const own = sw.nodeInfo()
    const node = { sw, id: own.id, address: String(own.netAddress()), reactor, calls }
    nodes.push(node)
    return node
  }
  const node: Given['node'] = async (...args) => {
    const made = create(...args)
    await made.sw.start()
    return made
  }
  return {
    net,
    nodes,
    create,
    node,
    async pair(smaller = {}, larger = {}) {
      // keys follow from the seed and the order in which switches are made
      const probe = createMemoryNetwork(init)
      const [first = '', second = ''] = [0, 1].map(() => probe.createSwitch({ network: 'chain' }).nodeInfo().id)
      const options = first < second ? [smaller, larger] : [larger, smaller]
      const made = options.map((one, i) => create(`node-${i}`, one)) as [Node, Node]
      await Promise.all(made.map(({ sw }) => sw.start()))
      return first < second ? made : [made[1], made[0]]
    },
    async connect(a, b) {
      const near = await a.sw.dialPeerWithAddress(b.address)
      await b.reactor.until(() => b.sw.peers().has(a.id) && b.reactor.added.includes(b.sw.peers().get(a.id) as Peer))
      return [near, b.sw.peers().get(a.id) as Peer]
    },
    async end() {
      await Promise.all(nodes.map(({ sw }) => sw.stop()))
      for (const { calls, sw } of nodes) {
        assertReactorGrammar(calls)
        const of = (wanted: string) => new Set(calls.filter(({ call }) => call === wanted).map(({ peer }) => peer))
        assert.deepEqual(of('removePeer'), of('initPeer'), 'R-28: who was initialised was removed')
        assert.equal(sw.peers().size, 0)
      }
    }
  }
}
