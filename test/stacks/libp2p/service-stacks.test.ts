/** The service with a stack beside its own: the classic one, on a libp2p node as a user makes it. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createLibp2p } from 'libp2p'
import { comet, generateNodeKey, type NodeKey, peerPolicy, type Switch } from '../../../src/index.ts'
import { CometStack } from '../../../src/node/index.ts'
import { TextReactor } from '../../helpers/text-reactor.ts'
import { LISTEN, transportOptions } from './nodes.ts'

async function node(t: TestContext, nodeKey: NodeKey) {
  const policy = peerPolicy({ allowDuplicateIP: true })
  const classic = new CometStack({ nodeKey, listen: ['tcp://127.0.0.1:0'] })
  const libp2p = await createLibp2p({
    privateKey: nodeKey.privateKey,
    addresses: { listen: [LISTEN.tcp] },
    ...(await transportOptions('tcp')),
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    services: {
      comet: comet({ network: 'chain', policy, reactors: { TEXT: new TextReactor() }, stacks: [classic, 'libp2p'] })
    }
  })
  t.after(() => libp2p.stop())
  return { libp2p, sw: libp2p.services.comet as Switch, classic }
}

test('a libp2p node takes the classic stack into its switch, and starts and stops it', async (t) => {
  const [a, b] = [await node(t, generateNodeKey()), await node(t, generateNodeKey())]
  const peer = await a.sw.dialPeerWithAddress(String(b.sw.nodeInfo().netAddress()))
  assert.equal(peer.stack(), 'comet')
  await a.sw.stopPeerGracefully(peer)
  // the remote may still be removing the old connection
  const again = await a.sw.dialPeerWithAddress(String(b.libp2p.getMultiaddrs()[0]))
  assert.equal(again.stack(), 'libp2p')
  await b.libp2p.stop()
  assert.deepEqual(b.classic.listenAddrs(), [])
})

test('a list of stacks without the own one, with it twice, or with something else is named', () => {
  const classic = new CometStack({ nodeKey: generateNodeKey() })
  for (const [stacks, field] of [
    [[], 'stacks'],
    [[classic], 'stacks'],
    [['libp2p', 'libp2p'], 'stacks'],
    ['libp2p', 'stacks'],
    [['libp2p', 'comet'], 'stacks[1]'],
    [['libp2p', undefined], 'stacks[1]']
  ] as const)
    assert.throws(() => comet({ network: 'chain', stacks: stacks as never }), { name: 'InvalidOptionError', field })
})
