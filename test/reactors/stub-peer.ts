/** A peer and a switch for tests of one reactor alone, where no second node is needed: the test is the network. */
import type { Envelope } from '../../src/interface/envelope.ts'
import type { NodeInfo } from '../../src/interface/node-info.ts'
import type { Peer } from '../../src/interface/peer.ts'
import type { Reactor } from '../../src/interface/reactor.ts'
import type { Switch } from '../../src/interface/switch.ts'
import { type Deferred, deferred } from '../../src/util/deferred.ts'
import { nullLogger } from '../../src/util/logger.ts'

export class StubPeer {
  readonly sent: Envelope[] = []
  /** Answers of the next sends; true when empty. A function is asked then. */
  readonly answers: Array<boolean | Promise<boolean>> = []
  readonly #values = new Map<string, unknown>()
  readonly #quit = new AbortController()
  readonly #id: string
  readonly #channels: Uint8Array
  #more: Deferred<void> = deferred()

  constructor(digit: string, channels: number[] = [0x20, 0x21, 0x22, 0x23, 0x30]) {
    this.#id = digit.repeat(40)
    this.#channels = Uint8Array.from(channels)
  }

  /** The same object as the port, of which the reactors under test use only what is here. */
  asPeer(): Peer {
    return this as unknown as Peer
  }

  id(): string {
    return this.#id
  }

  nodeInfo(): NodeInfo {
    return { id: this.#id, channels: this.#channels } as unknown as NodeInfo
  }

  get(key: string): unknown {
    return this.#values.get(key)
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value)
  }

  isRunning(): boolean {
    return !this.#quit.signal.aborted
  }

  quit(): AbortSignal {
    return this.#quit.signal
  }

  async send(envelope: Envelope): Promise<boolean> {
    if (!this.isRunning()) return false
    const answer = this.answers.shift() ?? true
    this.sent.push(envelope)
    this.#more.resolve()
    return (await answer) && this.isRunning()
  }

  /** Settles once at least `count` sends were tried. */
  async tried(count: number): Promise<void> {
    while (this.sent.length < count) {
      this.#more = deferred()
      await this.#more.promise
    }
  }

  /** As the switch does before removePeer. */
  stop(): void {
    this.#quit.abort()
  }
}

/** A reactor on a switch that only takes note of whom it should stop; `others`: what `switch.reactor(name)` finds. */
export async function startAlone(
  reactor: Reactor,
  others: Record<string, object> = {}
): Promise<{ stopped: Array<{ peer: Peer; reason: unknown }> }> {
  const stopped: Array<{ peer: Peer; reason: unknown }> = []
  const sw = {
    logger: nullLogger,
    reactor: (name: string) => others[name],
    async stopPeerForError(peer: Peer, reason: unknown) {
      stopped.push({ peer, reason })
      ;(peer as unknown as StubPeer).stop()
    }
  }
  reactor.setSwitch(sw as unknown as Switch)
  await reactor.start()
  return { stopped }
}

/** What the switch calls for a new peer. */
export async function connect(reactor: Reactor, peer: StubPeer): Promise<void> {
  await reactor.initPeer(peer.asPeer())
  await reactor.addPeer(peer.asPeer())
}

export async function disconnect(reactor: Reactor, peer: StubPeer): Promise<void> {
  peer.stop()
  await reactor.removePeer(peer.asPeer(), undefined)
}
