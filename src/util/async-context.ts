/**
 * What a piece of asynchronous work belongs to, across its awaits: AsyncLocalStorage where the platform has it. Asked for at run time and not imported, so
 * that everything still runs in a browser; there `exact` is false and nothing is ever known.
 */

interface Storage<T> {
  run<R>(store: T, fn: () => R): R
  getStore(): T | undefined
}

interface WithBuiltins {
  readonly process?: {
    getBuiltinModule?(name: string): { AsyncLocalStorage?: new () => Storage<never> } | undefined
  }
}

export class AsyncContext<T> {
  readonly #storage: Storage<T> | undefined

  /** `exact` false: as on a platform without AsyncLocalStorage; for tests. */
  constructor(exact = true) {
    const Storage = exact ? builtin() : undefined
    this.#storage = Storage === undefined ? undefined : (new Storage() as unknown as Storage<T>)
  }

  /** `current` can be believed when it says undefined. */
  get exact(): boolean {
    return this.#storage !== undefined
  }

  /** What the caller's work was begun in, undefined outside of every `run`. */
  current(): T | undefined {
    return this.#storage?.getStore()
  }

  /** Calls `fn`; it and all that it begins are in `value` from here on. */
  run<R>(value: T, fn: () => R): R {
    return this.#storage === undefined ? fn() : this.#storage.run(value, fn)
  }
}

function builtin(): (new () => Storage<never>) | undefined {
  return (globalThis as WithBuiltins).process?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage
}
