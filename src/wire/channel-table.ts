/**
 * Which channel belongs to which reactor, and what its messages are (p2p/conn ChannelDescriptor, p2p/switch.go AddReactor). Filled while
 * reactors are added, frozen when the switch starts. Descriptors are checked here, once, and copied: a reactor that changes its own afterwards changes nothing.
 */
import { InvalidOptionError, RegistrationError } from '../errors.ts'
import type { ChannelDescriptor, MessageType } from '../interface/channel.ts'

/** p2p/conn defaultSendQueueCapacity. */
const SEND_QUEUE_CAPACITY = 1
/** p2p/conn defaultRecvMessageCapacity: 21 MiB. */
const RECV_MESSAGE_CAPACITY_BYTES = 22_020_096
const CHANNEL_IDS = 256

/** A channel with its defaults filled in. Frozen. */
export interface Channel {
  readonly id: number
  readonly priority: number
  /** Messages. */
  readonly sendQueueCapacity: number
  /** Bytes. */
  readonly recvMessageCapacity: number
  readonly messageType: MessageType
  /** The name of the reactor that declared it. */
  readonly reactor: string
}

export class ChannelTable {
  readonly #channels: Array<Channel | undefined> = new Array(CHANNEL_IDS).fill(undefined)
  #frozen = false
  #ids: Uint8Array | undefined

  /**
   * Adds one channel of a reactor. `InvalidOptionError` for a descriptor that cannot be, `RegistrationError` for an id that is taken or a table that is
   * frozen; both name the reactor and the channel, and the table stays as it was.
   */
  add(reactor: string, descriptor: ChannelDescriptor): void {
    const channel = checked(reactor, descriptor)
    const where = `reactor ${reactor}: channel ${showId(channel.id)}`
    if (this.#frozen) throw new RegistrationError(`${where}: the switch has started`)
    const owner = this.#channels[channel.id]?.reactor
    if (owner !== undefined) throw new RegistrationError(`${where}: taken by reactor ${owner}`)
    this.#channels[channel.id] = channel
    this.#ids = undefined
  }

  /** No more channels from here on. */
  freeze(): void {
    this.#frozen = true
  }

  /** An independent table of the same channels, not frozen: to add several channels, all or none. */
  clone(): ChannelTable {
    const copy = new ChannelTable()
    for (const [id, channel] of this.#channels.entries()) copy.#channels[id] = channel
    return copy
  }

  /** In constant time; undefined for an id that no reactor declared, whatever it is. */
  get(id: number): Channel | undefined {
    return this.#channels[id]
  }

  /** All ids, ascending: what NodeInfo tells. */
  ids(): Uint8Array {
    // asked for several times per connection
    this.#ids ??= Uint8Array.from(this.#channels.flatMap((channel) => channel?.id ?? []))
    return this.#ids.slice()
  }
}

function checked(reactor: string, descriptor: ChannelDescriptor): Channel {
  const of = `reactor ${reactor}`
  if (typeof descriptor !== 'object' || descriptor === null)
    throw new InvalidOptionError(`${of}: channel descriptor`, descriptor, 'an object')
  const { id, priority, messageType } = descriptor
  if (!isInteger(id, 0, CHANNEL_IDS - 1))
    throw new InvalidOptionError(`${of}: channel id`, id, 'an integer of 0 to 255')
  const at = `${of}: channel ${showId(id)}`
  if (!isInteger(priority, 1)) throw new InvalidOptionError(`${at}: priority`, priority, 'an integer of at least 1')
  if (
    typeof messageType?.typeName !== 'string' ||
    typeof messageType.encode !== 'function' ||
    typeof messageType.decode !== 'function'
  )
    throw new InvalidOptionError(`${at}: messageType`, messageType, 'an object with typeName, encode and decode')
  return Object.freeze({
    id,
    priority,
    sendQueueCapacity: capacity(`${at}: sendQueueCapacity`, descriptor.sendQueueCapacity, SEND_QUEUE_CAPACITY),
    recvMessageCapacity: capacity(
      `${at}: recvMessageCapacity`,
      descriptor.recvMessageCapacity,
      RECV_MESSAGE_CAPACITY_BYTES
    ),
    messageType,
    reactor
  })
}

/** As in Go, 0 means the default. */
function capacity(field: string, value: number | undefined, fallback: number): number {
  if (value === undefined || value === 0) return fallback
  if (!isInteger(value, 0)) throw new InvalidOptionError(field, value, 'a non-negative integer')
  return value
}

function isInteger(value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
}

function showId(id: number): string {
  return `0x${id.toString(16).padStart(2, '0')}`
}
