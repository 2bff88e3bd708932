/** One peer for each host, however the host is written, on both stacks of Node.js. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createNode } from '../../src/node/index.ts'

async function node(t: TestContext, stack: 'libp2p' | 'comet') {
  const listen = [stack === 'comet' ? 'tcp://127.0.0.1:0' : '/ip4/127.0.0.1/tcp/0']
  const made = await createNode({ network: 'one-host', stacks: [stack], listen })
  t.after(() => made.stop())
  const id = made.nodeKey.id
  const [address = ''] = stack === 'comet' ? made.switch.netInfo().listeners : made.libp2p!.getMultiaddrs().map(String)
  const port = /(\d+)\)?$/.exec(address)?.[1]
  return {
    ...made,
    plain: stack === 'comet' ? `${id}@127.0.0.1:${port}` : address,
    mapped:
      stack === 'comet'
        ? `${id}@[::ffff:127.0.0.1]:${port}`
        : address.replace('/ip4/127.0.0.1', '/ip6/::ffff:127.0.0.1')
  }
}

for (const stack of ['libp2p', 'comet'] as const)
  test(`D-15: allowDuplicateIP false lets one host in once, also as an IPv4 address within an IPv6 one: ${stack}`, async (t) => {
    const [a, b, c] = [await node(t, stack), await node(t, stack), await node(t, stack)]
    const peer = await a.switch.dialPeerWithAddress(b.mapped)
    assert.equal(peer.remoteIP(), '127.0.0.1')
    assert.deepEqual(
      b.switch
        .peers()
        .list()
        .map((one) => one.remoteIP()),
      ['127.0.0.1']
    )
    for (const again of [c.plain, c.mapped])
      await assert.rejects(a.switch.dialPeerWithAddress(again), { refusal: 'duplicate-ip' })
    assert.equal(a.switch.isDialingOrExistingAddress(peer.socketAddr()), true)
  })
