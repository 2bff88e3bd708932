/**
 * A node of ours with the standard reactors, as a user would put it together: libp2p over QUIC or the classic stack, block sync into a store, the follower that
 * tells our height, the mempool. It runs in the test's own process, or in one of its own that can be killed (our-process.ts).
 */
import { LevelDatastore } from 'datastore-level'
import { type Logger, lineLogger, type NodeKey, nodeKeyFromSeed } from '../../src/index.ts'
import {
  type ClassicOptions,
  type CometNode,
  createNode,
  type DiscoveryOptions,
  nativeEd25519Verifier,
  type StackName
} from '../../src/node/index.ts'
import {
  type BlockStore,
  BlocksyncReactor,
  DatastoreBlockStore,
  MemoryBlockStore,
  rpcValidatorSource
} from '../../src/reactors/blocksync/index.ts'
import { FollowerReactor, MempoolReactor } from '../../src/reactors/index.ts'
import { type CountingClock, countingClock } from './counting-clock.ts'
import type { GoStack } from './go-homes.ts'
import { TrafficReactor } from './traffic-reactor.ts'
import { Watcher } from './watcher.ts'

/** What travels to a process of its own: JSON. */
export interface OurNodeOptions {
  network: string
  /** @default 'libp2p' */
  stack?: GoStack
  /** Of the classic stack. */
  classic?: ClassicOptions
  /** @default that of the library */
  handshakeTimeoutMs?: number
  /** The key is made from it. @default a random one */
  keySeed?: number
  /** UDP port with libp2p, TCP with the classic stack. @default a free one */
  port?: number
  /** Sync this chain; left out, serve only. */
  genesis?: unknown
  /** RPC of a node that names changed validator sets. */
  validatorsFrom?: string
  /** Blocks go into a database here. @default memory */
  storeDir?: string
  persistentPeers?: string[]
  /** How it finds others. @default it does not */
  discovery?: DiscoveryOptions
  /** Instead of the standard reactors one that expects so many numbered messages. */
  traffic?: number
}

/** What only a node in this process can have. */
export interface InProcessOptions extends OurNodeOptions {
  write(line: string): void
  /** Is told the same. */
  onLog?: OnLog
  store?: BlockStore
  onPeer?: Watcher['onChange']
}

/** `fields` are those of the call and of the logger's scope. */
export type OnLog = (message: string, fields: Readonly<Record<string, unknown>>) => void

interface Parts {
  readonly node: CometNode<readonly StackName[]>
  readonly clock: CountingClock
  readonly watcher: Watcher
  readonly mempool: MempoolReactor
  readonly blocksync: BlocksyncReactor
  readonly traffic: TrafficReactor | undefined
  readonly store: BlockStore
  readonly datastore: LevelDatastore | undefined
}

export class OurNode {
  readonly #parts: Parts

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Listening and dialling when this settles. */
  static async start(options: InProcessOptions): Promise<OurNode> {
    const lines = lineLogger(options.write, 'debug')
    const logger = options.onLog === undefined ? lines : tell(options.onLog, lines)
    const datastore = options.storeDir === undefined ? undefined : new LevelDatastore(options.storeDir)
    await datastore?.open()
    const store =
      options.store ?? (datastore === undefined ? new MemoryBlockStore() : await DatastoreBlockStore.open(datastore))
    const watcher = new Watcher()
    if (options.onPeer !== undefined) watcher.onChange = options.onPeer
    const mempool = new MempoolReactor()
    const follower = new FollowerReactor({ height: store.height() })
    const blocksync = new BlocksyncReactor({
      store,
      verifier: nativeEd25519Verifier(),
      logger,
      ...(options.genesis === undefined ? {} : { genesis: options.genesis }),
      ...(options.validatorsFrom === undefined ? {} : { validatorSource: rpcValidatorSource(options.validatorsFrom) }),
      onBlock: ({ height, block }) => mempool.mempool.update(height, block.data.txs),
      onHeight: (height) => follower.setHeight(height)
    })
    const traffic = options.traffic === undefined ? undefined : new TrafficReactor(options.traffic)
    const { stack = 'libp2p', port = 0 } = options
    const clock = countingClock()
    const node = await createNode<readonly StackName[]>({
      network: options.network,
      nodeKey: keyOf(options.keySeed),
      stacks: [stack],
      listen: [stack === 'comet' ? `tcp://127.0.0.1:${port}` : `/ip4/127.0.0.1/udp/${port}/quic-v1`],
      ...options.classic,
      ...(options.handshakeTimeoutMs === undefined ? {} : { handshakeTimeoutMs: options.handshakeTimeoutMs }),
      persistentPeers: options.persistentPeers ?? [],
      ...options.discovery,
      allowDuplicateIP: true,
      logger,
      clock,
      reactors: {
        WATCHER: watcher,
        ...(traffic === undefined
          ? { MEMPOOL: mempool, BLOCKSYNC: blocksync, CONSENSUS: follower }
          : { TRAFFIC: traffic })
      }
    })
    return new OurNode({ node, clock, watcher, mempool, blocksync, traffic, store, datastore })
  }

  get node(): CometNode<readonly StackName[]> {
    return this.#parts.node
  }

  /** On libp2p only. */
  get libp2p(): CometNode['libp2p'] {
    const { libp2p } = this.node
    if (libp2p === undefined) throw new Error('this node has no libp2p')
    return libp2p
  }

  /** Timers of switch and links that are armed. */
  get timers(): number {
    return this.#parts.clock.armed
  }

  get watcher(): Watcher {
    return this.#parts.watcher
  }

  get mempool(): MempoolReactor {
    return this.#parts.mempool
  }

  get blocksync(): BlocksyncReactor {
    return this.#parts.blocksync
  }

  /** With option `traffic` only. */
  get traffic(): TrafficReactor {
    if (this.#parts.traffic === undefined) throw new Error('this node has no traffic reactor')
    return this.#parts.traffic
  }

  get store(): BlockStore {
    return this.#parts.store
  }

  get switch(): CometNode['switch'] {
    return this.node.switch
  }

  get key(): NodeKey {
    return this.node.nodeKey
  }

  get nodeId(): string {
    return this.key.id
  }

  get peerId(): string {
    return String(this.key.peerId)
  }

  /** host:port of where it listens: UDP with libp2p, TCP with the classic stack. */
  get host(): string {
    const { listenAddr } = this.switch.nodeInfo()
    return listenAddr.slice(listenAddr.indexOf('://') + '://'.length)
  }

  /** What a node of the same stack dials. */
  get address(): string {
    return this.node.libp2p === undefined ? `${this.nodeId}@${this.host}` : String(this.libp2p.getMultiaddrs()[0])
  }

  async stop(): Promise<void> {
    await this.node.stop()
    await this.#parts.datastore?.close()
  }
}

function tell(onLog: OnLog, lines: Logger, scope: Record<string, unknown> = {}): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields?: Record<string, unknown>): void => {
      onLog(message, { ...scope, ...fields })
      lines[level](message, fields)
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => tell(onLog, lines.child(fields), { ...scope, ...fields })
  }
}

/** The key of `keySeed`: the same in every process. */
export function keyOf(keySeed: number | undefined): NodeKey {
  const seed = new Uint8Array(32)
  if (keySeed === undefined) crypto.getRandomValues(seed)
  else seed.fill(keySeed)
  return nodeKeyFromSeed(seed)
}
