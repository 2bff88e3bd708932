/**
 * The memory stack: interface/stack.ts within one process, for tests and simulations (architecture.md, "In one sentence"). Its handshake asks the same
 * questions at the same moments as libp2p's hello: the key is proven, the dialer's switch agrees, hello goes out, the listener's switch decides, and
 * both sides have a link. Each word takes the network's latency, and the connection may be cut between any two of them.
 */
import {
  DialFailedError,
  IncompatiblePeerError,
  InvalidOptionError,
  PeerRefusedError,
  WrongIdentityError
} from '../../errors.ts'
import { canonicalIp } from '../../identity/ip.ts'
import { netAddressFromParts } from '../../identity/net-address.ts'
import type { NodeKey } from '../../identity/node-key.ts'
import type { Link } from '../../interface/link.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeInfo } from '../../interface/node-info.ts'
import type { AdmissionVerdict, DialOptions, Stack, StackHost } from '../../interface/stack.ts'
import { withSignal } from '../../util/deadline.ts'
import type { Connection } from './connection.ts'
import { MemoryLink } from './link.ts'
import type { MemoryNetwork } from './network.ts'

/** The port every memory stack listens on unless told otherwise: CometBFT's. */
export const MEMORY_PORT = 26_656

export interface MemoryStackInit {
  readonly network: MemoryNetwork
  readonly nodeKey: Pick<NodeKey, 'id' | 'peerId'>
  /** The host of its address. Unique within the network, together with the port. */
  readonly host: string
  /** @default {@link MEMORY_PORT} */
  readonly port?: number
  /** What its peers see as its IP. @default `host` where that is an IP literal, else one of its own in 10.0.0.0/8 */
  readonly ip?: string
}

export class MemoryStack implements Stack {
  readonly name = 'memory'
  readonly nodeKey: Pick<NodeKey, 'id' | 'peerId'>
  readonly address: NetAddress
  readonly ip: string
  readonly #network: MemoryNetwork
  #host: StackHost | undefined

  /** Throws `InvalidOptionError` or `InvalidAddressError` if the address is taken or cannot be one. */
  constructor(init: MemoryStackInit) {
    this.#network = init.network
    this.nodeKey = init.nodeKey
    this.address = netAddressFromParts(init.nodeKey.id, init.host, init.port ?? MEMORY_PORT)
    this.ip = init.ip ?? canonicalIp(init.host) ?? init.network.nextIP()
    if (!init.network.register(this))
      throw new InvalidOptionError(
        'host',
        this.address.dialString(),
        'a host and port that nobody else in the network has'
      )
  }

  /** Any `<hex>@host:port`: whether there is such a host is what a dial finds out. */
  dials(address: NetAddress): boolean {
    return address.form === 'hex'
  }

  async start(host: StackHost): Promise<void> {
    this.#host = host
  }

  async stop(): Promise<void> {
    this.#host = undefined
    for (const connection of this.#network.connectionsOf(this)) connection.leave(this, 'the stack was stopped')
  }

  /** Known before it starts, so that others can be configured with it. */
  listenAddrs(): string[] {
    return [this.address.dialString()]
  }

  /** Accepts connections now. */
  get listening(): boolean {
    return this.#host !== undefined
  }

  async dial(address: NetAddress, options: DialOptions): Promise<Link> {
    options.signal.throwIfAborted()
    const host = this.#host
    if (host === undefined) throw new DialFailedError(`cannot dial ${address}: the stack does not run`)
    const connection = this.#network.connect(this, address)
    const over = AbortSignal.any([options.signal, connection.broken])
    const word = () => withSignal(connection.word(), over)
    try {
      return await this.#dial(connection, address, options, word, over, host)
    } catch (err) {
      connection.break('the dial was given up')
      throw err
    }
  }

  async #dial(
    connection: Connection,
    address: NetAddress,
    { authenticated }: DialOptions,
    word: () => Promise<void>,
    over: AbortSignal,
    host: StackHost
  ): Promise<Link> {
    // there and back: connected, and the remote's key is proven
    await word()
    await word()
    const { listener } = connection
    const { id, peerId } = listener.nodeKey
    if (address.id !== id) throw new WrongIdentityError(`${address} led to node ${id}`)
    const ours = authenticated({ id, peerId, ip: listener.ip })
    if (!ours.allow) throw new PeerRefusedError(ours.refusal, 'us', ours.detail)
    const hello = host.nodeInfo()
    await word()
    const answer = await withSignal(listener.answer(connection, hello, address, capacities(host)), over)
    await word()
    if (answer instanceof MemoryLink) return answer
    if (answer.refusal === 'incompatible') throw new IncompatiblePeerError(`${address}: ${answer.detail}`)
    throw new PeerRefusedError(answer.refusal, 'remote', answer.detail)
  }

  /** The listener's side of the handshake, from hello on. For other stacks of the network only. */
  async answer(
    connection: Connection,
    hello: NodeInfo,
    dialled: NetAddress,
    dialerCapacities: ReadonlyMap<number, number>
  ): Promise<MemoryLink | Extract<AdmissionVerdict, { allow: false }>> {
    const host = this.#host
    if (host === undefined) throw new DialFailedError(`${dialled}: nobody listens there any more`)
    const { dialer } = connection
    const remote = { id: dialer.nodeKey.id, peerId: dialer.nodeKey.peerId, ip: dialer.ip, nodeInfo: hello }
    const verdict = await host.admit({ ...remote, signal: connection.broken })
    if (!verdict.allow) return verdict
    if (connection.broken.aborted) {
      verdict.admission.abandon()
      throw connection.broken.reason
    }
    const us = { id: this.nodeKey.id, peerId: this.nodeKey.peerId, ip: this.ip, nodeInfo: host.nodeInfo() }
    const [near, far] = this.#network.link(
      connection,
      { outbound: false, remote, socketAddr: dialer.address, capacities: capacities(host) },
      { outbound: true, remote: us, socketAddr: dialled, capacities: dialerCapacities }
    )
    verdict.admission.accept(near)
    return far
  }
}

function capacities(host: StackHost): ReadonlyMap<number, number> {
  return new Map(host.channels().map(({ id, recvMessageCapacity }) => [id, recvMessageCapacity]))
}
