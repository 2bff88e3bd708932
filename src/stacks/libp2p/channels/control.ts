/**
 * A link's control stream after hello: receipts, credit, pings and the goodbye (docs/protocol.md sections 5 to 8).
 *
 * What is to be said is kept as state, not as a queue: while the stream is not writable only the latest receipt and limits are remembered, so
 * a remote that does not read costs nothing. Everything said in one turn goes out as one write.
 */
import { ProtocolViolationError } from '../../../errors.ts'
import { type Control, decodeControl, encodeControl } from './control-codec.ts'
import type { RecordStream } from './record-stream.ts'

/** What the link learns from it. No method throws but for `ProtocolViolationError`. */
export interface ControlSink {
  onControl(control: Exclude<Control, { type: 'ping' }>): void
  /** Any record came: a sign of life. */
  onHeard(): void
  /** The remote sends nothing more. */
  onControlEnd(error: Error | undefined): void
  onViolation(error: ProtocolViolationError): void
}

export class ControlStream {
  readonly #stream: RecordStream
  // what is to be said
  #receipt = -1
  #ask = -1
  #pace = -1
  #ping = -1
  #pong = -1
  readonly #credit = new Map<number, number>()
  #flushDue = false

  constructor(stream: RecordStream) {
    this.#stream = stream
  }

  /** Begins to hand on what arrives, what has arrived since hello first. */
  start(sink: ControlSink): void {
    this.#stream.handle({
      onRecord: (body) => {
        sink.onHeard()
        try {
          const control = decodeControl(body)
          if (control?.type === 'ping') this.pong(control.token)
          else if (control !== undefined) sink.onControl(control)
        } catch (error) {
          sink.onViolation(
            error instanceof ProtocolViolationError
              ? error
              : new ProtocolViolationError('control record', { cause: error })
          )
        }
      },
      onRoom: () => this.#flush(),
      onEnd: (error) => {
        if (error instanceof ProtocolViolationError) sink.onViolation(error)
        else sink.onControlEnd(error)
      }
    })
  }

  receipt(total: number): void {
    this.#receipt = total
    this.#schedule()
  }

  credit(channelId: number, limit: number): void {
    this.#credit.set(channelId, limit)
    this.#schedule()
  }

  ask(total: number): void {
    this.#ask = total
    this.#schedule()
  }

  pace(bytes: number): void {
    this.#pace = bytes
    this.#schedule()
  }

  ping(token: number): void {
    this.#ping = token
    this.#schedule()
  }

  pong(token: number): void {
    this.#pong = token
    this.#schedule()
  }

  /** The last thing said; then our side of the stream is closed. Settles when that has been handed over or the signal aborts. Never rejects. */
  async goodbye(goodbye: Extract<Control, { type: 'goodbye' }>, signal: AbortSignal): Promise<void> {
    this.#send(encodeControl(goodbye))
    await this.#stream.closeWrite(signal)
  }

  /** Closes our side without a word: the answer to a goodbye. */
  async closeWrite(signal: AbortSignal): Promise<void> {
    await this.#stream.closeWrite(signal)
  }

  /** Resolves when the remote will say nothing more. */
  get ended(): Promise<void> {
    return this.#stream.ended
  }

  abort(error: Error): void {
    this.#stream.abort(error)
  }

  #schedule(): void {
    if (this.#flushDue) return
    this.#flushDue = true
    queueMicrotask(() => {
      this.#flushDue = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#stream.writable) this.#send()
  }

  #send(last?: Uint8Array): void {
    const records: Uint8Array[] = []
    for (const [channelId, limit] of this.#credit) records.push(encodeControl({ type: 'credit', channelId, limit }))
    this.#credit.clear()
    if (this.#receipt >= 0) records.push(encodeControl({ type: 'receipt', total: this.#receipt }))
    if (this.#ask >= 0) records.push(encodeControl({ type: 'ask', total: this.#ask }))
    if (this.#pace >= 0) records.push(encodeControl({ type: 'pace', bytes: this.#pace }))
    if (this.#ping >= 0) records.push(encodeControl({ type: 'ping', token: this.#ping }))
    if (this.#pong >= 0) records.push(encodeControl({ type: 'pong', token: this.#pong }))
    this.#receipt = this.#ask = this.#pace = this.#ping = this.#pong = -1
    if (last !== undefined) records.push(last)
    if (records.length > 0) this.#stream.send(...records)
  }
}
