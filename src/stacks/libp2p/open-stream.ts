/**
 * Opening a stream without a way to end the process: yamux writes the first frame of a new stream in a microtask of its own, uncaught, and that write throws when
 * the connection was closed in between (@libp2p/yamux 8.0.3, muxer.ts onCreateStream). So streams are opened in a turn of their own, where nobody
 * else's code can come between the two.
 */
import { type Connection, ConnectionClosedError, type Stream } from '@libp2p/interface'
import { macrotask } from '../../util/macrotask.ts'

/** As `connection.newStream`, which is called nowhere else in this folder. `maxStreams`: over libp2p's own limit where no handler is registered. */
export async function openStream(
  connection: Connection,
  protocol: string,
  options: { readonly signal: AbortSignal; readonly maxStreams?: number }
): Promise<Stream> {
  await new Promise<void>(macrotask)
  options.signal.throwIfAborted()
  if (connection.status !== 'open') throw new ConnectionClosedError(`the connection is ${connection.status}`)
  const { signal, maxStreams } = options
  return await connection.newStream(
    protocol,
    maxStreams === undefined ? { signal } : { signal, maxOutboundStreams: maxStreams }
  )
}
