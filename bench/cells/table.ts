/** The matrix of issue 3 section 8 (libp2p) and issue 4 section 5 (classic stack and bridge). Some carry bars (bars.ts); the others inform. */
import type { Cell, Load, Variant, Wire } from '../cell.ts'

const ALL: readonly Variant[] = ['ours', 'ceiling', 'naive']

function throughput(name: string, load: Partial<Load> & Pick<Load, 'size'>, note?: string): Cell {
  const full: Load = { wire: 'tcp', channels: 1, discipline: 'saturate', ...load }
  return {
    name,
    stack: stackOf(full.wire),
    kind: full.discipline === 'urgent' || full.discipline === 'idle' ? 'latency' : 'throughput',
    load: full,
    variants: full.wire === 'memory' ? ['ours'] : ALL,
    ...(note === undefined ? {} : { note })
  }
}

function heap(wire: Wire, variants = ALL): Omit<Cell, 'name'> {
  const load = { wire, size: 100, channels: 10, discipline: 'saturate' } as const
  return { stack: stackOf(wire), kind: 'memory', load, variants }
}

function stackOf(wire: Wire): string {
  return wire === 'memory' || wire === 'classic' ? wire : `libp2p/${wire}`
}

/** For a closer look; too much for a short run. */
const long = (cell: Cell): Cell => ({ ...cell, long: true })

const KB = 1024
const BULK = 65_500
const IN_BURSTS = { size: 200, channels: 10, discipline: 'bursts' } as const
const IN_TURNS = { size: 200, channels: 10, discipline: 'turns' } as const
const UNDER_BULK = { size: BULK, channels: 2, discipline: 'urgent' } as const

export const cells: readonly Cell[] = [
  throughput('tcp-1KB-1ch', { size: KB }),
  throughput('tcp-200B-10ch-bursts', IN_BURSTS),
  throughput('tcp-200B-10ch-turns', IN_TURNS, 'ceiling: the messages of a turn in one write on one stream'),
  throughput('tcp-200B-10ch-turns-one-stream', { ...IN_TURNS, oneStream: true }, "ours with streams: 'one'"),
  throughput('tcp-64KB-1ch', { size: 64 * KB }),
  throughput('tcp-urgent-under-bulk', UNDER_BULK, 'ceiling and naive have two streams and no priorities'),
  {
    name: 'tcp-heap-per-peer-10ch',
    ...heap('tcp'),
    note: 'ceiling: libp2p with a stream per channel; naive: with a stream per channel and direction'
  },
  {
    name: 'go-lp2p-60-in-flight',
    stack: 'libp2p/quic',
    kind: 'go',
    load: { wire: 'quic', size: 100, channels: 1, discipline: 'saturate' },
    variants: ALL,
    note: 'ceiling: a bare libp2p loop with 60 in flight; naive: one message after another'
  },
  long(throughput('tcp-200B-10ch-bursts-one-stream', { ...IN_BURSTS, oneStream: true }, "ours with streams: 'one'")),
  long(throughput('tcp-1KB-1ch-await-send', { size: KB, discipline: 'send' }, 'ours through `await peer.send` alone')),
  long(
    throughput('tcp-1KB-1ch-protobuf', { size: KB, protobuf: true }, 'ours with mempool messages of one transaction')
  ),
  long(throughput('tcp-1MB-1ch', { size: KB * KB })),
  long(throughput('tcp-idle-latency', { ...UNDER_BULK, discipline: 'idle' }, 'one way, nothing else sent')),
  throughput('classic-1KB-1ch', { wire: 'classic', size: KB }),
  long(throughput('classic-64KB-1ch', { wire: 'classic', size: 64 * KB })),
  long(throughput('classic-512KB-1ch', { wire: 'classic', size: 512 * KB })),
  long(throughput('classic-200B-10ch-bursts', { wire: 'classic', ...IN_BURSTS })),
  long(
    throughput('classic-urgent-under-bulk', { wire: 'classic', ...UNDER_BULK }, 'ceiling and naive have no priorities')
  ),
  {
    name: 'classic-heap-per-peer-10ch',
    ...heap('classic', ['ours', 'ceiling']),
    note: 'ceiling: a socket, two ciphers and a parser'
  },
  long({
    name: 'classic-handshake',
    stack: 'classic',
    kind: 'handshake',
    // what the peer of before does
    load: { wire: 'classic', size: 100, channels: 2, discipline: 'idle' },
    variants: ['ours', 'ceiling'],
    note: 'ceiling: a bare connection with the same cryptography'
  }),
  long({
    name: 'bridge-1KB',
    stack: 'classic to libp2p/tcp',
    kind: 'bridge',
    load: { wire: 'bridge', size: KB, channels: 1, discipline: 'saturate' },
    variants: ['ours', 'ceiling'],
    note: 'ceiling: the slower of the two stacks alone'
  }),
  throughput('ws-1KB-1ch', { wire: 'ws', size: KB }),
  long(throughput('ws-200B-10ch-bursts', { wire: 'ws', ...IN_BURSTS })),
  throughput('quic-1KB-1ch', { wire: 'quic', size: KB }),
  long(throughput('quic-200B-10ch-bursts', { wire: 'quic', ...IN_BURSTS })),
  throughput('memory-1KB-1ch', { wire: 'memory', size: KB }),
  long(throughput('memory-200B-10ch-bursts', { wire: 'memory', ...IN_BURSTS }))
]
