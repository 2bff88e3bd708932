/**
 * TCP as the classic stack uses it: connecting, listening on several addresses, and what both have in common. Names are looked up by the platform, which tries
 * IPv6 and IPv4 by turns.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { formatHostPort, type HostPort } from '../../identity/host-port.ts'
import { canonicalIp } from '../../identity/ip.ts'
import type { ByteDuplex } from './byte-duplex.ts'
import { socketDuplex } from './socket-duplex.ts'

/** Go's net package sets these on every connection: the kernel's own keep-alive, beside MConnection's pings. */
const SOCKET_OPTIONS = Object.freeze({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 15_000 })

/** A connected socket, not read yet. */
export interface TcpConnection {
  readonly port: ByteDuplex
  /** IP literal of the remote, IPv4-mapped IPv6 as IPv4; '' if it is gone already. */
  readonly ip: string
  readonly remotePort: number
}

/** Rejects with the platform's error, or with the signal's reason. */
export function connectTcp({ host, port }: HostPort, signal: AbortSignal): Promise<TcpConnection> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const socket = connect({ host, port, ...SOCKET_OPTIONS })
    const leave = () => {
      signal.removeEventListener('abort', onAbort)
      socket.off('error', onError)
    }
    const onAbort = () => {
      leave()
      // a lookup under way may still fail
      socket.on('error', () => {})
      socket.destroy()
      reject(signal.reason)
    }
    const onError = (error: Error) => {
      leave()
      socket.on('error', () => {})
      socket.destroy()
      reject(error)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('error', onError)
    socket.once('connect', () => {
      leave()
      resolve(tcpConnection(socket))
    })
  })
}

/** What an error of the platform says; the one of several failed addresses at once has no message of its own. */
export function socketErrorText(error: unknown): string {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: unknown[] }
  if (message !== undefined && message !== '') return message
  return errors?.map(socketErrorText).join(', ') || code || String(error)
}

export class Listeners {
  readonly #onConnection: (connection: TcpConnection) => void
  readonly #onError: (error: Error) => void
  #open: Array<{ readonly server: Server; readonly host: string; readonly port: number }> = []

  /** `onConnection` must not throw. `onError`: a listener of an address failed after it was open. */
  constructor(onConnection: (connection: TcpConnection) => void, onError: (error: Error) => void) {
    this.#onConnection = onConnection
    this.#onError = onError
  }

  /** Port 0 picks a free one. If one address cannot be listened on, rejects with the platform's error, and listens on none. */
  async open(addresses: readonly HostPort[]): Promise<void> {
    try {
      for (const address of addresses) await this.#listen(address)
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** `tcp://host:port` with the host as it was given, as Go tells it, and the port that is listened on. */
  addresses(): string[] {
    return this.#open.map(({ host, port }) => `tcp://${formatHostPort(host, port)}`)
  }

  /** Takes no more; connections that were handed on are not touched. */
  close(): void {
    // the callback would wait for every connection to end
    for (const { server } of this.#open.splice(0)) server.close()
  }

  #listen({ host, port }: HostPort): Promise<void> {
    return new Promise((resolve, reject) => {
      // nothing is read before somebody wants it
      const server = createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true }, (socket) =>
        this.#onConnection(tcpConnection(socket))
      )
      server.once('error', reject)
      server.listen({ host, port }, () => {
        server.off('error', reject)
        server.on('error', this.#onError)
        this.#open.push({ server, host, port: (server.address() as AddressInfo).port })
        resolve()
      })
    })
  }
}

function tcpConnection(socket: Socket): TcpConnection {
  return {
    port: socketDuplex(socket),
    ip: canonicalIp(socket.remoteAddress ?? '') ?? '',
    remotePort: socket.remotePort ?? 0
  }
}
