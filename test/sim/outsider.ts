/** Those who want to know of a validator behind sentries: peer exchange that counts what it was told, and a libp2p node that remembers every byte. */
import type { TestContext } from 'node:test'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { createAddressBook } from '../../src/address-book/address-book.ts'
import { comet, peerPolicy, peerRecords } from '../../src/index.ts'
import { PexReactor } from '../../src/reactors/pex/pex-reactor.ts'
import { dhtProtocol } from '../../src/stacks/libp2p/dht/dht-key.ts'
import { cometDht } from '../../src/stacks/libp2p/dht/network-dht.ts'
import type { PexMessage } from '../../src/wire/channel-messages.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { recordingNoise } from './recording-noise.ts'

export const NETWORK = 'sentries'
/** The same on all nodes, so that nobody asks too often. */
export const QUICK = { ensurePeriodMs: 300, minRequestIntervalMs: 50 }

/** Peer exchange with an address book, which asks `seeds` as often as it may. `lists`: how many answers there were, by who gave them. */
export function curiousPex(seeds: readonly string[]) {
  const book = createAddressBook({ strict: false })
  const records = peerRecords()
  const pex = new PexReactor({ book, records, seeds, ...QUICK })
  const lists = new Map<string, number>()
  const receive = pex.receive.bind(pex)
  pex.receive = (envelope) => {
    const id = envelope.src?.id() ?? ''
    if ((envelope.message as PexMessage).type === 'pexAddrs') lists.set(id, (lists.get(id) ?? 0) + 1)
    return receive(envelope)
  }
  return { book, records, pex, lists }
}

/** A full libp2p node that talks to everybody, in peer exchange and the DHT. `sentries`: multiaddrs. Stopped after the test. */
export async function libp2pOutsider(t: TestContext, sentries: readonly string[]) {
  const received = new Map<string, Uint8Array[]>()
  const { book, records, pex, lists } = curiousPex(sentries)
  const policy = peerPolicy({ allowDuplicateIP: true, persistentPeers: [...sentries] })
  const libp2p = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [recordingNoise(received)],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    connectionMonitor: { enabled: false },
    services: {
      identify: identify(),
      ping: ping(),
      cometDht: cometDht({ network: NETWORK, strict: false, mode: 'server', bootstrap: [...sentries] }),
      comet: comet({
        network: NETWORK,
        policy,
        records,
        addressBook: book,
        reactors: { TEXT: new TextReactor(), PEX: pex }
      })
    }
  })
  t.after(() => libp2p.stop())
  /** A question to a sentry's DHT as no library would put it. Settles when it has been answered, or the stream is over. */
  const ask = async (sentry: string, type: number, key: Uint8Array) => {
    const stream = await libp2p.dialProtocol(multiaddr(sentry), dhtProtocol(NETWORK))
    const message = Uint8Array.from([0x08, type, 0x12, key.length, ...key])
    stream.send(Uint8Array.from([message.length, ...message]))
    for await (const _ of stream) break
    stream.abort(new Error('answered'))
  }
  return { libp2p, received, lists, ask, book }
}
