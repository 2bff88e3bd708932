/**
 * The classic stack: TCP, SecretConnection, NodeInfo and MConnection, byte-compatible with every CometBFT and Tendermint node (spec/transport-and-switch.md; p2p/
 * transport.go). Turns dials and accepted sockets into links; decides nothing about who may be a peer: it asks its host.
 *
 * What it does not copy of Go: a set of connections by remote address (the switch counts peers, the budget strangers), a listener that stops accepting when it is full
 * (whoever is too many is closed, so that nobody waits in the kernel for nothing), and looking names in NodeInfo up.
 */
import { NotRunningError } from '../../errors.ts'
import { netAddressFromParts } from '../../identity/net-address.ts'
import { MAX_CHANNELS } from '../../identity/node-info.ts'
import type { NodeKey } from '../../identity/node-key.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Link } from '../../interface/link.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { DialOptions, Stack, StackHost } from '../../interface/stack.ts'
import { systemClock } from '../../util/clock.ts'
import { nullLogger } from '../../util/logger.ts'
import { safeLogger } from '../../util/safe-logger.ts'
import { Acceptor } from './acceptor.ts'
import { dial } from './dial.ts'
import { eitherSignal } from './either-signal.ts'
import type { Proven, Told } from './handshake.ts'
import { CometLink } from './link.ts'
import { PartialBudget } from './partial-budget.ts'
import { type CheckedStackInit, type CometStackInit, checkedStackInit } from './stack-options.ts'
import { Listeners } from './tcp.ts'

export type { CometStackInit, CometStackOptions } from './stack-options.ts'

/** From `start` to `stop`. */
interface Running {
  readonly host: StackHost
  readonly stopped: AbortController
  readonly listeners: Listeners
}

export class CometStack implements Stack {
  readonly name = 'comet'
  readonly #nodeKey: NodeKey
  readonly #init: CheckedStackInit
  readonly #clock: Clock
  readonly #logger: Logger
  /** Of all links, those of an earlier `start` too. */
  readonly #partial = new PartialBudget()
  #running: Running | undefined

  /** Throws `InvalidOptionError` naming the field. */
  constructor(init: CometStackInit) {
    this.#init = checkedStackInit(init)
    this.#nodeKey = init.nodeKey
    this.#clock = init.clock ?? systemClock
    this.#logger = safeLogger(init.logger ?? nullLogger).child({ stack: this.name })
  }

  /** `<40 hex>@host:port`. */
  dials(address: NetAddress): boolean {
    return address.form === 'hex'
  }

  /** Listens. Rejects with the platform's error if an address is taken. May follow a `stop`. */
  async start(host: StackHost): Promise<void> {
    const stopped = new AbortController()
    const acceptor = new Acceptor({
      ...this.#handshake(),
      host,
      logger: this.#logger,
      stopped: stopped.signal,
      inboundLink: (proven, told, { ip, remotePort }) =>
        this.#link(proven, told, host, netAddressFromParts(proven.id, ip, remotePort), false)
    })
    const listeners = new Listeners(
      (connection) => acceptor.take(connection),
      (error) => this.#logger.error('A listener failed', { error })
    )
    await listeners.open(this.#init.listen)
    this.#running = { host, stopped, listeners }
    if (host.channels().length > MAX_CHANNELS)
      this.#logger.warn(`Go nodes refuse us: more than ${MAX_CHANNELS} channels`, { channels: host.channels().length })
  }

  async dial(address: NetAddress, options: DialOptions): Promise<Link> {
    options.signal.throwIfAborted()
    const running = this.#running
    if (running === undefined) throw new NotRunningError('the classic stack is not started')
    const { host, stopped } = running
    const components = {
      ...this.#handshake(),
      host,
      dialTimeoutMs: this.#init.dialTimeoutMs,
      outboundLink: (proven: Proven, told: Told) => this.#link(proven, told, host, address, true)
    }
    const { signal, release } = eitherSignal(options.signal, stopped.signal)
    try {
      return await dial(components, address, options, signal)
    } finally {
      release()
    }
  }

  async stop(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    running?.listeners.close()
    running?.stopped.abort(new NotRunningError('the classic stack has stopped'))
  }

  /** Empty before `start`, as port 0 is not known then. */
  listenAddrs(): string[] {
    return this.#running?.listeners.addresses() ?? []
  }

  #handshake() {
    const { handshakeTimeoutMs } = this.#init
    return { nodeKey: this.#nodeKey, clock: this.#clock, handshakeTimeoutMs }
  }

  #link(proven: Proven, told: Told, host: StackHost, socketAddr: NetAddress, outbound: boolean): CometLink {
    return new CometLink({
      stream: proven.stream,
      outbound,
      remoteId: proven.id,
      remotePeerId: proven.peerId,
      nodeInfo: told.nodeInfo,
      socketAddr,
      remoteIP: proven.ip,
      channels: host.channels(),
      options: this.#init.mconn,
      clock: this.#clock,
      partial: this.#partial
    })
  }
}
