/**
 * The registered reactors in order of registration (requirements, D-10, D-14): names, channels, start and stop.
 */
import { InvalidOptionError, RegistrationError, TimeoutError } from '../errors.ts'
import type { Clock } from '../interface/clock.ts'
import type { Logger } from '../interface/logger.ts'
import type { Reactor } from '../interface/reactor.ts'
import type { Switch } from '../interface/switch.ts'
import { ChannelTable } from '../wire/channel-table.ts'
import type { CallbackWatch } from './callback-watch.ts'

export interface NamedReactor {
  readonly name: string
  readonly reactor: Reactor
}

export interface TableComponents {
  readonly clock: Clock
  readonly logger: Logger
  readonly callbacks: CallbackWatch
}

const CALLBACKS = ['getChannels', 'setSwitch', 'initPeer', 'addPeer', 'removePeer', 'receive', 'start', 'stop'] as const

export class ReactorTable {
  readonly #reactors = new Map<string, Reactor>()
  #channels = new ChannelTable()
  #frozen = false
  /** Whose start was called, in order; empty again once they were stopped. */
  #started: NamedReactor[] = []

  /** getChannels, then setSwitch. Nothing is registered if anything is wrong. */
  add(name: string, reactor: Reactor, sw: Switch): void {
    if (this.#frozen) throw new RegistrationError(`reactor ${name}: a started switch takes no more reactors`)
    if (typeof name !== 'string' || name === '') throw new InvalidOptionError('name', name, 'a non-empty string')
    if (this.#reactors.has(name)) throw new RegistrationError(`reactor ${name}: the name is taken`)
    assertReactor(name, reactor)
    for (const [other, known] of this.#reactors)
      if (known === reactor) throw new RegistrationError(`reactor ${name}: already registered as ${other}`)
    const descriptors = reactor.getChannels()
    if (!Array.isArray(descriptors)) throw new InvalidOptionError(`${name}.getChannels()`, descriptors, 'an array')
    const channels = this.#channels.clone()
    for (const descriptor of descriptors) channels.add(name, descriptor)
    reactor.setSwitch(sw)
    this.#channels = channels
    this.#reactors.set(name, reactor)
  }

  get(name: string): Reactor | undefined {
    return this.#reactors.get(name)
  }

  list(): NamedReactor[] {
    return [...this.#reactors].map(([name, reactor]) => ({ name, reactor }))
  }

  get channels(): ChannelTable {
    return this.#channels
  }

  freeze(): void {
    this.#frozen = true
    this.#channels.freeze()
  }

  /** every onStart once, in order. If one fails, or all together take too long, those that started are stopped again. */
  async start(timeoutMs: number, { clock, logger, callbacks }: TableComponents): Promise<void> {
    let timer: unknown
    const tooLate = new Promise<never>((_, reject) => {
      timer = clock.setTimeout(
        () => reject(new TimeoutError(`the reactors did not start within ${timeoutMs} ms (startTimeoutMs)`)),
        timeoutMs
      )
    })
    try {
      for (const entry of this.list()) {
        this.#started.push(entry)
        await callbacks.around(() => Promise.race([entry.reactor.start(), tooLate]))
      }
    } catch (err) {
      await this.stop(timeoutMs, { clock, logger, callbacks })
      throw err
    } finally {
      clock.clearTimeout(timer)
      // a race that was won leaves it pending for ever, one that was lost has thrown it already
      tooLate.catch(() => undefined)
    }
  }

  /**
   * D-8: in reverse order of registration, those that were started, once. A reactor that fails to stop is logged, one that does not come back is left
   * behind.
   */
  async stop(timeoutMs: number, { clock, logger, callbacks }: TableComponents): Promise<void> {
    for (const { name, reactor } of this.#started.splice(0).reverse()) {
      let timer: unknown
      const tooLate = new Promise<void>((resolve) => {
        timer = clock.setTimeout(() => {
          logger.error('Reactor did not stop in time', { reactor: name, timeoutMs })
          resolve()
        }, timeoutMs)
      })
      try {
        await callbacks.around(() => Promise.race([reactor.stop(), tooLate]))
      } catch (err) {
        logger.error('Error stopping reactor', { reactor: name, err })
      } finally {
        clock.clearTimeout(timer)
      }
    }
  }
}

function assertReactor(name: string, reactor: Reactor): void {
  if (typeof reactor !== 'object' || reactor === null)
    throw new InvalidOptionError(`reactor ${name}`, reactor, 'a Reactor')
  for (const callback of CALLBACKS)
    if (typeof reactor[callback] !== 'function')
      throw new InvalidOptionError(
        `reactor ${name}.${callback}`,
        reactor[callback],
        'a method of the Reactor interface'
      )
}
