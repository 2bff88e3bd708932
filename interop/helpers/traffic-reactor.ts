/** A reactor of ours that sends and receives numbered payloads, as interop/go/hostile's sink and source do, and knows each that came. */
import type { ChannelDescriptor, Envelope, Peer } from '../../src/index.ts'
import { BaseReactor } from '../../src/reactors/index.ts'

/** Not one of CometBFT's. */
export const TRAFFIC_CHANNEL = 0xaa
/** A payload begins with its number, big endian. */
const NUMBER_BYTES = 8
/** google.protobuf.BytesValue, field 1, length-delimited. */
const VALUE_TAG = 0x0a

interface Payload {
  value: Uint8Array
}

/** What comes before a payload of that length. */
function headOf(length: number): number[] {
  const head = [VALUE_TAG]
  let rest = length
  for (; rest >= 0x80; rest >>>= 7) head.push((rest & 0x7f) | 0x80)
  head.push(rest)
  return head
}

const channel: ChannelDescriptor<Payload> = {
  id: TRAFFIC_CHANNEL,
  priority: 5,
  sendQueueCapacity: 1_000,
  recvMessageCapacity: 4_194_304,
  messageType: {
    typeName: 'google.protobuf.BytesValue',
    encode({ value }) {
      const head = headOf(value.length)
      const bytes = new Uint8Array(head.length + value.length)
      bytes.set(head)
      bytes.set(value, head.length)
      return bytes
    },
    decode(bytes) {
      let at = 1
      while ((bytes[at] ?? 0) >= 0x80) at++
      const value = bytes.subarray(at + 1)
      if (headOf(value.length).some((byte, i) => byte !== bytes[i])) throw new RangeError('not a BytesValue')
      return { value }
    }
  }
}

export class TrafficReactor extends BaseReactor {
  readonly #seen: Uint8Array
  // what changes
  #distinct = 0
  #doubles = 0
  #firstAt = 0
  #lastAt = 0
  #waiting: { count: number; wake(): void } | undefined

  /** `expected`: how many numbers may come. */
  constructor(expected: number) {
    super('TRAFFIC')
    this.#seen = new Uint8Array(expected)
  }

  get received(): { distinct: number; doubles: number; perSecond: number } {
    const perSecond = (this.#distinct * 1000) / Math.max(1, this.#lastAt - this.#firstAt)
    return { distinct: this.#distinct, doubles: this.#doubles, perSecond }
  }

  /** Settles once `count` different numbers have come. One caller at a time. */
  async receives(count: number): Promise<void> {
    if (this.#distinct >= count) return
    await new Promise<void>((resolve) => {
      this.#waiting = { count, wake: resolve }
    })
  }

  /** Sends the numbers from `from` up to but not including `to`. Rejects at the first that was not queued. */
  async sendAll(peer: Peer, from: number, to: number, payloadBytes = 100): Promise<void> {
    for (let number = from; number < to; number++) {
      const value = new Uint8Array(payloadBytes)
      new DataView(value.buffer).setBigUint64(0, BigInt(number))
      if (!(await peer.send({ channelId: TRAFFIC_CHANNEL, message: { value } })))
        throw new Error(`message ${number} was not taken; the peer is ${peer.isRunning() ? 'running' : 'stopped'}`)
    }
  }

  override getChannels(): ChannelDescriptor[] {
    return [channel]
  }

  override receive({ message }: Envelope): void {
    const { value } = message as Payload
    if (value.length < NUMBER_BYTES) throw new RangeError(`a payload of ${value.length} bytes`)
    const number = Number(new DataView(value.buffer, value.byteOffset).getBigUint64(0))
    this.#lastAt = performance.now()
    if (this.#distinct === 0) this.#firstAt = this.#lastAt
    if (number >= this.#seen.length) throw new RangeError(`number ${number} was not expected`)
    if (this.#seen[number] === 1) this.#doubles++
    else {
      this.#seen[number] = 1
      this.#distinct++
    }
    if (this.#waiting !== undefined && this.#distinct >= this.#waiting.count) this.#waiting.wake()
  }
}
