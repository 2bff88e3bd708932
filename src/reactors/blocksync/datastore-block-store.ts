/**
 * Blocks in any `interface-datastore`: LevelDB on disk, IndexedDB in a browser. One block is one batch, whose last write is the one that makes it
 * count, so a process killed at any moment leaves a run of whole blocks, also where the datastore's batches are not atomic. LevelDB hands each batch
 * to the operating system before the commit settles; after a power cut some of the newest blocks may be missing, never one in between.
 */
import { type Datastore, Key } from 'interface-datastore'
import { equalBlockIds } from '../../chain/block-id.ts'
import { toHex } from '../../chain/bytes.ts'
import { blockIdOf } from '../../chain/hash.ts'
import { ValidatorSet } from '../../chain/validator-set.ts'
import { InvalidOptionError } from '../../errors.ts'
import { block as blockCodec } from '../../wire/codec.ts'
import {
  type BlockRecord,
  type BlockStore,
  BlockStoreError,
  type ChainHead,
  mustFollow,
  type StoredBlock
} from './block-store.ts'
import { headFromJSON, headToJSON } from './head-json.ts'

export interface DatastoreBlockStoreOptions {
  /** Where in the datastore. @default '/blockstore' */
  prefix?: string
  /** Older blocks are deleted. @default all are kept */
  keepBlocks?: number
}

/** Of the layout below; another one is not opened. */
const LAYOUT_VERSION = 1
/** How far back `open` looks for a block that is whole. Ours: a kill damages at most the last one; more is not a kill. */
const MAX_REPAIR_BLOCKS = 100n
/** Digits of a height in a key, so that keys sort as heights do: int64 in hex. */
const HEIGHT_DIGITS = 16

export class DatastoreBlockStore implements BlockStore {
  readonly #datastore: Datastore
  readonly #prefix: string
  readonly #keepBlocks: bigint
  /** Hashes of validator sets known to be stored; only those of the head, so it stays small. */
  #knownSets = new Set<string>()
  #head: ChainHead | undefined
  #base = 0n
  #appending = false

  private constructor(datastore: Datastore, { prefix = '/blockstore', keepBlocks }: DatastoreBlockStoreOptions) {
    this.#datastore = datastore
    this.#prefix = prefix
    this.#keepBlocks = keepBlocks === undefined ? 2n ** 63n : BigInt(keepBlocks)
  }

  /**
   * Opens the store in an open datastore. The last block is checked to be what was stored; damaged ones at the end are dropped.
   * `BlockStoreError` where more than that is wrong.
   */
  static async open(datastore: Datastore, options: DatastoreBlockStoreOptions = {}): Promise<DatastoreBlockStore> {
    const { keepBlocks } = options
    if (keepBlocks !== undefined && !(Number.isSafeInteger(keepBlocks) && keepBlocks > 0))
      throw new InvalidOptionError('keepBlocks', keepBlocks, 'a positive whole number')
    const store = new DatastoreBlockStore(datastore, options)
    await store.#open()
    return store
  }

  base(): bigint {
    return this.#base
  }

  height(): bigint {
    return this.#head?.height ?? 0n
  }

  head(): ChainHead | undefined {
    return this.#head
  }

  async append(record: BlockRecord): Promise<void> {
    const { head } = record
    mustFollow(this.#head, head)
    if (this.#appending) throw new BlockStoreError(`block ${head.height} came before the one before it was stored`)
    this.#appending = true
    try {
      const batch = this.#datastore.batch()
      batch.put(this.#key('block', head.height), record.block)
      if (record.extCommit !== undefined) batch.put(this.#key('ext', head.height), record.extCommit)
      if (record.seenCommit !== undefined) batch.put(this.#key('commit', head.height), record.seenCommit)
      const sets = new Set<string>()
      for (const set of [head.validators, head.lastValidators]) {
        if (set === undefined) continue
        const name = toHex(set.hash())
        sets.add(name)
        if (!this.#knownSets.has(name)) batch.put(this.#setKey(name), encode(JSON.stringify(set)))
      }
      batch.put(this.#key('head', head.height), encode(headToJSON(head)))
      let base = this.#base === 0n ? head.height : this.#base
      for (; head.height - base >= this.#keepBlocks; base++)
        for (const kind of ['block', 'ext', 'commit', 'head'] as const) batch.delete(this.#key(kind, base))
      // last: this makes the block count
      batch.put(this.#metaKey(), this.#meta(head.chainId, base, head.height))
      await batch.commit()
      this.#knownSets = sets
      this.#base = base
      this.#head = head
    } finally {
      this.#appending = false
    }
  }

  async load(height: bigint): Promise<StoredBlock | undefined> {
    if (this.#base === 0n || height < this.#base || height > this.height()) return undefined
    const block = await this.#get(this.#key('block', height))
    if (block === undefined) return undefined
    const extCommit = await this.#get(this.#key('ext', height))
    return extCommit === undefined ? { block } : { block, extCommit }
  }

  async loadSeenCommit(height: bigint): Promise<Uint8Array | undefined> {
    return await this.#get(this.#key('commit', height))
  }

  async #open(): Promise<void> {
    const bytes = await this.#get(this.#metaKey())
    if (bytes === undefined) return
    const meta = readMeta(bytes)
    const least = meta.height - MAX_REPAIR_BLOCKS
    for (let height = meta.height; height >= meta.base && height > least; height--) {
      const head = await this.#readHead(meta.chainId, height)
      if (head === undefined) continue
      this.#head = head
      this.#base = meta.base
      if (height < meta.height) await this.#truncate(meta, height)
      return
    }
    throw new BlockStoreError(`damaged: none of the last blocks up to ${meta.height} is what was stored`)
  }

  /** The head at `height`, if it and its block are what was stored. */
  async #readHead(chainId: string, height: bigint): Promise<ChainHead | undefined> {
    const [json, block] = [await this.#get(this.#key('head', height)), await this.#get(this.#key('block', height))]
    if (json === undefined || block === undefined) return undefined
    const head = await headFromJSON(new TextDecoder().decode(json), (hash) => this.#readSet(hash))
    if (head === undefined || head.height !== height || head.chainId !== chainId) return undefined
    try {
      return equalBlockIds(blockIdOf(blockCodec.decode(block), block), head.blockId) ? head : undefined
    } catch {
      // bytes that are no block: damaged
      return undefined
    }
  }

  async #readSet(hash: string): Promise<ValidatorSet | undefined> {
    const bytes = await this.#get(this.#setKey(hash))
    if (bytes === undefined) return undefined
    const set = ValidatorSet.fromJSON(JSON.parse(new TextDecoder().decode(bytes)))
    return toHex(set.hash()) === hash ? set : undefined
  }

  /** Drops the blocks after `height`. */
  async #truncate(meta: Meta, height: bigint): Promise<void> {
    const batch = this.#datastore.batch()
    batch.put(this.#metaKey(), this.#meta(meta.chainId, meta.base, height))
    for (let gone = height + 1n; gone <= meta.height; gone++)
      for (const kind of ['block', 'ext', 'commit', 'head'] as const) batch.delete(this.#key(kind, gone))
    await batch.commit()
  }

  #meta(chainId: string, base: bigint, height: bigint): Uint8Array {
    return encode(
      JSON.stringify({ layout: LAYOUT_VERSION, chain_id: chainId, base: String(base), height: String(height) })
    )
  }

  async #get(key: Key): Promise<Uint8Array | undefined> {
    try {
      return await this.#datastore.get(key)
    } catch (err) {
      if ((err as Error).name === 'NotFoundError') return undefined
      throw new BlockStoreError(`cannot read ${key}`, { cause: err })
    }
  }

  #key(kind: 'block' | 'ext' | 'commit' | 'head', height: bigint): Key {
    return new Key(`${this.#prefix}/${kind}/${height.toString(16).padStart(HEIGHT_DIGITS, '0')}`)
  }

  #setKey(hash: string): Key {
    return new Key(`${this.#prefix}/validators/${hash}`)
  }

  #metaKey(): Key {
    return new Key(`${this.#prefix}/meta`)
  }
}

interface Meta {
  chainId: string
  base: bigint
  height: bigint
}

function readMeta(bytes: Uint8Array): Meta {
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes))
    if (json.layout !== LAYOUT_VERSION) throw new Error(`layout ${json.layout}, expected ${LAYOUT_VERSION}`)
    return { chainId: String(json.chain_id), base: BigInt(json.base), height: BigInt(json.height) }
  } catch (cause) {
    throw new BlockStoreError(`damaged: ${(cause as Error).message}`, { cause })
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
