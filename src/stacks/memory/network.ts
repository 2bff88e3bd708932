/**
 * A network in memory: who is where, what is connected, and what a test may do to it (contract.md, "Memory network"). Its clock is real unless another
 * is given; its order, its jitter and nothing else come from the seed.
 */
import { InvalidOptionError } from '../../errors.ts'
import type { Clock, Random } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import { awaitedClock, systemClock } from '../../util/clock.ts'
import { seededRandom } from '../../util/prng.ts'
import { Connection } from './connection.ts'
import { MemoryLink, type MemoryLinkInit } from './link.ts'
import { PacedTraffic } from './paced-traffic.ts'
import type { MemoryStack } from './stack.ts'
import { type Carrier, Traffic } from './traffic.ts'

export interface MemoryNetworkInit {
  /** Decides the order of what is delivered at the same time, and the jitter. @default 0 */
  seed?: number
  /** One way, ms. @default 0 */
  latencyMs?: number
  /** On top of it, up to so many ms, drawn for each parcel; the order within a channel is kept. @default 0 */
  jitterMs?: number
  /** @default the platform's */
  clock?: Clock
}

export class MemoryNetwork {
  readonly seed: number
  readonly clock: Clock
  readonly #traffic: Carrier
  readonly #stacks = new Map<string, MemoryStack>()
  readonly #connections = new Set<Connection>()
  readonly #isolated = new Set<MemoryStack>()
  #lastIP = 0

  /** Throws `InvalidOptionError` naming the field. */
  constructor(init: MemoryNetworkInit = {}) {
    if (typeof init !== 'object' || init === null) throw new InvalidOptionError('options', init, 'an object')
    const { seed = 0, latencyMs = 0, jitterMs = 0, clock = systemClock } = init
    if (!Number.isFinite(seed)) throw new InvalidOptionError('seed', seed, 'a finite number')
    for (const [field, value] of Object.entries({ latencyMs, jitterMs }))
      if (!Number.isFinite(value) || value < 0 || value > MAX_DELAY_MS)
        throw new InvalidOptionError(field, value, `a number of ms from 0 to ${MAX_DELAY_MS}`)
    this.seed = seed
    this.clock = clock
    const random: Random = seededRandom(seed)
    const delays = { latencyMs, jitterMs }
    if (clock !== systemClock) this.#traffic = new Traffic(clock, random, delays)
    // a message under way is all that a script of two switches may be waiting for
    else if (latencyMs + jitterMs > 0) this.#traffic = new PacedTraffic(awaitedClock, random, delays)
    else this.#traffic = new Traffic(awaitedClock, random, delays)
  }

  /** Every connection between the two is lost, now, for both. They may connect again. */
  cut(a: MemoryStack, b: MemoryStack): void {
    for (const connection of this.connectionsOf(a))
      if (connection.dialer === b || connection.listener === b) connection.break('the connection was cut')
  }

  /** Loses all its connections, now, and cannot be connected with until `heal`. */
  isolate(stack: MemoryStack): void {
    this.#isolated.add(stack)
    for (const connection of this.connectionsOf(stack)) connection.break('the node was isolated')
  }

  /** Nobody is isolated any more. */
  heal(): void {
    this.#isolated.clear()
  }

  /** Is an address of this form taken? */
  has(host: string, port: number): boolean {
    return this.#stacks.has(`${host}:${port}`)
  }

  // ---- for its stacks ----------------------------------------------------------------------------------------

  /** False if another stack has the address. */
  register(stack: MemoryStack): boolean {
    const { host, port } = stack.address
    if (this.has(host, port)) return false
    this.#stacks.set(`${host}:${port}`, stack)
    return true
  }

  /** A stack that never came to be used gives its address back. */
  unregister({ address: { host, port } }: MemoryStack): void {
    this.#stacks.delete(`${host}:${port}`)
  }

  /** Each stack gets an IP, and a /24, of its own: limits by IP do not mistake nodes of one test for one another. */
  nextIP(): string {
    const n = ++this.#lastIP
    return `10.${(n >> 8) & 0xff}.${n & 0xff}.1`
  }

  /** Begins a connection, which may be broken before its first word has arrived: nobody listens there, or one of the two is isolated. */
  connect(dialer: MemoryStack, address: NetAddress): Connection {
    const listener = this.#stacks.get(`${address.host}:${address.port}`)
    const connection = new Connection(this.#traffic, dialer, listener ?? dialer, () =>
      this.#connections.delete(connection)
    )
    this.#connections.add(connection)
    if (listener?.listening !== true) connection.break(`${address}: nobody listens there`)
    else if (this.#isolated.has(dialer) || this.#isolated.has(listener)) connection.break(`${address}: unreachable`)
    return connection
  }

  /** Two ends of a connection whose handshake has succeeded. */
  link(connection: Connection, near: MemoryLinkInit, far: MemoryLinkInit): [MemoryLink, MemoryLink] {
    const links = MemoryLink.pair(
      (onOver) => [
        new MemoryLink(this.#traffic, this.clock, near, onOver),
        new MemoryLink(this.#traffic, this.clock, far, onOver)
      ],
      () => this.#connections.delete(connection)
    )
    connection.established(links)
    return links
  }

  connectionsOf(stack: MemoryStack): Connection[] {
    return [...this.#connections].filter(({ dialer, listener }) => dialer === stack || listener === stack)
  }
}

/** Longer than any test waits, and well within what a timer holds. */
const MAX_DELAY_MS = 3_600_000
