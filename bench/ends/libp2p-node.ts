/** The libp2p node that every variant of a cell stands on: the same transports, encrypter and muxer with their own defaults. */
import { quic } from '@chainsafe/libp2p-quic'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import type { Wire } from '../cell.ts'

const LISTEN = {
  tcp: '/ip4/127.0.0.1/tcp/0',
  ws: '/ip4/127.0.0.1/tcp/0/ws',
  quic: '/ip4/127.0.0.1/udp/0/quic-v1'
} as const

/** Many connections from one address, one after another: what a bench does and libp2p's defaults refuse. */
export const connectionManager = {
  inboundConnectionThreshold: 10_000,
  maxIncomingPendingConnections: 1_000,
  maxConnections: 10_000
}

/** Its pings abort a connection whose queue is long, which is what a naive sender on a busy machine has (spec/js-libp2p.md 5.5). */
const connectionMonitor = { enabled: false }

/** Options of `createLibp2p`. QUIC cannot dial without listening. */
export function nodeOptions(wire: Wire, listens: boolean) {
  if (wire !== 'tcp' && wire !== 'ws' && wire !== 'quic') throw new Error(`there is no libp2p node on ${wire}`)
  const listen = listens || wire === 'quic' ? [LISTEN[wire]] : []
  if (wire === 'quic') return { addresses: { listen }, transports: [quic()], connectionManager, connectionMonitor }
  return {
    addresses: { listen },
    transports: [wire === 'tcp' ? tcp() : webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager,
    connectionMonitor
  }
}
