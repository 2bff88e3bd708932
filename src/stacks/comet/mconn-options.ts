/** What can be set about the links of the classic stack, with CometBFT's names and values where it has them (spec mconnection section 2). */
import { InvalidOptionError } from '../../errors.ts'
import { checkedReceiveBuffer, switchDefaults } from '../../options.ts'
import { MAX_TIMER_MS } from '../../util/clock.ts'

export interface MConnOptions {
  /** p2p.max_packet_msg_payload_size, bytes. All nodes of a network need the same. @default {@link mconnDefaults.maxPacketMsgPayloadSize} */
  readonly maxPacketMsgPayloadSize?: number
  /**
   * p2p.flush_throttle_timeout, ms: how long packets may wait for others to be sent with them. 0: to the end of the running turn of the event loop, which is enough to join
   * what is sent in one go. @default {@link mconnDefaults.flushThrottleMs}
   */
  readonly flushThrottleMs?: number
  /** p2p.send_rate, bytes of packets per second and peer; 0: no limit. Pings and pongs count, and are never held back. @default {@link mconnDefaults.sendRate} */
  readonly sendRate?: number
  /** p2p.recv_rate, as `sendRate`: beyond it the socket is not read, the remote's pings in it included, as in Go. @default {@link mconnDefaults.recvRate} */
  readonly recvRate?: number
  /** How often the remote is pinged, ms. @default {@link mconnDefaults.pingIntervalMs} */
  readonly pingIntervalMs?: number
  /** How long it may then say nothing, ms; less than the interval. @default {@link mconnDefaults.pongTimeoutMs} */
  readonly pongTimeoutMs?: number
  /** Bytes per peer that wait for `receive` before its socket is read no further. @default {@link mconnDefaults.receiveBufferBytes} */
  readonly receiveBufferBytes?: number
}

export const mconnDefaults: Required<MConnOptions> = Object.freeze({
  maxPacketMsgPayloadSize: 1024,
  // Go waits 10 ms; our outbox joins messages already
  flushThrottleMs: 0,
  // the library's default in Go is 512000, the node's 5120000; ours: whoever wants a limit sets one
  sendRate: 0,
  recvRate: 0,
  pingIntervalMs: 60_000,
  pongTimeoutMs: 45_000,
  receiveBufferBytes: switchDefaults.receiveBufferBytes
})

/** Ours: a packet is built in one piece of memory. */
const MAX_PAYLOAD_BYTES = 1024 * 1024

/** All of them, checked. Throws `InvalidOptionError`. */
export function checkedMConnOptions(given: MConnOptions = {}): Required<MConnOptions> {
  const found: Record<string, unknown> = { ...given }
  const number = (name: keyof MConnOptions, least: number, most: number): number => {
    const value = found[name] ?? mconnDefaults[name]
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidOptionError(name, found[name], `an integer from ${least} to ${most}`)
    return value
  }
  const options = {
    maxPacketMsgPayloadSize: number('maxPacketMsgPayloadSize', 1, MAX_PAYLOAD_BYTES),
    flushThrottleMs: number('flushThrottleMs', 0, MAX_TIMER_MS),
    sendRate: number('sendRate', 0, Number.MAX_SAFE_INTEGER),
    recvRate: number('recvRate', 0, Number.MAX_SAFE_INTEGER),
    pingIntervalMs: number('pingIntervalMs', 2, MAX_TIMER_MS),
    pongTimeoutMs: number('pongTimeoutMs', 1, MAX_TIMER_MS),
    receiveBufferBytes: checkedReceiveBuffer(given.receiveBufferBytes)
  }
  // NewMConnectionWithConfig panics
  if (options.pongTimeoutMs >= options.pingIntervalMs)
    throw new InvalidOptionError('pongTimeoutMs', options.pongTimeoutMs, 'less than pingIntervalMs')
  return options
}
