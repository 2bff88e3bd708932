/**
 * What is under way in a memory network: flows of parcels. Within a flow the order is kept; between flows the seed decides who is next, so that a
 * test meets interleavings that a quiet machine never shows, and meets the same ones again with the same seed. Parcels take the network's
 * latency, on its clock; with none they take a turn of the event loop, never the caller's own stack. On a real clock that has latency, paced-traffic.ts keeps
 * the order from the clock.
 */
import type { Clock, Random, TimerHandle } from '../../interface/clock.ts'
import { BoundedQueue } from '../../util/bounded-queue.ts'
import { macrotask } from '../../util/macrotask.ts'

/** Delivered in one turn of the event loop, then others get theirs. */
const TURN_PARCELS = 256

export interface TrafficInit {
  /** What every parcel takes, ms. */
  readonly latencyMs: number
  /** What it may take on top, ms, drawn anew for each. */
  readonly jitterMs: number
}

/** What carries parcels. */
export interface Carrier {
  /** Sends a parcel down a flow. */
  send<T>(flow: Flow<T>, parcel: T): void
  /** Lets a held flow's parcels in. */
  release<T>(flow: Flow<T>): void
  /** Loses what is under way. */
  drop<T>(flow: Flow<T>): void
}

/** One ordered way from here to there. Bounded by who sends: links by their window, handshakes by their steps. */
export class Flow<T = unknown> {
  readonly parcels = new BoundedQueue<T>(Number.POSITIVE_INFINITY)
  readonly dues = new BoundedQueue<number>(Number.POSITIVE_INFINITY)
  readonly arrive: (parcel: T) => void
  /** The traffic knows of it. */
  active = false
  /** Its parcels wait at the far end until they are let in. */
  held = false
  lastDue = 0
  /** How often it has lost what was under way. */
  drops = 0

  constructor(arrive: (parcel: T) => void) {
    this.arrive = arrive
  }
}

export class Traffic implements Carrier {
  readonly #clock: Clock
  readonly #random: Random
  readonly #init: TrafficInit
  readonly #instant: boolean
  #active: Flow[] = []
  #turnDue = false
  #timer: TimerHandle | undefined
  #timerDue = Number.POSITIVE_INFINITY

  constructor(clock: Clock, random: Random, init: TrafficInit) {
    this.#clock = clock
    this.#random = random
    this.#init = init
    this.#instant = init.latencyMs === 0 && init.jitterMs === 0
  }

  /** A turn is due or under way. */
  get busy(): boolean {
    return this.#turnDue
  }

  send<T>(flow: Flow<T>, parcel: T): void {
    if (!this.#instant) {
      const { latencyMs, jitterMs } = this.#init
      const arrival = this.#clock.now() + latencyMs + (jitterMs > 0 ? jitterMs * this.#random() : 0)
      flow.lastDue = Math.max(flow.lastDue, arrival)
    }
    flow.parcels.push(parcel)
    flow.dues.push(this.#instant ? 0 : flow.lastDue)
    this.#activate(flow as Flow)
  }

  release<T>(flow: Flow<T>): void {
    flow.held = false
    this.#activate(flow as Flow)
  }

  drop<T>(flow: Flow<T>): void {
    flow.drops++
    flow.parcels.clear()
    flow.dues.clear()
  }

  #activate(flow: Flow): void {
    if (flow.active || flow.held || flow.parcels.length === 0) return
    flow.active = true
    this.#active.push(flow)
    this.#schedule(flow.dues.peek() as number)
  }

  #schedule(due: number): void {
    if (this.#turnDue) return
    const now = this.#instant ? due : this.#clock.now()
    if (due <= now) {
      this.#turnDue = true
      macrotask(() => this.#turn())
    } else if (due < this.#timerDue) {
      this.#clock.clearTimeout(this.#timer)
      this.#timerDue = due
      this.#timer = this.#clock.setTimeout(() => {
        this.#timerDue = Number.POSITIVE_INFINITY
        this.#turn()
      }, due - now)
    }
  }

  #turn(): void {
    // sends of this turn wait for the next one: none of them schedules while this is set
    this.#turnDue = true
    const now = this.#instant ? 0 : this.#clock.now()
    const ready = this.#active.filter((flow) => isDue(flow, now))
    for (let left = TURN_PARCELS; left > 0 && ready.length > 0; left--) {
      const at = Math.floor(this.#random() * ready.length)
      const flow = ready[at] as Flow
      // a parcel before it may have broken the connection, or closed the gate
      if (isDue(flow, now)) {
        flow.dues.shift()
        flow.arrive(flow.parcels.shift())
      }
      if (isDue(flow, now)) continue
      const last = ready.pop() as Flow
      if (last !== flow) ready[at] = last
    }
    this.#turnDue = false
    this.#afterTurn()
  }

  #afterTurn(): void {
    let earliest = Number.POSITIVE_INFINITY
    this.#active = this.#active.filter((flow) => {
      flow.active = flow.parcels.length > 0 && !flow.held
      if (flow.active) earliest = Math.min(earliest, flow.dues.peek() as number)
      return flow.active
    })
    if (earliest < Number.POSITIVE_INFINITY) this.#schedule(earliest)
  }
}

function isDue(flow: Flow, now: number): boolean {
  return flow.parcels.length > 0 && !flow.held && (flow.dues.peek() as number) <= now
}
