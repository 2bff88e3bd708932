/**
 * The flow of one peer's bytes, for `status()`. Go counts every packet as it passes; that would cost a look at the clock per message, and our links count
 * bytes anyway. So their counters are read ten times a second, as long as messages pass: samples as Go's. While none do there is no timer, and bytes that
 * move all the same (keep-alive) are seen by the next look.
 */
import type { Clock, TimerHandle } from '../interface/clock.ts'
import type { Link } from '../interface/link.ts'
import type { FlowStatus } from '../interface/peer.ts'
import { FLOW_SAMPLE_MS, FlowMonitor } from '../util/flow-monitor.ts'

export class TrafficMeter {
  readonly #link: Pick<Link, 'stats'>
  readonly #clock: Clock
  /** Wall time at the zero of the clock, ms. */
  readonly #wallAtZero: number
  readonly #send: FlowMonitor
  readonly #receive: FlowMonitor
  #sentBytes = 0
  #receivedBytes = 0
  #timer: TimerHandle
  #state: 'idle' | 'sampling' | 'stopped' = 'idle'

  constructor(link: Pick<Link, 'stats'>, clock: Clock) {
    this.#link = link
    this.#clock = clock
    const now = clock.now()
    this.#wallAtZero = clock.wall() - now
    this.#send = new FlowMonitor(now)
    this.#receive = new FlowMonitor(now)
  }

  /** A message is being sent or has come. Costs a comparison while there are many. */
  traffic(): void {
    if (this.#state !== 'idle') return
    this.#state = 'sampling'
    // ends the sample of the idle time, which would dilute the first one of the messages
    this.#look()
    this.#arm()
  }

  status(): { sendMonitor: FlowStatus; recvMonitor: FlowStatus } {
    this.#look()
    const now = this.#clock.now()
    return { sendMonitor: this.#onWall(this.#send.status(now)), recvMonitor: this.#onWall(this.#receive.status(now)) }
  }

  stop(): void {
    this.#state = 'stopped'
    this.#clock.clearTimeout(this.#timer)
  }

  #arm(): void {
    this.#timer = this.#clock.setTimeout(() => {
      if (this.#look()) this.#arm()
      else this.#state = 'idle'
    }, FLOW_SAMPLE_MS)
  }

  /** True if bytes have moved since the last look. */
  #look(): boolean {
    const { sentBytes, receivedBytes } = this.#link.stats()
    const now = this.#clock.now()
    const [sent, received] = [sentBytes - this.#sentBytes, receivedBytes - this.#receivedBytes]
    this.#send.update(sent, now)
    this.#receive.update(received, now)
    this.#sentBytes = sentBytes
    this.#receivedBytes = receivedBytes
    return sent > 0 || received > 0
  }

  #onWall(status: FlowStatus): FlowStatus {
    return { ...status, start: this.#wallAtZero + status.start }
  }
}
