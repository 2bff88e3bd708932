/**
 * The address book as the switch sees it: for now the ban list and the marks (p2p/pex/addrbook.go). The full book comes with peer exchange and
 * implements the same port. Go's MarkAttempt is not here: there the peer exchange calls it, which knows which failed dials are the address's fault.
 */
import type { NetAddress } from './net-address.ts'
import type { NodeId } from './node-info.ts'

export interface AddressBook {
  /** Until when (wall ms) that node is banned; undefined if it is not. */
  bannedUntil(id: NodeId): number | undefined
  markBad(id: NodeId, address: NetAddress | undefined, banMs: number): void
  markGood(id: NodeId): void
  addPrivateIDs(ids: NodeId[]): void
  /** All bans in force. */
  banned(): Array<{ id: NodeId; address: string; since: number; until: number }>
}
