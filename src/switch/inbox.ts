/**
 * What arrived from one peer, on its way to the reactors (architecture.md, "A message in"; requirements, D-4, D-11). Serial per sender, or
 * per sender and reactor (option `delivery`): a lane each. Bytes that wait are bounded by the link, which gets them back through `consumed` and lets the
 * remote send no more than it has room for; here a message that would break the bound anyway stops the peer.
 */
import { DecodeError } from '../errors.ts'
import type { Clock } from '../interface/clock.ts'
import type { Peer } from '../interface/peer.ts'
import type { Reactor } from '../interface/reactor.ts'
import type { StopReason } from '../interface/stop-reason.ts'
import type { Channel, ChannelTable } from '../wire/channel-table.ts'
import { type CallbackName, reactorFailure, threw } from './callback.ts'
import { attempt, isPromise, promised, textOf } from './foreign.ts'
import { Lane } from './lane.ts'

export interface InboxComponents {
  readonly table: ChannelTable
  /** The reactor that owns a channel and the handle it knows this peer by. */
  target(channel: Channel): { reactor: Reactor; handle: Peer }
  /** Room for `bytes` more on this channel. */
  consumed(channelId: number, bytes: number): void
  fail(reason: StopReason): void
  readonly clock: Clock
}

export interface InboxInit {
  readonly delivery: 'sender' | 'reactor'
  readonly callbackTimeoutMs: number
  /**
   * Bytes that may wait for `receive`, and the longest message of any channel on top: links grant so much over all channels, and lend one message, of
   * whatever channel, what it lacks. Stricter, or counted by the channel of the message at hand, it would stop an honest sender.
   */
  readonly maxBytes: number
}

export class Inbox {
  readonly #components: InboxComponents
  readonly #init: InboxInit
  readonly #lanes = new Map<string, Lane>()
  readonly #mostBytes: number
  // what changes
  #waitingBytes = 0
  #closed = false
  #messages = 0
  #bytes = 0
  /** By channel id. */
  readonly #channelBytes: number[] = []
  #onIdle: Array<() => void> = []

  constructor(components: InboxComponents, init: InboxInit) {
    this.#components = components
    this.#init = init
    let longest = 0
    for (const id of components.table.ids())
      longest = Math.max(longest, components.table.get(id)?.recvMessageCapacity ?? 0)
    this.#mostBytes = init.maxBytes + longest
  }

  /** Messages and bytes handed to reactors so far. */
  counts(): { messages: number; bytes: number } {
    return { messages: this.#messages, bytes: this.#bytes }
  }

  /** Bytes handed to the reactor of that channel so far. */
  channelBytes(channelId: number): number {
    return this.#channelBytes[channelId] ?? 0
  }

  /** Takes one whole message from the link. Never throws. */
  deliver(channelId: number, bytes: Uint8Array): void {
    if (this.#closed) return
    const channel = this.#components.table.get(channelId)
    const objection =
      channel === undefined
        ? `message on unknown channel ${hex(channelId)}`
        : this.#objection(channel, bytes.byteLength)
    if (channel === undefined || objection !== undefined) {
      this.#components.fail(protocol(channelId, String(objection)))
      return
    }
    this.#waitingBytes += bytes.byteLength
    this.#lane(channel.reactor).push(channel, bytes)
  }

  /** Settles when everything that arrived was handed over, or the inbox was closed. */
  drained(): Promise<void> {
    if (this.#closed || !this.#busy()) return Promise.resolve()
    return new Promise((resolve) => this.#onIdle.push(resolve))
  }

  /** After this no message reaches a reactor. A `receive` under way is not waited for. */
  close(): void {
    this.#closed = true
    for (const lane of this.#lanes.values()) lane.close()
    this.#wakeIdle()
  }

  #lane(reactor: string): Lane {
    const key = this.#init.delivery === 'reactor' ? reactor : ''
    let lane = this.#lanes.get(key)
    if (lane === undefined) {
      lane = new Lane(
        {
          clock: this.#components.clock,
          handle: (channel, bytes) => this.#handle(channel, bytes),
          done: (channel, bytes) => this.#done(channel, bytes),
          stuck: (channel) =>
            this.#components.fail(
              reactorFailure(
                { reactor: channel.reactor, callback: 'receive' },
                `took longer than ${this.#init.callbackTimeoutMs} ms`
              )
            )
        },
        this.#init.callbackTimeoutMs
      )
      this.#lanes.set(key, lane)
    }
    return lane
  }

  /** Filter, decode, receive. A promise only where the reactor returned one. */
  #handle(channel: Channel, bytes: Uint8Array): Promise<void> | undefined {
    const { reactor, handle } = this.#components.target(channel)
    const filtered = filter(channel, reactor, handle, bytes)
    if (filtered !== undefined) {
      this.#components.fail(filtered)
      return
    }
    let message: unknown
    try {
      message = channel.messageType.decode(bytes)
    } catch (err) {
      const why = textOf(err)
      const cause = attempt(() => err instanceof Error, false) ? err : new DecodeError(why)
      const what = `undecodable ${channel.messageType.typeName} on ${hex(channel.id)}`
      this.#components.fail(protocol(channel.id, `${what}: ${why}`, cause))
      return
    }
    if (isPromise(message)) {
      const { reactor: name } = channel
      this.#components.fail(reactorFailure({ reactor: name, callback: 'receive' }, promised(message)))
      return
    }
    // a filter may have stopped the peer
    if (this.#closed) return
    this.#messages++
    this.#bytes += bytes.byteLength
    this.#channelBytes[channel.id] = (this.#channelBytes[channel.id] ?? 0) + bytes.byteLength
    try {
      const result = reactor.receive({ src: handle, channelId: channel.id, message })
      if (isPromise(result)) return Promise.resolve(result).catch((err: unknown) => this.#threw(channel, err))
    } catch (err) {
      this.#threw(channel, err)
    }
    return
  }

  #threw({ reactor }: Channel, err: unknown): void {
    this.#components.fail(threw({ reactor, callback: 'receive' }, err))
  }

  #done(channel: Channel, bytes: number): void {
    this.#waitingBytes -= bytes
    if (this.#closed) return
    this.#components.consumed(channel.id, bytes)
    if (this.#onIdle.length > 0 && !this.#busy()) this.#wakeIdle()
  }

  #busy(): boolean {
    for (const lane of this.#lanes.values()) if (!lane.idle) return true
    return false
  }

  #wakeIdle(): void {
    const waiters = this.#onIdle
    this.#onIdle = []
    for (const wake of waiters) wake()
  }

  #objection(channel: Channel, bytes: number): string | undefined {
    const { recvMessageCapacity } = channel
    if (bytes > recvMessageCapacity)
      return `message of ${bytes} bytes on channel ${hex(channel.id)}, at most ${recvMessageCapacity} allowed`
    if (this.#waitingBytes + bytes > this.#mostBytes) return `more than ${this.#mostBytes} bytes wait for the reactors`
    return undefined
  }
}

/** `filterMsgBytes?`: why the peer is to be stopped, undefined to go on. Go says null where nothing is wrong, and so may a reactor of ours. */
function filter(channel: Channel, reactor: Reactor, handle: Peer, bytes: Uint8Array): StopReason | undefined {
  if (reactor.filterMsgBytes === undefined) return undefined
  const name: CallbackName = { reactor: channel.reactor, callback: 'filterMsgBytes' }
  try {
    const objection: unknown = reactor.filterMsgBytes(channel.id, handle, bytes)
    if (objection === undefined || objection === null) return undefined
    if (objection instanceof Error)
      return protocol(channel.id, `filtered by reactor ${channel.reactor}: ${textOf(objection)}`, objection)
    // not waited for, and nobody's unhandled rejection
    if (isPromise(objection)) Promise.resolve(objection).catch(() => undefined)
    return reactorFailure(name, `must return an Error or undefined, found ${textOf(objection)}`)
  } catch (err) {
    return threw(name, err)
  }
}

function protocol(channelId: number, message: string, cause?: unknown): StopReason {
  return { kind: 'protocol', channelId, message, ...(cause === undefined ? {} : { cause }) }
}

function hex(channelId: number): string {
  return `0x${channelId.toString(16).padStart(2, '0')}`
}
