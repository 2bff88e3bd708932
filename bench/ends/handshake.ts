/**
 * Connecting on the classic stack. Ours: Switches that dial one Switch, each with a key of its own, from the dial to the addPeer of both ends. One peer more is there before
 * them, speaks all the time, and has to stay. Ceiling: a bare connection with the same cryptography.
 */
import type { Peer } from '../../src/index.ts'
import type { Load, Variant } from '../cell.ts'
import type { Handlers } from '../rpc.ts'
import { type BareConnection, bareConnect, bareListen } from './bare-connection.ts'
import { type CometNode, cometNode } from './comet-node.ts'
import { BenchReactor, OursSender } from './ours.ts'

/** Dials under way at any time, ours: enough that neither end waits for the other. */
const AT_ONCE = 16

/** Counts its peers. */
class HostReactor extends BenchReactor {
  peers = 0

  override addPeer(_peer: Peer): void {
    this.peers++
  }

  override removePeer(_peer: Peer, _reason: unknown): void {
    this.peers--
  }
}

/** `peers`: how many there are now. `latencies`: of what the resident has said since the last call, ms. */
export async function handshakeServer(variant: Variant, load: Load): Promise<Handlers> {
  if (variant !== 'ours') {
    let peers = 0
    const port = await bareListen(({ socket, read }) => {
      peers++
      socket.on('close', () => peers--)
      read(() => {})
    })
    return { addresses: () => [String(port)], peers: () => peers, latencies: () => [] }
  }
  const reactor = new HostReactor(load)
  const node = await cometNode(load, reactor, true)
  const addresses = node.addresses()
  return { addresses: () => addresses, peers: () => reactor.peers, latencies: () => reactor.counter.takeLatencies() }
}

/** `prepare` so many, `dial` with all of them (the seconds it took), `part`. */
export function handshakeClients(variant: Variant, load: Load): Handlers {
  return variant === 'ours' ? switches(load) : connections()
}

function switches(load: Load): Handlers {
  let nodes: CometNode[] = []
  return {
    prepare: async (count: number) => {
      for (let i = 0; i < count; i++) nodes.push(await cometNode(load, new BenchReactor(load), false))
    },
    dial: async ([address]: string[]) =>
      await timed(nodes, async (node) => void (await node.switch.dialPeerWithAddress(address as string))),
    part: async () => {
      for (const node of nodes) await node.stop()
      nodes = []
    }
  }
}

function connections(): Handlers {
  let count = 0
  let open: BareConnection[] = []
  return {
    prepare: (wanted: number) => {
      count = wanted
    },
    dial: async ([port]: string[]) =>
      await timed(Array.from({ length: count }), async () => {
        open.push(await bareConnect(Number(port)))
      }),
    part: () => {
      for (const { socket } of open) socket.destroy()
      open = []
    }
  }
}

/** Does all, {@link AT_ONCE} at a time. Seconds. */
async function timed<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<number> {
  const begin = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < items.length) await work(items[next++] as T)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return (performance.now() - begin) / 1_000
}

/** The peer that is there before. `stays`: is it still the same, as far as it knows? */
export function resident(load: Load): Handlers {
  let peer: Peer | undefined
  let sender: OursSender | undefined
  return {
    connect: async ([address]: string[]) => {
      const node = await cometNode(load, new BenchReactor(load), false)
      peer = await node.switch.dialPeerWithAddress(address as string)
      sender = new OursSender(load, peer)
    },
    start: () => sender?.start(),
    stop: () => sender?.stop(),
    stays: () => peer?.isRunning() ?? false
  }
}
