/** createNode as a user calls it: real nodes on loopback. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { generateNodeKey, nodeKeyToJson } from '../../src/identity/node-key.ts'
import { type CometNode, type CreateNodeOptions, createNode } from '../../src/node/create-node.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { MempoolReactor } from '../../src/reactors/mempool/mempool-reactor.ts'

const LOOPBACK = { network: 'chain', listen: ['/ip4/127.0.0.1/tcp/0'], allowDuplicateIP: true }

async function node(
  t: TestContext,
  options: Partial<CreateNodeOptions<readonly ['libp2p']>> = {}
): Promise<CometNode & { pool: MempoolReactor }> {
  const pool = new MempoolReactor()
  const made = await createNode({ ...LOOPBACK, reactors: { MEMPOOL: pool }, ...options })
  t.after(() => made.stop())
  return { ...made, pool }
}

async function home(t: TestContext, files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'comet-node-'))
  t.after(() => rm(dir, { recursive: true }))
  await mkdir(join(dir, 'config'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, 'config', name), text)
  return dir
}

function address(of: CometNode): string {
  const [first] = of.libp2p.getMultiaddrs()
  assert.ok(first)
  return String(first)
}

for (const [name, listen] of [
  ['TCP', '/ip4/127.0.0.1/tcp/0'],
  ['WebSockets', '/ip4/127.0.0.1/tcp/0/ws'],
  ['QUIC', '/ip4/127.0.0.1/udp/0/quic-v1']
] as const)
  test(`a transaction submitted on one node reaches another over ${name}`, async (t) => {
    const a = await node(t, { listen: [listen] })
    const b = await node(t, { listen: [listen] })
    const arrived = new Promise<Uint8Array>((resolve) => a.pool.onTx(({ tx }) => resolve(tx)))
    const peer = await b.switch.dialPeerWithAddress(address(a))
    assert.equal(peer.id(), a.nodeKey.id)
    await b.pool.submit(Uint8Array.of(1, 2, 3))
    assert.deepEqual(await arrived, Uint8Array.of(1, 2, 3))
  })

test('the hex form of the other node is enough to dial it', async (t) => {
  const a = await node(t, { listen: ['tcp://127.0.0.1:0'] })
  const b = await node(t, { listen: [] })
  const hex = String(a.switch.nodeInfo().netAddress())
  assert.equal((await b.switch.dialPeerWithAddress(hex)).id(), a.nodeKey.id)
})

test('a home gives key, chain, name, listen address and peers; a second node with it is the same node', async (t) => {
  const server = await node(t)
  const key = generateNodeKey()
  const { host, port } = server.switch.nodeInfo().netAddress()
  const dir = await home(t, {
    'node_key.json': nodeKeyToJson(key),
    'genesis.json': JSON.stringify({ chain_id: 'chain' }),
    'config.toml': `moniker = "from the home"\n[p2p]\nladdr = "tcp://127.0.0.1:0"\npersistent_peers = "${server.nodeKey.id}@${host}:${port}"`
  })
  const made = await createNode({ home: dir, reactors: { MEMPOOL: new MempoolReactor() } })
  t.after(() => made.stop())
  assert.equal(made.switch.nodeInfo().id, key.id)
  assert.equal(made.switch.nodeInfo().network, 'chain')
  assert.equal(made.switch.nodeInfo().moniker, 'from the home')
  assert.equal(made.switch.nodeInfo().netAddress().host, '127.0.0.1')
  assert.equal(String(made.libp2p.peerId), String(key.peerId))
  const address = server.switch.nodeInfo().netAddress()
  assert.equal(made.switch.isPeerPersistent(address), true)
})

test('a home with libp2p enabled listens where a Go node of it would, beside TCP, and dials its bootstrap peers', async (t) => {
  const server = await node(t, { listen: ['/ip4/127.0.0.1/udp/0/quic-v1'] })
  const port = /udp\/(\d+)/.exec(address(server))?.[1]
  const dir = await home(t, {
    'config.toml': `[p2p]\nladdr = "tcp://127.0.0.1:0"\n[p2p.libp2p]\nenabled = true\nbootstrap_peers = [{ host = "127.0.0.1:${port}", id = "${server.libp2p.peerId}" }]`
  })
  const watch = new BaseReactor('WATCH')
  const met = new Promise<string>((resolve) => {
    watch.addPeer = (peer) => resolve(peer.id())
  })
  const made = await node(t, {
    home: dir,
    listen: undefined,
    reactors: { WATCH: watch, MEMPOOL: new MempoolReactor() }
  })
  const kinds = made.libp2p.getMultiaddrs().map((each) => /^.*\/(tcp|udp)\//.exec(String(each))?.[0])
  assert.deepEqual(kinds.toSorted(), ['/ip4/127.0.0.1/tcp/', '/ip4/127.0.0.1/udp/'])
  assert.equal(await met, server.nodeKey.id)
})

test('options win over the home', async (t) => {
  const dir = await home(t, {
    'genesis.json': JSON.stringify({ chain_id: 'of the file' }),
    'config.toml':
      'moniker = "of the file"\n[p2p]\nladdr = "tcp://127.0.0.1:1"\nexternal_address = "9.9.9.9:9"\nmax_num_outbound_peers = 3'
  })
  const made = await node(t, { home: dir, moniker: 'given', externalAddress: '8.8.8.8:8', maxNumOutboundPeers: 4 })
  assert.equal(made.switch.nodeInfo().network, 'chain')
  assert.equal(made.switch.nodeInfo().moniker, 'given')
  assert.equal(made.switch.nodeInfo().listenAddr, '8.8.8.8:8')
  assert.equal(made.switch.maxNumOutboundPeers(), 4)
  assert.deepEqual(made.libp2p.getMultiaddrs().map(String), [`/ip4/8.8.8.8/tcp/8/p2p/${made.libp2p.peerId}`])
})

test('an empty home gets a key that the next start finds again', async (t) => {
  const dir = await home(t, {})
  const first = await node(t, { home: dir })
  await first.stop()
  const second = await node(t, { home: dir })
  assert.equal(second.nodeKey.id, first.nodeKey.id)
})

test('bad options are named, and nothing is left running', async (t) => {
  const noGenesis = await home(t, {})
  const table: Array<[options: unknown, name: string, field?: string]> = [
    [undefined, 'InvalidOptionError', 'options'],
    [{ ...LOOPBACK, stacks: ['comet', 'comet'] }, 'InvalidOptionError', 'stacks'],
    [{ ...LOOPBACK, stacks: ['memory'] }, 'InvalidOptionError', 'stacks'],
    [{ ...LOOPBACK, stacks: [] }, 'InvalidOptionError', 'stacks'],
    [{ ...LOOPBACK, stacks: 'libp2p' }, 'InvalidOptionError', 'stacks'],
    [{ ...LOOPBACK, network: undefined }, 'InvalidOptionError', 'network'],
    [{ ...LOOPBACK, network: undefined, home: noGenesis }, 'InvalidOptionError', 'network'],
    [{ ...LOOPBACK, network: '' }, 'InvalidOptionError', 'network'],
    [{ ...LOOPBACK, home: '' }, 'InvalidOptionError', 'home'],
    [{ ...LOOPBACK, listen: 'tcp://127.0.0.1:0' }, 'InvalidOptionError', 'listen'],
    [{ ...LOOPBACK, listen: ['/unix/x'] }, 'InvalidOptionError', 'listen[0]'],
    [{ ...LOOPBACK, transports: ['udp'] }, 'InvalidOptionError', 'transports'],
    [{ ...LOOPBACK, maxNumInboundPeers: -1 }, 'InvalidOptionError', 'maxNumInboundPeers'],
    [{ ...LOOPBACK, persistentPeers: 'a' }, 'InvalidOptionError', 'persistentPeers'],
    [{ ...LOOPBACK, persistentPeers: ['1.2.3.4:5'] }, 'InvalidAddressError'],
    [{ ...LOOPBACK, unconditionalPeerIDs: ['x'] }, 'InvalidNodeIdError'],
    [{ ...LOOPBACK, externalAddress: 'nowhere' }, 'InvalidOptionError', 'externalAddress'],
    [{ ...LOOPBACK, nodeKey: 'abc' }, 'InvalidKeyError'],
    [{ ...LOOPBACK, nodeKey: {} }, 'InvalidKeyError'],
    [{ ...LOOPBACK, nodeKey: { ...generateNodeKey(), id: 'f'.repeat(40) } }, 'InvalidKeyError'],
    [{ ...LOOPBACK, moniker: ' ' }, 'InvalidOptionError', 'moniker']
  ]
  for (const [options, name, field] of table)
    await assert.rejects(
      createNode(options as CreateNodeOptions),
      (err: Error & { field?: string }) => {
        assert.equal(err.name, name, `${err}`)
        if (field !== undefined) assert.equal(err.field, field, `${err}`)
        return true
      },
      JSON.stringify(options)
    )
})

test('a port that is taken, or a reactor that does not start, rejects and stops what had started', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  t.after(() => taken.close())
  const { port } = taken.address() as { port: number }
  const pool = new MempoolReactor()
  await assert.rejects(createNode({ ...LOOPBACK, listen: [`tcp://127.0.0.1:${port}`], reactors: { MEMPOOL: pool } }))
  assert.equal(pool.isRunning(), false)
  class Failing extends BaseReactor {
    override onStart(): void {
      throw new Error('does not start')
    }
  }
  await assert.rejects(createNode({ ...LOOPBACK, reactors: { FAILING: new Failing('FAILING') } }), /does not start/)
})

test('stop ends everything, however often it is called, also at once', async (t) => {
  const made = await node(t)
  await Promise.all([made.stop(), made.stop()])
  await made.stop()
  assert.equal(made.switch.isRunning(), false)
  assert.equal(made.libp2p.status, 'stopped')
  assert.equal(made.pool.isRunning(), false)
})

test('a peer that was stopped is gone from nodeStates, and may be dialled, as soon as every removePeer has run', async (t) => {
  const a = await node(t)
  const b = await node(t)
  const peer = await a.switch.dialPeerWithAddress(address(b))
  const dialled = peer.socketAddr()
  await a.switch.stopPeerForError(peer, new Error('enough'))
  assert.deepEqual(
    a.switch.nodeStates().map(({ state }) => state),
    ['candidate']
  )
  assert.equal(a.switch.isDialingOrExistingAddress(dialled), false)
  assert.equal((await a.switch.dialPeerWithAddress(dialled)).id(), b.nodeKey.id)
})
