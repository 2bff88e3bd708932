/**
 * A link between two of our own nodes over one libp2p connection: the control stream that hello left open, and the channel streams
 * (docs/protocol.md). It owns the order of things: what may be written (started, flight, credit, stream), what arriving bytes mean, and how it ends.
 * The parts it is made of know nothing of each other.
 *
 * One way out: whatever ends it goes through `#end`, once, and nothing is delivered after. Freeing is `close`, which the switch always calls.
 */
import type { Stream } from '@libp2p/interface'
import { ProtocolViolationError } from '../../../errors.ts'
import type { Clock } from '../../../interface/clock.ts'
import type { Link, LinkSink, LinkTraits, Slice } from '../../../interface/link.ts'
import type { StopReason } from '../../../interface/stop-reason.ts'
import { Probes } from '../../../util/probes.ts'
import { clockSignal } from '../deadline-signal.ts'
import { Remote, type RemoteInit } from '../remote.ts'
import { ChannelStreams, type StreamUse } from './channel-stream.ts'
import { ControlStream } from './control.ts'
import type { Control } from './control-codec.ts'
import { type ReceiveCredit, SendCredit } from './credit.ts'
import { Flight, LEAST_PACE_BYTES } from './flight.ts'
import { sliceWireBytes } from './frame-writer.ts'
import { FrameReader, MAX_SLICE_CHARGE, MESSAGE_CHARGE_BYTES, sliceCharge } from './frames.ts'
import { reasonFromGoodbye } from './goodbye.ts'
import { ChannelViolationError, Inbound } from './inbound.ts'
import { Liveness, type LivenessInit } from './liveness.ts'
import { Receipts } from './receipts.ts'
import type { RecordStream } from './record-stream.ts'

/** How long `close` waits for the remote to have read the goodbye. Ours. */
const LINGER_MS = 1_000
/** How long what was flushed before a goodbye may take to arrive when the goodbye overtook it (QUIC). Ours. */
const OVERTAKEN_MS = 2_000

const TRAITS: LinkTraits = Object.freeze({
  quantumBytes: MAX_SLICE_CHARGE,
  overheadBytes: MESSAGE_CHARGE_BYTES,
  splits: true
})

export interface OwnLinkInit extends RemoteInit {
  /** The hello stream, hello done. */
  readonly records: RecordStream
  /** The remote's first credit. */
  readonly windows: ReadonlyArray<{ readonly id: number; readonly window: number }>
  /** What we told the remote in hello. */
  readonly receiveCredit: ReceiveCredit
  readonly channels: ReadonlyArray<{ readonly id: number; readonly recvMessageCapacity: number }>
  readonly streams: StreamUse
  readonly liveness: LivenessInit
  readonly clock: Clock
  /** The link is done with the connection: close it if nobody else needs it. Never rejects. Called once, by `close`. */
  release(): Promise<void>
}

export class OwnLink extends Remote implements Link {
  readonly traits = TRAITS
  readonly #init: OwnLinkInit
  readonly #control: ControlStream
  readonly #streams: ChannelStreams
  readonly #inbound: Inbound
  readonly #sendCredit: SendCredit
  readonly #receiveCredit: ReceiveCredit
  readonly #flight = new Flight()
  readonly #receipts = new Receipts((total) => this.#control.receipt(total))
  readonly #liveness: Liveness
  readonly #probes: Probes
  // what changes
  #sink: LinkSink | undefined
  #ended: { reason: StopReason; drain: boolean } | undefined
  #closing: Promise<void> | undefined
  /** `writable` said no: whoever asked is to be told when that may have changed. */
  #refused = false
  #roomDue = false
  /** Streams that came before `start`. */
  #early: Array<{ channelId: number; stream: Stream }> = []
  /** By channel: what is still to be written of a message begun, 0 between messages. */
  readonly #unwritten = new Map<number, number>()
  /** The pace of receipts that the remote knows. */
  #pace = LEAST_PACE_BYTES
  #flushes: Array<{ total: number; settle(all: boolean): void }> = []
  #goodbye: Extract<Control, { type: 'goodbye' }> | undefined

  constructor(init: OwnLinkInit) {
    super(init)
    this.#init = init
    this.#sendCredit = new SendCredit(init.windows)
    this.#receiveCredit = init.receiveCredit
    this.#inbound = new Inbound(init.channels, init.receiveCredit, (channelId, bytes) =>
      this.#sink?.deliver(channelId, bytes)
    )
    this.#streams = new ChannelStreams(init.connection, init.streams, init.clock, {
      reader: () => new FrameReader(this.#inbound),
      onChunk: (reader, chunk) => this.#onChunk(reader, chunk),
      onRoom: () => this.#room(),
      onFailure: (message, cause) => this.#end({ kind: 'communication', message, cause }, false)
    })
    this.#control = new ControlStream(init.records)
    const ping = () => this.#control.ping(0)
    this.#probes = new Probes(init.clock, ping)
    this.#liveness = new Liveness(init.clock, init.liveness, {
      ping,
      gone: () => this.#end({ kind: 'communication', message: 'the remote went silent' }, false)
    })
    init.connection.addEventListener('close', this.#onConnectionClose)
    this.#liveness.start()
    this.#control.start({
      onControl: (control) => this.#onControl(control),
      onHeard: () => this.#heard(),
      onControlEnd: (error) => this.#onControlEnd(error),
      onViolation: (error) => this.#violation(error)
    })
    if (init.connection.status !== 'open') this.#onConnectionClose()
  }

  serves(channelId: number): boolean {
    return this.#init.windows.some(({ id }) => id === channelId)
  }

  start(sink: LinkSink): void {
    this.#sink = sink
    if (this.#ended !== undefined) {
      const { reason, drain } = this.#ended
      queueMicrotask(() => sink.onEnd(reason, drain))
      return
    }
    for (const { channelId, stream } of this.#early.splice(0)) this.#streams.adopt(channelId, stream)
  }

  /** The remote opened a channel stream. Called synchronously with its arrival. */
  adopt(channelId: number, stream: Stream): void {
    if (this.#ended !== undefined || this.#closing !== undefined) stream.abort(new Error('the link has ended'))
    else if (this.#sink === undefined) this.#early.push({ channelId, stream })
    else this.#streams.adopt(channelId, stream)
  }

  writable(channelId: number): boolean {
    if (this.#sink === undefined || this.#ended !== undefined) return false
    const unwritten = this.#unwritten.get(channelId) ?? 0
    const need = unwritten > 0 ? Math.min(unwritten, MAX_SLICE_CHARGE) : MAX_SLICE_CHARGE
    if (this.#sendCredit.left(channelId) >= need && this.#flight.allows(channelId) && this.#streams.writable(channelId))
      return true
    this.#refused = true
    return false
  }

  write(slice: Slice): void {
    if (this.#ended !== undefined || this.#closing !== undefined) return
    const { channelId, piece } = slice
    if (piece !== undefined) this.#unwritten.set(channelId, piece.total - piece.offset - slice.bytes)
    this.#sendCredit.spend(channelId, sliceCharge(slice))
    const wireBytes = sliceWireBytes(slice)
    this.#flight.wrote(channelId, wireBytes, this.#init.clock.now())
    this.#tellPace()
    this.#streams.write(slice, wireBytes)
  }

  consumed(channelId: number, bytes: number): void {
    this.#receiveCredit.consumed(channelId, bytes)
    this.#tellCredit()
  }

  flushed(): Promise<boolean> {
    if (this.#ended !== undefined) return Promise.resolve(false)
    this.#streams.flush()
    const total = this.#flight.sent
    if (this.#flight.underWay === 0) return Promise.resolve(true)
    this.#control.ask(total)
    return new Promise((settle) => this.#flushes.push({ total, settle }))
  }

  probe(timeoutMs: number): Promise<boolean> {
    if (this.#ended !== undefined || this.#closing !== undefined) return Promise.resolve(false)
    return this.#probes.probe(timeoutMs)
  }

  close(reason: StopReason, flushed: boolean): Promise<void> {
    this.#closing ??= this.#close(reason, flushed)
    return this.#closing
  }

  stats(): { sentBytes: number; receivedBytes: number } {
    return { sentBytes: this.#flight.sent, receivedBytes: this.#receipts.received }
  }

  async #close(reason: StopReason, flushed: boolean): Promise<void> {
    const open = this.#init.connection.status === 'open'
    // nothing of ours is reported any more: the switch knows
    this.#ended ??= { reason, drain: false }
    this.#stop()
    const { clock } = this.#init
    const linger = clockSignal(clock, LINGER_MS)
    const error = new Error(`link closed (${reason.kind}): ${reason.message}`)
    try {
      if (open && this.#goodbye === undefined) {
        this.#streams.flush()
        const { kind, message } = reason
        const total = this.#flight.sent
        const goodbye = this.#control.goodbye({ type: 'goodbye', kind, flushed, total, detail: message }, linger.signal)
        // the streams are reset only once the remote has read the goodbye, which on QUIC they would overtake
        await Promise.race([Promise.all([goodbye, this.#control.ended]), linger.passed])
      } else if (open) await Promise.race([this.#control.closeWrite(linger.signal), linger.passed])
    } finally {
      linger.clear()
      this.#streams.abort(error)
      for (const { stream } of this.#early.splice(0)) stream.abort(error)
      this.#control.abort(error)
      await this.#init.release()
    }
  }

  #onChunk(reader: FrameReader, chunk: Uint8Array): void {
    if (this.#closing !== undefined) return
    this.#heard()
    this.#receipts.arrived(chunk.length)
    if (this.#ended === undefined) {
      try {
        reader.push(chunk)
      } catch (error) {
        this.#violation(error instanceof Error ? error : new Error(String(error)))
        return
      }
      this.#tellCredit()
    }
    this.#receipts.consider()
    if (this.#goodbye !== undefined) this.#maybeLeave(this.#goodbye)
  }

  #onControl(control: Exclude<Control, { type: 'ping' }>): void {
    switch (control.type) {
      case 'receipt':
        if (!this.#flight.acknowledge(control.total, this.#init.clock.now())) {
          this.#violation(
            new ProtocolViolationError(`receipt for ${control.total} bytes, ${this.#flight.sent} were sent`)
          )
          return
        }
        this.#tellPace()
        this.#settleFlushes()
        this.#room()
        return
      case 'credit':
        if (!this.#sendCredit.raise(control.channelId, control.limit))
          this.#violation(new ProtocolViolationError(`credit of channel ${control.channelId} shrank`))
        this.#room()
        return
      case 'ask':
        this.#receipts.ask(control.total)
        return
      case 'pace':
        this.#receipts.setPace(control.bytes)
        return
      case 'goodbye':
        this.#onGoodbye(control)
    }
  }

  #onGoodbye(goodbye: Extract<Control, { type: 'goodbye' }>): void {
    if (this.#goodbye !== undefined) return
    this.#goodbye = goodbye
    // so that the remote need not wait for what our switch does now
    const linger = clockSignal(this.#init.clock, LINGER_MS)
    void this.#control.closeWrite(linger.signal).finally(() => linger.clear())
    this.#maybeLeave(goodbye)
    if (this.#ended === undefined) {
      const overdue = clockSignal(this.#init.clock, OVERTAKEN_MS)
      void overdue.passed.then(() => this.#leave({ ...goodbye, flushed: false }))
    }
  }

  /** Ends the link once all that the remote flushed before its goodbye is here. */
  #maybeLeave(goodbye: Extract<Control, { type: 'goodbye' }>): void {
    if (!goodbye.flushed || this.#receipts.received >= goodbye.total) this.#leave(goodbye)
  }

  #leave({ kind, detail, flushed }: Extract<Control, { type: 'goodbye' }>): void {
    this.#end(reasonFromGoodbye(kind, detail), flushed)
  }

  #onControlEnd(error: Error | undefined): void {
    if (this.#goodbye === undefined)
      this.#end({ kind: 'communication', message: 'the remote closed its control stream', cause: error }, false)
  }

  readonly #onConnectionClose = (): void => {
    this.#end({ kind: 'communication', message: 'the connection was closed' }, false)
  }

  #violation(error: Error): void {
    const channel = error instanceof ChannelViolationError ? { channelId: error.channelId } : {}
    this.#end({ kind: 'protocol', message: error.message, cause: error, ...channel }, false)
  }

  /** The one way out. */
  #end(reason: StopReason, drain: boolean): void {
    if (this.#ended !== undefined) return
    this.#ended = { reason, drain }
    this.#stop()
    this.#sink?.onEnd(reason, drain)
  }

  #stop(): void {
    this.#liveness.stop()
    this.#receipts.stop()
    this.#probes.stop()
    this.#init.connection.removeEventListener('close', this.#onConnectionClose)
    for (const { settle } of this.#flushes.splice(0)) settle(false)
  }

  #heard(): void {
    this.#liveness.heard()
    this.#probes.heard()
  }

  /** Fewer receipts while much may be under way. */
  #tellPace(): void {
    const { pace } = this.#flight
    if (pace === this.#pace) return
    this.#pace = pace
    this.#control.pace(pace)
  }

  #tellCredit(): void {
    if (!this.#receiveCredit.hasDue || this.#ended !== undefined) return
    for (const { id, limit } of this.#receiveCredit.takeDue()) this.#control.credit(id, limit)
  }

  #settleFlushes(): void {
    const acknowledged = this.#flight.sent - this.#flight.underWay
    while (this.#flushes[0] !== undefined && this.#flushes[0].total <= acknowledged) this.#flushes.shift()?.settle(true)
  }

  /** Something that may have made `writable` true: told once per turn, and only to those who were refused. */
  #room(): void {
    if (!this.#refused || this.#roomDue) return
    this.#roomDue = true
    queueMicrotask(() => {
      this.#roomDue = false
      this.#refused = false
      if (this.#ended === undefined) this.#sink?.onWritable()
    })
  }
}
