/**
 * The text of Go's `addrbook.json` (spec/addrbook-and-pex.md section 5; p2p/pex/file.go) and back. One file serves a Go node and this one: what Go has no place for
 * (libp2p addresses, names, bans, anchors, scores, what is proven) stands in fields named `comet_libp2p`, which Go's decoder passes over. A Go node that writes the file
 * drops them. Pure.
 */
import { BookDamagedError, type StoredBook, type StoredEntry } from '../address-book/book-store.ts'
import { checkStoredBook, isObject, isStoredEntry, MAX_ATTEMPTS, readEntry, tryParse } from '../address-book/stored.ts'
import { formatHostPort } from '../identity/host-port.ts'
import { parseIp } from '../identity/ip.ts'

/** Go's zero time: never. */
const NEVER = '0001-01-01T00:00:00Z'
/** 9999-12-31: the last day that RFC 3339 can say. */
const MAX_WALL_MS = 253_402_300_799_000
/** p2p/pex/known_address.go. */
const BUCKET_NEW = 1
const BUCKET_OLD = 2
const LAYOUT = 1

interface GoAddress {
  id: string
  ip: string
  port: number
}

/** The file in pieces of some KB, in order; together they are what Go's json.MarshalIndent would write. */
export function* bookToJson({ key, entries, bans, anchors, scores = [] }: StoredBook): Generator<string> {
  yield `{\n\t"key": ${JSON.stringify(key)},\n\t"addrs": [`
  const others: StoredEntry[] = []
  let separator = '\n'
  for (const entry of entries) {
    const known = toGo(entry)
    if (known === undefined) {
      others.push(entry)
      continue
    }
    yield `${separator}\t\t${indented(known, 2)}`
    separator = ',\n'
  }
  yield `${separator === '\n' ? '' : '\n\t'}],\n\t"comet_libp2p": ${indented({ layout: LAYOUT, addrs: others, bans, anchors, scores }, 1)}\n}\n`
}

/**
 * Throws `BookDamagedError` for what is no book. Single entries that cannot be read are left out; where only our fields of one cannot, Go's are what is left of it.
 * Both are counted.
 */
export function bookFromJson(text: string): StoredBook {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new BookDamagedError(`not JSON: ${(cause as Error).message}`, { cause })
  }
  if (!isObject(json)) throw new BookDamagedError('not a JSON object')
  // Go writes null for a list that is empty
  const { key, addrs, comet_libp2p: ours } = json
  if (typeof key !== 'string') throw new BookDamagedError(`key: expected a string, found ${typeof key}`)
  if (addrs !== null && addrs !== undefined && !Array.isArray(addrs))
    throw new BookDamagedError(`addrs: expected a list, found ${typeof addrs}`)
  const readable = isObject(ours) && ours.layout === LAYOUT
  const extra = readable ? ours : {}
  let spoilt = readable || ours === undefined ? 0 : 1
  const entries: unknown[] = listOf(addrs).map((entry) => {
    const ours = fromOurs(entry)
    if (ours === 'spoilt') spoilt++
    return typeof ours === 'object' ? ours : fromGo(entry)
  })
  // the lists are lists: it is a book
  const book = checkStoredBook({
    key,
    entries: [...entries, ...listOf(extra.addrs)],
    bans: listOf(extra.bans),
    anchors: listOf(extra.anchors),
    scores: listOf(extra.scores)
  })!
  return { ...book, unreadable: (book.unreadable ?? 0) + spoilt }
}

/** What is no list counts as a list of one thing that cannot be read. */
function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** Go's entry of one that has a classic address on an IP: the only kind that Go can read. */
function toGo(entry: StoredEntry) {
  // what Go has a field for stands there; all else is ours, whatever that will be
  const { kind, buckets, attempts, lastAttempt, lastSuccess, ...ours } = entry
  const { places, source } = ours
  const classic = places.find(({ slot }) => slot === 'classic')
  const addr = classic === undefined ? undefined : goAddress(classic.address)
  if (addr === undefined) return undefined
  return {
    addr,
    // a source that Go cannot read: as if the node had told of itself
    src: goAddress(source) ?? addr,
    buckets,
    attempts: Math.min(attempts, MAX_ATTEMPTS),
    bucket_type: kind === 'old' ? BUCKET_OLD : BUCKET_NEW,
    last_attempt: toTime(lastAttempt),
    last_success: toTime(lastSuccess),
    last_ban_time: NEVER,
    comet_libp2p: ours
  }
}

/** The entry by our fields. Undefined where there are none that speak of the address that Go has, `spoilt` where they say nothing. */
function fromOurs(value: unknown): StoredEntry | 'spoilt' | undefined {
  const shared = sharedFields(value)
  if (shared === undefined || !isObject(value) || value.comet_libp2p === undefined) return undefined
  const ours = value.comet_libp2p
  const entry = isObject(ours) ? { ...ours, ...shared.fields } : undefined
  if (entry === undefined || !isStoredEntry(entry) || readEntry(entry, String) === undefined) {
    // is it Go's own part that is spoilt? Then that is counted, once
    return isStoredEntry(fromGo(value)) ? 'spoilt' : undefined
  }
  return entry.places.some(({ address }) => address === shared.address) ? entry : undefined
}

/** As `StoredEntry`, to be checked; what is no entry of Go's gives something that fails the check. */
function fromGo(value: unknown): unknown {
  const shared = sharedFields(value)
  if (shared === undefined || !isObject(value)) return undefined
  const { address, fields } = shared
  const source = textOf(value.src)
  const old = fields.kind === 'old'
  // Go's old ones are those that a reactor has called good
  const place = { slot: 'classic', address, proven: old, signed: false, byItself: source === address, sourceGroups: [] }
  return { ...fields, source: source ?? address, places: [place], good: old }
}

/** Of the two, Go's word counts in these. */
function sharedFields(value: unknown) {
  const address = isObject(value) ? textOf(value.addr) : undefined
  if (address === undefined || !isObject(value)) return undefined
  const fields = {
    id: (value.addr as unknown as GoAddress).id.toLowerCase(),
    kind: value.bucket_type === BUCKET_OLD ? 'old' : 'new',
    buckets: [],
    attempts: value.attempts,
    lastAttempt: fromTime(value.last_attempt),
    lastSuccess: fromTime(value.last_success)
  }
  return { address, fields }
}

function goAddress(text: string): GoAddress | undefined {
  const address = tryParse(text)
  if (address === undefined || address.id === '' || parseIp(address.host) === undefined) return undefined
  return { id: address.id, ip: address.host, port: address.port }
}

/** `id@ip:port`, undefined for what is no address of Go's. */
function textOf(value: unknown): string | undefined {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.ip !== 'string') return undefined
  if (parseIp(value.ip) === undefined) return undefined
  const text = `${value.id}@${formatHostPort(value.ip, Number(value.port))}`
  return tryParse(text)?.toString()
}

function toTime(ms: number): string {
  return ms === 0 ? NEVER : new Date(Math.min(ms, MAX_WALL_MS)).toISOString()
}

/** Wall ms; 0 for never and for what is no time. Go's nanoseconds are cut. */
function fromTime(value: unknown): number {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? 0 : Math.max(ms, 0)
}

function indented(value: unknown, tabs: number): string {
  return JSON.stringify(value, null, '\t').replaceAll('\n', `\n${'\t'.repeat(tabs)}`)
}
