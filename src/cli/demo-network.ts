/**
 * The four nodes of the demo, in one process: real nodes with a key and listening sockets each, connected over loopback TCP. Two have libp2p alone or with it the
 * classic stack, two the classic stack alone, and the one that has both makes them one network. Rejected: a process each, which costs 100 MB and half a second
 * more apiece, and needs a protocol of its own to show what they do; and a bridge between the halves, as one switch with both stacks needs none.
 */
import { TimeoutError } from '../errors.ts'
import type { Clock } from '../interface/clock.ts'
import type { Logger } from '../interface/logger.ts'
import { type CometNode, createNode, type StackName } from '../node/create-node.ts'
import { nativeEd25519Verifier } from '../node/ed25519.ts'
import { BlocksyncReactor, type BlocksyncStatus } from '../reactors/blocksync/blocksync-reactor.ts'
import { MemoryBlockStore } from '../reactors/blocksync/memory-block-store.ts'
import { staticValidatorSource } from '../reactors/blocksync/validator-source.ts'
import { FollowerReactor } from '../reactors/consensus/follower-reactor.ts'
import { MempoolReactor } from '../reactors/mempool/mempool-reactor.ts'
import { withSignal } from '../util/deadline.ts'
import { type Deferred, deferred } from '../util/deferred.ts'
import { pause } from '../util/pause.ts'
import type { Recording } from './recording.ts'

/** What each node speaks. The first one has the blocks, so it is the one that must be reached on both. */
const NODE_STACKS: ReadonlyArray<readonly StackName[]> = [['libp2p', 'comet'], ['libp2p'], ['comet'], ['comet']]
export const DEMO_NODES = NODE_STACKS.length

const LISTEN: Readonly<Record<StackName, string>> = { libp2p: '/ip4/127.0.0.1/tcp/0', comet: 'tcp://127.0.0.1:0' }

/** How long the nodes may take to find one another: generous, as machines may be busy. */
const MEET_TIMEOUT_MS = 30_000
const RETRY_MS = 250

export interface DemoNetworkInit {
  readonly recording: Recording
  readonly clock: Clock
  readonly logger: Logger
  readonly signal: AbortSignal
}

export class DemoNode {
  readonly name: string
  readonly stacks: readonly StackName[]
  readonly mempool: MempoolReactor
  readonly node: CometNode<readonly StackName[]>
  readonly #addresses: ReadonlyMap<StackName, string>
  readonly #blocksync: BlocksyncReactor
  readonly #progress: Progress

  private constructor(
    name: string,
    stacks: readonly StackName[],
    node: CometNode<readonly StackName[]>,
    reactors: DemoReactors
  ) {
    this.name = name
    this.stacks = stacks
    this.node = node
    this.#addresses = new Map(stacks.map((stack) => [stack, addressOf(node, stack)]))
    this.mempool = reactors.mempool
    this.#blocksync = reactors.blocksync
    this.#progress = reactors.progress
  }

  /** The first node has all blocks from the start, the others get them from it and from one another. */
  static async start(i: number, init: DemoNetworkInit): Promise<DemoNode> {
    const name = `node ${i + 1}`
    const stacks = NODE_STACKS[i]!
    const reactors = i === 0 ? servingReactors(init) : syncingReactors(init)
    const node = await createNode({
      network: init.recording.genesis.chainId,
      moniker: name,
      stacks,
      listen: stacks.map((stack) => LISTEN[stack]),
      allowDuplicateIP: true,
      logger: init.logger.child({ node: name }),
      reactors: { MEMPOOL: reactors.mempool, BLOCKSYNC: reactors.blocksync, CONSENSUS: reactors.follower }
    })
    return new DemoNode(name, stacks, node, reactors)
  }

  /** Where it is dialled on that stack of its own; also when it has stopped, as the last line of a demo that failed is about nodes that have. */
  address(stack: StackName): string {
    const address = this.#addresses.get(stack)
    if (address === undefined) throw new Error(`${this.name} does not speak ${stack}`)
    return address
  }

  /** The stack on which it dials that node; undefined if there is none. */
  stackToward(other: DemoNode): StackName | undefined {
    return this.stacks.find((stack) => other.stacks.includes(stack))
  }

  status(): BlocksyncStatus {
    return this.#blocksync.status()
  }

  /** It knows what there is to get. */
  get knowsTarget(): Promise<void> {
    return this.#progress.knowsTarget.promise
  }

  /** From the connection to the last block, ms; undefined until then. */
  get syncedInMs(): number | undefined {
    return this.#progress.syncedInMs
  }

  /** Connects, where they have a stack in common, and stays connected. A machine that is very busy may need several tries. */
  async connect(other: DemoNode, clock: Clock, signal: AbortSignal): Promise<void> {
    const stack = this.stackToward(other)
    if (stack === undefined) return
    const address = other.address(stack)
    this.#progress.begin()
    this.node.switch.addPersistentPeers([address])
    for (;;)
      try {
        await this.node.switch.dialPeerWithAddress(address, { signal })
        return
      } catch (err) {
        // every failure but the end of the demo is worth another try
        if (!(await pause(clock, RETRY_MS, signal))) throw err
      }
  }
}

/** Of a node that listens. */
function addressOf({ libp2p, nodeKey, switch: sw }: CometNode<readonly StackName[]>, stack: StackName): string {
  if (stack === 'libp2p') return String(libp2p?.getMultiaddrs()[0])
  const listener = sw.netInfo().listeners.find((one) => one.startsWith('tcp://'))
  return `${nodeKey.id}@${listener?.slice('tcp://'.length)}`
}

export class DemoNetwork {
  readonly nodes: readonly DemoNode[]

  private constructor(nodes: readonly DemoNode[]) {
    this.nodes = nodes
  }

  /** Starts the nodes, connects each with each that it can speak with. Whatever it rejects with, nothing is left running. `onNode` is told of each node as it starts. */
  static async start(init: DemoNetworkInit, onNode: (node: DemoNode) => void): Promise<DemoNetwork> {
    const nodes: DemoNode[] = []
    try {
      for (let i = 0; i < DEMO_NODES; i++) {
        init.signal.throwIfAborted()
        const node = await DemoNode.start(i, init)
        nodes.push(node)
        onNode(node)
      }
      await meet(nodes, init)
      return new DemoNetwork(nodes)
    } catch (err) {
      await Promise.all(nodes.map(({ node }) => node.stop()))
      throw err
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map(({ node }) => node.stop()))
  }
}

async function meet(nodes: readonly DemoNode[], { clock, signal }: DemoNetworkInit): Promise<void> {
  const late = new AbortController()
  const timer = clock.setTimeout(
    () => late.abort(new TimeoutError(`connecting the nodes took longer than ${MEET_TIMEOUT_MS} ms`)),
    MEET_TIMEOUT_MS
  )
  try {
    await connectAll(nodes, clock, AbortSignal.any([signal, late.signal]))
  } finally {
    clock.clearTimeout(timer)
  }
}

/** First to the one that has the blocks: a node that meets only empty ones takes the chain for empty, and itself for synced. */
async function connectAll(nodes: readonly DemoNode[], clock: Clock, signal: AbortSignal): Promise<void> {
  const [server, ...others] = nodes
  await Promise.all(others.map((node) => node.connect(server!, clock, signal)))
  await withSignal(Promise.all(others.map((node) => node.knowsTarget)), signal)
  for (const [i, node] of others.entries())
    await Promise.all(others.slice(0, i).map((other) => node.connect(other, clock, signal)))
}

// ---- what runs on a node -----------------------------------------------------------------------------------------

interface DemoReactors {
  readonly mempool: MempoolReactor
  readonly blocksync: BlocksyncReactor
  readonly follower: FollowerReactor
  readonly progress: Progress
}

function servingReactors({ recording, clock }: DemoNetworkInit): DemoReactors {
  const { store, lastProvable } = recording
  return {
    mempool: new MempoolReactor(),
    blocksync: new BlocksyncReactor({ store }),
    follower: new FollowerReactor({ height: store.height() }),
    progress: new Progress(clock, lastProvable)
  }
}

function syncingReactors({ recording, clock, logger }: DemoNetworkInit): DemoReactors {
  const { genesis, lastProvable, validatorSets } = recording
  const follower = new FollowerReactor()
  const progress = new Progress(clock, lastProvable)
  const blocksync = new BlocksyncReactor({
    store: new MemoryBlockStore(),
    genesis,
    validatorSource: staticValidatorSource(validatorSets),
    verifier: nativeEd25519Verifier(),
    logger,
    onProgress: ({ target }) => progress.target(target),
    onHeight: (height) => {
      follower.setHeight(height)
      progress.height(height)
    }
  })
  // transactions begin once it has all blocks: block sync then enables the mempool
  return { mempool: new MempoolReactor({ startsDisabled: true }), blocksync, follower, progress }
}

/** When a node began to sync, and when it was done. */
class Progress {
  readonly knowsTarget: Deferred<void> = deferred()
  readonly #clock: Clock
  readonly #last: bigint
  #beganAt: number | undefined
  syncedInMs: number | undefined

  constructor(clock: Clock, last: bigint) {
    this.#clock = clock
    this.#last = last
  }

  begin(): void {
    this.#beganAt ??= this.#clock.now()
  }

  target(target: bigint): void {
    if (target > 0n) this.knowsTarget.resolve()
  }

  height(height: bigint): void {
    if (height === this.#last && this.#beganAt !== undefined) this.syncedInMs = this.#clock.now() - this.#beganAt
  }
}
