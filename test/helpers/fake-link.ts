/** The part of a link that an outbox sees, under a test's control: which channels are writable, what was written. */
import type { LinkTraits, Slice } from '../../src/interface/link.ts'

export class FakeLink {
  readonly traits: LinkTraits
  readonly slices: Slice[] = []
  /** Called for every slice, after it was recorded. */
  onWrite: (slice: Slice) => void = () => {}
  /** How many more slices may be written; Infinity: any number. */
  credit = Number.POSITIVE_INFINITY
  /** Channels that take nothing for now. */
  readonly blocked = new Set<number>()
  #flushed = { promise: Promise.resolve(true) }

  constructor(traits: Partial<LinkTraits> = {}) {
    this.traits = { quantumBytes: 1_000, overheadBytes: 0, splits: true, ...traits }
  }

  writable(channelId: number): boolean {
    return this.credit > 0 && !this.blocked.has(channelId)
  }

  write(slice: Slice): void {
    if (!this.writable(slice.channelId)) throw new Error(`written though not writable: channel ${slice.channelId}`)
    this.credit--
    this.slices.push(slice)
    this.onWrite(slice)
  }

  flushed(): Promise<boolean> {
    return this.#flushed.promise
  }

  /** What `flushed()` answers from now on. */
  answerFlushed(promise: Promise<boolean>): void {
    this.#flushed = { promise }
  }

  /** The whole messages written on a channel, pieces put together, each as text. */
  messages(channelId: number): string[] {
    const found: string[] = []
    let pieces = ''
    for (const { parts, piece } of this.slices.filter((slice) => slice.channelId === channelId)) {
      for (const part of parts) pieces += text(part)
      if (piece === undefined) {
        found.push(...parts.map(text))
        pieces = ''
      } else if (pieces.length === piece.total) {
        found.push(pieces)
        pieces = ''
      }
    }
    return found
  }
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

export function bytes(of: string): Uint8Array {
  return new TextEncoder().encode(of)
}
