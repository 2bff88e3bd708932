/** Books and addresses for the tests of the address book. */
import { CometAddressBook } from '../../src/address-book/address-book.ts'
import type { AddressBookOptions } from '../../src/address-book/book-options.ts'
import type { BookStore, StoredBook } from '../../src/address-book/book-store.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { peerIdFromPublicKeyBytes } from '../../src/identity/node-id.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { WallClock } from '../helpers/fake-clock.ts'

export const KEY = '5c1f0a9be27d43f86610aa3e'

export function givenBook(options: AddressBookOptions = {}): { book: CometAddressBook; clock: WallClock } {
  const clock = new WallClock()
  return { clock, book: new CometAddressBook({ clock, key: KEY, random: seededRandom(7), ...options }) }
}

export function idOf(n: number): string {
  return n.toString(16).padStart(40, '0')
}

/** Public addresses, each in a /16 of its own as long as `n` is below some 20,000. */
export function hostOf(n: number): string {
  return `${20 + (Math.floor(n / 200) % 80)}.${n % 200}.${Math.floor(n / 16_000) % 256}.${1 + (n % 250)}`
}

export function at(n: number, host = hostOf(n), port = 26656): NetAddress {
  return parseNetAddress(`${idOf(n)}@${host.includes(':') ? `[${host}]` : host}:${port}`)
}

/** The n-th node with an address of libp2p: its id follows from its key. */
export function onLibp2p(n: number, host = hostOf(n), port = 4001): NetAddress {
  const peerId = peerIdFromPublicKeyBytes(new Uint8Array(32).fill(1 + (n % 255)))
  return parseNetAddress(`/${host.includes(':') ? 'ip6' : 'ip4'}/${host}/tcp/${port}/p2p/${peerId}`)
}

/** The classic address of the node that `onLibp2p(n)` names. */
export function classicOf(n: number, host = hostOf(n), port = 26656): NetAddress {
  return parseNetAddress(`${onLibp2p(n).id}@${host}:${port}`)
}

/** A store in memory that copies as a real one does. */
export class MemoryStore implements BookStore {
  text: string | undefined
  saves = 0
  loads = 0
  aside: string[] = []

  async load(): Promise<StoredBook | undefined> {
    this.loads++
    return this.text === undefined ? undefined : JSON.parse(this.text)
  }
  async save(book: StoredBook): Promise<void> {
    this.saves++
    this.text = JSON.stringify(book)
  }
  async setAside(reason: string): Promise<string> {
    this.aside.push(reason)
    return 'elsewhere'
  }
}
