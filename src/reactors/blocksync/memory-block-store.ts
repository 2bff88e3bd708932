/** Blocks in memory: for tests, simulations and nodes that only pass blocks on. */
import { type BlockRecord, type BlockStore, type ChainHead, mustFollow, type StoredBlock } from './block-store.ts'

export class MemoryBlockStore implements BlockStore {
  readonly #records = new Map<bigint, BlockRecord>()
  readonly #keepBlocks: bigint
  #head: ChainHead | undefined
  #base = 0n

  /** `keepBlocks`: older ones are forgotten. @default all */
  constructor({ keepBlocks = Number.POSITIVE_INFINITY }: { keepBlocks?: number } = {}) {
    this.#keepBlocks = keepBlocks === Number.POSITIVE_INFINITY ? 2n ** 63n : BigInt(Math.max(1, Math.floor(keepBlocks)))
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
    mustFollow(this.#head, record.head)
    const { height } = record.head
    this.#records.set(height, record)
    this.#head = record.head
    if (this.#base === 0n) this.#base = height
    while (height - this.#base >= this.#keepBlocks) this.#records.delete(this.#base++)
  }

  async load(height: bigint): Promise<StoredBlock | undefined> {
    return this.#records.get(height)
  }

  async loadSeenCommit(height: bigint): Promise<Uint8Array | undefined> {
    return this.#records.get(height)?.seenCommit
  }
}
