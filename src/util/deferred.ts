/**
 * A promise with its resolvers outside. `Promise.withResolvers` would do, but browsers of 2023 lack it. A class and not an object literal with a getter:
 * a peer holds seven, and each of those cost 470 bytes.
 */
export interface Deferred<T> {
  readonly promise: Promise<T>
  // `this`: so that the compiler refuses a resolver that is taken off its object
  resolve(this: Deferred<T>, value: T): void
  reject(this: Deferred<T>, reason: unknown): void
  /** True once resolved or rejected. */
  readonly settled: boolean
}

export function deferred<T = void>(): Deferred<T> {
  return new WithResolvers<T>()
}

class WithResolvers<T> implements Deferred<T> {
  readonly promise: Promise<T>
  settled = false
  #resolve!: (value: T) => void
  #reject!: (reason: unknown) => void

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  resolve(value: T): void {
    this.settled = true
    this.#resolve(value)
  }

  reject(reason: unknown): void {
    this.settled = true
    this.#reject(reason)
  }
}
