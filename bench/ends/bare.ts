/**
 * The classic wire without us: the ceiling and the naive variant of the classic cells. No Switch, no reactors, no queues, no pings.
 *
 * Ceiling: packets written round and round as they would go out one after another, up to 64 KB of them sealed and written at once, waiting for `drain` when the socket
 * says so. Naive: every packet sealed and written alone. An urgent message is written at once: what lies in the socket is before it.
 */

import { type Load, URGENT_BYTES, URGENT_EVERY_MS } from '../cell.ts'
import { coalesce, messagePackets, PacketParser, type PlainWrite } from '../classic-packets.ts'
import { type BareConnection, bareConnect, bareListen } from './bare-connection.ts'
import { Counter, channelId, isUrgent, nextTurn, type ReceivingEnd, type SendingEnd, stamped } from './end.ts'

/** As many frames as 64 KiB of data fill. More at once gains nothing. */
const COALESCED_BYTES = 64 * 1024
/** Whatever the socket takes, the event loop has its turn after so many bytes. */
const TURN_BYTES = 256 * 1024

export async function bareReceiver(load: Load): Promise<ReceivingEnd> {
  const counter = new Counter()
  const urgent = isUrgent(load, 1) ? channelId(load, 1) : -1
  const port = await bareListen(({ read }) => {
    const parser = new PacketParser((channel, message) => {
      if (channel === urgent) counter.addUrgent(message)
      else counter.add(message)
    })
    read((data) => parser.push(data))
  })
  return { addresses: [String(port)], counts: counter.counts, takeLatencies: () => counter.takeLatencies() }
}

export async function bareSender(load: Load, addresses: string[], coalesced: boolean): Promise<SendingEnd> {
  const connection = await bareConnect(Number(addresses[0]))
  connection.read(() => {})
  return new BareSender(load, connection, coalesced)
}

/** What is written, in order, and from the beginning again. */
function plan(load: Load, coalesced: boolean): PlainWrite[] {
  const channels = load.discipline === 'urgent' ? 1 : load.channels
  const payload = new Uint8Array(load.size).fill(7)
  const packets = Array.from({ length: channels }, (_, i) => messagePackets(channelId(load, i), payload)).flat()
  return coalesced ? coalesce(packets, COALESCED_BYTES) : packets
}

class BareSender implements SendingEnd {
  readonly #load: Load
  readonly #connection: BareConnection
  readonly #writes: readonly PlainWrite[]
  // what changes
  #running = false
  #loop: Promise<void> = Promise.resolve()
  #next = 0
  #sent = 0
  #wake: (() => void) | undefined
  #closed = false

  constructor(load: Load, connection: BareConnection, coalesced: boolean) {
    this.#load = load
    this.#connection = connection
    this.#writes = plan(load, coalesced)
    connection.socket.on('drain', () => this.#wake?.())
    connection.socket.on('close', () => {
      this.#running = false
      this.#closed = true
      this.#wake?.()
    })
  }

  start(): void {
    this.#running = true
    const { discipline } = this.#load
    if (discipline === 'urgent' || discipline === 'idle') this.#sendUrgent()
    if (discipline !== 'idle') this.#loop = this.#send()
  }

  async stop(): Promise<number> {
    this.#running = false
    await this.#loop
    if (this.#closed) throw new Error('the remote closed the connection')
    return this.#sent
  }

  /** Ends with a whole message. */
  async #send(): Promise<void> {
    let whole = true
    for (let bytes = 0; (this.#running || !whole) && !this.#closed; ) {
      const write = this.#writes[this.#next++ % this.#writes.length] as PlainWrite
      this.#sent += write.messages
      whole = write.endsMessage
      bytes += write.bytes.length
      if (!this.#write(write.bytes)) await this.#drain()
      if (bytes < TURN_BYTES) continue
      bytes = 0
      await nextTurn()
    }
  }

  #sendUrgent(): void {
    const timer = setInterval(() => {
      if (!this.#running) return clearInterval(timer)
      for (const { bytes } of messagePackets(channelId(this.#load, 1), stamped(URGENT_BYTES))) this.#write(bytes)
      this.#sent++
    }, URGENT_EVERY_MS)
  }

  #write(packets: Uint8Array): boolean {
    return this.#connection.socket.write(this.#connection.sealer.seal(packets))
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined
        resolve()
      }
    })
  }
}
