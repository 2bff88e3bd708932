/** Block sync: what users and the composition roots need of it. */
export { type RecordedBlock, readBlockFile } from '../../chain/block-file.ts'
export { type Ed25519Verifier, verifyZip215, zip215Verifier } from '../../chain/ed25519.ts'
export { ChainDataError, InvalidCommitError, UnsupportedKeyTypeError } from '../../chain/errors.ts'
export { type Genesis, parseGenesis } from '../../chain/genesis.ts'
export { ValidatorSet, type ValidatorUpdate } from '../../chain/validator-set.ts'
export {
  type BlockRecord,
  type BlockStore,
  BlockStoreError,
  type ChainHead,
  type StoredBlock
} from './block-store.ts'
export { BlocksyncReactor, type BlocksyncStatus, type SyncedState } from './blocksync-reactor.ts'
export { BLOCKSYNC_CHANNEL } from './channels.ts'
export { DatastoreBlockStore, type DatastoreBlockStoreOptions } from './datastore-block-store.ts'
export { type ImportOptions, importRecording } from './import-recording.ts'
export { MemoryBlockStore } from './memory-block-store.ts'
export type { BlocksyncOptions } from './options.ts'
export { type PoolLimits, poolDefaults } from './pool-peer.ts'
export { RpcResponseError, rpcValidatorSource } from './rpc-validator-source.ts'
export type { SyncCallbacks, SyncState, SyncStatus, VerifiedBlock } from './sync-session.ts'
export {
  applicationValidatorSource,
  firstValidatorSource,
  staticValidatorSource,
  type ValidatorRequest,
  type ValidatorSource
} from './validator-source.ts'
