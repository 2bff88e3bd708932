/** What the classic stack is made from, and its options with their defaults. */
import { InvalidOptionError } from '../../errors.ts'
import { type HostPort, parseHostPort, withoutScheme } from '../../identity/host-port.ts'
import type { NodeKey } from '../../identity/node-key.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import { switchDefaults } from '../../options.ts'
import { assertNames, assertTimer, namesOf } from '../../util/check.ts'
import { checkedMConnOptions, type MConnOptions } from './mconn-options.ts'

/** Options of the classic stack that a user sets. */
export interface CometStackOptions extends MConnOptions {
  /** Connecting, name lookup included, ms. @default {@link switchDefaults.dialTimeoutMs} */
  readonly dialTimeoutMs?: number
  /** SecretConnection, NodeInfo and, between our own nodes, the verdict: each, ms. @default {@link switchDefaults.handshakeTimeoutMs} */
  readonly handshakeTimeoutMs?: number
}

export interface CometStackInit extends CometStackOptions {
  /** The switch's own. */
  readonly nodeKey: NodeKey
  /** `tcp://host:port` or `host:port`, as many as wanted; port 0 picks a free one. Empty: does not listen. @default [] */
  readonly listen?: readonly string[]
  readonly clock?: Clock
  readonly logger?: Logger
}

const NAMES = namesOf<CometStackInit>({
  nodeKey: true,
  listen: true,
  clock: true,
  logger: true,
  dialTimeoutMs: true,
  handshakeTimeoutMs: true,
  maxPacketMsgPayloadSize: true,
  flushThrottleMs: true,
  sendRate: true,
  recvRate: true,
  pingIntervalMs: true,
  pongTimeoutMs: true,
  receiveBufferBytes: true
})

export interface CheckedStackInit {
  readonly listen: readonly HostPort[]
  readonly dialTimeoutMs: number
  readonly handshakeTimeoutMs: number
  readonly mconn: Required<MConnOptions>
}

/** Throws `InvalidOptionError` naming the field. */
export function checkedStackInit(init: CometStackInit): CheckedStackInit {
  if (typeof init !== 'object' || init === null) throw new InvalidOptionError('options', init, 'an object')
  assertNames('', init, NAMES)
  if (!(init.nodeKey?.seed instanceof Uint8Array)) throw new InvalidOptionError('nodeKey', init.nodeKey, 'a node key')
  const { listen = [] } = init
  const dialTimeoutMs = init.dialTimeoutMs ?? switchDefaults.dialTimeoutMs
  const handshakeTimeoutMs = init.handshakeTimeoutMs ?? switchDefaults.handshakeTimeoutMs
  if (!Array.isArray(listen)) throw new InvalidOptionError('listen', listen, 'an array of tcp://host:port')
  assertTimer('dialTimeoutMs', dialTimeoutMs)
  assertTimer('handshakeTimeoutMs', handshakeTimeoutMs)
  return {
    listen: listen.map((text, i) => readListen(`listen[${i}]`, text)),
    dialTimeoutMs,
    handshakeTimeoutMs,
    mconn: checkedMConnOptions(init)
  }
}

function readListen(field: string, text: unknown): HostPort {
  if (typeof text !== 'string' || text === '') throw new InvalidOptionError(field, text, 'tcp://host:port')
  const parsed = parseHostPort(withoutScheme(text), 0)
  if (typeof parsed === 'string') throw new InvalidOptionError(field, text, `tcp://host:port (${parsed})`)
  return parsed
}
