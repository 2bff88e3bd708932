/**
 * MConnection's packets (spec mconnection section 1): sizes, the fixed bytes of ping and pong, and the plain codec through protobufjs. What flows by the
 * megabyte goes through packet-writer.ts and packet-reader.ts instead, which tests hold equal to this one; the reader falls back to it for every
 * packet that is not written as gogoproto writes it, so unknown fields and odd encodings are treated as Go does.
 */
import { describe, ProtocolViolationError } from '../../errors.ts'
import { tendermint } from '../../proto/messages.js'

/** With the length before it. Never to be changed. */
export const PING_BYTES: Uint8Array = Uint8Array.of(0x02, 0x0a, 0x00)
export const PONG_BYTES: Uint8Array = Uint8Array.of(0x02, 0x12, 0x00)

/** Tags of a Packet's packet_msg and of a PacketMsg's fields. */
export const TAG_PACKET_MSG = 0x1a
export const TAG_CHANNEL_ID = 0x08
export const TAG_EOF = 0x10
export const TAG_DATA = 0x1a

/** The highest channel id (p2p/conn: a byte). */
export const MAX_CHANNEL_ID = 0xff

/** The most a packet adds to its data: two lengths of 5 bytes, three of a channel id, two of eof, one of the tag, and the data's tag and length. */
export const MAX_PACKET_OVERHEAD_BYTES = 22

/** A packet as protobuf has it; zero values are present. */
export type Packet =
  | { readonly type: 'ping' }
  | { readonly type: 'pong' }
  | { readonly type: 'msg'; readonly channelId: number; readonly eof: boolean; readonly data: Uint8Array }

/** What the remote sent is no packet, or one that it must not send. */
export class PacketFaultError extends ProtocolViolationError {
  readonly channelId: number | undefined
  constructor(message: string, channelId?: number, options?: ErrorOptions) {
    super(
      channelId === undefined ? message : `channel 0x${channelId.toString(16).padStart(2, '0')}: ${message}`,
      options
    )
    this.channelId = channelId
  }
}

/** The plain twin of the writer: a packet with its length before it. */
export function encodePacket(packet: Packet): Uint8Array {
  if (packet.type === 'ping') return PING_BYTES.slice()
  if (packet.type === 'pong') return PONG_BYTES.slice()
  const { channelId, eof, data } = packet
  return tendermint.p2p.Packet.encode({ packetMsg: presentFields(channelId, eof, data) })
    .ldelim()
    .finish()
}

/** gogoproto leaves zero values out, and protobufjs writes what it is given. */
function presentFields(channelId: number, eof: boolean, data: Uint8Array): tendermint.p2p.PacketMsg.$Properties {
  return { ...(channelId === 0 ? {} : { channelId }), ...(eof ? { eof } : {}), ...(data.length === 0 ? {} : { data }) }
}

/** The plain twin of the reader: a packet without its length. Throws `PacketFaultError`. */
export function decodePacket(body: Uint8Array): Packet {
  let packet: tendermint.p2p.Packet
  try {
    packet = tendermint.p2p.Packet.decode(body)
  } catch (cause) {
    throw new PacketFaultError('undecodable packet', undefined, { cause })
  }
  // of two members the last one counts
  switch (packet.sum) {
    case 'packetPing':
      return { type: 'ping' }
    case 'packetPong':
      return { type: 'pong' }
    case 'packetMsg': {
      const { channelId, eof, data } = packet.packetMsg as tendermint.p2p.PacketMsg
      return { type: 'msg', channelId, eof, data }
    }
    default:
      throw new PacketFaultError(`unknown message type: expected ping, pong or msg, found ${describe(packet.sum)}`)
  }
}

/** Bytes of a uvarint. */
export function uvarintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++
  return bytes
}

/** A PacketMsg alone, as its Packet announces it. */
export function packetMsgBytes(channelId: number, eof: boolean, dataBytes: number): number {
  const channel = channelId === 0 ? 0 : channelId < 0x80 ? 2 : 3
  return channel + (eof ? 2 : 0) + (dataBytes === 0 ? 0 : 1 + uvarintBytes(dataBytes) + dataBytes)
}

/** A whole packet without its length: what the length says. */
export function packetBodyBytes(channelId: number, eof: boolean, dataBytes: number): number {
  const inner = packetMsgBytes(channelId, eof, dataBytes)
  return 1 + uvarintBytes(inner) + inner
}

/** What a Go node with this payload size takes at most (p2p/conn/connection.go maxPacketMsgSize). */
export function maxPacketBytes(maxPayloadBytes: number): number {
  return packetBodyBytes(1, true, maxPayloadBytes)
}

/** What we take at most: also the full last packet of a channel from 0x80 on, which Go sends and refuses itself (D-19). */
export function maxAcceptedPacketBytes(maxPayloadBytes: number): number {
  return packetBodyBytes(MAX_CHANNEL_ID, true, maxPayloadBytes)
}

/** The most data that such a packet may hold for a Go node with this payload size to take it (D-19). */
export function maxDataBytes(channelId: number, eof: boolean, maxPayloadBytes: number): number {
  const limit = maxPacketBytes(maxPayloadBytes)
  let most = maxPayloadBytes
  while (packetBodyBytes(channelId, eof, most) > limit) most--
  return most
}
