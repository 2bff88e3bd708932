/** Work that nobody waits for until the reactor stops: no promise floats, and what fails is logged. Bounded by those who begin it. */
import type { Logger } from '../../interface/logger.ts'

export class Background {
  readonly #logger: Logger
  readonly #running = new Set<Promise<void>>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Begins it at once. `what` names it in the log. */
  run(what: string, work: () => Promise<unknown>): void {
    const running = work()
      .then(
        () => undefined,
        (err: unknown) => this.#logger.error(`Peer exchange: ${what} failed`, { err })
      )
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Settles when all that was begun has ended. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }
}
