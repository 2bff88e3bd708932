/**
 * What a reactor of one's own extends: the service part done, every callback a no-op (p2p/base_reactor.go BaseReactor).
 */
import { AlreadyStartedError, AlreadyStoppedError, InvalidOptionError, RegistrationError } from '../errors.ts'
import type { ChannelDescriptor } from '../interface/channel.ts'
import type { Envelope } from '../interface/envelope.ts'
import type { Peer } from '../interface/peer.ts'
import type { Reactor } from '../interface/reactor.ts'
import type { Switch } from '../interface/switch.ts'

/** Override what you need; `onStart` and `onStop` are where your own routines begin and end. */
export class BaseReactor implements Reactor {
  readonly #name: string
  #switch: Switch | undefined
  #state: 'new' | 'running' | 'stopped' = 'new'
  readonly #quit = new AbortController()

  constructor(name: string) {
    if (typeof name !== 'string' || name === '') throw new InvalidOptionError('name', name, 'a non-empty string')
    this.#name = name
  }

  /** Called once by `start`, while `isRunning()` is already true. A rejection makes the start fail. */
  onStart(): void | Promise<void> {}

  /** Called once by `stop`, when `isRunning()` is already false and `quit()` aborted. */
  onStop(): void | Promise<void> {}

  /** The switch this reactor was added to. Throws `RegistrationError` before it was. */
  get switch(): Switch {
    if (this.#switch === undefined) throw new RegistrationError(`reactor ${this.#name} has not been added to a switch`)
    return this.#switch
  }

  async start(): Promise<void> {
    if (this.#state === 'running') throw new AlreadyStartedError(`reactor ${this.#name} is already running`)
    if (this.#state === 'stopped')
      throw new AlreadyStoppedError(`reactor ${this.#name} was stopped and cannot be started again`)
    this.#state = 'running'
    try {
      await this.onStart()
    } catch (err) {
      // as Go: a failed start may be tried again, unless somebody stopped it meanwhile
      if (this.isRunning()) this.#state = 'new'
      throw err
    }
  }

  async stop(): Promise<void> {
    if (this.#state !== 'running') return
    this.#state = 'stopped'
    this.#quit.abort()
    await this.onStop()
  }

  isRunning(): boolean {
    return this.#state === 'running'
  }

  quit(): AbortSignal {
    return this.#quit.signal
  }

  getChannels(): ChannelDescriptor[] {
    return []
  }

  setSwitch(sw: Switch): void {
    this.#switch = sw
  }

  initPeer(peer: Peer): Peer | Promise<Peer> {
    return peer
  }

  addPeer(_peer: Peer): void | Promise<void> {}

  removePeer(_peer: Peer, _reason: unknown): void | Promise<void> {}

  receive(_envelope: Envelope): void | Promise<void> {}
}
