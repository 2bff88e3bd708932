/**
 * NodeInfo: what nodes tell one another before anything else (spec/identity-and-addresses.md section 5). The same bytes as Go's DefaultNodeInfo; checked
 * in Go's order, except that a host name in the listen address is not resolved (one slow DNS server could then hold up handshakes).
 */
import { DecodeError, describe, EncodeError, ProtocolViolationError } from '../errors.ts'
import type { NodeInfo } from '../interface/node-info.ts'
import { bytes, embedded, string, uint64 } from '../proto/fields.ts'
import { message } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'
import { parseHostPort, withoutScheme } from './host-port.ts'
import { idAddressString, parseNetAddress } from './net-address.ts'

/** p2p/node_info.go MaxNodeInfoSize: the message itself, without its length prefix. */
export const MAX_NODE_INFO_BYTES = 10_240
/** p2p/node_info.go maxNumChannels. */
export const MAX_CHANNELS = 16
/** version/version.go: what v0.34 to v0.40 say. */
const P2P_PROTOCOL = 8n
const BLOCK_PROTOCOL = 11n
/** The listen address of a node that does not listen: parseable, as every receiver demands, and unroutable, so that nobody dials it. */
export const NOT_LISTENING = 'tcp://0.0.0.0:26656'

/** The fields of a NodeInfo; what is left out is CometBFT's default or empty. */
export interface NodeInfoFields extends Omit<NodeInfo, 'netAddress' | 'protocolVersion' | 'other'> {
  readonly protocolVersion?: Partial<NodeInfo['protocolVersion']>
  readonly other?: Partial<NodeInfo['other']>
}

/** A frozen NodeInfo. Nothing is checked here: see `validateNodeInfo`. */
export function createNodeInfo(fields: NodeInfoFields): NodeInfo {
  const { id, listenAddr, network, version, moniker } = fields
  return Object.freeze({
    id,
    listenAddr,
    network,
    version,
    channels: Uint8Array.from(fields.channels),
    moniker,
    protocolVersion: Object.freeze({ p2p: P2P_PROTOCOL, block: BLOCK_PROTOCOL, app: 0n, ...fields.protocolVersion }),
    other: Object.freeze({ txIndex: '', rpcAddress: '', ...fields.other }),
    netAddress: () => parseNetAddress(idAddressString(id, listenAddr))
  })
}

type Wire = Omit<NodeInfo, 'netAddress'>
const { p2p } = tendermint

const codec = message<Wire>('tendermint.p2p.DefaultNodeInfo', p2p.NodeInfo, {
  protocolVersion: embedded(
    message<Wire['protocolVersion']>('tendermint.p2p.ProtocolVersion', p2p.ProtocolVersion, {
      p2p: uint64,
      block: uint64,
      app: uint64
    })
  ),
  id: string,
  listenAddr: string,
  network: string,
  version: string,
  channels: bytes,
  moniker: string,
  other: embedded(
    message<Wire['other']>('tendermint.p2p.DefaultNodeInfoOther', p2p.NodeInfoOther, {
      txIndex: string,
      rpcAddress: string
    })
  )
})

/** Its bytes, without a length prefix. Throws `EncodeError` if a field is of the wrong type or all together are longer than Go accepts. */
export function encodeNodeInfo(info: NodeInfo): Uint8Array {
  const encoded = codec.encode(info)
  if (encoded.length > MAX_NODE_INFO_BYTES)
    throw new EncodeError(`NodeInfo: ${encoded.length} bytes, at most ${MAX_NODE_INFO_BYTES} are accepted`)
  return encoded
}

/** Reads it from bytes without their length prefix. Throws `DecodeError`. The content is unchecked: see `validateNodeInfo`. */
export function decodeNodeInfo(encoded: Uint8Array): NodeInfo {
  if (encoded.length > MAX_NODE_INFO_BYTES)
    throw new DecodeError(`NodeInfo: ${encoded.length} bytes, at most ${MAX_NODE_INFO_BYTES} are accepted`)
  return createNodeInfo(codec.decode(encoded))
}

/** Throws a `ProtocolViolationError` naming the first field that Go's Validate would refuse. `maxChannels` is Go's where Go reads it too. */
export function validateNodeInfo(info: NodeInfo, maxChannels = MAX_CHANNELS): void {
  const fault = nodeInfoFault(info, maxChannels)
  if (fault !== undefined) throw new ProtocolViolationError(`NodeInfo.${fault}`)
}

/** Why Go's Validate would refuse it, beginning with the field's name; undefined if it would not. */
export function nodeInfoFault(info: NodeInfo, maxChannels = MAX_CHANNELS): string | undefined {
  if (!/^[0-9a-f]{40}$/i.test(info.id)) return `id: expected 40 hex digits, found ${describe(info.id)}`
  const listen = parseHostPort(withoutScheme(info.listenAddr), 0)
  if (typeof listen === 'string') return `listenAddr: ${listen} (${describe(info.listenAddr)})`
  if (info.version !== '' && !isVisibleAscii(info.version)) return textFault('version', info.version)
  if (info.channels.length > maxChannels) return `channels: ${info.channels.length}, at most ${maxChannels}`
  if (new Set(info.channels).size !== info.channels.length) return 'channels: one is listed twice'
  if (!isVisibleAscii(info.moniker)) return textFault('moniker', info.moniker)
  if (!['', 'on', 'off'].includes(info.other.txIndex))
    return `other.txIndex: expected "", "on" or "off", found ${describe(info.other.txIndex)}`
  const { rpcAddress } = info.other
  if (rpcAddress !== '' && !isVisibleAscii(rpcAddress)) return textFault('other.rpcAddress', rpcAddress)
  return undefined
}

/** Why the two cannot be peers, in Go's order; undefined if they can. P2P protocol and software versions do not matter. */
export function compatibleWith(ours: NodeInfo, theirs: NodeInfo): string | undefined {
  if (ours.protocolVersion.block !== theirs.protocolVersion.block)
    return `block protocol ${theirs.protocolVersion.block}, ours is ${ours.protocolVersion.block}`
  if (ours.network !== theirs.network) return `network ${describe(theirs.network)}, ours is ${describe(ours.network)}`
  if (ours.channels.length > 0 && !ours.channels.some((id) => theirs.channels.includes(id)))
    return `no channel in common: theirs are [${hex(theirs.channels.subarray(0, MAX_CHANNELS))}], ours [${hex(ours.channels)}]`
  return undefined
}

/** As CometBFT's RPC shows it: 64-bit integers as strings, channels in upper-case hex. */
export interface NodeInfoJson {
  protocol_version: { p2p: string; block: string; app: string }
  id: string
  listen_addr: string
  network: string
  version: string
  channels: string
  moniker: string
  other: { tx_index: string; rpc_address: string }
}

export function nodeInfoToJson(info: NodeInfo): NodeInfoJson {
  const { p2p, block, app } = info.protocolVersion
  return {
    protocol_version: { p2p: String(p2p), block: String(block), app: String(app) },
    id: info.id,
    listen_addr: info.listenAddr,
    network: info.network,
    version: info.version,
    channels: hex(info.channels),
    moniker: info.moniker,
    other: { tx_index: info.other.txIndex, rpc_address: info.other.rpcAddress }
  }
}

/** Go's IsASCIIText and ASCIITrim: bytes 32 to 126, and not spaces alone. */
function isVisibleAscii(text: string): boolean {
  return /^[ -~]*$/.test(text) && /[!-~]/.test(text)
}

function textFault(field: string, text: string): string {
  return `${field}: expected printable ASCII that is not blank, found ${describe(text)}`
}

function hex(ids: Uint8Array): string {
  return Array.from(ids, (id) => id.toString(16).padStart(2, '0').toUpperCase()).join('')
}
