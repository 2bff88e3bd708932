/**
 * Test dials for the book: is an old entry still there in whose place another would come, and is a node where it is said to be by now (issue 5; D-21)? The switch dials, a few
 * at each period; here is who is next, and what the book is told. Rejected: tests in every run, since runs for news come as often as strangers have news.
 */
import { WrongIdentityError } from '../../errors.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import { isNobodyThere, type PexDialer } from './pex-dialer.ts'
import type { PexParts } from './pex-parts.ts'
import { TestTurns } from './test-turns.ts'

/** Ours. */
const TESTS_AT_ONCE = 2
/** Ours: more than the address book ever wants at a time. */
const MAX_WANTED = 512

export interface TestDialsComponents extends PexParts {
  readonly dialer: Pick<PexDialer, 'reached' | 'testFailed'>
}

export class TestDials {
  readonly #components: TestDialsComponents
  readonly #turns = new TestTurns()
  #running = false

  constructor(components: TestDialsComponents) {
    this.#components = components
  }

  /** At each period. Settles when those that it begins have ended; does nothing while others go on. Never rejects. */
  async run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      const { book, clock } = this.#components
      const wanted = book.wantTest(MAX_WANTED).filter((address) => !this.#isConnected(address))
      await Promise.all(this.#turns.next(wanted, clock.now(), TESTS_AT_ONCE).map((address) => this.#test(address)))
    } finally {
      this.#running = false
    }
  }

  /** Nobody can be tested whom we are connected with. The address that our dial has led by needs no test; what is said of another one waits until the node has left. */
  #isConnected(address: NetAddress): boolean {
    const { switch: sw, book } = this.#components
    const peer = sw.peers().get(address.id)
    if (peer === undefined) return false
    if (peer.isRunning() && peer.isOutbound() && String(peer.socketAddr()) === String(address))
      book.markReached(address, peer.remoteIP())
    return true
  }

  async #test(address: NetAddress): Promise<void> {
    const { switch: sw, book, dialer, signal } = this.#components
    try {
      const { ip } = await sw.testAddress(address, { signal })
      dialer.reached(address, ip)
    } catch (err) {
      if (signal.aborted) return
      // somebody else lives there: no fault of our own network
      if (err instanceof WrongIdentityError) book.testFailed(address)
      else if (isNobodyThere(err)) dialer.testFailed(address)
    }
  }
}
