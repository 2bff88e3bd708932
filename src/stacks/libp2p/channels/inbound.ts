/**
 * What a link makes of arriving frames (docs/protocol.md sections 4, 6): checks each header against the channel table and the credit given,
 * puts messages together, hands them up in order. Throws `ProtocolViolationError` for what an honest remote never sends.
 */
import { ProtocolViolationError } from '../../../errors.ts'
import { Assembly } from './assembly.ts'
import type { ReceiveCredit } from './credit.ts'
import { FrameKind, type FrameSink } from './frames.ts'

/** A channel as it is received. */
interface ChannelIn {
  readonly maxBytes: number
  /** The announced length of the message being received, -1 between messages; what of it the frames so far cover. */
  total: number
  covered: number
  /** Made for the first message that does not come in one piece. */
  assembly: Assembly | undefined
}

export class Inbound implements FrameSink {
  readonly #credit: ReceiveCredit
  readonly #deliver: (channelId: number, bytes: Uint8Array) => void
  readonly #channels = new Map<number, ChannelIn>()

  constructor(
    channels: ReadonlyArray<{ readonly id: number; readonly recvMessageCapacity: number }>,
    credit: ReceiveCredit,
    deliver: (channelId: number, bytes: Uint8Array) => void
  ) {
    this.#credit = credit
    this.#deliver = deliver
    for (const { id, recvMessageCapacity } of channels)
      this.#channels.set(id, { maxBytes: recvMessageCapacity, total: -1, covered: 0, assembly: undefined })
  }

  frame(channelId: number, kind: number, length: number, total: number): void {
    const channel = this.#channels.get(channelId)
    if (channel === undefined) throw fault(channelId, 'we do not serve it')
    if (kind === FrameKind.NEXT) {
      if (channel.total < 0) throw fault(channelId, 'a piece of no message')
      if (length === 0 || length > channel.total - channel.covered)
        throw fault(channelId, `a piece of ${length} bytes where ${channel.total - channel.covered} are missing`)
      channel.covered += length
      if (!this.#credit.charge(channelId, length, -1)) throw fault(channelId, 'more than the credit given')
      return
    }
    if (channel.total >= 0) throw fault(channelId, 'a message within a message')
    const announced = kind === FrameKind.FIRST ? total : length
    if (announced > channel.maxBytes)
      throw fault(channelId, `a message of ${announced} bytes, at most ${channel.maxBytes} are accepted`)
    if (kind === FrameKind.FIRST && (length === 0 || length > total))
      throw fault(channelId, `a first piece of ${length} bytes of ${total}`)
    channel.total = announced
    channel.covered = length
    if (!this.#credit.charge(channelId, length, announced)) throw fault(channelId, 'more than the credit given')
  }

  message(channelId: number, bytes: Uint8Array): void {
    ;(this.#channels.get(channelId) as ChannelIn).total = -1
    this.#credit.handedUp(channelId, bytes.length)
    this.#deliver(channelId, bytes)
  }

  part(channelId: number, bytes: Uint8Array): void {
    const channel = this.#channels.get(channelId) as ChannelIn
    channel.assembly ??= new Assembly()
    const { assembly } = channel
    assembly.add(bytes, channel.total)
    if (assembly.length === channel.total) this.message(channelId, assembly.take())
  }
}

/** A violation that knows its channel. */
export class ChannelViolationError extends ProtocolViolationError {
  readonly channelId: number
  constructor(channelId: number, message: string) {
    super(`channel 0x${channelId.toString(16).padStart(2, '0')}: ${message}`)
    this.channelId = channelId
  }
}

function fault(channelId: number, message: string): ProtocolViolationError {
  return new ChannelViolationError(channelId, message)
}
