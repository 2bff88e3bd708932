/**
 * libp2p's connection gater, as far as CometBFT's limits concern connections (architecture.md, "Policy is pure"; hooks and their order:
 * spec/js-libp2p.md section 5.5). The hooks translate; `GaterHost` decides.
 *
 * Everything from "encrypted" on is synchronous: while an asynchronous hook waits there, streams the dialer opens are lost or end the connection.
 * A slot is taken when the identity is proven and given back on the connection's `close`, which every accepted connection has: so a limit is exact
 * under simultaneous dials. A gater cannot say why; hence the few connections that are let in only to be told in hello.
 */
import type { Connection, ConnectionGater, MultiaddrConnection, PeerId } from '@libp2p/interface'
import { nodeIdIfAny } from '../../identity/node-id.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Refusal } from '../../interface/policy.ts'
import { socketOf } from './connections.ts'

/** What is known of a connection whose other end has proven its key. */
export interface ScreenedRemote {
  readonly id: NodeId
  readonly peerId: PeerId
  /** IP literal, '' where the transport has none, or before a dial. */
  readonly ip: string
  readonly direction: 'inbound' | 'outbound'
  /** `dial`: we are about to dial that key, for whatever protocol. `encrypted`: it has proven it. */
  readonly stage: 'dial' | 'encrypted'
}

/** A place for an inbound connection. */
export interface ConnectionSlot {
  /** True: beyond the limits, let in only to be told why in hello; the stack closes it soon. */
  readonly refusalOnly: boolean
  /** The connection is gone. Called once. */
  release(): void
  /** It has become a peer's: nobody else gets its place. So may a `refusalOnly` one, where room was made; from here on it counts as any other. */
  keep?(): void
}

/** The policy, as the gater asks it. No method throws; all but `pendingOpened` answer at once. */
export interface GaterHost {
  readonly mode: 'shared' | 'exclusive'
  /**
   * An inbound socket; nothing is known of it but its address. Undefined admits it and counts it, from this call on, among those that have not
   * authenticated (`pendingClosed` follows, once); a refusal counts nothing. May wait for the user's `filterConnection`: the count is then taken
   * back by the host if the answer is a refusal.
   */
  pendingOpened(remote: {
    readonly ip: string
    readonly port: number
  }): Refusal | undefined | Promise<Refusal | undefined>
  /** An admitted one has authenticated or is gone. */
  pendingClosed(ip: string): void
  /** May there be a connection with that node at all? In `shared` mode the node's other protocols are asked about too: refuse only what the whole node should refuse. */
  screen(remote: ScreenedRemote): Refusal | undefined
  /**
   * `exclusive` mode only: takes a place for an inbound connection, or says that there is none, not even to refuse it politely. `close` ends the connection if its
   * place is given to another before `keep`.
   */
  reserve(remote: {
    readonly id: NodeId
    readonly peerId: PeerId
    readonly ip: string
    close(): void
  }): ConnectionSlot | Refusal
}

/** Slots of connections that are no peer's, by the timeline object that a connection shares with the socket it was made of. */
const slots = new WeakMap<object, ConnectionSlot>()

/** Was this connection let in only to be refused? */
export function isRefusalOnly(connection: Pick<Connection, 'timeline'>): boolean {
  return slots.get(connection.timeline)?.refusalOnly === true
}

/** It has become a peer's connection. */
export function keepConnection(connection: Pick<Connection, 'timeline'>): void {
  slots.get(connection.timeline)?.keep?.()
  slots.delete(connection.timeline)
}

type Hook = (...args: any[]) => boolean | Promise<boolean>

/**
 * Hooks for `createLibp2p({ connectionGater })`. The user's own are asked first, and those we have no use for are kept as they are; they are
 * taken now, so the result may be assigned onto the same object.
 */
export function connectionGater(host: GaterHost, user: ConnectionGater = {}): ConnectionGater {
  const after = <H extends Hook>(name: keyof ConnectionGater, ours: H): H => {
    const theirs = (user[name] as Hook | undefined)?.bind(user)
    if (theirs === undefined) return ours
    return ((...args: unknown[]) => {
      const denied = theirs(...args)
      if (typeof denied === 'boolean') return denied || ours(...args)
      return Promise.resolve(denied).then((late) => late === true || ours(...args))
    }) as H
  }
  const own = new OwnHooks(host)
  return {
    ...bound(user),
    denyDialPeer: after('denyDialPeer', (peerId: PeerId) => own.dial(peerId)),
    denyInboundConnection: after('denyInboundConnection', (socket: MultiaddrConnection) => own.opened(socket)),
    denyInboundEncryptedConnection: after(
      'denyInboundEncryptedConnection',
      (peerId: PeerId, socket: MultiaddrConnection) => own.encrypted(peerId, socket, 'inbound')
    ),
    denyOutboundEncryptedConnection: after(
      'denyOutboundEncryptedConnection',
      (peerId: PeerId, socket: MultiaddrConnection) => own.encrypted(peerId, socket, 'outbound')
    ),
    denyInboundUpgradedConnection: after(
      'denyInboundUpgradedConnection',
      (peerId: PeerId, socket: MultiaddrConnection) => own.upgraded(peerId, socket)
    )
  }
}

/** libp2p calls some hooks without their object. */
function bound(user: ConnectionGater): ConnectionGater {
  const hooks: Record<string, unknown> = {}
  for (const name in user) {
    const hook = user[name as keyof ConnectionGater]
    hooks[name] = typeof hook === 'function' ? hook.bind(user) : hook
  }
  return hooks
}

class OwnHooks {
  readonly #host: GaterHost
  /** Sockets counted as pending, with what ends that. */
  readonly #pending = new WeakMap<MultiaddrConnection, () => void>()

  constructor(host: GaterHost) {
    this.#host = host
  }

  dial(peerId: PeerId): boolean {
    const id = nodeIdIfAny(peerId)
    if (id === undefined) return false
    return this.#host.screen({ id, peerId, ip: '', direction: 'outbound', stage: 'dial' }) !== undefined
  }

  opened(socket: MultiaddrConnection): boolean | Promise<boolean> {
    const remote = socketOf(socket)
    const verdict = this.#host.pendingOpened(remote)
    if (!(verdict instanceof Promise)) return this.#counted(socket, remote.ip, verdict)
    return verdict.then((late) => this.#counted(socket, remote.ip, late))
  }

  encrypted(peerId: PeerId, socket: MultiaddrConnection, direction: 'inbound' | 'outbound'): boolean {
    this.#pending.get(socket)?.()
    const id = nodeIdIfAny(peerId)
    // a key no CometBFT node has: none of our business, unless the node is for CometBFT alone
    if (id === undefined) return this.#host.mode === 'exclusive'
    return this.#host.screen({ id, peerId, ip: socketOf(socket).ip, direction, stage: 'encrypted' }) !== undefined
  }

  upgraded(peerId: PeerId, socket: MultiaddrConnection): boolean {
    const id = nodeIdIfAny(peerId)
    if (this.#host.mode !== 'exclusive' || id === undefined) return false
    // gone already: its `close` has been, a slot would never come back
    if (socket.status !== 'open') return true
    const close = () => socket.abort(new Error('it said nothing, and another node wants its place'))
    const slot = this.#host.reserve({ id, peerId, ip: socketOf(socket).ip, close })
    if (typeof slot === 'string') return true
    slots.set(socket.timeline, slot)
    socket.addEventListener('close', () => slot.release(), { once: true })
    return false
  }

  #counted(socket: MultiaddrConnection, ip: string, refusal: Refusal | undefined): boolean {
    if (refusal !== undefined) return true
    let counted = true
    const end = () => {
      if (!counted) return
      counted = false
      socket.removeEventListener('close', end)
      this.#host.pendingClosed(ip)
    }
    this.#pending.set(socket, end)
    socket.addEventListener('close', end)
    if (socket.status !== 'open') end()
    return false
  }
}
