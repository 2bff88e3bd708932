/** What a stack is given of the switch when it starts (architecture.md, "Layers"): who may be a peer, what is said in hello, and the channels. */
import type { AddressBook } from '../interface/address-book.ts'
import type { NodeInfo } from '../interface/node-info.ts'
import type { Stack, StackHost } from '../interface/stack.ts'
import type { ChannelTable } from '../wire/channel-table.ts'
import type { Admissions } from './admission/admission.ts'
import { isExempt } from './admission/policy.ts'
import type { Rules } from './admission/rules.ts'

export interface StackHostComponents {
  readonly rules: Rules
  readonly admissions: Admissions
  readonly book: AddressBook
  /** Frozen when the first stack starts. */
  readonly channels: ChannelTable
  /** What we say of ourselves on that stack. */
  nodeInfo(stack: Stack): NodeInfo
}

export function stackHost(stack: Stack, components: StackHostComponents): StackHost {
  const { rules, admissions, book, channels, nodeInfo } = components
  return {
    nodeInfo: () => nodeInfo(stack),
    arrive: (remote) => admissions.arrive(remote),
    admit: (candidate) => admissions.admit(candidate, stack.name),
    expects: (id) => isExempt(id, rules),
    alternatives: (n) => book.alternatives?.(n) ?? [],
    channels: () => [...channels.ids()].map((id) => channelOf(channels, id))
  }
}

function channelOf(channels: ChannelTable, id: number): { id: number; recvMessageCapacity: number; priority: number } {
  const channel = channels.get(id)
  if (channel === undefined) throw new Error(`channel ${id} is not in its own table`)
  return channel
}
