/** Sources of validator sets; the RPC one against a real HTTP server that answers as CometBFT does. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { ValidatorSet } from '../../../src/chain/validator-set.ts'
import { rpcValidatorSource } from '../../../src/reactors/blocksync/rpc-validator-source.ts'
import {
  applicationValidatorSource,
  firstValidatorSource,
  staticValidatorSource,
  type ValidatorRequest,
  type ValidatorSource
} from '../../../src/reactors/blocksync/validator-source.ts'

const setOf = (count: number, power = 1n) =>
  new ValidatorSet(
    Array.from({ length: count }, (_, i) => ({
      pubKey: { type: 'ed25519' as const, value: new Uint8Array(32).fill(i % 256).with(31, i >> 8) },
      votingPower: power + BigInt(i)
    }))
  )

function request(set: ValidatorSet, previous?: ValidatorSet): ValidatorRequest {
  return { chainId: 'c', height: 7n, hash: set.hash(), previous, signal: new AbortController().signal }
}

async function withServer(listener: RequestListener, run: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('a static source knows its sets by hash, and no others', async () => {
  const [a, b] = [setOf(2), setOf(3)]
  const source = staticValidatorSource([a])
  assert.equal(await source(request(a)), a)
  assert.equal(await source(request(b)), undefined)
})

test('application updates of height h make the set of h + 2', async () => {
  const before = setOf(3)
  const update = { pubKey: before.validators[0]!.pubKey, votingPower: 100n }
  const asked: bigint[] = []
  const source = applicationValidatorSource((height) => {
    asked.push(height)
    return [update]
  })
  const after = before.update([update])
  assert.deepEqual((await source(request(after, before)))!.hash(), after.hash())
  assert.deepEqual(asked, [5n])
  assert.equal(await applicationValidatorSource(() => undefined)(request(after, before)), undefined)
})

test('the first source that knows answers; a failing one is passed over, but told if nobody knows', async () => {
  const set = setOf(2)
  const failing: ValidatorSource = () => {
    throw new Error('down')
  }
  const wrong: ValidatorSource = () => setOf(5)
  assert.equal(await firstValidatorSource(failing, wrong, staticValidatorSource([set]))(request(set)), set)
  await assert.rejects(async () => await firstValidatorSource(failing, wrong)(request(set)), /down/)
  assert.equal(await firstValidatorSource(wrong)(request(set)), undefined)
})

test('RPC: pages of 100 are put together, from the height asked for', async () => {
  const set = setOf(250)
  const asked: string[] = []
  await withServer(
    (req, res) => {
      asked.push(req.url!)
      const query = new URL(req.url!, 'http://x').searchParams
      const page = Number(query.get('page'))
      const validators = JSON.parse(JSON.stringify(set)).slice((page - 1) * 100, page * 100)
      const result = { block_height: query.get('height'), validators, count: `${validators.length}`, total: '250' }
      res.end(JSON.stringify({ jsonrpc: '2.0', id: -1, result }))
    },
    async (url) => {
      const found = await rpcValidatorSource(`${url}/node`)(request(set))
      assert.deepEqual(found!.hash(), set.hash())
    }
  )
  assert.deepEqual(
    asked,
    [1, 2, 3].map((page) => `/node/validators?height=7&page=${page}&per_page=100`)
  )
})

test('RPC: errors, nonsense, endless pages and endless lists are errors by name', async () => {
  const set = setOf(1)
  const entry = JSON.parse(JSON.stringify(set))[0]
  const table: Array<{ name: string; listener: RequestListener }> = [
    { name: 'status 500', listener: (_, res) => void res.writeHead(500).end('{"error":{}}') },
    { name: 'no JSON', listener: (_, res) => void res.end('<html>') },
    { name: 'no list', listener: (_, res) => void res.end('{"result":{"total":"1"}}') },
    { name: 'no total', listener: (_, res) => void res.end('{"result":{"validators":[]}}') },
    { name: 'a long page', listener: (_, res) => void res.end('x'.repeat(5 * 1024 * 1024)) },
    {
      name: 'endless pages',
      listener: (_, res) => void res.end(JSON.stringify({ result: { validators: [entry], total: '1000000' } }))
    }
  ]
  for (const { name, listener } of table)
    await withServer(listener, async (url) => {
      await assert.rejects(async () => await rpcValidatorSource(url)(request(set)), { name: 'RpcResponseError' }, name)
    })
  await withServer(
    (_, res) => void res.writeHead(302, { location: '/elsewhere' }).end(),
    async (url) => {
      await assert.rejects(async () => await rpcValidatorSource(url)(request(set)), { name: 'TypeError' })
    }
  )
})

test('RPC: an abort ends a request that hangs, and a bad URL is refused at once', async () => {
  await withServer(
    () => {},
    async (url) => {
      const stop = new AbortController()
      const pending = rpcValidatorSource(url)({ ...request(setOf(1)), signal: stop.signal })
      stop.abort()
      await assert.rejects(async () => await pending, { name: 'AbortError' })
    }
  )
  for (const url of ['', 'tcp://127.0.0.1:26657', 'localhost'])
    assert.throws(() => rpcValidatorSource(url), { name: 'InvalidOptionError', field: 'url' })
})
