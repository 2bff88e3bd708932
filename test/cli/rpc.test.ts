import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rpcGenesis, rpcNetwork, rpcUrl } from '../../src/cli/rpc.ts'
import { serveRpc } from './served-chain.ts'

test('an RPC is named as people have it', () => {
  const table = {
    'http://127.0.0.1:26657': 'http://127.0.0.1:26657/',
    'https://x.example/rpc': 'https://x.example/rpc/',
    'tcp://0.0.0.0:26657': 'http://0.0.0.0:26657/',
    '127.0.0.1:26657': 'http://127.0.0.1:26657/',
    'localhost:26657': 'http://localhost:26657/'
  }
  for (const [text, want] of Object.entries(table)) assert.equal(String(rpcUrl('--rpc', text)), want)
  for (const text of ['', 'ftp://x', 'http://', 'unix:///x', 'http://x:99999'])
    assert.throws(() => rpcUrl('--rpc', text), { name: 'UsageError', message: /^--rpc: expected an address/ }, text)
})

test('a genesis too large for one answer comes in chunks', async (t) => {
  const genesis = { chain_id: 'large', text: 'ä'.repeat(100) }
  const bytes = Buffer.from(JSON.stringify(genesis))
  const cut = [bytes.subarray(0, 40), bytes.subarray(40, 41), bytes.subarray(41)]
  const url = await serveRpc(t, (path, query) => {
    const chunk = Number(query.get('chunk'))
    if (path === 'genesis_chunked')
      return { result: { chunk: `${chunk}`, total: `${cut.length}`, data: cut[chunk]?.toString('base64') } }
    return { error: { code: -32603, data: 'genesis response is large, please use the genesis_chunked API instead' } }
  })
  assert.deepEqual(await rpcGenesis(rpcUrl('--rpc', url)), genesis)
})

test('an answer that is none is an error that names the node', async (t) => {
  const answers = [
    '',
    'x',
    '{}',
    'null',
    '{"result":null}',
    '{"result":{}}',
    '{"error":{"message":"no"}}',
    '{"result":{"node_info":{"network":7}}}'
  ]
  for (const answer of answers) {
    const url = await serveRpc(t, () => answer)
    await assert.rejects(
      rpcNetwork(rpcUrl('--rpc', url)),
      (err: Error) => err.name === 'RpcError' && err.message.includes(url),
      answer
    )
  }
  const endless = await serveRpc(t, (path) =>
    path === 'genesis' ? '{"error":"genesis_chunked"}' : JSON.stringify({ result: { total: '1000000', data: '' } })
  )
  await assert.rejects(rpcGenesis(rpcUrl('--rpc', endless)), { name: 'RpcError' })
  const long = await serveRpc(t, () => ' '.repeat(33 * 1024 * 1024))
  await assert.rejects(rpcGenesis(rpcUrl('--rpc', long)), { name: 'RpcError', message: /longer than/ })
})
