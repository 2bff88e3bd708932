/**
 * Everything the switch calls on a reactor, in order, for tests: the trace that `assertReactorGrammar` reads (contract.md, "Tests and simulations").
 * The reactor is wrapped in place rather than by a proxy, so that it stays the very object that others hold.
 */
import { InvalidOptionError } from '../errors.ts'
import type { Envelope } from '../interface/envelope.ts'
import type { Peer } from '../interface/peer.ts'
import type { Reactor } from '../interface/reactor.ts'

/** The names of seed 003's grammar, as the reactor API spells them. */
export type ReactorCall =
  | 'getChannels'
  | 'setSwitch'
  | 'onStart'
  | 'initPeer'
  | 'addPeer'
  | 'receive'
  | 'removePeer'
  | 'onStop'

/** One callback, written down when it began. */
export interface RecordedCall {
  readonly call: ReactorCall
  /** The handle the reactor was given; for `receive` the envelope's `src`. Undefined for calls that concern no peer. */
  readonly peer?: Peer
  /** When it began, ms on the platform's monotonic clock. */
  readonly at: number
  /** Of `receive`. */
  readonly channelId?: number
  /** Of `receive`: decoded. */
  readonly message?: unknown
  /** Of `removePeer`. */
  readonly reason?: unknown
}

/** A reactor of one's own may have these; the classes of this library do. */
type MaybeHooks = Reactor & { onStart?: unknown; onStop?: unknown }

/**
 * Wraps the reactor's callbacks in place and returns the live list of calls. Call it before `addReactor`, or the registration is not in it. A reactor
 * without `onStart` and `onStop` of its own has its `start` and `stop` written down under these names.
 */
export function recordCalls(reactor: Reactor): RecordedCall[] {
  if (typeof reactor !== 'object' || reactor === null || typeof reactor.initPeer !== 'function')
    throw new InvalidOptionError('reactor', reactor, 'a reactor')
  if (!Object.isExtensible(reactor)) throw new InvalidOptionError('reactor', reactor, 'a reactor that can be changed')
  const calls: RecordedCall[] = []
  const hooks = reactor as MaybeHooks
  const nothing = () => ({})
  wrap(reactor, 'getChannels', 'getChannels', calls, nothing)
  wrap(reactor, 'setSwitch', 'setSwitch', calls, nothing)
  wrap(reactor, typeof hooks.onStart === 'function' ? 'onStart' : 'start', 'onStart', calls, nothing)
  wrap(reactor, 'initPeer', 'initPeer', calls, (peer: Peer) => ({ peer }))
  wrap(reactor, 'addPeer', 'addPeer', calls, (peer: Peer) => ({ peer }))
  wrap(reactor, 'receive', 'receive', calls, ({ src, channelId, message }: Envelope) => ({
    ...(src === undefined ? {} : { peer: src }),
    channelId,
    message
  }))
  wrap(reactor, 'removePeer', 'removePeer', calls, (peer: Peer, reason: unknown) => ({ peer, reason }))
  wrap(reactor, typeof hooks.onStop === 'function' ? 'onStop' : 'stop', 'onStop', calls, nothing)
  return calls
}

function wrap<A extends unknown[]>(
  reactor: Reactor,
  method: string,
  call: ReactorCall,
  calls: RecordedCall[],
  details: (...args: A) => Partial<RecordedCall>
): void {
  const methods = reactor as unknown as Record<string, (...args: A) => unknown>
  const original = methods[method]
  if (typeof original !== 'function') throw new InvalidOptionError(`reactor.${method}`, original, 'a method')
  methods[method] = function (this: unknown, ...args: A) {
    calls.push({ call, at: performance.now(), ...details(...args) })
    return original.apply(reactor, args)
  }
}
