/**
 * Senders toward a Go node of CometBFT's lp2p: one stream per message over QUIC, on a channel of BytesValue that `interop/go/hostile sink` counts.
 * Ours: the Switch, which decides by itself how much is in flight. Ceiling: the bare loop of shared/experiments/19 with 60 messages in flight (what
 * makes it hold is spec/lp2p.md section 8). Naive: the same loop, one message after another.
 */
import { quic } from '@chainsafe/libp2p-quic'
import { identify } from '@libp2p/identify'
import type { Connection } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { BaseReactor, type ChannelDescriptor, type MessageType } from '../../src/index.ts'
import type { Load, Variant } from '../cell.ts'
import { frame } from '../framing.ts'
import type { Handlers } from '../rpc.ts'
import { cometNode } from './comet-node.ts'

export const GO_CHANNEL = 0xaa
/** Go admits 64 streams per protocol and peer (spec/lp2p.md section 6). */
const MAX_IN_FLIGHT = 60
const PROTOCOL = `/p2p/cometbft/1.0.0/channel/0x${GO_CHANNEL.toString(16)}`

/** google.protobuf.BytesValue: field 1, length-delimited. Payloads here are shorter than 128 bytes, so the length is one byte. */
function bytesValue(payload: Uint8Array): Uint8Array {
  if (payload.length > 0x7f) throw new Error('payload too long for this bench')
  return Uint8Array.of(0x0a, payload.length, ...payload)
}

const bytesValueType: MessageType<Uint8Array> = {
  typeName: 'google.protobuf.BytesValue',
  encode: bytesValue,
  decode: (bytes) => bytes.subarray(2)
}

/** The sink tells messages apart by a number in their first 8 bytes. */
function numbered(number: number, size: number): Uint8Array {
  const payload = new Uint8Array(size)
  new DataView(payload.buffer).setBigUint64(0, BigInt(number))
  return payload
}

export function goSender(variant: Variant, load: Load): Handlers {
  let stop: (() => void | Promise<void>) | undefined
  return {
    /** Connects and sends so many; the figures are the sink's. */
    send: async ({ target, count }: { target: string; count: number }) => {
      stop = variant === 'ours' ? await sendOurs(load, target, count) : await sendBare(load, target, count, variant)
    },
    stop: () => stop?.()
  }
}

class GoReactor extends BaseReactor {
  override getChannels(): ChannelDescriptor[] {
    return [{ id: GO_CHANNEL, priority: 5, sendQueueCapacity: 1_000, messageType: bytesValueType }]
  }
}

async function sendOurs(load: Load, target: string, count: number): Promise<() => void | Promise<void>> {
  const node = await cometNode(load, new GoReactor('GO'), true)
  const peer = await node.switch.dialPeerWithAddress(target)
  for (let i = 0; i < count; i++)
    if (!(await peer.send({ channelId: GO_CHANNEL, message: numbered(i, load.size) })))
      throw new Error(`message ${i} was refused`)
  return () => node.stop()
}

async function sendBare(
  load: Load,
  target: string,
  count: number,
  variant: Variant
): Promise<() => void | Promise<void>> {
  const node = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/udp/0/quic-v1'] },
    transports: [quic()],
    services: { identify: identify(), ping: ping() }
  })
  await node.handle(PROTOCOL, (stream) => stream.abort(new Error('the sink sends nothing')), {
    maxOutboundStreams: 10_000
  })
  const connection = await node.dial(multiaddr(target))
  const parallel = variant === 'ceiling' ? MAX_IN_FLIGHT : 1
  let next = 0
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < count) await sendOne(connection, bytesValue(numbered(next++, load.size)))
    })
  )
  return () => node.stop()
}

/** One message: open, write, and wait for the remote's FIN, which says that it has read it. */
async function sendOne(connection: Connection, bytes: Uint8Array): Promise<void> {
  const stream = await connection.newStream(PROTOCOL, {
    maxOutboundStreams: 10_000,
    signal: AbortSignal.timeout(5_000)
  })
  await new Promise<void>((resolve) => {
    stream.addEventListener('remoteCloseWrite', () => {
      stream.abort(new Error('message delivered'))
      resolve()
    })
    stream.addEventListener('close', () => resolve())
    stream.send(frame(bytes))
  })
}
