/**
 * `comet()`: the Switch as a libp2p service. A composition root: it joins the switch and the libp2p stack, and fits both into a node's start and stop.
 *
 * The order is the node's (spec/js-libp2p.md, "Service order"): protocol handlers in `beforeStart`, so that identify announces them from the first
 * connection on; reactors in `start`; dials from `afterStart` on, when the node can dial; in `beforeStop`, while every other part still runs, what was
 * accepted is ended in good order. `beforeStop` never rejects: a node whose beforeStop does stays half stopped.
 */
import type { PrivateKey } from '@libp2p/interface'
import { InvalidOptionError, NodeNotStartedError } from '../../errors.ts'
import { parseNodeId } from '../../identity/node-id.ts'
import { nodeKeyFromLibp2p } from '../../identity/node-key.ts'
import type { PeerRecords } from '../../interface/address-book.ts'
import type { PeerPolicyOptions } from '../../interface/policy.ts'
import type { Stack } from '../../interface/stack.ts'
import type { Switch } from '../../interface/switch.ts'
import { type SwitchOptions, switchDefaults } from '../../options.ts'
import { checkSwitchOptions } from '../../switch/check-options.ts'
import { POLICY_OPTIONS, SWITCH_OPTIONS } from '../../switch/option-names.ts'
import { CometSwitch } from '../../switch/switch.ts'
import { assertNames, assertObject, namesOf } from '../../util/check.ts'
import { systemClock } from '../../util/clock.ts'
import { safeLogger } from '../../util/safe-logger.ts'
import { type DiscoveryUse, Finding, type FindingComponents } from './finding/finding.ts'
import { bindableRecords, type NodeRecords, type PeerRecordsComponents } from './finding/peer-records.ts'
import { type BoundComponents, bindable, type PeerPolicy } from './peer-policy.ts'
import { Libp2pStack, type Libp2pStackComponents, type Libp2pStackInit } from './stack.ts'
import { checkedInit } from './stack-options.ts'

/** What the service takes of libp2p's components. */
export type Libp2pComponents = Libp2pStackComponents &
  BoundComponents &
  PeerRecordsComponents &
  FindingComponents & { readonly privateKey: PrivateKey }

/** Options of the libp2p stack that a user sets. */
export type Libp2pOptions = Pick<Libp2pStackInit, 'streams' | 'goLp2p' | 'goInFlight' | 'liveness'>

export const LIBP2P_OPTIONS = namesOf<Libp2pOptions>({ streams: true, goLp2p: true, goInFlight: true, liveness: true })

export interface CometInit extends SwitchOptions, Libp2pOptions {
  /** What `peerPolicy()` returned, of its own for each switch. @default peerPolicy() */
  policy?: PeerPolicy
  /**
   * The stacks of the switch: 'libp2p' is the node's own, others (`CometStack` of comet-libp2p/node) have the node's key and are started and stopped by the
   * switch. In the order in which they are dialled on, where a node has addresses of several; `id@host:port` is the classic stack's where there is one.
   * @default ['libp2p']
   */
  stacks?: ReadonlyArray<'libp2p' | Stack>
  /**
   * Whose finds are dialled while outbound slots are free, beside those of a `cometDht` among the node's services: 'any' is whatever the node discovers. @default
   * 'off': libp2p calls it discovered, too, when a stranger connects
   */
  discovery?: DiscoveryUse
  /** What `peerRecords()` returned, of its own for each node: for peer exchange. */
  records?: PeerRecords
}

/**
 * What `createLibp2p({ services: { comet: comet({ … }) } })` takes; `node.services.comet` is the Switch. Throws `InvalidOptionError` naming the field; what
 * only the node can tell (a reactor that cannot be added, a policy that another switch has) is the error of `createLibp2p`.
 */
export function comet(init: CometInit): (components: Libp2pComponents) => Switch {
  checkNames(init)
  checkSwitchOptions(init)
  checkedInit(init)
  bindable(init.policy)
  checkStacks(init.stacks)
  if (init.discovery !== undefined && init.discovery !== 'any' && init.discovery !== 'off')
    throw new InvalidOptionError('discovery', init.discovery, "'any' or 'off'")
  bindableRecords(init.records)
  return (components) => new CometService(components, init)
}

const NAMES: readonly string[] = [...SWITCH_OPTIONS, ...LIBP2P_OPTIONS, 'policy', 'stacks', 'discovery', 'records']

function checkNames(init: CometInit & PeerPolicyOptions): void {
  assertObject('options', init)
  // elsewhere both stand in one object
  for (const name of POLICY_OPTIONS)
    if (init[name] !== undefined)
      throw new InvalidOptionError(name, init[name], 'it among the options of peerPolicy(), given as `policy`')
  assertNames('', init, NAMES)
}

function checkStacks(stacks: unknown): void {
  const want = "an array of stacks with 'libp2p' once among them"
  if (stacks === undefined) return
  if (!Array.isArray(stacks) || stacks.filter((one) => one === 'libp2p').length !== 1)
    throw new InvalidOptionError('stacks', stacks, want)
  for (const [i, one] of stacks.entries())
    if (one !== 'libp2p' && typeof one?.dials !== 'function')
      throw new InvalidOptionError(`stacks[${i}]`, one, 'a stack')
}

class CometService extends CometSwitch {
  readonly [Symbol.toStringTag] = 'comet-libp2p'
  readonly #stack: Libp2pStack
  readonly #finding: Finding
  readonly #records: NodeRecords | undefined
  /** The node has begun to start us: `start` comes from it. */
  #byNode = false

  constructor(components: Libp2pComponents, init: CometInit) {
    const { policy: given, stacks = ['libp2p'], discovery, records, ...options } = init
    const policy = bindable(given)
    const others = stacks.filter((stack) => stack !== 'libp2p')
    const stack = new Libp2pStack(components, {
      ...options,
      mode: policy.checked.mode,
      dialledElsewhere: (address) => others.some((other) => other.dials(address))
    })
    super({
      ...options,
      nodeKey: nodeKeyFromLibp2p(components.privateKey),
      stacks: stacks.map((one) => (one === 'libp2p' ? stack : one)),
      policy: policy.options,
      dialAtStart: false
    })
    policy.bind(
      this.rules,
      options.filterTimeoutMs ?? switchDefaults.filterTimeoutMs,
      components,
      safeLogger(this.logger)
    )
    this.#stack = stack
    const clock = options.clock ?? systemClock
    this.#records = bindableRecords(records)
    this.#records?.bind(components, clock)
    this.#finding = new Finding(components, {
      sw: this,
      ownId: nodeKeyFromLibp2p(components.privateKey).id,
      network: options.network,
      use: discovery ?? 'off',
      privateIds: policy.checked.privatePeerIDs,
      book: options.addressBook,
      clock,
      random: options.random ?? Math.random,
      logger: safeLogger(this.logger).child({ part: 'discovery' })
    })
  }

  /** The node's. */
  async beforeStart(): Promise<void> {
    this.#byNode = true
    this.#finding.prepare()
    await this.#stack.prepare([...this.channelIds()])
  }

  /** The node's: reactors and accepting. A user's call rejects: only its node starts this switch. */
  override async start(): Promise<void> {
    if (!this.#byNode)
      throw new NodeNotStartedError('the switch of a libp2p node is started by its node: call node.start()')
    await super.start()
  }

  /** The node's: it listens, and can dial. */
  afterStart(): void {
    this.dialPersistentPeers()
    this.#finding.start()
  }

  override addPrivatePeerIDs(ids: string[]): void {
    super.addPrivatePeerIDs(ids)
    this.#finding.addPrivate(ids.map((id, i) => parseNodeId(`ids[${i}]`, id)))
  }

  override async stop(): Promise<void> {
    // its dials end with the switch's
    const found = this.#finding.stop()
    this.#records?.stop()
    await super.stop()
    await found
  }

  /** The node's: peers are told, what was accepted goes out. */
  async beforeStop(): Promise<void> {
    try {
      await this.stop()
    } catch (err) {
      safeLogger(this.logger).error('The switch did not stop in good order', { err })
    }
  }
}
