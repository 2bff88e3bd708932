/** The stores: one conformance table over all of them, repair of a damaged end, and a process killed with SIGKILL in the middle of writing. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { MemoryDatastore } from 'datastore-core'
import { LevelDatastore } from 'datastore-level'
import { type Datastore, Key } from 'interface-datastore'
import { toHex } from '../../../src/chain/bytes.ts'
import { blockIdOf } from '../../../src/chain/hash.ts'
import { verifyCommit } from '../../../src/chain/verify-commit.ts'
import { nativeEd25519Verifier } from '../../../src/node/ed25519.ts'
import type { BlockStore } from '../../../src/reactors/blocksync/block-store.ts'
import { DatastoreBlockStore } from '../../../src/reactors/blocksync/datastore-block-store.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import { block as blockCodec, commit as commitCodec, extendedCommit } from '../../../src/wire/codec.ts'
import { recordOf } from './records.ts'
import { chain, ext } from './sync-cast.ts'

function tempDir(): string {
  return mkdtempSync(join(tmpdir(), 'blockstore-'))
}

const error = { name: 'BlockStoreError' }

const kinds: Array<{
  name: string
  open(options?: { keepBlocks?: number }): Promise<{ store: BlockStore; close(): Promise<void> }>
}> = [
  { name: 'memory', open: async (options) => ({ store: new MemoryBlockStore(options), close: async () => {} }) },
  {
    name: 'datastore in memory',
    open: async (options) => ({
      store: await DatastoreBlockStore.open(new MemoryDatastore(), options),
      close: async () => {}
    })
  },
  {
    name: 'LevelDB on disk',
    async open(options) {
      const dir = tempDir()
      const level = new LevelDatastore(dir)
      await level.open()
      return {
        store: await DatastoreBlockStore.open(level, options),
        async close() {
          await level.close()
          rmSync(dir, { recursive: true })
        }
      }
    }
  }
]

for (const { name, open } of kinds) {
  test(`${name}: gives back what was appended, and nothing else`, async () => {
    const { store, close } = await open()
    assert.deepEqual([store.base(), store.height(), store.head()], [0n, 0n, undefined])
    assert.equal(await store.load(1n), undefined)
    for (let height = 1; height <= ext.last - 1; height++) await store.append(recordOf(ext, height))
    assert.deepEqual([store.base(), store.height()], [1n, BigInt(ext.last - 1)])
    for (let height = 1; height <= ext.last - 1; height++) {
      const { block, extCommit } = ext.responses[height - 1]!
      const stored = await store.load(BigInt(height))
      assert.equal(Buffer.compare(stored!.block, blockCodec.encode(block!)), 0)
      const wanted = extCommit && extendedCommit.encode(extCommit)
      assert.equal(stored!.extCommit && toHex(stored!.extCommit), wanted && toHex(wanted))
      const commit = await store.loadSeenCommit(BigInt(height))
      assert.equal(toHex(commit!), toHex(commitCodec.encode(ext.block(height + 1).lastCommit!)))
    }
    assert.equal(await store.load(BigInt(ext.last)), undefined)
    assert.equal(await store.load(0n), undefined)
    assert.equal(await store.load(-1n), undefined)
    const head = store.head()!
    assert.equal(toHex(head.blockId.hash), ext.blockHashes[ext.last - 2])
    assert.equal(toHex(head.validators!.hash()), toHex(ext.validatorsAt(ext.last).hash()))
    await close()
  })

  test(`${name}: refuses a gap, a repetition and another chain; may begin anywhere`, async () => {
    const { store, close } = await open()
    await store.append(recordOf(chain, 7))
    assert.deepEqual([store.base(), store.height()], [7n, 7n])
    await assert.rejects(store.append(recordOf(chain, 7)), error)
    await assert.rejects(store.append(recordOf(chain, 9)), error)
    await assert.rejects(store.append(recordOf(ext, 8)), error)
    await store.append(recordOf(chain, 8))
    assert.equal(store.height(), 8n)
    await close()
  })

  test(`${name}: keeps as many blocks as it is told to`, async () => {
    const { store, close } = await open({ keepBlocks: 3 })
    for (let height = 1; height <= 10; height++) await store.append(recordOf(chain, height))
    assert.deepEqual([store.base(), store.height()], [8n, 10n])
    assert.equal(await store.load(7n), undefined)
    assert.ok(await store.load(8n))
    await close()
  })
}

async function fill(datastore: Datastore, upTo: number): Promise<void> {
  const store = await DatastoreBlockStore.open(datastore)
  for (let height = 1; height <= upTo; height++) await store.append(recordOf(chain, height))
}

test('a datastore store opened again is where it was, validators included', async () => {
  const datastore = new MemoryDatastore()
  const changeAt = chain.validatorsJson[1]!.height
  await fill(datastore, changeAt)
  const again = await DatastoreBlockStore.open(datastore)
  const { head } = recordOf(chain, changeAt)
  const found = again.head()!
  assert.deepEqual({ ...found, validators: 0, lastValidators: 0 }, { ...head, validators: 0, lastValidators: 0 })
  assert.deepEqual(found.validators!.validators, head.validators!.validators)
  assert.deepEqual(found.lastValidators!.validators, head.lastValidators!.validators)
  await again.append(recordOf(chain, changeAt + 1))
})

test('two appends at once are refused, and a failed one leaves the store as it was', async () => {
  const datastore = new MemoryDatastore()
  const store = await DatastoreBlockStore.open(datastore)
  const first = store.append(recordOf(chain, 1))
  await assert.rejects(store.append(recordOf(chain, 1)), error)
  await first
  datastore.batch = () => ({ put() {}, delete() {}, commit: () => Promise.reject(new Error('disk full')) })
  await assert.rejects(store.append(recordOf(chain, 2)), /disk full/)
  assert.equal(store.height(), 1n)
  assert.equal(store.head()!.height, 1n)
})

test('a damaged end is cut off on opening: missing, changed or half written blocks', async () => {
  const key = (kind: string, height: number) => new Key(`/blockstore/${kind}/${height.toString(16).padStart(16, '0')}`)
  const table: Array<{ name: string; damage(d: Datastore): Promise<unknown>; height: bigint }> = [
    { name: 'nothing', damage: async () => {}, height: 12n },
    { name: 'block missing', damage: async (d) => await d.delete(key('block', 12)), height: 11n },
    {
      name: 'block of another height',
      damage: async (d) => await d.put(key('block', 12), recordOf(chain, 11).block),
      height: 11n
    },
    {
      name: 'block cut',
      damage: async (d) => await d.put(key('block', 12), recordOf(chain, 12).block.subarray(0, 50)),
      height: 11n
    },
    { name: 'head is no JSON', damage: async (d) => await d.put(key('head', 12), new Uint8Array([1])), height: 11n },
    {
      name: 'two blocks missing',
      async damage(d) {
        await d.delete(key('block', 12))
        await d.delete(key('head', 11))
      },
      height: 10n
    },
    {
      name: 'a block that was never made to count',
      damage: async (d) => await d.put(key('block', 13), recordOf(chain, 13).block),
      height: 12n
    }
  ]
  for (const { name, damage, height } of table) {
    const datastore = new MemoryDatastore()
    await fill(datastore, 12)
    await damage(datastore)
    const store = await DatastoreBlockStore.open(datastore)
    assert.equal(store.height(), height, name)
    if (height < 12n) assert.equal(await datastore.has(key('commit', 12)), false, 'nothing is left of what was cut off')
    await store.append(recordOf(chain, Number(height) + 1))
    assert.equal((await DatastoreBlockStore.open(datastore)).height(), height + 1n, name)
  }
})

test('a read that fails while opening cuts nothing off', async () => {
  const datastore = new MemoryDatastore()
  await fill(datastore, 12)
  const { get } = datastore
  for (const kind of ['meta', 'head', 'block', 'validators']) {
    let failures = 0
    datastore.get = (key, options) => {
      if (key.toString().includes(`/${kind}`) && failures++ === 0) throw new Error('read error')
      return get.call(datastore, key, options)
    }
    await assert.rejects(DatastoreBlockStore.open(datastore), error, kind)
    assert.equal((await DatastoreBlockStore.open(datastore)).height(), 12n, kind)
  }
})

test('what is no block store, or damaged throughout, is refused by name', async () => {
  const meta = new Key('/blockstore/meta')
  const hopeless = new MemoryDatastore()
  await fill(hopeless, 3)
  for (let height = 1; height <= 3; height++)
    await hopeless.delete(new Key(`/blockstore/block/${height.toString(16).padStart(16, '0')}`))
  const foreign = new MemoryDatastore()
  await foreign.put(meta, new TextEncoder().encode('{"layout":2}'))
  const failing = new MemoryDatastore()
  failing.get = () => {
    throw new Error('read error')
  }
  for (const datastore of [hopeless, foreign, failing]) await assert.rejects(DatastoreBlockStore.open(datastore), error)
  await assert.rejects(DatastoreBlockStore.open(new MemoryDatastore(), { keepBlocks: 0 }), {
    name: 'InvalidOptionError'
  })
})

/** Starts a process that appends the recorded chain to the store at `dir`, and prints each height once its append settled. */
function startWriter(dir: string): ChildProcess {
  const script = fileURLToPath(new URL('./store-writer.ts', import.meta.url))
  return spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test('a process killed with SIGKILL at any moment leaves whole blocks, all that were settled, and the next goes on', async () => {
  const dir = tempDir()
  const verifier = nativeEd25519Verifier()
  const KILLS = 6
  let last = 0n
  for (let round = 0; round < KILLS; round++) {
    const child = startWriter(dir)
    const exited = once(child, 'exit')
    let settled = last
    const wanted = last + 5n + BigInt(Math.floor(Math.random() * 40))
    for await (const line of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      const heights = String(line).trim().split('\n')
      settled = BigInt(heights.at(-1)!)
      if (settled >= wanted) break
    }
    child.kill('SIGKILL')
    await exited
    const level = new LevelDatastore(dir)
    await level.open()
    const store = await DatastoreBlockStore.open(level)
    assert.ok(store.height() >= settled, `round ${round}: ${store.height()} of ${settled}`)
    for (let height = last + 1n; height <= store.height(); height++) {
      const { block } = (await store.load(height))!
      const decoded = blockCodec.decode(block)
      const id = blockIdOf(decoded, block)
      assert.equal(toHex(id.hash), chain.blockHashes[Number(height) - 1])
      const commit = commitCodec.decode((await store.loadSeenCommit(height))!)
      await verifyCommit(chain.genesis.chainId, chain.validatorsAt(Number(height)), id, height, commit, { verifier })
    }
    last = store.height()
    assert.equal(toHex(store.head()!.validators!.hash()), toHex(chain.validatorsAt(Number(last) + 1).hash()))
    await level.close()
  }
  assert.ok(last > 0n)
  rmSync(dir, { recursive: true })
})
