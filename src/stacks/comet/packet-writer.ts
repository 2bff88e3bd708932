/**
 * Slices of the outbox to packets (spec mconnection sections 1 and 4.2). Pure. The bytes go straight to where they are sent from: no object and no
 * allocation per packet. No packet is longer than a Go node with the same payload size takes (D-19). Plain twin: `encodePacket`.
 */
import type { Slice } from '../../interface/link.ts'
import { putVarint } from '../../util/varint.ts'
import {
  MAX_PACKET_OVERHEAD_BYTES,
  maxDataBytes,
  packetBodyBytes,
  packetMsgBytes,
  TAG_CHANNEL_ID,
  TAG_DATA,
  TAG_EOF,
  TAG_PACKET_MSG
} from './packet.ts'

/** How much data packets of some channel ids may hold: by whether they end a message. */
interface Limits {
  readonly last: number
  readonly more: number
}

export class PacketWriter {
  readonly #maxPayloadBytes: number
  /** For channel 0, those below 0x80 and those above. */
  readonly #limits: readonly [Limits, Limits, Limits]

  /** `maxPayloadBytes`: p2p.max_packet_msg_payload_size, ours and the remote's. */
  constructor(maxPayloadBytes: number) {
    const limits = (channelId: number): Limits => ({
      last: maxDataBytes(channelId, true, maxPayloadBytes),
      more: maxDataBytes(channelId, false, maxPayloadBytes)
    })
    this.#maxPayloadBytes = maxPayloadBytes
    this.#limits = [limits(0), limits(1), limits(0x80)]
  }

  /** The room to have for a slice: a little more than it takes. */
  roomFor({ parts, bytes }: Slice): number {
    // one packet more per message: its end may be cut off for D-19
    const packets = Math.ceil(bytes / this.#maxPayloadBytes) + 2 * parts.length
    return bytes + packets * MAX_PACKET_OVERHEAD_BYTES
  }

  /** Writes the slice's packets to `target` from `at` on. Returns where they end. */
  write({ channelId, parts, piece }: Slice, target: Uint8Array, at: number): number {
    const { last, more } = this.#limits[channelId === 0 ? 0 : channelId < 0x80 ? 1 : 2]
    let end = at
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as Uint8Array
      const ends = piece === undefined || piece.offset + part.length === piece.total
      let from = 0
      if (ends) {
        for (let left = part.length; left > last; left = part.length - from) {
          // what is left may fit a packet that does not end the message, but the end must come after it: alone where payloads are a byte long
          const take = left > more ? more : Math.max(last, 1)
          end = putPacket(target, end, channelId, false, part, from, take)
          from += take
        }
        end = putPacket(target, end, channelId, true, part, from, part.length - from)
      } else
        while (from < part.length) {
          const take = Math.min(more, part.length - from)
          end = putPacket(target, end, channelId, false, part, from, take)
          from += take
        }
    }
    return end
  }
}

function putPacket(
  target: Uint8Array,
  at: number,
  channelId: number,
  eof: boolean,
  data: Uint8Array,
  from: number,
  length: number
): number {
  let end = putVarint(target, at, packetBodyBytes(channelId, eof, length))
  target[end++] = TAG_PACKET_MSG
  end = putVarint(target, end, packetMsgBytes(channelId, eof, length))
  if (channelId !== 0) {
    target[end++] = TAG_CHANNEL_ID
    end = putVarint(target, end, channelId)
  }
  if (eof) {
    target[end++] = TAG_EOF
    target[end++] = 1
  }
  if (length === 0) return end
  target[end++] = TAG_DATA
  end = putVarint(target, end, length)
  target.set(length === data.length ? data : data.subarray(from, from + length), end)
  return end + length
}
