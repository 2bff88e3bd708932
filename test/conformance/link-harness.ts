/**
 * What the link suite needs of both ends: a host that answers as a test says and counts its admissions, and a sink that records what a link
 * reports. No clock of its own: everything here waits for something to happen.
 */
import assert from 'node:assert/strict'
import type { PeerId } from '@libp2p/interface'
import { createNodeInfo } from '../../src/identity/node-info.ts'
import type { Link, LinkSink } from '../../src/interface/link.ts'
import type { NodeInfo } from '../../src/interface/node-info.ts'
import type { AdmissionVerdict, InboundCandidate, Stack, StackHost } from '../../src/interface/stack.ts'
import type { StopReason } from '../../src/interface/stop-reason.ts'
import { Outbox } from '../../src/outbox/outbox.ts'
import { systemClock } from '../../src/util/clock.ts'
import { type Deferred, deferred } from '../../src/util/deferred.ts'

/** Something whose state tests wait for: `until` settles as soon as the question is answered with yes. */
export class Watched {
  #waiting: Array<{ met: () => boolean; done: Deferred<void> }> = []

  protected changed(): void {
    this.#waiting = this.#waiting.filter(({ met, done }) => {
      if (!met()) return true
      done.resolve()
      return false
    })
  }

  async until(met: () => boolean): Promise<void> {
    if (met()) return
    const done = deferred()
    this.#waiting.push({ met, done })
    await done.promise
  }
}

/** The long one carries bulk, the short one accepts little, and each side serves one that the other does not. */
export const BULK = 0x21
export const URGENT = 0x22
export const SMALL = 0x23
export const ONLY_DIALER = 0x30
export const ONLY_LISTENER = 0x31
export const SMALL_CAPACITY = 1_000

type Side = 'dialer' | 'listener'

/** The switch as the stack sees it. */
export class TestHost extends Watched implements StackHost {
  readonly admitted: InboundCandidate[] = []
  /** What became of the admissions given, in order: undefined until the stack has decided. */
  readonly admissions: Array<Link | 'abandoned' | undefined> = []
  /** What `admit` answers instead of yes; may take its time. */
  answer: (
    candidate: InboundCandidate
  ) => Promise<{ refusal: 'inbound-full' | 'incompatible'; detail: string } | undefined> = async () => undefined
  readonly #side: Side
  readonly #id: string
  readonly #stack: () => Stack

  constructor(side: Side, id: string, stack: () => Stack) {
    super()
    this.#side = side
    this.#id = id
    this.#stack = stack
  }

  nodeInfo(): NodeInfo {
    return createNodeInfo({
      id: this.#id,
      listenAddr: 'tcp://127.0.0.1:26656',
      network: 'conformance',
      version: '0.40.0',
      channels: Uint8Array.from(this.channels(), ({ id }) => id),
      moniker: `${this.#side} on ${this.#stack().name}`
    })
  }

  channels(): ReturnType<StackHost['channels']> {
    const own = this.#side === 'dialer' ? ONLY_DIALER : ONLY_LISTENER
    const capacity = 22_020_096
    return [
      { id: BULK, priority: 1, recvMessageCapacity: capacity },
      { id: URGENT, priority: 9, recvMessageCapacity: capacity },
      { id: SMALL, priority: 1, recvMessageCapacity: SMALL_CAPACITY },
      { id: own, priority: 1, recvMessageCapacity: capacity }
    ]
  }

  async admit(candidate: InboundCandidate): Promise<AdmissionVerdict> {
    this.admitted.push(candidate)
    this.changed()
    const refused = await this.answer(candidate)
    if (refused !== undefined) return { allow: false, ...refused }
    const nth = this.admissions.push(undefined) - 1
    const settle = (outcome: Link | 'abandoned') => {
      assert.equal(this.admissions[nth], undefined, 'an admission is accepted or abandoned once')
      this.admissions[nth] = outcome
      this.changed()
    }
    return { allow: true, admission: { accept: settle, abandon: () => settle('abandoned') } }
  }

  /** Nothing hangs: every admission given was accepted or abandoned. */
  get settled(): boolean {
    return this.admissions.every((outcome) => outcome !== undefined)
  }

  /** Every link that was accepted here. */
  get links(): Link[] {
    return this.admissions.filter((outcome) => typeof outcome === 'object')
  }
}

/** One end of a link, started or not: what it delivered, how it ended, and an outbox to send with. */
export class End extends Watched implements LinkSink {
  readonly link: Link
  readonly outbox: Outbox
  readonly received: Array<{ channelId: number; bytes: Uint8Array }> = []
  readonly ends: Array<{ reason: StopReason; drain: boolean; after: number }> = []
  /** False: what arrives is not consumed until `consumeAll`. */
  consuming = true
  #unconsumed: Array<{ channelId: number; length: number }> = []

  constructor(link: Link, host: TestHost) {
    super()
    this.link = link
    const channels = host
      .channels()
      .filter(({ id }) => link.serves(id))
      .map(({ id, priority }) => ({ id, priority, sendQueueCapacity: 8 }))
    const init = { sendTimeoutMs: 3_600_000, maxWaitersPerChannel: 100_000 }
    this.outbox = new Outbox({ link, channels, clock: systemClock }, init)
  }

  start(): this {
    this.outbox.start()
    this.link.start(this)
    return this
  }

  deliver(channelId: number, bytes: Uint8Array): void {
    this.received.push({ channelId, bytes })
    if (this.consuming) this.link.consumed(channelId, bytes.byteLength)
    else this.#unconsumed.push({ channelId, length: bytes.byteLength })
    this.changed()
  }

  onWritable(): void {
    this.outbox.onWritable()
  }

  onEnd(reason: StopReason, drain: boolean): void {
    this.ends.push({ reason, drain, after: this.received.length })
    this.outbox.close()
    // as the switch does: closing is what frees a link
    void this.link.close(reason, false)
    this.changed()
  }

  consumeAll(): void {
    this.consuming = true
    this.consume(Number.POSITIVE_INFINITY)
  }

  /** The oldest `count` messages. */
  consume(count: number): void {
    for (const { channelId, length } of this.#unconsumed.splice(0, count)) this.link.consumed(channelId, length)
  }

  on(channelId: number): Uint8Array[] {
    return this.received.filter((message) => message.channelId === channelId).map(({ bytes }) => bytes)
  }

  receivedBytes(channelId: number): number {
    return this.on(channelId).reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  async ended(): Promise<{ reason: StopReason; drain: boolean }> {
    await this.until(() => this.ends.length > 0)
    return this.ends[0] as { reason: StopReason; drain: boolean }
  }

  /** A message of this many bytes that can be told from others. */
  static message(length: number, mark: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) bytes[i] = (mark + i * 7) & 0xff
    return bytes
  }
}

/** A proven remote, as `authenticated` is told. */
export type Proven = { id: string; peerId: PeerId; ip: string }

/** A few turns of the event loop: what needs no wire has happened after them. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}
