/** A promise with its resolvers outside. `Promise.withResolvers` would do, but browsers of 2023 lack it. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(reason: unknown): void
  /** True once resolved or rejected. */
  readonly settled: boolean
}

export function deferred<T = void>(): Deferred<T> {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  let settled = false
  const promise = new Promise<T>((res, rej) => {
    resolve = res
    reject = rej
  })
  return {
    promise,
    resolve(value) {
      settled = true
      resolve(value)
    },
    reject(reason) {
      settled = true
      reject(reason)
    },
    get settled() {
      return settled
    }
  }
}
