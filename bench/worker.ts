/**
 * One process of a cell: the sender or the receiver of one variant, told by the harness what to do (rpc.ts). A variant has processes of its own, so
 * that neither the garbage nor the type feedback of one weighs on another.
 */
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import type { Load, Variant } from './cell.ts'
import { bareReceiver, bareSender } from './ends/bare.ts'
import { bridgedSender, joinByBridge } from './ends/bridge.ts'
import type { ReceivingEnd, SendingEnd } from './ends/end.ts'
import { goSender } from './ends/go-peer.ts'
import { handshakeClients, handshakeServer, resident } from './ends/handshake.ts'
import { heapClients, heapServer } from './ends/heap.ts'
import { oursReceiver, oursSender } from './ends/ours.ts'
import { rawReceiver, rawSender } from './ends/raw.ts'
import { type Handlers, serve } from './rpc.ts'

export type Role =
  | 'receiver'
  | 'sender'
  | 'both'
  | 'bridge'
  | 'bridged-sender'
  | 'heap-server'
  | 'heap-clients'
  | 'handshake-server'
  | 'handshake-clients'
  | 'resident'
  | 'go-sender'

export interface WorkerSpec {
  readonly role: Role
  readonly variant: Variant
  readonly load: Load
}

/** What a receiver saw in one measurement. */
export interface Measured {
  readonly seconds: number
  readonly messages: number
  readonly bytes: number
  readonly cpuSeconds: number
  readonly latencies: number[]
}

function receiving(end: ReceivingEnd): Handlers {
  return {
    addresses: () => end.addresses,
    counts: () => end.counts,
    measure: async (ms: number): Promise<Measured> => {
      end.takeLatencies()
      const cpu = process.cpuUsage()
      const before = { ...end.counts, at: performance.now() }
      await pause(ms)
      // read at once, whenever the timer came: the time that has passed is part of the result
      const seconds = (performance.now() - before.at) / 1_000
      const { messages, bytes } = end.counts
      return {
        seconds,
        messages: messages - before.messages,
        bytes: bytes - before.bytes,
        cpuSeconds: cpuSeconds(cpu),
        latencies: end.takeLatencies()
      }
    }
  }
}

function sending(connect: (addresses: string[]) => Promise<SendingEnd>): Handlers {
  let end: SendingEnd | undefined
  const connected = (): SendingEnd => {
    if (end === undefined) throw new Error('connect first')
    return end
  }
  return {
    connect: async (addresses: string[]) => {
      end = await connect(addresses)
    },
    start: () => connected().start(),
    stop: () => connected().stop()
  }
}

/** CPU time of the process in between, s. */
function cpuTime(): Handlers {
  let cpu = process.cpuUsage()
  return {
    cpuStart: () => {
      cpu = process.cpuUsage()
    },
    cpuStop: () => cpuSeconds(cpu)
  }
}

/** CPU profiles of exactly the time in between. */
function profiling(): Handlers {
  const session = new Session()
  return {
    profileStart: async () => {
      session.connect()
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval: 200 })
      await session.post('Profiler.start')
    },
    profileStop: async (path: string) => {
      const { profile } = await session.post('Profiler.stop')
      session.disconnect()
      writeFileSync(path, JSON.stringify(profile))
    }
  }
}

function receiver(variant: Variant, load: Load): Promise<ReceivingEnd> {
  if (variant === 'ours') return oursReceiver(load)
  return load.wire === 'classic' ? bareReceiver(load) : rawReceiver(load)
}

function sender(variant: Variant, load: Load, addresses: string[]): Promise<SendingEnd> {
  if (variant === 'ours') return oursSender(load, addresses)
  const coalesced = variant === 'ceiling'
  return load.wire === 'classic' ? bareSender(load, addresses, coalesced) : rawSender(load, addresses, coalesced)
}

async function handlers({ role, variant, load }: WorkerSpec): Promise<Handlers> {
  switch (role) {
    case 'receiver':
      return receiving(await receiver(variant, load))
    case 'sender':
      return sending((addresses) => sender(variant, load, addresses))
    case 'both': {
      const { memoryEnds } = await import('./ends/memory-stack.ts')
      const ends = await memoryEnds(load)
      return { ...receiving(ends.receiver), ...sending(() => Promise.resolve(ends.sender)) }
    }
    case 'bridge':
      return { join: (pair) => joinByBridge(pair) }
    case 'bridged-sender': {
      const { addresses, connected } = await bridgedSender(load)
      return { addresses: () => addresses, ...sending(connected) }
    }
    case 'heap-server':
      return heapServer(variant, load)
    case 'heap-clients':
      return heapClients(variant, load)
    case 'handshake-server':
      return handshakeServer(variant, load)
    case 'handshake-clients':
      return handshakeClients(variant, load)
    case 'resident':
      return resident(load)
    case 'go-sender':
      return goSender(variant, load)
  }
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const spec = JSON.parse(process.argv[2] as string) as WorkerSpec
serve({ ...(await handlers(spec)), ...cpuTime(), ...profiling(), ready: () => true })
