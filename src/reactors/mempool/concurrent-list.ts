/**
 * An ordered list that many readers walk while it changes (Go's libs/clist): each reader has a cursor, waits at the end for the next element
 * without polling, and is not disturbed by removals, its own position included.
 *
 * A removed element keeps only the way back (`prev`), never the way forward: a reader parked on it finds its place again, and a reader that
 * stalls keeps alive at most the elements that stood before its own, not everything removed since. Go's list sends such a reader back to the
 * front instead, so that peers get transactions twice. Rejected: an array with indices (removal in the middle is the common case) and
 * registering cursors with elements (a removal would cost a visit per reader).
 */

/** A place in the list; opaque but for its value. */
export interface ListElement<T> {
  readonly value: T
  /** True once it was taken out. */
  readonly removed: boolean
}

class Element<T> implements ListElement<T> {
  readonly value: T
  removed = false
  prev: Element<T> | undefined
  next: Element<T> | undefined
  constructor(value: T) {
    this.value = value
  }
}

export class ConcurrentList<T> implements Iterable<T> {
  /** Stands before the first element; never removed, so the way back always ends here. */
  readonly #head = new Element<T>(undefined as T)
  #tail = this.#head
  #size = 0
  /** Readers waiting at the end: at most one entry per cursor, deleted when it gives up. */
  readonly #waiting = new Set<() => void>()

  get size(): number {
    return this.#size
  }

  /** Appends, and wakes every reader that waits at the end. */
  push(value: T): ListElement<T> {
    const element = new Element(value)
    element.prev = this.#tail
    this.#tail.next = element
    this.#tail = element
    this.#size++
    if (this.#waiting.size > 0) {
      const wake = [...this.#waiting]
      this.#waiting.clear()
      for (const fn of wake) fn()
    }
    return element
  }

  /** Takes an element of this list out. False if it was out already. */
  remove(element: ListElement<T>): boolean {
    const gone = element as Element<T>
    if (gone.removed) return false
    gone.removed = true
    const prev = gone.prev as Element<T>
    prev.next = gone.next
    if (gone.next === undefined) this.#tail = prev
    else gone.next.prev = prev
    gone.next = undefined
    this.#size--
    return true
  }

  /** The oldest element. */
  first(): ListElement<T> | undefined {
    return this.#head.next
  }

  clear(): void {
    for (let element = this.#head.next; element !== undefined; element = this.#head.next) this.remove(element)
  }

  /** What is in the list now, oldest first; elements removed on the way are left out, those appended on the way are included. */
  *[Symbol.iterator](): IterableIterator<T> {
    const cursor = this.cursor()
    for (let value = cursor.next(); value !== undefined; value = cursor.next()) yield value.value
  }

  /** A reader of its own, standing before the first element, or behind the last with `fromEnd`. Holds no resource while not waiting. */
  cursor(options: { fromEnd?: boolean } = {}): ListCursor<T> {
    return new Cursor(options.fromEnd === true ? this.#tail : this.#head, this.#waiting)
  }
}

/** One reader of a {@link ConcurrentList}. */
export interface ListCursor<T> {
  /** Steps to the next element; undefined at the end, where the cursor stays. */
  next(): ListElement<T> | undefined
  /** Settles true once there is an element to step to, false when `signal` aborts. One wait at a time. */
  ready(signal?: AbortSignal): Promise<boolean>
}

class Cursor<T> implements ListCursor<T> {
  #at: Element<T>
  readonly #waiting: Set<() => void>

  constructor(at: Element<T>, waiting: Set<() => void>) {
    this.#at = at
    this.#waiting = waiting
  }

  next(): ListElement<T> | undefined {
    const next = this.#here().next
    if (next !== undefined) this.#at = next
    return next
  }

  async ready(signal?: AbortSignal): Promise<boolean> {
    while (this.#here().next === undefined) {
      if (signal?.aborted === true) return false
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#waiting.delete(done)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        this.#waiting.add(done)
        signal?.addEventListener('abort', done, { once: true })
      })
    }
    return signal?.aborted !== true
  }

  /** The element we stand on, or the nearest one before it that is still in the list. */
  #here(): Element<T> {
    while (this.#at.removed) this.#at = this.#at.prev as Element<T>
    return this.#at
  }
}
