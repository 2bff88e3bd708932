/** What a stack gives to be put through the link suite, and what the suite makes of it. */
import type { PeerId } from '@libp2p/interface'
import type { Link } from '../../src/interface/link.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import type { Stack } from '../../src/interface/stack.ts'
import { End, type Proven, TestHost, turns } from './link-harness.ts'

/** One stack, not started: the suite starts it. */
export interface StackUnderTest {
  readonly stack: Stack
  readonly id: string
  readonly peerId: PeerId
  /** Where it can be dialled once started; `asId`: the same place, but naming that node. */
  address(as?: { id: string; peerId: PeerId }): NetAddress
}

export interface StackPair {
  readonly dialer: StackUnderTest
  readonly listener: StackUnderTest
  /** Where nobody listens, in the same form. */
  nowhere(): NetAddress
  /** Loses every connection between the two without a word. */
  lose(): void | Promise<void>
  /** After both stacks have stopped. */
  teardown(): Promise<void>
}

export interface LinkSuiteInit {
  setup(): Promise<StackPair>
  /** How long one test may take, ms. */
  readonly timeoutMs: number
  /** The most that one channel takes while nothing of it is consumed, bytes, beside a message that was begun. */
  readonly maxUnconsumedBytes: number
  /** Another node's names, to be found not at home. */
  readonly stranger: { id: string; peerId: PeerId }
  /**
   * False: the wire has no goodbye (classic). Whoever leaves closes the connection, which is `communication` to the other side; what arrived before an end in
   * good order is drained all the same. @default true
   */
  readonly goodbyes?: boolean
}

/** Runs one check on two started stacks; afterwards nothing may be left behind. */
export type Check = (title: string, body: (given: Given) => Promise<void>) => void

/** Two stacks, their hosts, and the ends made of their links. */
export class Given {
  readonly pair: StackPair
  readonly dialerHost: TestHost
  readonly listenerHost: TestHost
  readonly ends: End[] = []
  readonly #dialled: Link[] = []

  constructor(pair: StackPair) {
    this.pair = pair
    this.dialerHost = new TestHost('dialer', pair.dialer.id, () => pair.dialer.stack)
    this.listenerHost = new TestHost('listener', pair.listener.id, () => pair.listener.stack)
  }

  async dial(
    how: {
      to?: NetAddress
      signal?: AbortSignal
      authenticated?: (remote: Proven) => ReturnType<Parameters<Stack['dial']>[1]['authenticated']>
    } = {}
  ): Promise<Link> {
    const link = await this.pair.dialer.stack.dial(how.to ?? this.pair.listener.address(), {
      signal: how.signal ?? new AbortController().signal,
      authenticated: how.authenticated ?? (() => ({ allow: true }))
    })
    this.#dialled.push(link)
    return link
  }

  /** A link as both sides have it, not started. */
  async connectLinks(): Promise<[Link, Link]> {
    const before = this.listenerHost.links.length
    const near = await this.dial()
    await this.listenerHost.until(() => this.listenerHost.links.length > before)
    return [near, this.listenerHost.links[before] as Link]
  }

  /** Both ends, started. */
  async connect(): Promise<[End, End]> {
    const [near, far] = await this.connectLinks()
    return [this.end(near, this.dialerHost).start(), this.end(far, this.listenerHost).start()]
  }

  end(link: Link, host: TestHost): End {
    const end = new End(link, host)
    this.ends.push(end)
    return end
  }

  /** Every link that the listener accepted is told of its end. */
  async farSidesEnd(): Promise<void> {
    for (const far of this.listenerHost.links.slice(this.ends.length))
      await this.end(far, this.listenerHost).start().ended()
  }

  async closeAll(): Promise<void> {
    for (const link of [...this.#dialled, ...this.listenerHost.links])
      await link.close({ kind: 'shutdown', message: 'end of test' }, false)
  }

  /** Moments spread over a dial from its first step to after its last, in turns of the event loop. */
  async moments(): Promise<number[]> {
    let settled = false
    const dial = this.dial().then((link) => {
      settled = true
      return link
    })
    let took = 0
    for (; !settled; took++) await turns(1)
    await (await dial).close({ kind: 'graceful', message: 'measured' }, false)
    await this.listenerHost.until(() => this.listenerHost.settled)
    const count = 24
    return Array.from({ length: count }, (_, i) => Math.round((i * 1.2 * took) / count))
  }
}
