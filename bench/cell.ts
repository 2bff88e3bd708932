/**
 * What a cell of the matrix is, and what the parts of the harness hand each other. Types only: a cell travels to the worker processes as JSON.
 */

/**
 * What runs under everything. `tcp`, `ws` and `quic`: libp2p over them. `classic`: CometBFT's own, SecretConnection and MConnection. `bridge`: classic to a bridge, and
 * libp2p over TCP from there. `memory` is our memory stack: one process, only ours.
 */
export type Wire = 'tcp' | 'ws' | 'quic' | 'classic' | 'bridge' | 'memory'

/**
 * Who does the work of a cell: our Switch through the reactor API; the ceiling, which is libp2p alone, or a bare loop on the classic wire, with coalesced writes;
 * and the naive way, one `stream.send` per message, or one socket write per packet.
 */
export type Variant = 'ours' | 'ceiling' | 'naive'

/** What the sender and the receiver of a cell do. */
export interface Load {
  readonly wire: Wire
  /** Payload bytes of each message. */
  readonly size: number
  readonly channels: number
  /**
   * `saturate`: as fast as it is taken. `send`: the same through `await peer.send` alone. `bursts`: {@link BURST_MESSAGES} over all channels, then a
   * microtask. `turns`: {@link TURN_MESSAGES} over all channels in each turn of the event loop. `urgent`: bulk on the first channel as fast as
   * it is taken, and {@link URGENT_BYTES} on the second, of high priority, every {@link URGENT_EVERY_MS}. `idle`: the second channel alone.
   */
  readonly discipline: 'saturate' | 'send' | 'bursts' | 'turns' | 'urgent' | 'idle'
  /** Ours: one stream for all channels. */
  readonly oneStream?: boolean
  /** Ours: encode and decode a mempool message of one transaction instead of handing bytes through. */
  readonly protobuf?: boolean
}

/** As in experiments/11: a reactor that wakes up and has something for many channels. */
export const BURST_MESSAGES = 256
/** What a busy node sends in one turn of the event loop. */
export const TURN_MESSAGES = 64
export const URGENT_BYTES = 100
export const URGENT_EVERY_MS = 5
/** The longest write that fits one noise record: 65519 less yamux's 12 (spec/js-libp2p.md section 2). */
export const COALESCED_WRITE_BYTES = 65_507

export interface Cell {
  /** Short and stable: what `--cells` matches. */
  readonly name: string
  /** As printed: the stack under test. */
  readonly stack: string
  readonly kind: 'throughput' | 'latency' | 'memory' | 'handshake' | 'bridge' | 'go'
  readonly load: Load
  readonly variants: readonly Variant[]
  /** Left out of `--short`, unless `--cells` asks for it. */
  readonly long?: boolean
  /** What the reader should know about this cell's ceiling and naive. */
  readonly note?: string
}

export interface RunOptions {
  readonly rounds: number
  /** One measurement of one variant. */
  readonly seconds: number
  readonly warmUpSeconds: number
  readonly short: boolean
  /** A folder for CPU profiles of ours, taken in one more round. */
  readonly profileDir?: string
}

/** Figures of one variant in one round; every field becomes a median over the rounds. */
export type Figures = Record<string, number>

/** One printed line: all figures of one cell. */
export interface Line {
  readonly cell: string
  readonly stack: string
  readonly size: number
  readonly channels: number
  readonly [field: string]: unknown
}
