/**
 * What we tell who asks: classic endpoints in Go's form, and signed records where the asker can read them (issue 5; spec/addrbook-and-pex.md section 6). The book has
 * left out private and banned nodes; records are looked through here, because they may name others than their own.
 */
import { parseIp } from '../../identity/ip.ts'
import type { BookEntry, PeerRecords } from '../../interface/address-book.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { PexAddress, PexMessage } from '../../wire/channel-messages.ts'
import { MAX_ADDRESSES, MAX_MESSAGE_BYTES, MAX_RECORDS } from './channels.ts'

/** Tag, length and text of the longest entry: 42 + 41 + 4 bytes and its own head. */
const MAX_ADDRESS_ENTRY_BYTES = 90
/** Tag and length of a record. */
const RECORD_HEAD_BYTES = 5
/** What is left for records beside the longest list of addresses. */
export const RECORDS_BUDGET_BYTES = MAX_MESSAGE_BYTES - MAX_ADDRESSES * MAX_ADDRESS_ENTRY_BYTES - 16

export interface AnswerComponents {
  readonly ownId: NodeId
  readonly records: PeerRecords | undefined
  namesPrivate(envelope: Uint8Array): boolean
}

/** The list for that peer, with `own` as `ownRecordFor` gave it. To be chosen, made and sent in one tick: a node may become private in the next one. */
export function answerFor(
  peer: Peer,
  selection: readonly BookEntry[],
  own: Uint8Array | undefined,
  components: AnswerComponents
): PexMessage {
  const others = selection.filter(({ id }) => id !== peer.id())
  const addrs = classicAddresses(others)
  if (!isToldRecords(peer, components)) return { type: 'pexAddrs', addrs }
  const known = [own, ...others.map(({ record }) => record)].flatMap((record) => record ?? [])
  const records = withinBudget(known.filter((record) => !components.namesPrivate(record)))
  return { type: 'pexAddrs', addrs, ...(records.length > 0 && { records }) }
}

/** Our record, if that peer is to have it and it says nothing but our own addresses. Never rejects. */
export async function ownRecordFor(peer: Peer, components: AnswerComponents): Promise<Uint8Array | undefined> {
  const { ownId, records } = components
  if (records === undefined || !isToldRecords(peer, components)) return undefined
  const own = await records.own()
  const opened = own === undefined ? undefined : await records.open(own)
  if (opened === undefined || opened.id !== ownId || opened.addresses.some(({ id }) => id !== ownId)) return undefined
  return own
}

/** Go's classic nodes would skip them. */
function isToldRecords(peer: Peer, { records }: AnswerComponents): boolean {
  return records !== undefined && peer.stack() !== 'comet'
}

/** Those with an IP: Go takes a name for a malformed list. */
function classicAddresses(entries: readonly BookEntry[]): PexAddress[] {
  return entries
    .flatMap(({ addresses }) => addresses.filter(({ form, host }) => form === 'hex' && parseIp(host) !== undefined))
    .slice(0, MAX_ADDRESSES)
    .map(({ id, host, port }) => ({ id, ip: host, port }))
}

function withinBudget(records: readonly Uint8Array[]): Uint8Array[] {
  const taken: Uint8Array[] = []
  let bytes = 0
  for (const record of records) {
    const size = record.length + RECORD_HEAD_BYTES
    if (bytes + size > RECORDS_BUDGET_BYTES || taken.length === MAX_RECORDS) continue
    bytes += size
    taken.push(record)
  }
  return taken
}
