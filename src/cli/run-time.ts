/** How long a command runs: until Ctrl-C, or for `--seconds`. */
import type { Clock, TimerHandle } from '../interface/clock.ts'
import type { Terminal } from './terminal.ts'

export const INTERRUPTED_EXIT_CODE = 130

export class RunTime {
  readonly #clock: Clock
  readonly #terminal: Terminal
  readonly #seconds: number | undefined
  readonly #startedAt: number
  readonly #end = new AbortController()
  readonly #timer: TimerHandle
  readonly #onEnd = () => this.#end.abort()

  /** It begins now. */
  constructor(terminal: Terminal, clock: Clock, seconds: number | undefined) {
    this.#clock = clock
    this.#terminal = terminal
    this.#seconds = seconds
    this.#startedAt = clock.now()
    terminal.interrupted.addEventListener('abort', this.#onEnd)
    if (terminal.interrupted.aborted) this.#end.abort()
    if (seconds !== undefined) this.#timer = clock.setTimeout(this.#onEnd, seconds * 1_000)
  }

  /** Aborts at the end. */
  get signal(): AbortSignal {
    return this.#end.signal
  }

  /** Settles at the end. */
  get over(): Promise<void> {
    const { signal } = this.#end
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  }

  elapsedMs(): number {
    return this.#clock.now() - this.#startedAt
  }

  /** Undefined without `--seconds`. */
  remainingMs(): number | undefined {
    return this.#seconds === undefined ? undefined : Math.max(0, this.#seconds * 1_000 - this.elapsedMs())
  }

  /** Ctrl-C came before the seconds that were asked for had passed. */
  get cutShort(): boolean {
    return this.#terminal.interrupted.aborted && this.#seconds !== undefined
  }

  /** Leaves neither timer nor listener behind. */
  stop(): void {
    this.#clock.clearTimeout(this.#timer)
    this.#terminal.interrupted.removeEventListener('abort', this.#onEnd)
  }
}
