/**
 * Test dials: does the node of an address still live there? Connects, has the remote prove its key, and closes before either side is a peer, so no slot is taken and
 * no reactor hears of it (issue 5: an entry of the address book is promoted or replaced only after one). Not a dial of dialer.ts, whose outcome is a peer.
 */
import { DialFailedError, NotRunningError, PeerRefusedError, WrongIdentityError } from '../../errors.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Stack } from '../../interface/stack.ts'
import { withSignal } from '../../util/deadline.ts'
import type { Rules } from '../admission/rules.ts'

/** Test dials at once; more are refused as `pending-full`. Ours: peer exchange makes two at a time. */
const MAX_TESTS = 8

export interface TestDialComponents {
  readonly ownId: NodeId
  readonly stacks: readonly Stack[]
  readonly rules: Rules
  isRunning(): boolean
}

export class TestDials {
  readonly #components: TestDialComponents
  readonly #quit = new AbortController()
  #underWay = 0

  constructor(components: TestDialComponents) {
    this.#components = components
  }

  /** Rejects every test under way. */
  stop(): void {
    this.#quit.abort(new NotRunningError('the switch was stopped'))
  }

  /** See `Switch.testAddress`. */
  async run(address: NetAddress, given?: AbortSignal): Promise<{ readonly ip: string }> {
    given?.throwIfAborted()
    const { isRunning, ownId, stacks } = this.#components
    if (!isRunning()) throw new NotRunningError(`cannot test ${address}: the switch does not run`)
    const { id } = address
    if (id === ownId) throw new PeerRefusedError('self', 'us', `${address} is this node`)
    if (id !== '') this.#check(id)
    if (this.#underWay >= MAX_TESTS) throw new PeerRefusedError('pending-full', 'us', `${MAX_TESTS} test dials run`)
    const stack = stacks.find((one) => one.dials(address))
    if (stack === undefined) throw new DialFailedError(`${address}: no stack of this switch dials that form`)
    const signal = given === undefined ? this.#quit.signal : AbortSignal.any([given, this.#quit.signal])
    this.#underWay++
    try {
      // what still runs after an abort ends by the same signal
      return await withSignal(this.#through(stack, address, signal), signal)
    } finally {
      this.#underWay--
    }
  }

  async #through(stack: Stack, address: NetAddress, signal: AbortSignal): Promise<{ readonly ip: string }> {
    let proven: NodeId | undefined
    let led = ''
    try {
      const link = await stack.dial(address, {
        signal,
        authenticated: ({ id, ip }) => {
          proven = id
          led = ip
          return { allow: false, refusal: 'not-selected', detail: 'only a test dial' }
        }
      })
      // no stack makes a link that was refused; one that did would leave a connection behind
      void link.close({ kind: 'refused', refusal: 'not-selected', message: 'only a test dial' }, false)
    } catch (err) {
      signal.throwIfAborted()
      if (proven === undefined) throw err
    }
    if (address.id !== '' && proven !== address.id) throw new WrongIdentityError(`${address} led to node ${proven}`)
    if (proven !== undefined && proven === this.#components.ownId)
      throw new PeerRefusedError('self', 'us', `${address} is this node`)
    return { ip: led }
  }

  /** A connection to that node exists, or is on its way: another one would tell nothing, or be that very one. */
  #check(id: NodeId): void {
    const { rules } = this.#components
    const busy = rules.ledger.seat(id) !== undefined || [...rules.ledger.jobs()].some((job) => job.id === id)
    if (busy) throw new PeerRefusedError('duplicate-id', 'us', `${id} is a peer, or is being dialled`)
    const verdict = rules.screen(id)
    if (!verdict.allow) throw new PeerRefusedError(verdict.refusal, 'us', verdict.detail)
  }
}
