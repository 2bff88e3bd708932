import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OwnTxs } from '../../src/cli/own-txs.ts'
import { SeenTxs } from '../../src/cli/seen-txs.ts'
import { parseTx, showTx } from '../../src/cli/tx-input.ts'
import { MempoolReactor } from '../../src/reactors/mempool/mempool-reactor.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const noPause = async () => false

test('transactions are typed as text, hex or base64, and shown as text where they are some', () => {
  const table: Array<[text: string, shown: string]> = [
    ['a=1', 'a=1'],
    ['0x613d31', 'a=1'],
    ['0X613D31', 'a=1'],
    ['hex:613d31', 'a=1'],
    ['base64:YT0x', 'a=1'],
    ['text:0x61', '0x61'],
    ['0x00ff', '0x00ff'],
    ['ä', '0xc3a4']
  ]
  for (const [text, shown] of table) assert.equal(showTx(parseTx('--tx', text)), shown, text)
  for (const text of ['', 'text:', '0x', '0x1', '0xgg', 'base64:', 'base64:?', 'hex: 61'])
    assert.throws(() => parseTx('--tx', text), { name: 'UsageError', message: /^--tx: / }, text)
})

test('a transaction goes from waiting to a peer to a block', async () => {
  const own = new OwnTxs()
  const tx = bytes('a=1')
  await own.submit(tx, new MempoolReactor(), noPause)
  const state = () => own.latest().map(({ state, peers, height }) => [state, peers, height])
  assert.deepEqual(state(), [['waiting', 0, undefined]])
  own.handedTo(tx, 'x')
  own.handedTo(tx, 'x')
  own.handedTo(tx, 'y')
  own.handedTo(bytes('of others'), 'y')
  assert.deepEqual(state(), [['sent', 2, undefined]])
  own.inBlock(7n, [bytes('of others'), tx])
  own.inBlock(8n, [tx])
  assert.deepEqual(state(), [['in a block', 2, 7]])
  assert.deepEqual(own.counts(), { waiting: 0, sent: 0, 'in a block': 1, refused: 0 })
})

test('what the pool refuses is refused, unless it is only full for now', async () => {
  const own = new OwnTxs()
  const pool = new MempoolReactor({ maxTxs: 1 })
  await own.submit(bytes('a'), pool, noPause)
  await own.submit(bytes('b'), pool, noPause)
  assert.deepEqual(own.counts(), { waiting: 1, sent: 0, 'in a block': 0, refused: 1 })
  assert.match(own.latest()[1]?.reason ?? '', /1 transactions in the pool/)
  await own.submit(bytes('c'), pool, async () => {
    pool.mempool.flush()
    return true
  })
  own.refuse('0xno', 'no digits')
  assert.deepEqual(own.counts(), { waiting: 2, sent: 0, 'in a block': 0, refused: 2 })
})

test('rates are of the last full seconds', () => {
  const clock = new FakeClock()
  const seen = new SeenTxs(clock)
  for (let i = 0; i < 10; i++) {
    for (let n = 0; n < 5; n++) seen.add(bytes(`${i}.${n}`))
    clock.advance(1_000)
  }
  assert.deepEqual(seen.view(3), { seen: 50, perSecond: 5, pool: 3, latest: ['9.0', '9.1', '9.2', '9.3', '9.4'] })
  clock.advance(60_000)
  assert.equal(seen.view(0).perSecond, 0)
})
