/** The two ends of a cell, as a worker process holds them. One implementation per variant. */
import type { Load } from '../cell.ts'

export interface Counts {
  messages: number
  bytes: number
}

export interface ReceivingEnd {
  /** Where the sender dials. */
  readonly addresses: string[]
  /** Everything that has arrived since the process began; a live object. */
  readonly counts: Counts
  /** One-way times in ms of the urgent messages since the last call. */
  takeLatencies(): number[]
}

export interface SendingEnd {
  /** Begins to send as the load says. */
  start(): void
  /** Ends that. Resolves with the number of messages sent since the process began, when all are handed over. */
  stop(): Promise<number>
}

/** What every receiver does with a message. */
export class Counter {
  readonly counts: Counts = { messages: 0, bytes: 0 }
  #latencies: number[] = []

  add(message: Uint8Array): void {
    this.counts.messages++
    this.counts.bytes += message.length
  }

  addUrgent(message: Uint8Array): void {
    this.add(message)
    this.#latencies.push(millisecondsSince(message))
  }

  takeLatencies(): number[] {
    const taken = this.#latencies
    this.#latencies = []
    return taken
  }
}

/**
 * The id of a load's channel `index`: free in CometBFT, and below 0x80, as above it a full last packet of the classic stack holds a byte less. A bridge relays
 * none but the standard ones: there it is the mempool's.
 */
export function channelId({ wire }: Load, index: number): number {
  return (wire === 'bridge' ? 0x30 : 0x70) + index
}

/** Does channel `index` of this load carry the urgent messages? */
export function isUrgent(load: Load, index: number): boolean {
  return index === 1 && (load.discipline === 'urgent' || load.discipline === 'idle')
}

/** A message that says when it was made. The monotonic clock is one for all processes of a machine. */
export function stamped(bytes: number): Uint8Array {
  const message = new Uint8Array(bytes)
  new DataView(message.buffer).setBigUint64(0, process.hrtime.bigint())
  return message
}

function millisecondsSince(message: Uint8Array): number {
  const madeAt = new DataView(message.buffer, message.byteOffset, 8).getBigUint64(0)
  return Number(process.hrtime.bigint() - madeAt) / 1e6
}

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
