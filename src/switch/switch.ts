/**
 * The Switch: runs reactors over one or more stacks (p2p/switch.go; seeds 001, 003; contract.md). It puts the parts together and answers reactors;
 * decisions are in policy.ts, a peer's life in lifecycle.ts, dialling in dialer.ts.
 */
import type { Multiaddr } from '@multiformats/multiaddr'
import { AlreadyStartedError, AlreadyStoppedError, InvalidOptionError, NotRunningError } from '../errors.ts'
import { netAddressFromParts, parseNetAddress } from '../identity/net-address.ts'
import { parseNodeId } from '../identity/node-id.ts'
import type { NodeKey } from '../identity/node-key.ts'
import type { AddressBook } from '../interface/address-book.ts'
import type { Clock } from '../interface/clock.ts'
import type { Envelope } from '../interface/envelope.ts'
import type { Logger } from '../interface/logger.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId, NodeInfo } from '../interface/node-info.ts'
import type { Peer, PeerSet } from '../interface/peer.ts'
import type { PeerPolicyOptions } from '../interface/policy.ts'
import type { Reactor } from '../interface/reactor.ts'
import type { Stack } from '../interface/stack.ts'
import type { NetInfo, NodeState, Standing, Switch } from '../interface/switch.ts'
import { type SwitchOptions, switchDefaults } from '../options.ts'
import { safeLogger } from '../util/safe-logger.ts'
import { BanList } from './admission/ban-list.ts'
import { checkPolicy, Rules } from './admission/rules.ts'
import { broadcast, tryBroadcast } from './broadcast.ts'
import { CallbackWatch } from './callback-watch.ts'
import { checkedPeer, checkedSignal } from './check-arguments.ts'
import { type CheckedSwitchOptions, checkSwitchOptions } from './check-options.ts'
import { Connections } from './connections.ts'
import { checkedArray, parseAddresses } from './dialing/address-list.ts'
import { netInfoOf } from './net-info.ts'
import { NodeStates } from './node-states.ts'
import { ownNodeInfo } from './own-node-info.ts'
import { MutablePeerSet } from './peer-set.ts'
import { ReactorTable, type TableComponents } from './reactor-table.ts'
import { stackHost } from './stack-host.ts'

/** Ours: for ever, but a point in time that a Date can hold. */
const MAX_BAN_MS = 100 * 365 * 24 * 3_600_000
/** How long `stop` waits for callbacks that it may have been called from. Ours: longer than for one peer's stop, because more depends on it. */
const STOP_GRACE_MS = 1_000

export interface CometSwitchInit extends SwitchOptions {
  nodeKey: NodeKey
  /** In the order in which they are asked to dial: a persistent peer with addresses of several stacks is dialled on the first of them first. */
  stacks: Stack[]
  policy?: PeerPolicyOptions
  /** False: whoever starts the switch calls `dialPersistentPeers` when dialling has become possible. @default true */
  dialAtStart?: boolean
}

export class CometSwitch implements Switch {
  readonly logger: Logger
  /** For the composition roots: what a libp2p gater asks. Not part of the reactor API. */
  readonly rules: Rules
  readonly #options: CheckedSwitchOptions
  readonly #nodeKey: NodeKey
  readonly #stacks: readonly Stack[]
  /** The one that an `id@host:port` leads to: what a NodeInfo says of itself has that form. */
  readonly #mainStack: Stack | undefined
  readonly #clock: Clock
  /** `logger`, but nothing it does can break us. */
  readonly #log: Logger
  readonly #callbacks: CallbackWatch
  readonly #book: AddressBook
  readonly #reactors = new ReactorTable()
  readonly #set: MutablePeerSet
  readonly #states: NodeStates
  readonly #connections: Connections
  readonly #dialAtStart: boolean
  readonly #quit = new AbortController()
  #state: 'new' | 'starting' | 'running' | 'stopping' | 'stopped' = 'new'
  #stopped: Promise<void> | undefined
  #starting: Promise<void> = Promise.resolve()

  constructor(init: CometSwitchInit) {
    const options = checkSwitchOptions(init)
    const { clock, random } = options
    this.#options = options
    this.#nodeKey = init.nodeKey
    this.#dialAtStart = init.dialAtStart ?? true
    this.#stacks = [...init.stacks]
    const hexForm = netAddressFromParts(init.nodeKey.id, '127.0.0.1', 26_656)
    this.#mainStack = this.#stacks.find((stack) => stack.dials(hexForm)) ?? this.#stacks[0]
    this.#clock = clock
    this.logger = options.logger
    this.#log = safeLogger(options.logger)
    this.#callbacks = new CallbackWatch(clock, STOP_GRACE_MS)
    this.#book = options.addressBook ?? new BanList(clock)
    this.#set = new MutablePeerSet(random)
    this.#states = new NodeStates(clock, this.#book)
    const ownId = init.nodeKey.id
    this.rules = new Rules(
      {
        ownId,
        book: this.#book,
        clock,
        isRunning: () => this.isRunning(),
        rank: (address) => {
          const first = this.#stacks.findIndex((stack) => stack.dials(address))
          return first < 0 ? this.#stacks.length : first
        }
      },
      checkPolicy(init.policy)
    )
    this.#connections = new Connections(
      {
        ownId,
        stacks: this.#stacks,
        reactors: this.#reactors,
        rules: this.rules,
        set: this.#set,
        states: this.#states,
        book: this.#book,
        clock,
        random,
        logger: this.#log,
        callbacks: this.#callbacks,
        isRunning: () => this.isRunning(),
        nodeInfo: () => this.nodeInfo()
      },
      options
    )
    for (const address of this.rules.persistent.addresses()) this.#states.candidate(address)
    // a wrong externalAddress is an error here, not in the first handshake
    this.nodeInfo()
    for (const [name, reactor] of Object.entries(options.reactors)) this.addReactor(name, reactor)
  }

  // ---- reactors and service ----------------------------------------------------------------------------------

  addReactor(name: string, reactor: Reactor): Reactor {
    this.#reactors.add(name, reactor, this)
    return reactor
  }

  reactor(name: string): Reactor | undefined {
    return this.#reactors.get(name)
  }

  async start(): Promise<void> {
    if (this.#state === 'starting' || this.#state === 'running')
      throw new AlreadyStartedError('the switch was started already')
    if (this.#state !== 'new') throw new AlreadyStoppedError('the switch was stopped and cannot be started again')
    this.#state = 'starting'
    this.#reactors.freeze()
    this.#starting = this.#start()
    await this.#starting
  }

  async #start(): Promise<void> {
    try {
      // a reactor may load the book
      this.#connections.scores.keepIn(this.#book)
      await this.#reactors.start(this.#options.startTimeoutMs, this.#tableComponents())
      this.rules.liftBans()
      this.#expect('starting')
      this.#state = 'running'
      const host = {
        rules: this.rules,
        admissions: this.#connections.admissions,
        book: this.#book,
        channels: this.#reactors.channels,
        nodeInfo: (stack: Stack) => this.#nodeInfoOn(stack)
      }
      for (const stack of this.#stacks) {
        await stack.start(stackHost(stack, host))
        this.#expect('running')
      }
    } catch (err) {
      // a stop that came meanwhile waits for us, and then undoes what was done
      if (this.#stopped === undefined) {
        this.#stopped = this.#end()
        await this.#stopped
      }
      throw err
    }
    if (this.#dialAtStart) this.dialPersistentPeers()
  }

  /** the configured peers are dialled at the start. Not part of the reactor API. */
  dialPersistentPeers(): void {
    if (this.isRunning()) this.#connections.dialQueue.add(this.rules.persistent.addresses())
  }

  /** Settles when all has stopped; awaited inside a reactor's callback, without waiting for that callback. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#end(this.#starting)
    await this.#callbacks.settled(this.#stopped)
  }

  /** D-8: no more dials and admissions, removePeer for all, reactors in reverse order, then the stacks. Never rejects. */
  async #end(starting?: Promise<void>): Promise<void> {
    this.#state = 'stopping'
    this.#quit.abort()
    await this.#connections.stop()
    // a start under way notices at its next step, and its failure is told to whoever began it; nothing of it may come up after we have looked
    await starting?.catch(() => undefined)
    await this.#reactors.stop(this.#options.callbackTimeoutMs, this.#tableComponents())
    for (const stack of this.#stacks) await stack.stop()
    this.#state = 'stopped'
  }

  #expect(state: 'starting' | 'running'): void {
    if (this.#state !== state) throw new AlreadyStoppedError('the switch was stopped while it started')
  }

  #tableComponents(): TableComponents {
    return { clock: this.#clock, logger: this.#log, callbacks: this.#callbacks }
  }

  isRunning(): boolean {
    return this.#state === 'running'
  }

  quit(): AbortSignal {
    return this.#quit.signal
  }

  // ---- peers -------------------------------------------------------------------------------------------------

  peers(): PeerSet {
    return this.#set.snapshot()
  }

  numPeers(): { outbound: number; inbound: number; dialing: number } {
    let outbound = 0
    let inbound = 0
    for (const peer of this.peers()) {
      if (this.rules.isUnconditional(peer.id())) continue
      if (peer.isOutbound()) outbound++
      else inbound++
    }
    return { outbound, inbound, dialing: this.#connections.dialer.dialing }
  }

  maxNumOutboundPeers(): number {
    return this.rules.maxNumOutboundPeers
  }

  broadcast(envelope: Envelope): AsyncIterable<{ peer: Peer; sent: boolean }> {
    return broadcast(envelope, this.peers().list(), this.#reactors.channels, this.#log)
  }

  broadcastAsync(envelope: Envelope): void {
    this.broadcast(envelope)
  }

  tryBroadcast(envelope: Envelope): void {
    tryBroadcast(envelope, this.peers().list(), this.#reactors.channels, this.#log)
  }

  async stopPeerForError(peer: Peer, reason: unknown): Promise<void> {
    await this.#connections.stopPeer(peer, reason)
  }

  async stopPeerGracefully(peer: Peer): Promise<void> {
    await this.#connections.stopPeer(peer, { kind: 'graceful', message: 'stopped gracefully' })
  }

  markPeerAsGood(peer: Peer): void {
    const id = checkedPeer(peer).id()
    this.#book.markGood(id)
    this.#connections.scores.add(id, { event: 'good' })
  }

  markPeerAsBad(peer: Peer, banMs: number = switchDefaults.banMs): void {
    if (typeof banMs !== 'number' || !(banMs > 0))
      throw new InvalidOptionError('banMs', banMs, 'a positive number of ms')
    const id = checkedPeer(peer).id()
    this.#connections.scores.add(id, { event: 'bad' })
    if (!this.rules.ban(id, peer.socketAddr(), Math.min(banMs, MAX_BAN_MS), 'markPeerAsBad'))
      this.#log.info('Persistent and unconditional peers are not banned', { peer: id })
  }

  // ---- dialling ----------------------------------------------------------------------------------------------

  async dialPeerWithAddress(
    address: NetAddress | Multiaddr | string,
    options: { signal?: AbortSignal } = {}
  ): Promise<Peer> {
    return await this.#connections.dialer.dial(parseNetAddress(address), checkedSignal(options))
  }

  dialPeersAsync(addresses: Array<string | Multiaddr>): void {
    const parsed = parseAddresses('addresses', addresses)
    if (!this.isRunning()) throw new NotRunningError('cannot dial: the switch does not run')
    const others = parsed.filter(({ id }) => id !== this.#nodeKey.id)
    for (const address of others) this.#states.candidate(address)
    this.#connections.dialQueue.add(others)
  }

  freeOutboundSlots(): number {
    return this.rules.freeOutboundSlots()
  }

  async testAddress(
    address: NetAddress | Multiaddr | string,
    options: { signal?: AbortSignal } = {}
  ): Promise<{ readonly ip: string }> {
    return await this.#connections.tests.run(parseNetAddress(address), checkedSignal(options))
  }

  shouldDial(id: NodeId): boolean {
    return this.#connections.shouldDial(parseNodeId('id', id))
  }

  standing(id: NodeId): Standing[] {
    return this.#connections.standing(parseNodeId('id', id))
  }

  noteGivenUp(address: NetAddress, forMs: number): void {
    this.#states.givenUp(parseNetAddress(address), forMs)
  }

  stackFor(given: NetAddress): string | undefined {
    const address = parseNetAddress(given)
    return this.#stacks.find((stack) => stack.dials(address))?.name
  }

  score(id: NodeId): number {
    return this.#connections.scores.of(parseNodeId('id', id))
  }

  addPersistentPeers(addresses: string[]): void {
    const parsed = parseAddresses('addresses', addresses)
    this.rules.persistent.add(parsed)
    for (const address of parsed) if (address.id !== this.#nodeKey.id) this.#states.candidate(address)
  }

  addUnconditionalPeerIDs(ids: string[]): void {
    this.rules.addUnconditional(checkedArray('ids', ids).map((id, i) => parseNodeId(`ids[${i}]`, id)))
  }

  addPrivatePeerIDs(ids: string[]): void {
    this.#book.addPrivateIDs(checkedArray('ids', ids).map((id, i) => parseNodeId(`ids[${i}]`, id)))
  }

  isDialingOrExistingAddress(given: NetAddress): boolean {
    const address = parseNetAddress(given)
    if (this.#connections.dialer.isDialing(address)) return true
    const seat = address.id === '' ? undefined : this.rules.ledger.seat(address.id)
    // a peer that is gone, but for its link, can be dialled: the dial waits for that
    if (seat !== undefined && seat.life?.removed !== true) return true
    return (
      !this.rules.allowDuplicateIP &&
      address.host !== '' &&
      this.rules.ledger.hasIP(address.host, address.id === '' ? undefined : address.id)
    )
  }

  isPeerPersistent(address: NetAddress): boolean {
    return this.rules.persistent.hasAddress(parseNetAddress(address))
  }

  isPeerUnconditional(id: NodeId): boolean {
    return this.rules.isUnconditional(parseNodeId('id', id))
  }

  // ---- about us ----------------------------------------------------------------------------------------------

  nodeInfo(): NodeInfo {
    return this.#nodeInfoOn(this.#mainStack)
  }

  netInfo(): NetInfo {
    // whoever serves it as /net_info tells the world
    const told = this.peers()
      .list()
      .filter((peer) => this.#book.isPrivate?.(peer.id()) !== true)
    return netInfoOf(told, this.isRunning() ? this.#listeners() : [])
  }

  /** The ids of all registered channels, ascending. Not part of the reactor API. */
  channelIds(): Uint8Array {
    return this.#reactors.channels.ids()
  }

  nodeStates(): NodeState[] {
    return this.#states.list()
  }

  // ---- the inside --------------------------------------------------------------------------------------------

  /** What we say of ourselves on that stack: where it can be reached there. */
  #nodeInfoOn(stack: Stack | undefined): NodeInfo {
    const external = stack === this.#mainStack ? this.#options.externalAddress : undefined
    const listeners = stack?.listenAddrs() ?? []
    return ownNodeInfo(this.#nodeKey.id, this.#options, this.#reactors.channels.ids(), listeners, external)
  }

  #listeners(): string[] {
    return this.#stacks.flatMap((stack) => stack.listenAddrs())
  }
}
