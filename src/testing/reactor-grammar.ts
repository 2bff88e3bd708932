/**
 * Does a trace of calls follow the grammar of seed 003? Per reactor
 *
 *   getChannels setSwitch onStart *( a peer's life ) onStop
 *
 * and per handle, any number of them interleaved
 *
 *   initPeer *receive [ addPeer *receive ] removePeer
 *
 * Any beginning of such a trace is accepted, since a test may look at any moment. A handle stands for one connection; a node that comes back has a new one, and
 * not before the old one was removed (requirements R-21, R-26, R-30, R-31, D-1).
 */
import { describe, InvalidOptionError } from '../errors.ts'
import type { RecordedCall } from './record-calls.ts'

/** The trace departs from the grammar at `index`. */
export class ReactorGrammarError extends Error {
  static override readonly name = 'ReactorGrammarError'
  override readonly name = 'ReactorGrammarError'
  readonly index: number
  constructor(index: number, rule: string, soFar: string) {
    super(`call ${index}: ${rule}; before it: ${soFar}`)
    this.index = index
  }
}

/** What has been called on a handle last, apart from `receive`. */
type HandleState = 'initPeer' | 'addPeer' | 'removePeer'
/** What has been called on the reactor itself last; `unseen`: recording began later. */
type ServiceState = 'unseen' | 'getChannels' | 'setSwitch' | 'onStart' | 'onStop'

const BEFORE: Readonly<Record<string, readonly ServiceState[]>> = {
  getChannels: ['unseen'],
  setSwitch: ['unseen', 'getChannels'],
  onStart: ['unseen', 'setSwitch'],
  onStop: ['unseen', 'onStart']
}

/** Throws a `ReactorGrammarError` at the first call that departs from the grammar. */
export function assertReactorGrammar(calls: readonly Pick<RecordedCall, 'call' | 'peer'>[]): void {
  if (!Array.isArray(calls)) throw new InvalidOptionError('calls', calls, 'the array that recordCalls returned')
  const handles = new Map<unknown, HandleState>()
  const livingIds = new Map<string, unknown>()
  let service: ServiceState = 'unseen'
  for (const [index, recorded] of calls.entries()) {
    if (typeof recorded !== 'object' || recorded === null)
      throw new InvalidOptionError(`calls[${index}]`, recorded, 'a call that recordCalls recorded')
    const { call, peer } = recorded
    const depart = (rule: string): never => {
      throw new ReactorGrammarError(
        index,
        `${call}${peer === undefined ? '' : ` of ${nameOf(peer)}`} ${rule}`,
        trace(calls, index, peer)
      )
    }
    const before = BEFORE[call]
    if (before !== undefined) {
      // peers were seen: the reactor runs, though its start was not recorded
      const running = service === 'unseen' && handles.size > 0 ? 'onStart' : service
      if (!before.includes(running)) depart(`must not follow ${running === 'unseen' ? 'nothing' : running}`)
      if (call === 'onStop' && living(handles) > 0) depart('while a peer has not been removed')
      service = call as ServiceState
      continue
    }
    if (peer === undefined || peer === null) depart('names no peer')
    if (service !== 'unseen' && service !== 'onStart') depart(`must not follow ${service}: the reactor does not run`)
    step(handles, livingIds, call, peer, depart)
  }
}

function step(
  handles: Map<unknown, HandleState>,
  livingIds: Map<string, unknown>,
  call: string,
  peer: unknown,
  depart: (rule: string) => never
): void {
  const state = handles.get(peer)
  const id = idOf(peer)
  switch (call) {
    case 'initPeer':
      if (state !== undefined) depart('comes twice for one handle')
      if (id !== undefined && livingIds.has(id)) depart('comes before the earlier handle of this node was removed')
      if (id !== undefined) livingIds.set(id, peer)
      handles.set(peer, 'initPeer')
      return
    case 'addPeer':
      if (state !== 'initPeer') depart(state === undefined ? 'comes before initPeer' : `must not follow ${state}`)
      handles.set(peer, 'addPeer')
      return
    case 'receive':
      if (state === undefined) depart('comes before initPeer')
      if (state === 'removePeer') depart('must not follow removePeer')
      return
    case 'removePeer':
      if (state === undefined) depart('comes before initPeer')
      if (state === 'removePeer') depart('comes twice for one handle')
      if (id !== undefined) livingIds.delete(id)
      handles.set(peer, 'removePeer')
      return
    default:
      depart('is no call of the grammar')
  }
}

function living(handles: ReadonlyMap<unknown, HandleState>): number {
  let count = 0
  for (const state of handles.values()) if (state !== 'removePeer') count++
  return count
}

/** The node behind a handle; undefined for stand-ins that have no id. */
function idOf(peer: unknown): string | undefined {
  const { id } = Object(peer) as { id?: unknown }
  return typeof id === 'function' ? String(id.call(peer)) : undefined
}

function nameOf(peer: unknown): string {
  return idOf(peer) ?? describe(peer)
}

const MAX_SHOWN = 20

/** What came before, of this peer if the call has one. */
function trace(calls: readonly Pick<RecordedCall, 'call' | 'peer'>[], index: number, peer: unknown): string {
  const before = calls.slice(0, index).filter((one) => peer === undefined || one.peer === peer)
  const shown: string[] = before.slice(-MAX_SHOWN).map(({ call }) => call)
  if (before.length > MAX_SHOWN) shown.unshift('…')
  return shown.length === 0 ? 'nothing' : shown.join(' ')
}
