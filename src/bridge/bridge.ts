/**
 * A bridge joins a network that speaks the classic stack with one that speaks lp2p: each pair of it is a peer of either, and what one says reaches the other,
 * bytes unchanged (spec/bridge.md). Its reactors go into a switch that runs both stacks; nothing here knows how a stack works, so the tests run it on any.
 *
 * What a bridge holds is bounded by what its peers may hold: their send queues and the bytes that wait for `receive`.
 */
import { AlreadyStartedError, InvalidOptionError } from '../errors.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import type { Clock } from '../interface/clock.ts'
import type { Logger } from '../interface/logger.ts'
import type { Peer } from '../interface/peer.ts'
import type { Reactor } from '../interface/reactor.ts'
import type { Switch } from '../interface/switch.ts'
import { systemClock } from '../util/clock.ts'
import { nullLogger } from '../util/logger.ts'
import { bridgeChannels } from './channels.ts'
import { Pair, type PairStatus } from './pair.ts'
import { RelayReactor } from './relay-reactor.ts'

export interface BridgePair {
  /** The classic half, `id@host:port`. */
  readonly classic: string
  /** The lp2p half: Go's `12D3Koo…@host:port`, or a multiaddr. */
  readonly lp2p: string
}

export interface BridgeInit {
  /** At least one. */
  readonly pairs: readonly BridgePair[]
  /** @default the platform's */
  readonly clock?: Clock
  /** @default none */
  readonly logger?: Logger
}

/** What a switch that carries a bridge needs beside its reactors: one slow channel holds up no other, and waiting for a slow half is no failure. */
export const bridgeSwitchOptions = Object.freeze({ delivery: 'reactor' as const, callbackTimeoutMs: 10 * 60_000 })

export class Bridge {
  readonly #init: BridgeInit
  #pairs: Pair[] = []
  #runs: Promise<unknown> | undefined

  /** Throws `InvalidOptionError` or `InvalidAddressError`. */
  constructor(init: BridgeInit) {
    const pairs: unknown = init?.pairs
    if (!Array.isArray(pairs) || pairs.length === 0)
      throw new InvalidOptionError('pairs', pairs, 'an array of at least one { classic, lp2p }')
    for (const { classic, lp2p } of init.pairs)
      for (const address of [classic, lp2p])
        if (parseNetAddress(address).id === '')
          throw new InvalidOptionError('pairs', address, 'addresses that name their node')
    this.#init = init
  }

  /** For the switch that will carry the bridge, made with {@link bridgeSwitchOptions}. */
  reactors(): Record<string, Reactor> {
    const relay = (src: Peer, channelId: number, bytes: Uint8Array) => this.#relay(src, channelId, bytes)
    return Object.fromEntries(
      bridgeChannels.map((channel) => {
        const name = `BRIDGE-0x${channel.id.toString(16)}`
        return [name, new RelayReactor(name, channel, relay)]
      })
    )
  }

  /** Begins to pair over a switch that runs. Throws `AlreadyStartedError` the second time. */
  start(sw: Switch): void {
    if (this.#runs !== undefined) throw new AlreadyStartedError('the bridge has been started')
    const components = { sw, clock: this.#init.clock ?? systemClock, logger: this.#init.logger ?? nullLogger }
    this.#pairs = this.#init.pairs.map((addresses) => new Pair(components, addresses))
    this.#runs = Promise.all(this.#pairs.map((pair) => pair.run()))
  }

  /** Parts every pair; settles when all are gone. Call it before the switch stops. Never rejects. */
  async stop(): Promise<void> {
    for (const pair of this.#pairs) pair.stop()
    await this.#runs
  }

  /** How each pair stands, in the order in which they were given; empty before `start`. */
  status(): PairStatus[] {
    return this.#pairs.map((pair) => pair.status())
  }

  #relay(src: Peer, channelId: number, bytes: Uint8Array): void | Promise<void> {
    for (const pair of this.#pairs) {
      const taken = pair.relay(src, channelId, bytes)
      if (taken === true) return
      if (taken !== false) return taken.then(() => undefined)
    }
  }
}
