/**
 * From an address to a connection of libp2p that can be used: one that was there or a new one. What libp2p hands out may be closed already, lead to another node,
 * or be relayed (spec/js-libp2p.md, the connection manager's traps).
 */
import type { Connection } from '@libp2p/interface'
import { DialFailedError, WrongIdentityError } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import { withSignal } from '../../util/deadline.ts'
import { macrotask } from '../../util/macrotask.ts'
import type { Connections } from './connections.ts'
import { clockSignal } from './deadline-signal.ts'
import { dialHint, dialTarget, isWrongKey } from './dial-target.ts'
import type { Libp2pStackComponents } from './stack-options.ts'

export interface ConnectInit {
  readonly connectionManager: Libp2pStackComponents['connectionManager']
  readonly connections: Pick<Connections, 'markDialled'>
  readonly clock: Clock
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** `fresh`: it was not there before. Rejects with `WrongIdentityError`, `DialFailedError`, or the signal's reason. */
export async function connectTo(
  address: NetAddress,
  { connectionManager, connections, clock, timeoutMs, signal }: ConnectInit
): Promise<{ readonly connection: Connection; readonly fresh: boolean }> {
  signal.throwIfAborted()
  const deadline = clockSignal(clock, timeoutMs, `connecting to ${address}`, signal)
  try {
    for (;;) {
      const before = new Set(connectionManager.getConnections())
      const connection = await withSignal(
        connectionManager.openConnection(dialTarget(address), { signal: deadline.signal }),
        deadline.signal
      )
      const fresh = !before.has(connection)
      if (connection.status !== 'open') {
        // a new one that is closed already was denied after the handshake; an old one libp2p hands out until it is gone
        if (fresh) throw new Error(`the connection is ${connection.status}`)
        await withSignal(new Promise<void>(macrotask), deadline.signal)
        continue
      }
      if (fresh && connection.direction === 'outbound') connections.markDialled(connection)
      // its address is the relay's, its time and bytes are limited
      if (connection.limits !== undefined) throw new Error('the connection is a limited (relayed) one')
      return { connection, fresh }
    }
  } catch (cause) {
    signal.throwIfAborted()
    if (isWrongKey(cause as Error)) throw new WrongIdentityError(`${address} led to another node`, { cause })
    throw new DialFailedError(`${address}: ${(cause as Error).message}${dialHint(address, cause as Error)}`, { cause })
  } finally {
    deadline.clear()
  }
}
