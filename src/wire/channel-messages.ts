/**
 * The messages of every channel but consensus's (spec/reactors-and-messages.md sections 8 to 11, addrbook-and-pex.md). An envelope is flat: `{ type: 'blockRequest', height: 5n }`.
 * `{ type: 'unknown' }` is what a member added by a newer version decodes to: reactors ignore it.
 */
import {
  bool,
  bytes,
  bytesList,
  type Field,
  int64,
  nullable,
  repeated,
  string,
  uint32,
  uint64
} from '../proto/fields.ts'
import { envelope, message } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'
import { type Block, block } from './block.ts'
import { type ExtendedCommit, extendedCommit } from './chain-types.ts'

const { blocksync, mempool, p2p, statesync } = tendermint

/** Channel 0x30. The transactions are views into the message's bytes: copy what is kept out of a batch. */
export type MempoolMessage = { type: 'txs'; txs: Uint8Array[] } | { type: 'unknown' }
export const mempoolMessage = envelope<MempoolMessage>('tendermint.mempool.Message', mempool.Message, {
  txs: message<{ txs: Uint8Array[] }>('tendermint.mempool.Txs', mempool.Txs, { txs: bytesList })
})

/** Channel 0x40. */
export type BlocksyncMessage =
  | { type: 'blockRequest'; height: bigint }
  | { type: 'noBlockResponse'; height: bigint }
  | { type: 'blockResponse'; block?: Block; extCommit?: ExtendedCommit }
  | { type: 'statusRequest' }
  | { type: 'statusResponse'; height: bigint; base: bigint }
  | { type: 'unknown' }
export const blocksyncMessage = envelope<BlocksyncMessage>('tendermint.blocksync.Message', blocksync.Message, {
  blockRequest: message('tendermint.blocksync.BlockRequest', blocksync.BlockRequest, { height: int64 }),
  noBlockResponse: message('tendermint.blocksync.NoBlockResponse', blocksync.NoBlockResponse, { height: int64 }),
  blockResponse: message('tendermint.blocksync.BlockResponse', blocksync.BlockResponse, {
    block: nullable(block),
    extCommit: nullable(extendedCommit)
  }),
  statusRequest: message('tendermint.blocksync.StatusRequest', blocksync.StatusRequest, {}),
  statusResponse: message('tendermint.blocksync.StatusResponse', blocksync.StatusResponse, {
    height: int64,
    base: int64
  })
})

/** Channels 0x60 (snapshots) and 0x61 (chunks). */
export type StatesyncMessage =
  | { type: 'snapshotsRequest' }
  | {
      type: 'snapshotsResponse'
      height: bigint
      format: number
      chunks: number
      hash: Uint8Array
      metadata: Uint8Array
    }
  | { type: 'chunkRequest'; height: bigint; format: number; index: number }
  | { type: 'chunkResponse'; height: bigint; format: number; index: number; chunk: Uint8Array; missing: boolean }
  | { type: 'unknown' }
export const statesyncMessage = envelope<StatesyncMessage>('tendermint.statesync.Message', statesync.Message, {
  snapshotsRequest: message('tendermint.statesync.SnapshotsRequest', statesync.SnapshotsRequest, {}),
  snapshotsResponse: message('tendermint.statesync.SnapshotsResponse', statesync.SnapshotsResponse, {
    height: uint64,
    format: uint32,
    chunks: uint32,
    hash: bytes,
    metadata: bytes
  }),
  chunkRequest: message('tendermint.statesync.ChunkRequest', statesync.ChunkRequest, {
    height: uint64,
    format: uint32,
    index: uint32
  }),
  chunkResponse: message('tendermint.statesync.ChunkResponse', statesync.ChunkResponse, {
    height: uint64,
    format: uint32,
    index: uint32,
    chunk: bytes,
    missing: bool
  })
})

/** An address as peers tell it to one another (p2p.NetAddress). Nothing in it is checked by the codec. */
export interface PexAddress {
  id: string
  ip: string
  port: number
}

/** No records and no such field are one: Go knows none, and what it sends reads as before. */
const optionalBytesList: Field<Uint8Array[] | undefined> = {
  toWire: (values, field) => (values === undefined ? [] : bytesList.toWire(values, field)),
  fromWire: (wire) => (wire === undefined || wire.length === 0 ? undefined : wire)
}

/** Channel 0x00. `records` is ours: signed peer records (libp2p's envelope), undefined where there are none. They are views into the message's bytes. */
export type PexMessage =
  | { type: 'pexRequest' }
  | { type: 'pexAddrs'; addrs: PexAddress[]; records?: Uint8Array[] }
  | { type: 'unknown' }
export const pexMessage = envelope<PexMessage>('tendermint.p2p.Message', p2p.Message, {
  pexRequest: message('tendermint.p2p.PexRequest', p2p.PexRequest, {}),
  pexAddrs: message('tendermint.p2p.PexAddrs', p2p.PexAddrs, {
    addrs: repeated(
      message<PexAddress>('tendermint.p2p.NetAddress', p2p.NetAddress, { id: string, ip: string, port: uint32 })
    ),
    records: optionalBytesList
  })
})
