/** The libp2p stack passes the link suite over every transport, and with one stream for all channels. */
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { parseNetAddress } from '../../../src/identity/net-address.ts'
import { nodeIdFromPeerId } from '../../../src/identity/node-id.ts'
import type { Libp2pStackInit } from '../../../src/stacks/libp2p/stack.ts'
import { linkSuite, type StackUnderTest } from '../../conformance/link.ts'
import { startNode, type Transport } from './nodes.ts'

/** Where nobody listens. */
const NOWHERE: Record<Transport, string> = {
  tcp: '/ip4/127.0.0.1/tcp/1',
  ws: '/ip4/127.0.0.1/tcp/1/ws',
  quic: '/ip4/127.0.0.1/udp/1/quic-v1'
}
/** 8 MiB over the suite's four channels: its own figure would take seconds per test. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024

const strangerPeerId = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
const stranger = { id: nodeIdFromPeerId(strangerPeerId), peerId: strangerPeerId }

const SUITES: ReadonlyArray<{ name: string; kind: Transport; stack: Libp2pStackInit }> = [
  { name: 'libp2p over TCP', kind: 'tcp', stack: {} },
  { name: 'libp2p over TCP, one stream for all channels', kind: 'tcp', stack: { streams: 'one' } },
  { name: 'libp2p over WebSockets', kind: 'ws', stack: {} },
  { name: 'libp2p over QUIC', kind: 'quic', stack: {} }
]

for (const { name, kind, stack } of SUITES)
  linkSuite(name, {
    timeoutMs: 30_000,
    maxUnconsumedBytes: RECEIVE_BUFFER_BYTES / 4,
    stranger,
    async setup() {
      const init = { stack: { receiveBufferBytes: RECEIVE_BUFFER_BYTES, ...stack }, start: false }
      const nodes = await Promise.all([startNode(kind, init), startNode(kind, init)])
      const under = ({ stack, id, libp2p }: (typeof nodes)[0]): StackUnderTest => ({
        stack,
        id,
        peerId: libp2p.peerId,
        address: (as) => {
          const [own] = libp2p.getMultiaddrs().map(String)
          return parseNetAddress(String(own).replace(/p2p\/.*$/, `p2p/${(as ?? libp2p).peerId}`))
        }
      })
      return {
        dialer: under(nodes[0]),
        listener: under(nodes[1]),
        nowhere: () => parseNetAddress(`${NOWHERE[kind]}/p2p/${nodes[1].libp2p.peerId}`),
        lose() {
          for (const { libp2p } of nodes)
            for (const connection of libp2p.getConnections()) connection.abort(new Error('cut'))
        },
        teardown: async () => {
          await Promise.all(nodes.map(({ libp2p }) => libp2p.stop()))
        }
      }
    }
  })
