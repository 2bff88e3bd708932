import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Mempool } from '../../../src/reactors/mempool/mempool.ts'
import type { TxResult } from '../../../src/reactors/mempool/mempool-options.ts'
import type { CheckTxAnswer } from '../../../src/reactors/mempool/tx-checker.ts'
import { txKey } from '../../../src/reactors/mempool/tx-key.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const tx = (text: string) => new TextEncoder().encode(text)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const reaped = (pool: Mempool) => pool.reap().map(text)
const reason = (result: TxResult) => (result.accepted ? 'accepted' : result.reason)
const ALICE = 'a'.repeat(40)
const BOB = 'b'.repeat(40)

/** A check whose answers the test gives, one by one. */
function slowCheck() {
  const asked: Array<{ tx: string; recheck: boolean; answer: (value: CheckTxAnswer) => void; signal: AbortSignal }> = []
  return {
    asked,
    checkTx: (bytes: Uint8Array, { recheck, signal }: { recheck: boolean; signal: AbortSignal }) => {
      const answered = deferred<CheckTxAnswer>()
      asked.push({ tx: text(bytes), recheck, answer: (value) => answered.resolve(value), signal })
      return answered.promise
    }
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('transactions are kept in the order in which they came', async () => {
  const pool = new Mempool()
  for (const each of ['c', 'a', 'b']) assert.equal(reason(await pool.add(tx(each))), 'accepted')
  assert.deepEqual(reaped(pool), ['c', 'a', 'b'])
  assert.equal(pool.size(), 3)
  assert.equal(pool.bytes(), 3)
  assert.equal(pool.get(txKey(tx('a')))?.key, txKey(tx('a')))
})

test('what cannot enter is answered with its reason', async () => {
  const pool = new Mempool({ maxTxBytes: 4, maxTxs: 2, maxTxsBytes: 6, checkTx: (bytes) => text(bytes) !== 'bad' })
  const results: Array<[string, string]> = []
  for (const each of ['', 'fives', 'bad', 'four', 'four', '333', 'ok', 'x'])
    results.push([each, reason(await pool.add(tx(each)))])
  assert.deepEqual(results, [
    ['', 'empty'],
    ['fives', 'too-large'],
    ['bad', 'check-failed'],
    ['four', 'accepted'],
    ['four', 'cache'],
    ['333', 'full'],
    ['ok', 'accepted'],
    ['x', 'full']
  ])
  assert.deepEqual(pool.counters(), {
    accepted: 2,
    rejected: { empty: 1, 'too-large': 1, 'check-failed': 1, cache: 1, full: 2 }
  })
})

test('a transaction refused because the pool was full, or by the check, may come again', async () => {
  let open = false
  const pool = new Mempool({ maxTxs: 1, checkTx: () => open })
  assert.equal(reason(await pool.add(tx('a'))), 'check-failed')
  open = true
  assert.equal(reason(await pool.add(tx('a'))), 'accepted')
  assert.equal(reason(await pool.add(tx('b'))), 'full')
  await pool.update(1n, [tx('a')])
  assert.equal(reason(await pool.add(tx('b'))), 'accepted')
})

test('keepInvalidTxsInCache: what the check refused is not asked about again', async () => {
  let asked = 0
  const pool = new Mempool({
    keepInvalidTxsInCache: true,
    checkTx: () => {
      asked++
      return false
    }
  })
  assert.equal(reason(await pool.add(tx('a'))), 'check-failed')
  assert.equal(reason(await pool.add(tx('a'))), 'cache')
  assert.equal(asked, 1)
})

test('the pool keeps its own copy of the bytes', async () => {
  const pool = new Mempool()
  const message = tx('---abc---')
  const view = message.subarray(3, 6)
  await pool.add(view)
  view.fill(0)
  assert.deepEqual(reaped(pool), ['abc'])
  assert.equal(pool.reap()[0]?.buffer.byteLength, 3)
})

test('every kind of bad check is a named rejection, never an exception', async () => {
  const checks: Array<[string, () => unknown]> = [
    [
      'check-error',
      () => {
        throw new Error('boom')
      }
    ],
    ['check-error', () => Promise.reject(new Error('boom'))],
    ['check-error', () => undefined],
    ['check-error', () => 'yes'],
    ['check-error', async () => ({ ok: true })],
    ['check-failed', () => ({ accept: false, log: 'no money' })],
    ['accepted', async () => ({ accept: true })]
  ]
  for (const [want, checkTx] of checks) {
    const result = await new Mempool({ checkTx: checkTx as () => boolean }).add(tx('a'))
    assert.equal(reason(result), want, String(checkTx))
    if (!result.accepted && want === 'check-failed') assert.equal(result.message, 'no money')
  }
})

test('a quick check answers without a promise, so that a batch costs no turns', () => {
  const pool = new Mempool({ checkTx: () => true })
  const result = pool.add(tx('a'))
  assert.ok(!(result instanceof Promise))
  assert.equal(reason(result), 'accepted')
})

test('one check at a time per source, and sources do not wait for each other', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const results = [pool.add(tx('a1'), ALICE), pool.add(tx('a2'), ALICE), pool.add(tx('b1'), BOB), pool.add(tx('own'))]
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['a1', 'b1', 'own']
  )
  slow.asked[1]?.answer(true)
  slow.asked[2]?.answer(true)
  await turn()
  assert.deepEqual(reaped(pool), ['b1', 'own'])
  slow.asked[0]?.answer(true)
  await turn()
  slow.asked[3]?.answer(false)
  assert.deepEqual((await Promise.all(results)).map(reason), ['accepted', 'check-failed', 'accepted', 'accepted'])
})

test('checkConcurrency: several checks at once, yet into the pool in the order of arrival', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx, checkConcurrency: 3 })
  const results = ['1', '2', '3', '4'].map((each) => pool.add(tx(each)))
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['1', '2', '3']
  )
  slow.asked[2]?.answer(true)
  slow.asked[1]?.answer(true)
  await turn()
  assert.equal(pool.size(), 0)
  assert.equal(slow.asked.length, 3)
  slow.asked[0]?.answer(true)
  await turn()
  assert.deepEqual(reaped(pool), ['1', '2', '3'])
  slow.asked[3]?.answer(true)
  await Promise.all(results)
  assert.deepEqual(reaped(pool), ['1', '2', '3', '4'])
})

test('a check that never answers ends by timeout, aborts its signal, stalls its own source only that long, and leaves no timer', async () => {
  const clock = new FakeClock()
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx, checkTxTimeoutMs: 500, clock })
  const stuck = pool.add(tx('stuck'), ALICE)
  const next = pool.add(tx('next'), ALICE)
  const { signal } = slow.asked[0] as (typeof slow.asked)[0]
  await clock.run(499)
  assert.equal(signal.aborted, false)
  await clock.run(1)
  assert.equal(reason(await stuck), 'check-timeout')
  assert.equal(signal.aborted, true)
  slow.asked[1]?.answer(true)
  assert.equal(reason(await next), 'accepted')
  assert.equal(clock.pending, 0)
  slow.asked[0]?.answer(true)
  await turn()
  assert.deepEqual(reaped(pool), ['next'])
})

test('senders are remembered: of a transaction in the pool, of one being checked, and when the pool is full', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx, maxTxs: 1 })
  const first = pool.add(tx('a'), ALICE)
  assert.equal(reason(await pool.add(tx('a'), BOB)), 'cache')
  slow.asked[0]?.answer(true)
  await first
  const entry = pool.get(txKey(tx('a')))
  assert.deepEqual([entry?.isSender(ALICE), entry?.isSender(BOB)], [true, true])
  assert.equal(reason(await pool.add(tx('a'), 'c'.repeat(40))), 'cache')
  assert.equal(entry?.isSender('c'.repeat(40)), true)
  pool.forgetPeer(ALICE)
  assert.deepEqual([entry?.isSender(ALICE), entry?.isSender(BOB)], [false, true])
})

test('a peer that leaves while its transaction is checked is no sender of it', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const added = pool.add(tx('a'), ALICE)
  pool.forgetPeer(ALICE)
  slow.asked[0]?.answer(true)
  assert.equal(reason(await added), 'accepted')
  assert.equal(pool.get(txKey(tx('a')))?.isSender(ALICE), false)
})

test('update takes committed transactions out for good, and failed ones may come again', async () => {
  const pool = new Mempool()
  for (const each of ['a', 'b', 'c']) await pool.add(tx(each))
  await pool.update(5n, [tx('a'), tx('c'), tx('never seen')], { failed: new Set([1]) })
  assert.deepEqual(reaped(pool), ['b'])
  assert.equal(pool.height(), 5n)
  assert.equal(pool.bytes(), 1)
  assert.equal(reason(await pool.add(tx('a'))), 'cache')
  assert.equal(reason(await pool.add(tx('never seen'))), 'cache')
  assert.equal(reason(await pool.add(tx('c'))), 'accepted')
  assert.equal(pool.get(txKey(tx('c')))?.height, 5n)
})

test('update rechecks what is left, in order, and what fails goes', async () => {
  const asked: string[] = []
  let valid = (_: string) => true
  const pool = new Mempool({
    checkTx: (bytes, { recheck, height }) => {
      asked.push(`${text(bytes)} ${recheck} ${height}`)
      return valid(text(bytes))
    }
  })
  for (const each of ['a', 'b', 'c']) await pool.add(tx(each))
  valid = (each) => each !== 'b'
  await pool.update(2n, [tx('a')])
  assert.deepEqual(asked, ['a false 0', 'b false 0', 'c false 0', 'b true 2', 'c true 2'])
  assert.deepEqual(reaped(pool), ['c'])
  valid = () => true
  assert.equal(reason(await pool.add(tx('b'))), 'accepted')
})

test('recheck: false leaves the rest alone', async () => {
  let asked = 0
  const pool = new Mempool({ recheck: false, checkTx: () => ++asked > 0 })
  await pool.add(tx('a'))
  await pool.update(1n, [])
  assert.equal(asked, 1)
})

test('a transaction committed while it is being checked does not enter', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const result = pool.add(tx('a'))
  await pool.update(1n, [tx('a')])
  slow.asked[0]?.answer(true)
  assert.equal(reason(await result), 'committed')
  assert.equal(pool.size(), 0)
  assert.equal(reason(await pool.add(tx('a'))), 'cache')
})

test('a verdict from before a commit is asked for again', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const result = pool.add(tx('a'))
  await pool.update(1n, [])
  slow.asked[0]?.answer(true)
  await turn()
  assert.equal(pool.size(), 0)
  assert.deepEqual(
    slow.asked.map((ask) => ask.recheck),
    [false, true]
  )
  slow.asked[1]?.answer(false)
  assert.equal(reason(await result), 'check-failed')
})

test('new checks wait until the recheck is through', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const first = pool.add(tx('a'))
  slow.asked[0]?.answer(true)
  await first
  const updated = pool.update(1n, [])
  const second = pool.add(tx('b'))
  await turn()
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['a', 'a']
  )
  slow.asked[1]?.answer(true)
  await updated
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['a', 'a', 'b']
  )
  slow.asked[2]?.answer(true)
  assert.equal(reason(await second), 'accepted')
})

test('a check that ends while the pool rechecks is asked again, but only after that', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const first = pool.add(tx('a'))
  slow.asked[0]?.answer(true)
  await first
  const second = pool.add(tx('b'))
  const updated = pool.update(1n, [])
  await turn()
  slow.asked[1]?.answer(true)
  await turn()
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['a', 'b', 'a']
  )
  slow.asked[2]?.answer(true)
  await updated
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['a', 'b', 'a', 'b']
  )
  slow.asked[3]?.answer(true)
  assert.equal(reason(await second), 'accepted')
})

test('a later update overtakes a recheck under way: its verdict no longer counts, and both settle with the later one', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  for (const each of ['a', 'b']) {
    const added = pool.add(tx(each))
    slow.asked.at(-1)?.answer(true)
    await added
  }
  slow.asked.length = 0
  const settled: number[] = []
  const first = pool.update(1n, []).then(() => settled.push(1))
  await turn()
  const second = pool.update(2n, []).then(() => settled.push(2))
  await turn()
  // one 'a' from each pass
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['a', 'a']
  )
  slow.asked[0]?.answer(false)
  slow.asked[1]?.answer(true)
  await turn()
  assert.deepEqual(settled, [])
  slow.asked[2]?.answer(false)
  await Promise.all([first, second])
  assert.deepEqual(
    slow.asked.map((ask) => ask.tx),
    ['a', 'a', 'b']
  )
  assert.deepEqual(reaped(pool), ['a'])
})

test('a recheck that never answers gives up in time and keeps what it did not reach', async () => {
  const clock = new FakeClock()
  let answer: () => CheckTxAnswer | Promise<CheckTxAnswer> = () => true
  const pool = new Mempool({ checkTx: () => answer(), recheckTimeoutMs: 100, clock })
  for (const each of ['a', 'b']) await pool.add(tx(each))
  answer = () => new Promise(() => {})
  const updated = pool.update(1n, [])
  await clock.run(100)
  await updated
  assert.deepEqual(reaped(pool), ['a', 'b'])
  answer = () => true
  assert.equal(reason(await pool.add(tx('c'))), 'accepted')
  assert.equal(clock.pending, 0)
})

test('reap stops before the first transaction that goes over any limit', async () => {
  const gas: Record<string, bigint> = { aa: 5n, bbb: 7n, c: 1n }
  const pool = new Mempool({ checkTx: (bytes) => ({ accept: true, gasWanted: gas[text(bytes)] ?? 0n }) })
  for (const each of Object.keys(gas)) await pool.add(tx(each))
  const want: Array<[Parameters<Mempool['reap']>[0], string[]]> = [
    [undefined, ['aa', 'bbb', 'c']],
    [{ maxTxs: 2 }, ['aa', 'bbb']],
    [{ maxTxs: 0 }, []],
    [{ maxBytes: 9 }, ['aa', 'bbb']],
    [{ maxBytes: 8 }, ['aa']],
    [{ maxGas: 12n }, ['aa', 'bbb']],
    [{ maxGas: 11n }, ['aa']],
    [{ maxGas: 4n }, []]
  ]
  for (const [limits, txs] of want) assert.deepEqual(pool.reap(limits).map(text), txs)
})

test('flush forgets everything, also what is being checked', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const a = pool.add(tx('a'))
  slow.asked[0]?.answer(true)
  await a
  const b = pool.add(tx('b'))
  const c = pool.add(tx('c'))
  pool.flush()
  const again = pool.add(tx('b'), ALICE)
  assert.deepEqual([pool.size(), pool.bytes()], [0, 0])
  slow.asked[1]?.answer(true)
  slow.asked[2]?.answer(true)
  assert.deepEqual((await Promise.all([b, c, again])).map(reason), ['dropped', 'dropped', 'accepted'])
  assert.deepEqual(reaped(pool), ['b'])
  // what was dropped takes neither the later one's place in the cache nor its source's turn
  pool.remove(txKey(tx('b')))
  assert.equal(reason(await pool.add(tx('b'))), 'cache')
  void pool.add(tx('d'))
  void pool.add(tx('e'))
  assert.equal(slow.asked.at(-1)?.tx, 'd')
  pool.close()
})

test('close ends what is being checked at once and takes nothing more', async () => {
  const clock = new FakeClock()
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx, clock })
  const results = [pool.add(tx('a')), pool.add(tx('b'))]
  pool.close()
  assert.deepEqual((await Promise.all(results)).map(reason), ['dropped', 'dropped'])
  assert.equal(reason(await pool.add(tx('c'))), 'dropped')
  assert.equal(clock.pending, 0)
})

test('what waits for its check is bounded per source, and room is announced', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx, maxTxs: 100_000 })
  let count = 0
  while (pool.hasRoom(ALICE)) void pool.add(tx(`a${count++}`), ALICE)
  assert.equal(count, 5_000)
  assert.equal(reason(await pool.add(tx('one more'), ALICE)), 'full')
  assert.equal(pool.hasRoom(BOB), true)
  const gone = new AbortController()
  const noRoom = pool.room(gone.signal, ALICE)
  gone.abort()
  assert.equal(await noRoom, false)
  const room = pool.room(new AbortController().signal, ALICE)
  slow.asked[0]?.answer(true)
  assert.equal(await room, true)
})

test('the bound of what waits counts bytes too', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  for (let n = 0; n < 4; n++) {
    assert.equal(pool.hasRoom(ALICE), true)
    void pool.add(new Uint8Array(1024 * 1024).fill(n), ALICE)
  }
  assert.equal(pool.hasRoom(ALICE), false)
  slow.asked[0]?.answer(true)
  await turn()
  assert.equal(pool.hasRoom(ALICE), true)
  pool.close()
})

test('what a peer sent before it left is still checked, within a bound for all that left', async () => {
  const slow = slowCheck()
  const pool = new Mempool({ checkTx: slow.checkTx })
  const big = (peer: string, n: number) => new Uint8Array(1024 * 1024).fill(peer.charCodeAt(0) * 7 + n)
  const results: Array<Array<Promise<TxResult> | TxResult>> = []
  for (const peer of ['p', 'q', 'r', 's', 't']) {
    const id = peer.repeat(40)
    results.push([0, 1, 2, 3].map((n) => pool.add(big(peer, n), id)))
    pool.forgetPeer(id)
  }
  // 5 x 4 MiB waited, 16 MiB may: the first to leave loses what had not begun
  slow.asked[0]?.answer(true)
  assert.deepEqual((await Promise.all(results[0] ?? [])).map(reason), ['accepted', 'dropped', 'dropped', 'dropped'])
  slow.asked[1]?.answer(true)
  assert.equal(reason(await (results[1]?.[0] as Promise<TxResult>)), 'accepted')
  await turn()
  assert.equal(slow.asked.length, 6)
  pool.close()
})

test('a bad option is named', () => {
  const bad: Array<[string, object]> = [
    ['maxTxs', { maxTxs: 0 }],
    ['maxTxBytes', { maxTxBytes: 1.5 }],
    ['cacheSize', { cacheSize: -1 }],
    ['checkTx', { checkTx: true }],
    ['recheck', { recheck: 'yes' }],
    ['checkConcurrency', { checkConcurrency: 0 }]
  ]
  for (const [field, options] of bad)
    assert.throws(() => new Mempool(options), { name: 'InvalidOptionError', field }, field)
})
