/** Asking a node of the classic stack for its chain id, over real sockets on loopback. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { parseNetAddress } from '../../../src/identity/net-address.ts'
import { createNode } from '../../../src/node/create-node.ts'
import { MempoolReactor } from '../../../src/reactors/mempool/mempool-reactor.ts'
import { askNetwork } from '../../../src/stacks/comet/ask-network.ts'
import { recordCalls } from '../../../src/testing/record-calls.ts'
import { systemClock } from '../../../src/util/clock.ts'

const clock = systemClock
const never = new AbortController().signal

async function classicNode(t: TestContext) {
  const mempool = new MempoolReactor()
  const calls = recordCalls(mempool)
  const node = await createNode({
    network: 'asked-1',
    stacks: ['comet'],
    listen: ['tcp://127.0.0.1:0'],
    reactors: { MEMPOOL: mempool }
  })
  t.after(() => node.stop())
  const at = String(node.switch.netInfo().listeners[0]).slice('tcp://'.length)
  return { calls, at, address: parseNetAddress(`${node.nodeKey.id}@${at}`) }
}

/** Accepts and says nothing. */
async function silentSocket(t: TestContext) {
  const server = createServer((socket) => socket.on('error', () => undefined).resume())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return parseNetAddress(`${'a'.repeat(40)}@127.0.0.1:${(server.address() as AddressInfo).port}`)
}

test('a classic node tells its chain to whoever names none, and has no peer from it', async (t) => {
  const { calls, address } = await classicNode(t)
  assert.equal(await askNetwork(address, { clock, signal: never }), 'asked-1')
  assert.deepEqual(
    calls.filter(({ peer }) => peer !== undefined),
    []
  )
})

test('another node at the address is not believed', async (t) => {
  const { at } = await classicNode(t)
  const other = parseNetAddress(`${'b'.repeat(40)}@${at}`)
  await assert.rejects(askNetwork(other, { clock, signal: never }), { name: 'WrongIdentityError' })
})

test('who says nothing is given up on in time, or as soon as the caller wants', async (t) => {
  const address = await silentSocket(t)
  await assert.rejects(askNetwork(address, { clock, signal: never, timeoutMs: 50 }), {
    name: 'DialFailedError',
    message: `${address}: asking for the chain id took longer than 50 ms`
  })
  const given = new AbortController()
  const asked = askNetwork(address, { clock, signal: given.signal })
  given.abort(new Error('enough'))
  await assert.rejects(asked, { message: 'enough' })
})

test('an address of libp2p is none to ask', async () => {
  const address = parseNetAddress('12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK@127.0.0.1:1')
  await assert.rejects(askNetwork(address, { clock, signal: never }), { name: 'InvalidAddressError' })
})
