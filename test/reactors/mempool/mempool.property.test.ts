/** The pool against a plain model under random operations: same content, same order, same answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Mempool } from '../../../src/reactors/mempool/mempool.ts'
import type { TxResult } from '../../../src/reactors/mempool/mempool-options.ts'
import { txKey } from '../../../src/reactors/mempool/tx-key.ts'

const MAX_TXS = 4
const MAX_BYTES = 12
const CACHE = 6

const someTx = fc.constantFrom('a', 'bb', 'ccc', 'dddd', 'e', 'ff', 'ggg', 'bad1', 'bad2')
const somePeer = fc.constantFrom(undefined, '1'.repeat(40), '2'.repeat(40), '3'.repeat(40))
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), tx: someTx, from: somePeer }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      txs: fc.uniqueArray(someTx, { maxLength: 3 }),
      failed: fc.boolean()
    })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), tx: someTx }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), from: somePeer }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flip' as const), tx: someTx }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flush' as const) }) }
)

class Model {
  pool: Array<{ tx: string; senders: Set<string> }> = []
  cache: string[] = []
  invalid = new Set(['bad1', 'bad2'])

  see(tx: string): void {
    this.cache = [...this.cache.filter((each) => each !== tx), tx].slice(-CACHE)
  }

  forgetTx(tx: string): void {
    this.cache = this.cache.filter((each) => each !== tx)
  }

  add(tx: string, from: string | undefined): string {
    const known = this.pool.find((each) => each.tx === tx)
    if (known !== undefined || this.cache.includes(tx)) {
      if (from !== undefined) known?.senders.add(from)
      this.see(tx)
      return 'cache'
    }
    const bytes = this.pool.reduce((sum, each) => sum + each.tx.length, 0)
    if (this.pool.length >= MAX_TXS || bytes + tx.length > MAX_BYTES) return 'full'
    this.see(tx)
    if (this.invalid.has(tx)) {
      this.forgetTx(tx)
      return 'check-failed'
    }
    this.pool.push({ tx, senders: new Set(from === undefined ? [] : [from]) })
    return 'accepted'
  }

  update(txs: string[], failed: boolean): void {
    for (const tx of txs) {
      if (failed) this.forgetTx(tx)
      else this.see(tx)
      this.pool = this.pool.filter((each) => each.tx !== tx)
    }
    for (const { tx } of this.pool) if (this.invalid.has(tx)) this.forgetTx(tx)
    this.pool = this.pool.filter((each) => !this.invalid.has(each.tx))
  }
}

for (const mode of ['at once', 'later'] as const)
  test(`the pool does what a plain model does, with a check that answers ${mode}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        const model = new Model()
        const encode = (tx: string) => new TextEncoder().encode(tx)
        const pool = new Mempool({
          maxTxs: MAX_TXS,
          maxTxsBytes: MAX_BYTES,
          cacheSize: CACHE,
          checkTx: (tx) => {
            const answer = !model.invalid.has(new TextDecoder().decode(tx))
            return mode === 'at once' ? answer : Promise.resolve(answer)
          }
        })
        const seen: string[] = []
        const entered: string[] = []
        pool.onTx(({ tx }) => entered.push(new TextDecoder().decode(tx)))
        for (const action of steps) {
          if (action.do === 'add') {
            const result: TxResult = await pool.add(encode(action.tx), action.from)
            const want = model.add(action.tx, action.from)
            assert.equal(result.accepted ? 'accepted' : result.reason, want)
            if (want === 'accepted') seen.push(action.tx)
          } else if (action.do === 'update') {
            const failed = new Set(action.failed ? action.txs.keys() : [])
            await pool.update(1n, action.txs.map(encode), { failed })
            model.update(action.txs, action.failed)
          } else if (action.do === 'remove') {
            pool.remove(txKey(encode(action.tx)))
            model.pool = model.pool.filter((each) => each.tx !== action.tx)
          } else if (action.do === 'forget' && action.from !== undefined) {
            pool.forgetPeer(action.from)
            for (const each of model.pool) each.senders.delete(action.from)
          } else if (action.do === 'flip') {
            if (!model.invalid.delete(action.tx)) model.invalid.add(action.tx)
          } else if (action.do === 'flush') {
            pool.flush()
            model.pool = []
            model.cache = []
          }
          assert.deepEqual(
            pool.reap(),
            model.pool.map((each) => encode(each.tx))
          )
          assert.equal(pool.size(), model.pool.length)
          assert.equal(
            pool.bytes(),
            model.pool.reduce((sum, each) => sum + each.tx.length, 0)
          )
          for (const { tx, senders } of model.pool)
            for (const peer of ['1', '2', '3'].map((digit) => digit.repeat(40)))
              assert.equal(pool.get(txKey(encode(tx)))?.isSender(peer), senders.has(peer))
        }
        assert.deepEqual(entered, seen)
      }),
      { numRuns: 200 }
    )
  })

test('whatever the checks take, every transaction of a source enters in the order in which the source sent it', async () => {
  const plan = fc.array(fc.record({ source: fc.nat({ max: 3 }), turns: fc.nat({ max: 5 }), ok: fc.boolean() }), {
    maxLength: 60,
    size: 'max'
  })
  await fc.assert(
    fc.asyncProperty(plan, fc.integer({ min: 1, max: 4 }), async (txs, checkConcurrency) => {
      let most = 0
      const running = new Map<number, number>()
      const pool = new Mempool({
        checkConcurrency,
        checkTx: async (tx) => {
          const { turns, ok, source } = txs[new DataView(tx.buffer).getUint32(0)] as (typeof txs)[number]
          running.set(source, (running.get(source) ?? 0) + 1)
          most = Math.max(most, ...running.values())
          for (let i = 0; i < turns; i++) await new Promise<void>((resolve) => setImmediate(resolve))
          running.set(source, (running.get(source) ?? 0) - 1)
          return ok
        }
      })
      const bytes = (index: number) => {
        const tx = new Uint8Array(4)
        new DataView(tx.buffer).setUint32(0, index)
        return tx
      }
      const results = await Promise.all(txs.map(({ source }, index) => pool.add(bytes(index), String(source))))
      assert.deepEqual(
        results.map((result) => result.accepted),
        txs.map(({ ok }) => ok)
      )
      const order = pool.reap().map((tx) => new DataView(tx.buffer).getUint32(0))
      for (const source of [0, 1, 2, 3]) {
        const own = order.filter((index) => txs[index]?.source === source)
        assert.deepEqual(
          own,
          [...own].sort((a, b) => a - b)
        )
      }
      assert.ok(most <= checkConcurrency)
    }),
    { numRuns: 60 }
  )
})
