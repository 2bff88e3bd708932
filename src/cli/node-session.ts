/** The node behind the `node` command: its reactors, what they told, and what is shown of it. */
import { join } from 'node:path'
import type { Clock } from '../interface/clock.ts'
import type { Logger } from '../interface/logger.ts'
import type { Peer } from '../interface/peer.ts'
import { MAX_SOCKET_PATH_BYTES } from '../node/admin/admin-socket.ts'
import { type CometNode, type CreateNodeOptions, createNode, type StackName } from '../node/create-node.ts'
import { nativeEd25519Verifier } from '../node/ed25519.ts'
import { ADMIN_SOCKET } from '../node/home.ts'
import { BlocksyncReactor } from '../reactors/blocksync/blocksync-reactor.ts'
import { FollowerReactor } from '../reactors/consensus/follower-reactor.ts'
import { PEER_STATE_KEY, type PeerHeight } from '../reactors/consensus/peer-state.ts'
import { MEMPOOL_CHANNEL } from '../reactors/mempool/channels.ts'
import { MempoolReactor } from '../reactors/mempool/mempool-reactor.ts'
import type { ChainSource } from './chain-source.ts'
import type { NodeFlags } from './node-flags.ts'
import type { NodeBlocksView, NodePeerView, NodeView } from './node-view.ts'
import { OwnTxs } from './own-txs.ts'
import { SeenTxs } from './seen-txs.ts'
import { TxHandover } from './tx-handover.ts'

/** Why a first dial failed is kept for so many addresses: those on the command line. */
const MAX_ERRORS = 100

export interface NodeSessionInit {
  readonly flags: NodeFlags
  readonly chain: ChainSource
  readonly clock: Clock
  readonly logger: Logger
}

export class NodeSession {
  readonly mempool = new MempoolReactor()
  readonly own = new OwnTxs()
  readonly #init: NodeSessionInit
  readonly #seen: SeenTxs
  readonly #handover: TxHandover
  readonly #blocksync: BlocksyncReactor
  readonly #follower: FollowerReactor
  readonly #dialErrors = new Map<string, string>()
  #node: CometNode<readonly StackName[]> | undefined
  #caughtUp = false
  #blockTxs = 0

  constructor(init: NodeSessionInit) {
    this.#init = init
    this.#seen = new SeenTxs(init.clock)
    this.#handover = new TxHandover((tx, peer) => this.own.handedTo(tx, peer.id()))
    const { chain, flags, logger } = init
    const initialHeight = chain.genesis?.initialHeight ?? 1n
    const have = chain.store.height()
    this.#follower = new FollowerReactor({ initialHeight, height: have > 0n ? have : initialHeight - 1n })
    this.#blocksync = new BlocksyncReactor({
      store: chain.store,
      logger,
      ...(chain.genesis === undefined ? {} : { genesis: chain.genesis }),
      ...(chain.validatorSource === undefined ? {} : { validatorSource: chain.validatorSource }),
      ...(flags.trust === undefined ? {} : { trusted: flags.trust }),
      verifier: nativeEd25519Verifier(),
      onBlock: async ({ height, block }) => {
        this.#blockTxs += block.data.txs.length
        this.own.inBlock(height, block.data.txs)
        await this.mempool.mempool.update(height, block.data.txs)
      },
      onHeight: (height) => this.#follower.setHeight(height),
      onCaughtUp: () => {
        this.#caughtUp = true
      }
    })
    this.mempool.onTx(({ tx }) => this.#seen.add(tx))
  }

  /** Rejects if the node does not start; then nothing is left running. Peers are dialled from now on. */
  async start(): Promise<void> {
    const { flags, chain, logger } = this.#init
    const listen = flags.listen ?? (flags.home === undefined ? defaultListen(flags) : undefined)
    const node = await createNode({
      network: chain.network,
      logger,
      stacks: flags.stacks,
      ...(flags.home === undefined ? {} : { home: flags.home }),
      ...(chain.nodeKey === undefined ? {} : { nodeKey: chain.nodeKey }),
      ...(listen === undefined ? {} : { listen: [...listen] }),
      ...(flags.peers.length === 0 ? {} : { persistentPeers: flags.peers.map(String) }),
      ...discoveryOf(flags),
      reactors: {
        BLOCKSYNC: this.#blocksync,
        CONSENSUS: this.#follower,
        HANDOVER: this.#handover,
        MEMPOOL: this.mempool
      }
    })
    this.#node = node
    // persistent peers are dialled within seconds anyway; whoever waits at a terminal wants it now, and the reason if it fails
    for (const peer of flags.peers)
      node.switch.dialPeerWithAddress(peer).catch((err: Error) => {
        if (this.#dialErrors.size < MAX_ERRORS) this.#dialErrors.set(String(peer), err.message.replace(`${peer}: `, ''))
      })
  }

  /** All that was handed to peers has left their queues. */
  get flushed(): boolean {
    const peers = this.#node?.switch.peers().list() ?? []
    return peers.every(
      (peer) => (peer.status().channels.find(({ id }) => id === MEMPOOL_CHANNEL)?.sendQueueSize ?? 0) === 0
    )
  }

  async stop(): Promise<void> {
    await this.#node?.stop()
  }

  view(elapsedMs: number, remainingMs: number | undefined): NodeView {
    const node = this.#node
    const { flags, chain } = this.#init
    const { network, genesis } = chain
    return {
      elapsedMs,
      ...(remainingMs === undefined ? {} : { remainingMs }),
      network,
      id: node?.nodeKey.id ?? '',
      peerId: String(node?.nodeKey.peerId ?? ''),
      stacks: flags.stacks,
      listen: listenersOf(node),
      peers: node?.switch.peers().list().map(peerView) ?? [],
      missing: this.#missing(),
      ...(genesis === undefined ? {} : { blocks: this.#blocks() }),
      txs: this.#seen.view(this.mempool.mempool.size()),
      own: this.own.latest(),
      ownCounts: this.own.counts(),
      joined: this.#handover.peersSeen > 0,
      caughtUp: this.#caughtUp
    }
  }

  #missing(): NodeView['missing'] {
    const states = this.#node?.switch.nodeStates() ?? []
    const { peers, pex, dht } = this.#init.flags
    // whom a node finds by itself comes and goes: only who was asked for is missed
    const wanted = pex || dht !== undefined ? new Set(peers.map(String)) : undefined
    return states
      .filter(({ state, address }) => state !== 'connected' && (wanted?.has(address) ?? true))
      .map(({ address, attempts }) => {
        const error = this.#dialErrors.get(address)
        return { address, attempts, ...(error === undefined ? {} : { error }) }
      })
  }

  #blocks(): NodeBlocksView {
    const { state, base, height, target, blocksPerSecond, etaMs, blocks, error } = this.#blocksync.status()
    return {
      state,
      base: Number(base),
      height: Number(height),
      // until a peer has told, what we have is all there is
      target: Math.max(Number(target), Number(height)),
      blocksPerSecond,
      ...(etaMs === undefined ? {} : { etaMs }),
      verified: blocks,
      txs: this.#blockTxs,
      ...(error === undefined ? {} : { error: error.message })
    }
  }
}

function peerView(peer: Peer): NodePeerView {
  const { receivedBytes, sentBytes } = peer.status()
  const working = (peer.get(PEER_STATE_KEY) as PeerHeight | undefined)?.getHeight() ?? 0n
  return {
    id: peer.id(),
    name: peer.nodeInfo().moniker,
    address: String(peer.socketAddr()),
    stack: peer.stack(),
    outbound: peer.isOutbound(),
    ...(working > 0n ? { height: Number(working - 1n) } : {}),
    receivedBytes,
    sentBytes
  }
}

/** Multiaddrs, with every address of this machine where it listens on all; and tcp:// of the classic stack. */
function listenersOf(node: CometNode<readonly StackName[]> | undefined): string[] {
  const all = node?.switch.netInfo().listeners ?? []
  return [...(node?.libp2p?.getMultiaddrs().map(String) ?? []), ...all.filter((one) => one.startsWith('tcp://'))]
}

/** Free ports, as a Go peer must be able to name us (spec/lp2p.md section 8); on all interfaces only where a peer is on another machine. */
function defaultListen({ peers, stacks }: NodeFlags): string[] {
  const local = peers.every(({ host }) => host === '::1' || host === 'localhost' || host.startsWith('127.'))
  const host = local ? '127.0.0.1' : '0.0.0.0'
  const quic = peers.some((peer) => peer.form === 'bootstrap' || String(peer.multiaddr ?? '').includes('/quic-v1'))
  const own = { libp2p: quic ? `/ip4/${host}/udp/0/quic-v1` : `/ip4/${host}/tcp/0`, comet: `tcp://${host}:0` }
  return stacks.map((stack) => own[stack])
}

/** How it finds others, where that is asked for, and where its operator finds it. */
function discoveryOf(flags: NodeFlags): Partial<CreateNodeOptions<readonly StackName[]>> {
  const { data, home, pex, seeds, dht, lan } = flags
  const dir = data ?? home
  const byDefault = dir === undefined ? undefined : join(dir, ADMIN_SOCKET)
  // a deep directory is no reason not to start
  const fits = byDefault !== undefined && Buffer.byteLength(byDefault) <= MAX_SOCKET_PATH_BYTES
  const socket = flags.socket ?? (fits ? byDefault : undefined)
  return {
    ...(socket === undefined ? {} : { adminSocket: socket }),
    ...(pex ? { pex: true, seeds: seeds.map(String) } : {}),
    ...(pex && data !== undefined ? { addrBookFile: join(data, 'addrbook.json') } : {}),
    ...(dht === undefined ? {} : { dht }),
    ...(lan ? { addrBookStrict: false } : {})
  }
}
