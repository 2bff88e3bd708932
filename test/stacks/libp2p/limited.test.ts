/** Limited connections (through a relay): their address is the relay's, their time and bytes end soon. No peer is made on one. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { identify } from '@libp2p/identify'
import type { ConnectionLimits } from '@libp2p/interface'
import { createLibp2p, type Libp2p } from 'libp2p'
import { goProtocol } from '../../../src/stacks/libp2p/go/go-protocol.ts'
import { settle } from '../../helpers/fake-clock.ts'
import { startNode, transportOptions } from './nodes.ts'

/** As the relay's transport marks what comes through it; nobody has seen the connection before. */
function limitAll(node: Libp2p): void {
  node.addEventListener('connection:open', ({ detail }) => {
    const limits: ConnectionLimits = { seconds: 120, bytes: 131_072n }
    Object.assign(detail, { limits })
  })
}

const services = () => ({ services: { identify: identify() } as any })

async function nodes(t: TestContext) {
  const [a, b] = await Promise.all([startNode('tcp', { libp2p: services() }), startNode('tcp', { libp2p: services() })])
  t.after(() => Promise.all([a.stop(), b.stop()]))
  return [a, b] as const
}

test('a dial that leads to a limited connection fails, and says why', async (t) => {
  const [a, b] = await nodes(t)
  limitAll(a.libp2p)
  await assert.rejects(a.dial(b), { name: 'DialFailedError', message: /limited \(relayed\)/ })
  assert.equal(b.host.asked.length, 0)
})

test('a hello that comes on a limited connection is not heard', async (t) => {
  const [a, b] = await nodes(t)
  limitAll(b.libp2p)
  await assert.rejects(a.dial(b), { name: 'DialFailedError' })
  assert.equal(b.host.asked.length, 0)
})

for (const limited of [false, true])
  test(`a Go node that comes on ${limited ? 'a limited connection is no candidate' : 'any other connection is one'}`, async (t) => {
    const [node] = await nodes(t)
    if (limited) limitAll(node.libp2p)
    const go = await createLibp2p({ ...(await transportOptions('tcp')), ...services() })
    t.after(() => go.stop())
    await go.handle(goProtocol(0x30), () => {})
    const identified = new Promise((resolve) => node.libp2p.addEventListener('peer:identify', resolve, { once: true }))
    const connection = await go.dial(node.libp2p.getMultiaddrs())
    await identified
    // libp2p itself refuses the message on a limited one, before it is handed to anybody
    await Promise.allSettled([connection.newStream(goProtocol(0x30))])
    await settle()
    assert.equal(node.host.asked.length, limited ? 0 : 1)
  })
