/**
 * The bytes of a SecretConnection to packets, and packets to whole messages (spec mconnection section 5). Pure: fed with what arrives, cut wherever it
 * is, it keeps at most one incomplete packet and, per channel, one incomplete message. Whatever the bytes are, the outcome is calls to the sink or a
 * `PacketFaultError`. Packets as gogoproto writes them are read in place; any other goes to the plain twin, `decodePacket`.
 *
 * What incomplete messages take is bounded as in Go: each by its channel's capacity, all together by the sum over the channels, and always by what has come
 * (message-assembly.ts). Rejected: a lower bound for all together, because a Go node with long messages for every channel sends them by turns, packet by packet,
 * and breaks it in all honesty. What all peers may hold is bounded above us (partial-budget.ts).
 */
import { MessageAssembly } from './message-assembly.ts'
import { ownBytes } from './own-bytes.ts'
import {
  decodePacket,
  maxAcceptedPacketBytes,
  type Packet,
  PacketFaultError,
  TAG_CHANNEL_ID,
  TAG_DATA,
  TAG_EOF,
  TAG_PACKET_MSG
} from './packet.ts'

/** Go's binary.MaxVarintLen64: a length may be padded up to it. */
const MAX_LENGTH_BYTES = 10
const TAG_PACKET_PING = 0x0a
const TAG_PACKET_PONG = 0x12

/** Called within `push`. No method may throw. */
export interface PacketSink {
  ping(): void
  pong(): void
  /** A whole message, in memory that is the sink's. */
  message(channelId: number, bytes: Uint8Array): void
}

export interface PacketReaderInit {
  /** What we receive; any other channel is a fault. */
  readonly channels: ReadonlyArray<{ readonly id: number; readonly recvMessageCapacity: number }>
  /** p2p.max_packet_msg_payload_size. */
  readonly maxPayloadBytes: number
}

interface ChannelIn {
  readonly id: number
  readonly capacity: number
  /** Made for the first message that does not come in one packet. */
  assembly: MessageAssembly | undefined
}

export class PacketReader {
  readonly #sink: PacketSink
  readonly #maxBodyBytes: number
  readonly #channels = new Map<number, ChannelIn>()
  // what changes
  #stopped = false
  #partialBytes = 0
  /** The channel of the last packet: most often the next one's too. */
  #last: ChannelIn | undefined
  /** A packet that has not come whole, its length included; made when first needed. */
  #carry: Uint8Array | undefined
  #carried = 0
  /** Where the body begins behind the length last read. */
  #bodyAt = 0

  constructor(sink: PacketSink, init: PacketReaderInit) {
    this.#sink = sink
    this.#maxBodyBytes = maxAcceptedPacketBytes(init.maxPayloadBytes)
    for (const { id, recvMessageCapacity } of init.channels)
      this.#channels.set(id, { id, capacity: recvMessageCapacity, assembly: undefined })
  }

  /** Bytes of messages that have not come whole. */
  get partialBytes(): number {
    return this.#partialBytes
  }

  /** Memory held for them, bytes. */
  get allocatedBytes(): number {
    let sum = this.#carry?.length ?? 0
    for (const { assembly } of this.#channels.values()) sum += assembly?.allocatedBytes ?? 0
    return sum
  }

  /** Nothing more is read, not even of the chunk that is being read now. */
  stop(): void {
    this.#stopped = true
    this.#carried = 0
    for (const { assembly } of this.#channels.values()) assembly?.clear()
  }

  /** Reads a chunk, which it does not keep. Throws `PacketFaultError`; the reader is of no use after that. */
  push(chunk: Uint8Array): void {
    const end = chunk.length
    let at = this.#carried === 0 ? 0 : this.#complete(chunk)
    while (at < end && !this.#stopped) {
      const length = this.#length(chunk, at, end)
      const packetEnd = this.#bodyAt + length
      if (length < 0 || packetEnd > end) {
        this.#keep(chunk, at, end)
        return
      }
      this.#packet(chunk, this.#bodyAt, packetEnd)
      at = packetEnd
    }
  }

  /** Goes on with the packet that is kept. Returns how much of the chunk that took. */
  #complete(chunk: Uint8Array): number {
    const carry = this.#carry as Uint8Array
    let at = 0
    let length = this.#length(carry, 0, this.#carried)
    while (length < 0 && at < chunk.length) {
      carry[this.#carried++] = chunk[at++] as number
      length = this.#length(carry, 0, this.#carried)
    }
    if (length < 0) return at
    const end = this.#bodyAt + length
    const take = Math.min(end - this.#carried, chunk.length - at)
    carry.set(chunk.subarray(at, at + take), this.#carried)
    this.#carried += take
    if (this.#carried < end) return chunk.length
    this.#carried = 0
    this.#packet(carry, end - length, end)
    return at + take
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    this.#carry ??= new Uint8Array(MAX_LENGTH_BYTES + this.#maxBodyBytes)
    this.#carry.set(chunk.subarray(from, to))
    this.#carried = to - from
  }

  /** The length of the packet at `at`, -1 if it has not come whole; `#bodyAt` is then set. Nothing longer than we take is waited for. */
  #length(buffer: Uint8Array, at: number, end: number): number {
    let value = 0
    let scale = 1
    for (let i = at; i < end; i++) {
      if (i - at >= MAX_LENGTH_BYTES) throw new PacketFaultError('packet length of more than 10 bytes')
      const byte = buffer[i] as number
      value += (byte & 0x7f) * scale
      if (value > this.#maxBodyBytes)
        throw new PacketFaultError(`packet of ${value} bytes or more, at most ${this.#maxBodyBytes} are accepted`)
      if (byte < 0x80) {
        this.#bodyAt = i + 1
        return value
      }
      scale *= 0x80
    }
    return -1
  }

  #packet(buffer: Uint8Array, at: number, end: number): void {
    const tag = buffer[at]
    if (tag === TAG_PACKET_MSG && this.#usual(buffer, at, end)) return
    const empty = end - at === 2 && buffer[at + 1] === 0
    if (empty && tag === TAG_PACKET_PING) this.#sink.ping()
    else if (empty && tag === TAG_PACKET_PONG) this.#sink.pong()
    else this.#unusual(decodePacket(buffer.subarray(at, end)))
  }

  #unusual(packet: Packet): void {
    if (packet.type === 'ping') this.#sink.ping()
    else if (packet.type === 'pong') this.#sink.pong()
    else this.#message(packet.channelId, packet.eof, packet.data, 0, packet.data.length)
  }

  /**
   * A msg packet as gogoproto writes it: each field at most once, in order, and nothing else. False, and nothing was done, for any other. It may look at
   * bytes behind the packet, but then it ends behind it too and is taken for another.
   */
  #usual(buffer: Uint8Array, at: number, end: number): boolean {
    let i = at + 1
    let inner = buffer[i++] as number
    for (let shift = 7, byte = inner; byte >= 0x80; shift += 7) {
      if (shift > 21) return false
      byte = buffer[i++] as number
      inner += (byte - 1) * 2 ** shift
    }
    if (i + inner !== end) return false
    let channelId = 0
    if (buffer[i] === TAG_CHANNEL_ID) {
      channelId = buffer[i + 1] as number
      i += 2
      if (channelId >= 0x80) {
        // 1 is the rest of every id from 0x80 to 0xff
        if (buffer[i++] !== 1) return false
      }
    }
    let eof = false
    if (buffer[i] === TAG_EOF) {
      if (buffer[i + 1] !== 1) return false
      eof = true
      i += 2
    }
    if (i !== end) {
      if (buffer[i++] !== TAG_DATA) return false
      let length = buffer[i++] as number
      for (let shift = 7, byte = length; byte >= 0x80; shift += 7) {
        if (shift > 21) return false
        byte = buffer[i++] as number
        length += (byte - 1) * 2 ** shift
      }
      if (i + length !== end) return false
    }
    this.#message(channelId, eof, buffer, i, end)
    return true
  }

  #message(channelId: number, eof: boolean, buffer: Uint8Array, from: number, to: number): void {
    let channel = this.#last
    if (channel === undefined || channel.id !== channelId) {
      channel = this.#channels.get(channelId)
      if (channel === undefined) throw unknownChannel(channelId)
      this.#last = channel
    }
    const before = channel.assembly === undefined ? 0 : channel.assembly.length
    const length = before + to - from
    if (length > channel.capacity)
      throw new PacketFaultError(`a message of more than ${channel.capacity} bytes: ${length} have come`, channelId)
    if (eof && before === 0) {
      this.#sink.message(channelId, ownBytes(buffer, from, to))
      return
    }
    channel.assembly ??= new MessageAssembly()
    channel.assembly.add(buffer, from, to)
    if (eof) {
      this.#partialBytes -= before
      this.#sink.message(channelId, channel.assembly.take())
      return
    }
    this.#partialBytes += to - from
  }
}

function unknownChannel(channelId: number): PacketFaultError {
  const known = channelId >= 0 && channelId <= 0xff
  return known
    ? new PacketFaultError('we do not serve it', channelId)
    : new PacketFaultError(`unknown channel ${channelId}`)
}
