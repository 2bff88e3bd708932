/**
 * What the book asks of a host, remembered: the same few are judged again and again, and judging an IP means reading its text a dozen times. Bounded: past
 * `MAX_HOSTS` it starts over.
 */
import { fineGroupOf, groupOf } from '../identity/groups.ts'
import { isRoutableHost, isValidHost } from './routability.ts'

/** Ours: about a megabyte. */
const MAX_HOSTS = 4_096

export interface HostFacts {
  readonly valid: boolean
  readonly routable: boolean
  readonly group: string
  /** Undefined where there is no finer group than `group`. */
  readonly fine: string | undefined
}

export class Hosts {
  readonly #strict: boolean
  readonly #facts = new Map<string, HostFacts>()

  /** `strict`: as of `groupOf`. */
  constructor(strict: boolean) {
    this.#strict = strict
  }

  of(host: string): HostFacts {
    const known = this.#facts.get(host)
    if (known !== undefined) return known
    const routable = isRoutableHost(host)
    const facts = {
      valid: isValidHost(host),
      routable,
      group: groupOf(host, this.#strict, routable),
      fine: fineGroupOf(host)
    }
    if (this.#facts.size >= MAX_HOSTS) this.#facts.clear()
    this.#facts.set(host, facts)
    return facts
  }
}
