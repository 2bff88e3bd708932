/**
 * Notices a network whose addresses a strict book refuses one and all, as on a LAN or one machine: nothing fails there, and nobody is ever found. Said once, with the
 * names of the options.
 */
import type { AddressRefusal } from '../../interface/address-book.ts'
import type { Logger } from '../../interface/logger.ts'

export class StrictWatch {
  readonly #logger: Logger
  #refused = 0
  /** An address was of use, or it was said: nothing more to watch for. */
  #done = false

  /** `logger` is safe. */
  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** What the book said of an address that a peer had told. */
  told(refusal: AddressRefusal | undefined): void {
    if (refusal === 'non-routable') this.#refused++
    else if (refusal === undefined) this.#done = true
  }

  /** A list has been read. */
  listRead(): void {
    if (this.#done || this.#refused === 0) return
    this.#done = true
    this.#logger.warn(
      'All addresses that peers tell are refused, as they are not routable from everywhere: a network on a LAN or on one machine needs addrBookStrict: false (addr_book_strict), and allowDuplicateIP: true where its nodes share an IP address',
      { refused: this.#refused }
    )
  }
}
