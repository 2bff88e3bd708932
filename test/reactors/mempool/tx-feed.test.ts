import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TxEvent, TxFeed } from '../../../src/reactors/mempool/tx-feed.ts'
import { nullLogger } from '../../../src/util/logger.ts'

const event = (n: number, length = 1): TxEvent => ({ tx: new Uint8Array(length).fill(n), key: String(n) })

test('listeners hear every transaction until taken off; one that throws disturbs nobody', () => {
  const errors: unknown[] = []
  const feed = new TxFeed({ ...nullLogger, error: (_, fields) => errors.push(fields?.err) })
  const heard: string[] = []
  const off = feed.listen(({ key }) => heard.push(`one ${key}`))
  feed.listen(() => {
    throw new Error('mine')
  })
  feed.listen(({ key }) => heard.push(`two ${key}`))
  feed.emit(event(1))
  off()
  feed.emit(event(2))
  assert.deepEqual(heard, ['one 1', 'two 1', 'two 2'])
  assert.equal(errors.length, 2)
})

test('one function given twice is two listeners', () => {
  const feed = new TxFeed(nullLogger)
  let calls = 0
  const listener = () => {
    calls++
  }
  const off = feed.listen(listener)
  feed.listen(listener)
  off()
  off()
  feed.emit(event(1))
  assert.equal(calls, 1)
})

test('iteration yields what came since the call, in order, and waits for more', async () => {
  const feed = new TxFeed(nullLogger)
  feed.emit(event(0))
  const iteration = feed.iterate()
  feed.emit(event(1))
  const first = await iteration.next()
  const waiting = iteration.next()
  feed.emit(event(2))
  assert.deepEqual([first.value?.key, (await waiting).value?.key], ['1', '2'])
})

test('a reader too slow for the bound misses transactions and is told how many', async () => {
  const feed = new TxFeed(nullLogger)
  const iteration = feed.iterate({ bufferTxs: 2 })
  for (const n of [1, 2, 3, 4, 5]) feed.emit(event(n))
  const read = async () => {
    const { value } = await iteration.next()
    return [value?.key, value?.missed]
  }
  assert.deepEqual(await read(), ['1', 0])
  feed.emit(event(6))
  assert.deepEqual(
    [await read(), await read()],
    [
      ['2', 0],
      ['6', 3]
    ]
  )
})

test('the bound counts bytes too, but lets one through whatever its size', async () => {
  const feed = new TxFeed(nullLogger)
  const iteration = feed.iterate({ bufferBytes: 10 })
  feed.emit(event(1, 50))
  feed.emit(event(2, 1))
  assert.equal((await iteration.next()).value?.key, '1')
  feed.emit(event(3, 10))
  const { value } = await iteration.next()
  assert.deepEqual([value?.key, value?.missed], ['3', 1])
  for (const n of [4, 5, 6]) feed.emit(event(n, 5))
  assert.deepEqual([(await iteration.next()).value?.key, (await iteration.next()).value?.key], ['4', '5'])
})

test('break, an aborted signal and close each end the iteration, a waiting next included', async () => {
  const feed = new TxFeed(nullLogger)
  feed.emit(event(0))

  const broken = feed.iterate()
  feed.emit(event(1))
  for await (const { key } of broken) {
    assert.equal(key, '1')
    break
  }
  assert.equal((await broken.next()).done, true)

  const controller = new AbortController()
  const aborted = feed.iterate({ signal: controller.signal })
  feed.emit(event(2))
  controller.abort()
  feed.emit(event(3))
  assert.equal((await aborted.next()).value?.key, '2')
  assert.equal((await aborted.next()).done, true)

  const returned = feed.iterate()
  const pending = returned.next()
  await returned.return?.()
  assert.equal((await pending).done, true)

  const closed = feed.iterate()
  const last = closed.next()
  feed.close()
  assert.equal((await last).done, true)
  assert.equal((await feed.iterate().next()).done, true)
  assert.equal((await feed.iterate({ signal: AbortSignal.abort() }).next()).done, true)
})

test('two waiting next() calls get two transactions', async () => {
  const feed = new TxFeed(nullLogger)
  const iteration = feed.iterate()
  const both = [iteration.next(), iteration.next()]
  feed.emit(event(1))
  feed.emit(event(2))
  assert.deepEqual(
    (await Promise.all(both)).map(({ value }) => value?.key),
    ['1', '2']
  )
})
