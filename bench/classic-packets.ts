/**
 * Packets of the classic wire (spec mconnection section 1) as a bare loop has them: payloads of 1,024 bytes, no limits, no pings, no accounting. Deliberately none of our
 * code, as in classic-frames.ts.
 */

/** p2p.max_packet_msg_payload_size by default. */
const PACKET_DATA_BYTES = 1024
/** The longest packet there is, its length included, and some. */
const MAX_PACKET_BYTES = PACKET_DATA_BYTES + 16

const TAG_MSG = 0x1a
const TAG_CHANNEL = 0x08
const TAG_EOF = 0x10
const TAG_DATA = 0x1a

/** Bytes of whole packets that are sealed and written as one. */
export interface PlainWrite {
  readonly bytes: Uint8Array
  /** How many messages end in it. */
  readonly messages: number
  /** With its last packet a message ends. */
  readonly endsMessage: boolean
}

/** One message as packets. Channels below 0x80, so that all of them are full. */
export function messagePackets(channelId: number, message: Uint8Array): PlainWrite[] {
  const packets: PlainWrite[] = []
  for (let at = 0; at === 0 || at < message.length; at += PACKET_DATA_BYTES) {
    const data = message.subarray(at, at + PACKET_DATA_BYTES)
    const eof = at + PACKET_DATA_BYTES >= message.length
    const inner = [TAG_CHANNEL, channelId, ...(eof ? [TAG_EOF, 1] : []), TAG_DATA, ...uvarint(data.length)]
    const head = [TAG_MSG, ...uvarint(inner.length + data.length), ...inner]
    const bytes = Uint8Array.of(...uvarint(head.length + data.length), ...head, ...data)
    packets.push({ bytes, messages: eof ? 1 : 0, endsMessage: eof })
  }
  return packets
}

function uvarint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...uvarint(value >>> 7)]
}

/** Packets joined to writes of up to `maxBytes`: the packets are repeated, then cut between two of them. What a sender writes round and round. */
export function coalesce(packets: readonly PlainWrite[], maxBytes: number): PlainWrite[] {
  const once = packets.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const times = Math.max(1, Math.floor(maxBytes / once))
  const writes: PlainWrite[] = []
  let group: PlainWrite[] = []
  let room = maxBytes
  for (const packet of Array.from({ length: times }, () => packets).flat()) {
    if (packet.bytes.length > room && group.length > 0) {
      writes.push(joined(group))
      group = []
      room = maxBytes
    }
    group.push(packet)
    room -= packet.bytes.length
  }
  return [...writes, joined(group)]
}

function joined(packets: readonly PlainWrite[]): PlainWrite {
  return {
    bytes: new Uint8Array(Buffer.concat(packets.map(({ bytes }) => bytes))),
    messages: packets.reduce((sum, { messages }) => sum + messages, 0),
    endsMessage: packets.at(-1)?.endsMessage ?? true
  }
}

/** Push parser of packets: a message of one packet that lies whole in what came is handed on as a view, others are copied together. */
export class PacketParser {
  readonly #onMessage: (channelId: number, message: Uint8Array) => void
  /** A packet that has not come whole. */
  readonly #carry = new Uint8Array(MAX_PACKET_BYTES)
  #carried = 0
  /** By channel: a message that has not come whole, in memory used again and again, as Go does. */
  readonly #partial: Array<{ buffer: Uint8Array; length: number } | undefined> = []

  /** `onMessage`: with a view that lasts for the call. */
  constructor(onMessage: (channelId: number, message: Uint8Array) => void) {
    this.#onMessage = onMessage
  }

  push(data: Uint8Array): void {
    let at = 0
    if (this.#carried > 0) {
      const before = this.#carried
      this.#append(data.subarray(0, MAX_PACKET_BYTES - before))
      const end = this.#packet(this.#carry, 0, this.#carried)
      if (end < 0) return
      at = end - before
      this.#carried = 0
    }
    while (at < data.length) {
      const end = this.#packet(data, at, data.length)
      if (end < 0) {
        this.#append(data.subarray(at))
        return
      }
      at = end
    }
  }

  #append(bytes: Uint8Array): void {
    this.#carry.set(bytes, this.#carried)
    this.#carried += bytes.length
  }

  /** Where the packet at `from` ends; -1 if not all of it is there. */
  #packet(buffer: Uint8Array, from: number, end: number): number {
    let at = from
    let length = buffer[at++] as number
    if (length >= 0x80) {
      if (at >= end) return -1
      length += ((buffer[at++] as number) - 1) * 0x80
    }
    const packetEnd = at + length
    if (packetEnd > end) return -1
    if (buffer[at++] !== TAG_MSG) throw new Error('not a packet of a message')
    while ((buffer[at++] as number) >= 0x80);
    if (buffer[at] !== TAG_CHANNEL) throw new Error('a packet without its channel')
    const channelId = buffer[at + 1] as number
    at += 2
    const eof = buffer[at] === TAG_EOF
    if (eof) at += 2
    if (buffer[at++] !== TAG_DATA) throw new Error('a packet without data')
    while ((buffer[at++] as number) >= 0x80);
    this.#data(channelId, eof, buffer, at, packetEnd)
    return packetEnd
  }

  #data(channelId: number, eof: boolean, buffer: Uint8Array, from: number, to: number): void {
    let partial = this.#partial[channelId]
    if (eof && (partial === undefined || partial.length === 0)) {
      this.#onMessage(channelId, buffer.subarray(from, to))
      return
    }
    partial ??= this.#partial[channelId] = { buffer: new Uint8Array(4 * PACKET_DATA_BYTES), length: 0 }
    const length = partial.length + to - from
    if (length > partial.buffer.length) {
      const larger = new Uint8Array(2 * length)
      larger.set(partial.buffer.subarray(0, partial.length))
      partial.buffer = larger
    }
    partial.buffer.set(buffer.subarray(from, to), partial.length)
    partial.length = eof ? 0 : length
    if (eof) this.#onMessage(channelId, partial.buffer.subarray(0, length))
  }
}
