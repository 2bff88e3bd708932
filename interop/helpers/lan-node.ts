/**
 * A machine of the LAN that lan-main.ts makes: in a network namespace of its own, it takes the cable it is given and runs one libp2p node, all of whose discovery is
 * the ordinary mDNS module. No seeds, no persistent peers, no DHT, no peer exchange. Says what happens to it, and ends with its stdin.
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { identify } from '@libp2p/identify'
import { mdns } from '@libp2p/mdns'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { comet, peerPolicy } from '../../src/index.ts'
import type { Logger } from '../../src/interface/logger.ts'
import { TextReactor } from '../../test/helpers/text-reactor.ts'
import type { LanEvent, LanNodeInit } from './lan-events.ts'

const [cable = '', address = '', json = ''] = process.argv.slice(2)
const { name, network, discovery, maxNumInboundPeers } = JSON.parse(json) as LanNodeInit

type Said = LanEvent extends infer One ? (One extends LanEvent ? Omit<One, 'name'> : never) : never
const say = (event: Said): void => void process.stdout.write(`${JSON.stringify({ name, ...event })}\n`)

// we are in our own namespace now, and the cable is brought here
process.stdout.write(`${JSON.stringify({ name, is: 'up' })}\n`)
await once(process.stdin, 'data')
const ip = (...args: string[]) => execFileSync('ip', args)
ip('link', 'set', 'lo', 'up')
ip('address', 'add', `${address}/24`, 'dev', cable)
ip('link', 'set', cable, 'up')
// multicast goes where the default route goes
ip('route', 'add', 'default', 'dev', cable)

const ignore = () => {}
const logger: Logger = {
  debug(message, fields) {
    if (message !== 'A node that was discovered is no peer') return
    say({ is: 'refused', address: String(fields?.address), error: String((fields?.err as Error | undefined)?.name) })
  },
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => logger
}

const text = new TextReactor()
const policy = peerPolicy(maxNumInboundPeers === undefined ? {} : { maxNumInboundPeers })
const libp2p = await createLibp2p({
  start: false,
  // the port that all have by default, which mDNS tells of at 127.0.0.1 as well
  addresses: { listen: ['/ip4/0.0.0.0/tcp/26656'] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  connectionGater: policy.connectionGater(),
  connectionManager: policy.connectionManager(),
  connectionMonitor: { enabled: false },
  // by default it asks once in ten seconds
  peerDiscovery: [mdns({ interval: 500 })],
  services: {
    identify: identify(),
    ping: ping(),
    comet: comet({ network, policy, discovery, logger, reactors: { TEXT: text } })
  }
})
const sw = libp2p.services.comet
const peers = () =>
  say({
    is: 'peers',
    ids: sw
      .peers()
      .list()
      .map((peer) => peer.id())
  })
text.onAdd = peers
text.onRemove = peers
libp2p.addEventListener('peer:discovery', ({ detail }) => say({ is: 'discovered', peerId: String(detail.id) }))
libp2p.addEventListener('connection:open', ({ detail }) =>
  say({ is: 'connection', peerId: String(detail.remotePeer), outbound: detail.direction === 'outbound' })
)
await libp2p.start()
say({ is: 'ready', id: sw.nodeInfo().id, peerId: String(libp2p.peerId) })
await once(process.stdin, 'end')
await libp2p.stop()
