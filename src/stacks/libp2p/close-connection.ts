/** Closing a connection within a time of our own: libp2p leaves open what does not close in time, and has no deadline of its own where a signal is given. */
import type { Connection } from '@libp2p/interface'
import type { Clock } from '../../interface/clock.ts'
import { clockSignal } from './deadline-signal.ts'

/** libp2p's own default for closing one connection. */
const CLOSE_TIMEOUT_MS = 1_000

/** In good order, or else by force. Never rejects; when it settles, the connection is gone or going. */
export async function closeConnection(connection: Pick<Connection, 'close' | 'abort'>, clock: Clock): Promise<void> {
  const deadline = clockSignal(clock, CLOSE_TIMEOUT_MS, 'closing the connection')
  try {
    await connection.close({ signal: deadline.signal })
  } catch (error) {
    connection.abort(error as Error)
  } finally {
    deadline.clear()
  }
}
