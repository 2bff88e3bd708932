/** What a stack gives to be put through the reactor suite, and the nodes that the suite makes of it. */
import assert from 'node:assert/strict'
import type { Peer } from '../../src/interface/peer.ts'
import type { PeerPolicyOptions } from '../../src/interface/policy.ts'
import type { Reactor } from '../../src/interface/reactor.ts'
import type { StopKind } from '../../src/interface/stop-reason.ts'
import type { Switch } from '../../src/interface/switch.ts'
import type { SwitchOptions } from '../../src/options.ts'
import { assertReactorGrammar } from '../../src/testing/reactor-grammar.ts'
import { type RecordedCall, recordCalls } from '../../src/testing/record-calls.ts'
import { TextReactor, type TextReactorInit } from '../helpers/text-reactor.ts'

/** What one node is made with; the stack adds its own. */
export interface NodeOptions {
  readonly moniker: string
  readonly switch: SwitchOptions
  readonly policy: PeerPolicyOptions
}

/** One node, not started, no reactors added. */
export interface NodeUnderTest {
  readonly sw: Switch
  /** Starts the switch, and whatever carries it. */
  start(): Promise<void>
  /** Stops both. May be called again, and without a start. */
  stop(): Promise<void>
  /** Where it can be dialled once started; `asId`: the same place, naming another node. */
  address(as?: NodeUnderTest): string
}

export interface NetUnderTest {
  createNode(options: NodeOptions): Promise<NodeUnderTest>
  /** Every connection between the two is lost without a word. */
  lose(a: NodeUnderTest, b: NodeUnderTest): void | Promise<void>
  /** Where nobody listens, naming that node. */
  nowhere(as: NodeUnderTest): string
  teardown(): Promise<void>
}

export interface ReactorSuiteInit {
  setup(): Promise<NetUnderTest>
  /** What `peer.stack()` says. */
  readonly stack: string
  /** How long one test may take, ms. */
  readonly timeoutMs: number
  /** False: the wire has no goodbye (classic), so whoever leaves is lost to the other side, with `communication`. @default true */
  readonly goodbyes?: boolean
}

/** Runs one check; afterwards every node is stopped and every trace read. */
export type Check = (title: string, body: (net: Net) => Promise<void>) => void

export const CHANNEL = 0x10

export interface MakeNode {
  readonly policy?: PeerPolicyOptions
  readonly switch?: Partial<SwitchOptions>
  /** @default one TextReactor named TEXT on channel 0x10 */
  readonly reactors?: readonly TextReactor[]
  readonly text?: TextReactorInit
  /** @default true */
  readonly start?: boolean
}

/** One node of a check. */
export interface Node {
  readonly sw: Switch
  start(): Promise<void>
  stop(): Promise<void>
  address(as?: Node): string
  /** As the stack knows it. */
  readonly under: NodeUnderTest
  readonly id: string
  /** The first of its reactors. */
  readonly reactor: TextReactor
  readonly reactors: readonly TextReactor[]
  /** One trace per reactor. */
  readonly calls: readonly RecordedCall[][]
}

export class Net {
  readonly under: NetUnderTest
  readonly nodes: Node[] = []

  constructor(under: NetUnderTest) {
    this.under = under
  }

  async node(moniker: string, make: MakeNode = {}): Promise<Node> {
    const under = await this.under.createNode({
      moniker,
      switch: { network: 'conformance', ...make.switch },
      policy: { allowDuplicateIP: true, ...make.policy }
    })
    const reactors = make.reactors ?? [new TextReactor(make.text)]
    const calls = reactors.map((reactor) => recordCalls(reactor))
    for (const [i, reactor] of reactors.entries())
      under.sw.addReactor(i === 0 ? 'TEXT' : `TEXT-${i}`, reactor as Reactor)
    // not spread: what carries the switch may be a class
    const node: Node = {
      sw: under.sw,
      id: under.sw.nodeInfo().id,
      reactor: reactors[0] as TextReactor,
      reactors,
      calls,
      start: () => under.start(),
      stop: () => under.stop(),
      address: (as) => under.address(as?.under),
      under
    }
    this.nodes.push(node)
    if (make.start !== false) await node.start()
    return node
  }

  /** Two started nodes. */
  async pair(a: MakeNode = {}, b: MakeNode = {}): Promise<[Node, Node]> {
    return [await this.node('a', a), await this.node('b', b)]
  }

  /** a dials b; settles when addPeer has run on every reactor of both. Returns both handles. */
  async connect(a: Node, b: Node): Promise<[Peer, Peer]> {
    const near = await a.sw.dialPeerWithAddress(b.address())
    await Promise.all(b.reactors.map((reactor) => reactor.until(() => holds(reactor, a.id))))
    return [near, b.sw.peers().get(a.id) as Peer]
  }

  async lose(a: Node, b: Node): Promise<void> {
    await this.under.lose(a.under, b.under)
  }

  nowhere(as: Node): string {
    return this.under.nowhere(as.under)
  }

  async end(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()))
    for (const node of this.nodes) {
      for (const calls of node.calls) {
        assertReactorGrammar(calls)
        const inits = calls.filter(({ call }) => call === 'initPeer').map(({ peer }) => peer)
        const removals = calls.filter(({ call }) => call === 'removePeer').map(({ peer }) => peer)
        assert.deepEqual(new Set(removals), new Set(inits), 'R-28: everybody who was initialised was removed')
      }
      assert.equal(node.sw.peers().size, 0)
    }
    await this.under.teardown()
  }
}

/** Has this reactor added the node, and not removed it since? */
export function holds({ added, removed }: TextReactor, id: string): boolean {
  return added.some((handle) => handle.id() === id && !removed.some(({ peer }) => peer === handle))
}

/** The calls of one reactor that concern this node's peer, in order, `receive` repeated as often as it came. */
export function callsOf(calls: readonly RecordedCall[], id: string): string[] {
  return calls.filter(({ peer }) => peer?.id() === id).map(({ call }) => call)
}

/** What the other side is told of a reason. */
export function told({ goodbyes = true }: ReactorSuiteInit, kind: StopKind): StopKind {
  return goodbyes ? kind : 'communication'
}

/** The kind of one of our own stop reasons. */
export function kindOf(reason: unknown): unknown {
  return (reason as { kind?: unknown } | undefined)?.kind
}

/** A gate that a callback waits at until the test opens it. */
export function gate(): { opened: Promise<void>; open(): void; reached: Promise<void>; pass(): Promise<void> } {
  const opening = Promise.withResolvers<void>()
  const reaching = Promise.withResolvers<void>()
  return {
    opened: opening.promise,
    open: opening.resolve,
    reached: reaching.promise,
    async pass() {
      reaching.resolve()
      await opening.promise
    }
  }
}
