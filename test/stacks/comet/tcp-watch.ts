/** The TCP sockets of this process, as Node.js itself tells of them: a test cuts connections without a hook in the code under test. */
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const sockets = new Set<Socket>()

function watch(message: unknown): void {
  const { socket } = message as { socket: Socket }
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

subscribe('net.client.socket', watch)
subscribe('net.server.socket', watch)

/** Open sockets of which one end is that port, all if none is given. */
export function openSockets(port?: number): Socket[] {
  return [...sockets].filter(
    ({ destroyed, localPort, remotePort }) =>
      !destroyed && (port === undefined || localPort === port || remotePort === port)
  )
}

/** Both ends of every connection to that port are gone, without a word. */
export function cut(port: number): void {
  for (const socket of openSockets(port)) socket.destroy(new Error('cut'))
}
