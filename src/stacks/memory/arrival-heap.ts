/** Parcels under way, the next to arrive first: a binary heap, as a network of a thousand nodes has that many on their way and more. */
import type { Flow } from './traffic.ts'

/** Parcels that arrive together. */
export interface Batch {
  /** Nominal, ms. */
  readonly nominal: number
  /** Among those of the same nominal time. */
  readonly order: number
  /** By the clock, ms: the latest of its parcels. */
  due: number
  /** `drops`: of the flow, when it was sent. */
  readonly parcels: Array<{ readonly flow: Flow; readonly drops: number; readonly parcel: unknown }>
}

export class ArrivalHeap {
  readonly #heap: Batch[] = []
  #count = 0

  /** The next to arrive. */
  get first(): Batch | undefined {
    return this.#heap[0]
  }

  /** An empty one, behind all of the same time. */
  add(nominal: number): Batch {
    const batch: Batch = { nominal, order: this.#count++, due: 0, parcels: [] }
    const heap = this.#heap
    let at = heap.length
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!before(batch, heap[above] as Batch)) break
      heap[at] = heap[above] as Batch
      at = above
    }
    heap[at] = batch
    return batch
  }

  /** Takes the first. There must be one. */
  take(): Batch {
    const heap = this.#heap
    const first = heap[0] as Batch
    const last = heap.pop() as Batch
    const { length } = heap
    if (length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= length) break
      if (below + 1 < length && before(heap[below + 1] as Batch, heap[below] as Batch)) below++
      if (!before(heap[below] as Batch, last)) break
      heap[at] = heap[below] as Batch
      at = below
    }
    heap[at] = last
    return first
  }
}

function before(a: Batch, b: Batch): boolean {
  return a.nominal < b.nominal || (a.nominal === b.nominal && a.order < b.order)
}
