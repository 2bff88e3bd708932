/**
 * Who tells of nodes, and what came of it: whose word is followed next, and how far a word goes. Whoever was followed least since one of his was there is next, so that each
 * has a share of the dials as long as he has somebody to be dialled, however many he names, and one who makes them up soon has the last. Pure.
 */

/** Ours: one for each candidate. Past it whoever was not followed for longest is forgotten. */
const MAX_TELLERS = 1_000
/** Ours: past so many of his nodes that were tried, half of it is forgotten. */
const MEMORY = 32

interface Teller {
  /** Dials that followed his word since the last one that found somebody. */
  followed: number
  /** Of those he has told of: so many have been tried, and were there. */
  tried: number
  there: number
}

export class Tellers {
  readonly #tellers = new Map<string, Teller>()

  /** The smaller, the sooner his word is followed. */
  followed(teller: string): number {
    return this.#tellers.get(teller)?.followed ?? 0
  }

  /** How likely a node is there of which these have told: 1 where nothing is known of one of them. */
  belief(tellers: readonly string[]): number {
    let doubt = 1
    for (const teller of tellers) {
      const { tried, there } = this.#tellers.get(teller) ?? { tried: 0, there: 0 }
      doubt *= 1 - (there + 1) / (tried + 1)
    }
    return 1 - doubt
  }

  /** Of the nodes that he has told of, and that were tried, more than half were there. */
  isTrusted(teller: string): boolean {
    return this.#trust(teller) > 0.5
  }

  /**
   * Of several who tell of one node, the one not to be heard: of whose nodes the smallest part was there. Whoever is new is trusted half, since names cost nothing; where several are
   * trusted as little, the last.
   */
  leastTrusted(tellers: Iterable<string>): string {
    let [least, trust] = ['', Number.POSITIVE_INFINITY]
    for (const name of tellers) {
      const own = this.#trust(name)
      if (own <= trust) [least, trust] = [name, own]
    }
    return least
  }

  /** A dial begins that follows his word. */
  follow(teller: string): void {
    this.#of(teller).followed++
  }

  /** One whom he has told of is there, or is not. */
  learnt(teller: string, there: boolean): void {
    const known = this.#of(teller)
    known.tried++
    if (there) {
      known.there++
      known.followed = 0
    }
    if (known.tried <= MEMORY) return
    known.tried /= 2
    known.there /= 2
  }

  #trust(name: string): number {
    const { tried, there } = this.#tellers.get(name) ?? { tried: 0, there: 0 }
    return (there + 1) / (tried + 2)
  }

  #of(name: string): Teller {
    const known = this.#tellers.get(name) ?? { followed: 0, tried: 0, there: 0 }
    this.#tellers.delete(name)
    this.#tellers.set(name, known)
    if (this.#tellers.size > MAX_TELLERS) this.#tellers.delete(this.#tellers.keys().next().value as string)
    return known
  }
}
