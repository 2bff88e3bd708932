/**
 * One send per connected peer, started at once, the message encoded once (requirements ). What a slow reader of the result leaves unread is
 * bounded by the number of peers.
 */
import type { Envelope } from '../interface/envelope.ts'
import type { Logger } from '../interface/logger.ts'
import type { Peer } from '../interface/peer.ts'
import type { ChannelTable } from '../wire/channel-table.ts'
import { encodeEnvelope, SwitchPeer } from './peer.ts'

export interface BroadcastResult {
  peer: Peer
  sent: boolean
}

export function broadcast(
  envelope: Envelope,
  peers: readonly Peer[],
  table: ChannelTable,
  logger: Logger
): AsyncIterable<BroadcastResult> {
  const bytes = encodeEnvelope(envelope, table, logger)
  const results = new Results(peers.length)
  for (const peer of peers) {
    // a handle that a reactor put in the place of ours decides itself what its send does
    const sending =
      bytes === undefined
        ? Promise.resolve(false)
        : SwitchPeer.owns(peer)
          ? peer.sendBytes(envelope.channelId, bytes)
          : sendBy(peer, envelope)
    sending.then(
      (sent) => results.push({ peer, sent }),
      (err: unknown) => {
        logger.error('Broadcast failed', { err })
        results.push({ peer, sent: false })
      }
    )
  }
  return results
}

export function tryBroadcast(envelope: Envelope, peers: readonly Peer[], table: ChannelTable, logger: Logger): void {
  const bytes = encodeEnvelope(envelope, table, logger)
  if (bytes === undefined) return
  for (const peer of peers) {
    if (SwitchPeer.owns(peer)) {
      peer.trySendBytes(envelope.channelId, bytes)
      continue
    }
    try {
      peer.trySend(envelope)
    } catch (err) {
      logger.error('Broadcast failed', { err })
    }
  }
}

/** A rejection, never an exception, whatever the handle does. */
async function sendBy(peer: Peer, envelope: Envelope): Promise<boolean> {
  return (await peer.send(envelope)) === true
}

/** What is known so far, and then the rest as it comes. May be iterated any number of times. */
class Results implements AsyncIterable<BroadcastResult> {
  readonly #expected: number
  readonly #results: BroadcastResult[] = []
  #waiting: Array<() => void> = []

  constructor(expected: number) {
    this.#expected = expected
  }

  push(result: BroadcastResult): void {
    this.#results.push(result)
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<BroadcastResult> {
    for (let next = 0; next < this.#expected; next++) {
      while (this.#results.length <= next) await new Promise<void>((resolve) => this.#waiting.push(resolve))
      yield this.#results[next] as BroadcastResult
    }
  }
}
