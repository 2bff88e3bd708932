/**
 * `book import`: an operator gives a node the addresses that another one knows. They are news to it all the same: whether they lead anywhere it finds out itself. It is
 * the operator who tells of them, so no share bounds them, by whatever source the other node had them; but only what is bad makes room for them. Private ids, and what
 * they have told, stay out.
 */
import { isSameAddress } from '../../address-book/known-address.ts'
import { InvalidOptionError } from '../../errors.ts'
import { netAddressFromParts, parseNetAddress } from '../../identity/net-address.ts'
import type { PeerBook } from '../../interface/address-book.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeInfo } from '../../interface/node-info.ts'
import { macrotask } from '../../util/macrotask.ts'

/** Entries of one import; more are refused as a whole. Ours: twice the book. */
const MAX_ENTRIES = 50_000
/** An export has one for each stack. Ours. */
const MAX_ADDRESSES = 16
/** So many are read or taken in one turn: a few ms. Ours. */
const AT_ONCE = 256

export interface ImportResult {
  /** Addresses that are in the book now. */
  readonly taken: number
  /**
   * Addresses that are not, by why: an `AddressRefusal`; `no-room` where the book has none left, as nobody else has to go for them but who is bad; `known-elsewhere` where
   * it has another address of the node on that stack.
   */
  readonly refused: Readonly<Record<string, number>>
}

interface Told {
  readonly address: NetAddress
  /** Of the node that told the exporting node. */
  readonly source: NetAddress | undefined
}

/**
 * `given`: the entries of an export, of which `addresses` is read, and `source` and `id` where there are any. All are checked before the first is taken: rejects with
 * `InvalidOptionError` naming `entries[i].addresses[j]`, and then the book is as it was.
 */
export async function importEntries(book: PeerBook, self: NodeInfo, given: unknown): Promise<ImportResult> {
  if (!Array.isArray(given) || given.length > MAX_ENTRIES)
    throw new InvalidOptionError('entries', given, `an array of at most ${MAX_ENTRIES} entries of an export`)
  const all: Told[] = []
  for (const [i, entry] of given.entries()) {
    await turn(i)
    all.push(...readEntry(`entries[${i}]`, entry))
  }
  const operator = ownAddress(self)
  book.addOurAddress(operator)
  const refused: Record<string, number> = {}
  const refuse = (why: string) => {
    refused[why] = (refused[why] ?? 0) + 1
  }
  const added: NetAddress[] = []
  for (const [i, { address, source }] of all.entries()) {
    await turn(i)
    const secret = source !== undefined && !book.isPrivate(address.id) && book.isPrivate(source.id)
    const why = secret ? 'private-source' : book.addAddress(address, operator)
    if (why === undefined) added.push(address)
    else refuse(why)
  }
  let taken = 0
  for (const address of added) {
    const known = book.entry(address.id)?.addresses ?? []
    if (known.some((one) => isSameAddress(one, address))) taken++
    // the book has one for each stack; the first of the others may be waiting until that one has failed
    else refuse(known.length === 0 ? 'no-room' : 'known-elsewhere')
  }
  return { taken, refused }
}

function readEntry(field: string, entry: unknown): Told[] {
  const { id, addresses, source: teller } = (entry ?? {}) as Record<string, unknown>
  if (!Array.isArray(addresses) || addresses.length === 0 || addresses.length > MAX_ADDRESSES)
    throw new InvalidOptionError(
      `${field}.addresses`,
      addresses,
      `an array of 1 to ${MAX_ADDRESSES} addresses, as in an export`
    )
  const source = teller === undefined ? undefined : read(`${field}.source`, teller)
  return addresses.map((text, j) => {
    const name = `${field}.addresses[${j}]`
    const address = read(name, text)
    if (address.id === '' || (id !== undefined && address.id !== id))
      throw new InvalidOptionError(
        name,
        text,
        id === undefined ? 'an address with its node id' : "an address of the entry's id"
      )
    return { address, source }
  })
}

function read(field: string, text: unknown): NetAddress {
  try {
    if (typeof text === 'string') return parseNetAddress(text)
  } catch (err) {
    throw new InvalidOptionError(field, text, `an address: ${(err as Error).message}`)
  }
  throw new InvalidOptionError(field, text, 'an address')
}

/** What this node tells itself; a node that listens on nothing is nowhere else. */
function ownAddress(self: NodeInfo): NetAddress {
  try {
    return self.netAddress()
  } catch {
    return netAddressFromParts(self.id, '127.0.0.1', 1)
  }
}

/** Everything else has its turn now and then. */
async function turn(i: number): Promise<void> {
  if (i % AT_ONCE === AT_ONCE - 1) await new Promise<void>((resolve) => macrotask(resolve))
}
