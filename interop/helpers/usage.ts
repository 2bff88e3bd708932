/** What our process holds: a leak shows as figures that stay up. */
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { OurNode } from './our-node.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

export interface Usage {
  peers: number
  /** TCP sockets, listening ones left out. With libp2p over QUIC there are none. */
  sockets: number
  /** Of switch and links. */
  timers: number
  /** With libp2p only, else 0: */
  connections: number
  streams: number
  /** Listeners on connections, for the events a link could listen to. */
  listeners: number
  /** MaxListenersExceededWarnings so far. */
  leakWarnings: number
  heapMB: number
  rssMB: number
}

const MB = 1024 * 1024
/** Node's own sign of a listener leak, anywhere in the process. */
let leakWarnings = 0
process.on('warning', ({ name }) => {
  if (name === 'MaxListenersExceededWarning') leakWarnings++
})
const CONNECTION_EVENTS = ['close', 'remoteCloseWrite', 'message', 'drain', 'stream', 'error']

/** Passes of the collector, with time between them for finalizers (native streams have them) and for what they set free. */
const PASSES = 4
const BETWEEN_MS = 250

export async function usage(ours: OurNode): Promise<Usage> {
  for (let pass = 0; pass < PASSES; pass++) {
    collect()
    await pause(BETWEEN_MS)
  }
  const connections = ours.node.libp2p?.getConnections() ?? []
  const { heapUsed, rss } = process.memoryUsage()
  return {
    peers: ours.switch.peers().size,
    sockets: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
    timers: ours.timers,
    connections: connections.length,
    streams: connections.reduce((sum, { streams }) => sum + streams.length, 0),
    listeners: connections.reduce((sum, connection) => sum + listenersOf(connection), 0),
    leakWarnings,
    heapMB: heapUsed / MB,
    rssMB: rss / MB
  }
}

/** libp2p's emitters count their listeners; where one does not, it counts as none. */
function listenersOf(emitter: object): number {
  const { listenerCount } = emitter as { listenerCount?(type: string): number }
  if (listenerCount === undefined) return 0
  return CONNECTION_EVENTS.reduce((sum, type) => sum + listenerCount.call(emitter, type), 0)
}
