/** createNode with the classic stack, alone and beside libp2p: real nodes on loopback. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { generateNodeKey } from '../../src/identity/node-key.ts'
import type { Logger } from '../../src/interface/logger.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { type CometNode, type CreateNodeOptions, createNode, type StackName } from '../../src/node/create-node.ts'
import { assertReactorGrammar, recordCalls } from '../../src/testing/index.ts'
import { lineLogger, nullLogger } from '../../src/util/logger.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { openSockets } from '../stacks/comet/tcp-watch.ts'

const CHANNEL = 0x10
const COMMON = { network: 'chain', allowDuplicateIP: true, listen: ['tcp://127.0.0.1:0', '/ip4/127.0.0.1/tcp/0'] }

type Node<S extends readonly StackName[]> = CometNode<S> & { text: TextReactor }

async function node<const S extends readonly StackName[]>(
  t: TestContext,
  stacks: S,
  options: Partial<CreateNodeOptions> = {}
): Promise<Node<S>> {
  const text = new TextReactor()
  const listen = COMMON.listen.filter((one) => stacks.includes(one.startsWith('/') ? 'libp2p' : 'comet'))
  const made = await createNode({ ...COMMON, listen, reactors: { TEXT: text }, ...options, stacks })
  t.after(() => made.stop())
  return { ...made, text }
}

function classicAddress(of: CometNode<readonly StackName[]>): string {
  return `${of.nodeKey.id}@${of.switch
    .netInfo()
    .listeners.find((one) => one.startsWith('tcp://'))
    ?.slice(6)}`
}

function libp2pAddress(of: CometNode<readonly StackName[]>): string {
  return String(of.libp2p?.getMultiaddrs()[0])
}

function stacksOf(of: CometNode<readonly StackName[]>): string[] {
  return of.switch
    .peers()
    .list()
    .map((peer) => peer.stack())
    .sort()
}

async function home(t: TestContext, config: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'comet-node-'))
  t.after(() => rm(dir, { recursive: true }))
  await mkdir(join(dir, 'config'))
  await writeFile(join(dir, 'config', 'config.toml'), config)
  return dir
}

test('a node of the classic stack alone needs no libp2p', async (t) => {
  const a = await node(t, ['comet'])
  const b = await createNode({ stacks: ['comet'], network: 'chain', listen: [], reactors: { TEXT: new TextReactor() } })
  t.after(() => b.stop())
  const nothing: undefined = b.libp2p
  assert.equal(nothing, undefined)
  const peer = await b.switch.dialPeerWithAddress(String(a.switch.nodeInfo().netAddress()))
  assert.deepEqual([peer.id(), peer.stack(), b.switch.nodeInfo().id], [a.nodeKey.id, 'comet', b.nodeKey.id])
  assert.match(a.switch.nodeInfo().listenAddr, /^tcp:\/\/127\.0\.0\.1:\d+$/)
  await b.stop()
  await b.stop()
  assert.equal(b.switch.isRunning(), false)
})

test('one node on both stacks: peers of both are in one set, hear one broadcast, and are told apart by netInfo', async (t) => {
  const both = await node(t, ['libp2p', 'comet'])
  const [classic, modern] = [await node(t, ['comet']), await node(t, ['libp2p'])]
  await classic.switch.dialPeerWithAddress(classicAddress(both))
  await modern.switch.dialPeerWithAddress(libp2pAddress(both))
  await both.text.until(() => both.text.added.length === 2)
  assert.deepEqual(stacksOf(both), ['comet', 'libp2p'])
  const info = both.switch.netInfo()
  assert.deepEqual(info.peers.map(({ stack }) => stack).sort(), ['comet', 'libp2p'])
  assert.equal(info.listeners.length, 2)
  both.switch.broadcastAsync({ channelId: CHANNEL, message: 'to all' })
  for (const { text } of [classic, modern]) await text.until(() => text.received.length === 1)
  // each knows it by an address of its own stack
  assert.equal(classic.switch.peers().get(both.nodeKey.id)?.nodeInfo().listenAddr, both.switch.nodeInfo().listenAddr)
  const { port } = modern.switch.peers().get(both.nodeKey.id)?.nodeInfo().netAddress() ?? assert.fail()
  assert.ok(libp2pAddress(both).includes(`/tcp/${port}/`))
})

test('each stack tells a logger its name once, as a logger may print what it is told twice', async (t) => {
  const told: unknown[][] = []
  const below = (names: unknown[]): Logger => ({
    ...nullLogger,
    child({ stack }) {
      const all = stack === undefined ? names : [...names, stack]
      if (stack !== undefined) told.push(all)
      return below(all)
    }
  })
  await node(t, ['libp2p', 'comet'], { logger: below([]) })
  assert.deepEqual(told.map(String).sort(), ['comet', 'libp2p'])
})

test('log lines about a peer name its stack, and what a stack says by itself names that stack', async (t) => {
  let open = true
  const lines: string[] = []
  const logger = lineLogger((line) => lines.push(line.replace(/^\S+ \S+ +/, '')), 'debug')
  const both = await node(t, ['libp2p', 'comet'], {
    logger,
    random: () => 0,
    filterPeer: ({ ip }) => (open ? undefined : `not ${ip}`)
  })
  const [classic, modern] = [await node(t, ['comet']), await node(t, ['libp2p'])]
  for (const [of, address, stack] of [
    [classic, classicAddress(both), 'comet'],
    [modern, libp2pAddress(both), 'libp2p']
  ] as const) {
    const peer = `peer=${of.nodeKey.id} stack=${stack}`
    await of.switch.dialPeerWithAddress(address)
    await both.text.until(() => both.text.added.at(-1)?.id() === of.nodeKey.id)
    await of.switch.stopPeerGracefully(of.switch.peers().list()[0] as Peer)
    await both.text.until(() => both.text.removed.at(-1)?.peer.id() === of.nodeKey.id)
    const told = lines.splice(0).filter((line) => line.includes(peer))
    assert.match(told.join('\n'), new RegExp(`^Added peer ${peer} outbound=false\nStopping peer`))
  }
  open = false
  await assert.rejects(classic.switch.dialPeerWithAddress(classicAddress(both)), { name: 'PeerRefusedError' })
  await assert.rejects(modern.switch.dialPeerWithAddress(libp2pAddress(both)), { name: 'PeerRefusedError' })
  for (const stack of ['comet', 'libp2p'])
    assert.match(lines.join('\n'), new RegExp(`^Inbound peer refused stack=${stack} peer=`, 'm'))
  // nobody is there
  const { id, peerId } = generateNodeKey()
  const nowhere = { comet: `${id}@127.0.0.1:1`, libp2p: `/ip4/127.0.0.1/tcp/1/p2p/${peerId}` }
  both.switch.dialPeersAsync(Object.values(nowhere))
  const failed = () => lines.filter((line) => line.startsWith('Error dialing peer'))
  await until(() => failed().length === 2)
  for (const [stack, address] of Object.entries(nowhere))
    assert.match(failed().join('\n'), new RegExp(`address=\\S*${address} stack=${stack} `))
})

test('each form of address chooses its stack, also in one list of persistent peers', async (t) => {
  const [classic, modern] = [await node(t, ['comet']), await node(t, ['libp2p'])]
  const both = await node(t, ['libp2p', 'comet'], {
    persistentPeers: [classicAddress(classic), libp2pAddress(modern)]
  })
  await both.text.until(() => both.text.added.length === 2)
  assert.equal(both.switch.peers().get(classic.nodeKey.id)?.stack(), 'comet')
  assert.equal(both.switch.peers().get(modern.nodeKey.id)?.stack(), 'libp2p')
  assert.ok(
    both.switch
      .peers()
      .list()
      .every((peer) => peer.isPersistent())
  )
  // beside the classic stack id@host:port is never libp2p
  await assert.rejects(both.switch.dialPeerWithAddress(`${generateNodeKey().id}@127.0.0.1:1`), {
    name: 'DialFailedError',
    message: /ECONNREFUSED/
  })
})

for (const stacks of [
  ['libp2p', 'comet'],
  ['comet', 'libp2p']
] as const)
  test(`D-24: a node known on both stacks is one peer, on ${stacks[0]} as it comes first, and after a loss on the other`, async (t) => {
    const nodeKey = generateNodeKey()
    const remotes = { libp2p: await node(t, ['libp2p'], { nodeKey }), comet: await node(t, ['comet'], { nodeKey }) }
    const persistentPeers = [classicAddress(remotes.comet), libp2pAddress(remotes.libp2p)]
    const a = await node(t, stacks, { persistentPeers, listen: [] })
    await a.text.until(() => a.text.added.length === 1)
    assert.deepEqual(stacksOf(a), [stacks[0]])
    assert.equal(a.switch.nodeStates().length, 1)
    await remotes[stacks[0]].stop()
    await a.text.until(() => a.text.added.length === 2)
    assert.deepEqual(stacksOf(a), [stacks[1]])
    assert.equal(a.text.removed.length, 1)
    assert.ok(a.text.added.every((peer) => peer.id() === nodeKey.id && peer.isPersistent()))
  })

test('a dial to a node that is connected on the other stack is its peer', async (t) => {
  const [a, b] = [await node(t, ['libp2p', 'comet']), await node(t, ['libp2p', 'comet'])]
  const first = await a.switch.dialPeerWithAddress(classicAddress(b))
  assert.equal(await a.switch.dialPeerWithAddress(libp2pAddress(b)), first)
  assert.equal(await b.switch.dialPeerWithAddress(libp2pAddress(a)), b.switch.peers().get(a.nodeKey.id))
  assert.deepEqual([stacksOf(a), stacksOf(b)], [['comet'], ['comet']])
})

test('both dial at once, each on another stack, again and again: one peer and one connection on both ends', async (t) => {
  const [a, b] = [await node(t, ['libp2p', 'comet']), await node(t, ['libp2p', 'comet'])]
  const [toB, toA] = [libp2pAddress(b), classicAddress(a)]
  const classicPort = Number(toA.split(':').at(-1))
  for (let i = 0; i < 12; i++) {
    const [far, near] = i % 2 === 0 ? [toB, toA] : [classicAddress(b), libp2pAddress(a)]
    const dials = await Promise.all([a.switch.dialPeerWithAddress(far), b.switch.dialPeerWithAddress(near)])
    assert.deepEqual([a.switch.peers().size, b.switch.peers().size], [1, 1])
    assert.deepEqual(
      dials.map((peer) => peer.id()),
      [b.nodeKey.id, a.nodeKey.id]
    )
    assert.deepEqual(stacksOf(a), stacksOf(b))
    const [ours] = a.switch.peers()
    assert.equal(dials[0], ours)
    assert.notEqual(dials[0].isOutbound(), dials[1].isOutbound())
    // the loser's connection goes too
    const libp2pUsed = (ours as Peer).stack() === 'libp2p' ? 1 : 0
    await until(
      () => a.libp2p.getConnections().length === libp2pUsed && b.libp2p.getConnections().length === libp2pUsed
    )
    const classicPorts = [classicPort, Number(classicAddress(b).split(':').at(-1))]
    await until(() => classicPorts.flatMap((port) => openSockets(port)).length === 2 * (1 - libp2pUsed))
    const gone = b.text.removed.length
    await a.switch.stopPeerGracefully(ours as Peer)
    await b.text.until(() => b.text.removed.length > gone)
    await until(() => b.switch.peers().size === 0)
  }
})

/** A door before a port: whoever goes through it can be cut off, all at once. Says where it is. */
async function door(t: TestContext, port: number): Promise<{ port: number; cut(): void }> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near]
    ] as const) {
      open.add(from)
      from.on('error', () => {})
      from.on('close', () => to.destroy())
      from.pipe(to)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of open) socket.resetAndDestroy()
    open.clear()
  }
  t.after(() => {
    cut()
    server.close()
  })
  return { port: (server.address() as { port: number }).port, cut }
}

for (const [stacks, other] of [
  [
    ['libp2p', 'comet'],
    ['libp2p', 'comet']
  ],
  [
    ['libp2p', 'comet'],
    ['comet', 'libp2p']
  ]
] as const)
  test(`both stacks lose the same peer at once (${stacks[0]} and ${other[0]} first): one removePeer, one redial, one Peer, on both ends`, async (t) => {
    const nodes = [await node(t, stacks), await node(t, other)] as const
    const calls = nodes.map(({ text }) => recordCalls(text))
    const doors: Array<{ cut(): void }> = []
    for (const [i, { switch: sw }] of nodes.entries()) {
      const far = nodes[1 - i] as Node<readonly StackName[]>
      const classic = await door(t, Number(classicAddress(far).split(':').at(-1)))
      const modern = await door(t, Number(/tcp\/(\d+)/.exec(libp2pAddress(far))?.[1]))
      doors.push(classic, modern)
      sw.addPersistentPeers([
        `${far.nodeKey.id}@127.0.0.1:${classic.port}`,
        libp2pAddress(far).replace(/tcp\/\d+/, `tcp/${modern.port}`)
      ])
    }
    const [a, b] = nodes
    await a.switch.dialPeerWithAddress(`${b.nodeKey.id}@127.0.0.1:1`)
    const both = (count: number) => Promise.all(nodes.map(({ text }) => text.until(() => text.added.length === count)))
    await both(1)
    for (const { cut } of doors) cut()
    await both(2)
    assert.deepEqual(
      [a, b].map(({ switch: sw }) => sw.peers().size),
      [1, 1]
    )
    assert.deepEqual(stacksOf(a), stacksOf(b))
    for (const trace of calls) {
      const told = trace.map(({ call }) => call).filter((call) => call !== 'receive')
      assert.deepEqual(told, ['initPeer', 'addPeer', 'removePeer', 'initPeer', 'addPeer'])
      assertReactorGrammar(trace)
    }
  })

test('D-15: limits hold over both stacks together', async (t) => {
  const both = await node(t, ['libp2p', 'comet'], { maxNumInboundPeers: 1 })
  const [classic, modern] = [await node(t, ['comet']), await node(t, ['libp2p'])]
  await classic.switch.dialPeerWithAddress(classicAddress(both))
  await assert.rejects(modern.switch.dialPeerWithAddress(libp2pAddress(both)), {
    name: 'PeerRefusedError',
    by: 'remote'
  })
  const other = await node(t, ['comet'])
  await assert.rejects(other.switch.dialPeerWithAddress(classicAddress(both)), {
    name: 'PeerRefusedError',
    refusal: 'inbound-full',
    by: 'remote'
  })
})

test('D-15: who says nothing has one budget over both stacks', async (t) => {
  const both = await node(t, ['libp2p', 'comet'], { pending: { global: 3, perIP: 3, perPrefix: 3 } })
  const open = async (address: string) => {
    const port = Number(/(?:tcp\/|:)(\d+)/.exec(address)?.[1])
    const socket = connect(port, '127.0.0.1')
    t.after(() => socket.destroy())
    socket.on('error', () => {})
    const closed = new Promise<'closed'>((resolve) => socket.once('close', () => resolve('closed')))
    const spoke = new Promise<'open'>((resolve) => socket.once('data', () => resolve('open')))
    return await Promise.race([closed, spoke])
  }
  const classic = classicAddress(both).split('@')[1] as string
  assert.deepEqual([await open(classic), await open(classic), await open(classic)], ['open', 'open', 'open'])
  assert.equal(await open(classic), 'closed')
  // libp2p waits for the dialer's first word, and closes who says none after 10 s
  const began = performance.now()
  assert.equal(await open(libp2pAddress(both)), 'closed')
  assert.ok(performance.now() - began < 3_000)
})

test('options that do not fit the stacks are named, and nothing is left running', async () => {
  const table: Array<[options: object, name: string, field?: string]> = [
    [{ stacks: ['comet'], listen: ['/ip4/127.0.0.1/tcp/0'] }, 'InvalidOptionError', 'listen[0]'],
    [{ stacks: ['comet'], listen: ['tcp://127.0.0.1:0', 'nonsense'] }, 'InvalidOptionError', 'listen[1]'],
    [{ stacks: ['libp2p', 'comet'], listen: ['tcp://127.0.0.1:0', '/unix/x'] }, 'InvalidOptionError', 'listen[1]'],
    [{ stacks: ['comet'], listen: 'tcp://127.0.0.1:0' }, 'InvalidOptionError', 'listen'],
    [{ stacks: ['comet'], externalAddress: 'nowhere' }, 'InvalidOptionError', 'externalAddress'],
    [{ stacks: ['comet'], sendRate: -1 }, 'InvalidOptionError', 'sendRate'],
    [{ stacks: ['comet'], pongTimeoutMs: 60_000 }, 'InvalidOptionError', 'pongTimeoutMs'],
    [{ stacks: ['comet'], handshakeTimeoutMs: 0 }, 'InvalidOptionError', 'handshakeTimeoutMs'],
    [{ stacks: ['comet'], persistentPeers: ['/ip4/1.2.3.4/tcp/5'] }, 'InvalidAddressError']
  ]
  for (const [options, name, field] of table)
    await assert.rejects(
      createNode({ network: 'chain', ...options } as CreateNodeOptions),
      (err: Error & { field?: string }) => {
        assert.deepEqual([err.name, field === undefined ? undefined : err.field], [name, field], `${err}`)
        return true
      },
      JSON.stringify(options)
    )
})

test('a port that is taken rejects on both stacks, and stops what had started', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  t.after(() => taken.close())
  const { port } = taken.address() as { port: number }
  for (const stacks of [['comet'], ['libp2p', 'comet']] as const) {
    const text = new TextReactor()
    const listen = ['tcp://127.0.0.1:0', `tcp://127.0.0.1:${port}`]
    await assert.rejects(createNode({ ...COMMON, stacks, listen, reactors: { TEXT: text } }), /EADDRINUSE/)
    assert.equal(text.isRunning(), false)
  }
})

test('a home without a list of addresses: the classic stack has laddr, libp2p the same number over QUIC where it is enabled', async (t) => {
  const text = `[p2p]\nladdr = "tcp://127.0.0.1:0"\nexternal_address = "9.9.9.9:9"\n`
  const plain = await node(t, ['libp2p', 'comet'], { home: await home(t, text), listen: undefined })
  assert.deepEqual(
    plain.switch.netInfo().listeners.map((one) => one.replace(/\d+$/, 'N')),
    ['tcp://127.0.0.1:N']
  )
  assert.equal(plain.switch.nodeInfo().listenAddr, '9.9.9.9:9')
  const quic = await node(t, ['libp2p', 'comet'], {
    home: await home(t, `${text}[p2p.libp2p]\nenabled = true\n`),
    listen: undefined
  })
  // one external address: over UDP it is libp2p's, over TCP the classic stack's
  assert.deepEqual(quic.libp2p.getMultiaddrs().map(String), [`/ip4/9.9.9.9/udp/9/quic-v1/p2p/${quic.libp2p.peerId}`])
  assert.equal(quic.switch.nodeInfo().listenAddr, '9.9.9.9:9')
})

test('a home shared with a node that has libp2p serves one that has not', async (t) => {
  const { id, peerId } = generateNodeKey()
  const dir = await home(
    t,
    `[p2p]\nladdr = "tcp://127.0.0.1:0"\npersistent_peers = "${id}@127.0.0.1:1,/ip4/127.0.0.1/tcp/1/p2p/${peerId}"
[p2p.libp2p]\nenabled = true\nbootstrap_peers = [{ host = "127.0.0.1:1", id = "${generateNodeKey().peerId}" }]`
  )
  const made = await node(t, ['comet'], { home: dir, listen: undefined })
  assert.deepEqual(
    made.switch.nodeStates().map(({ address }) => address),
    [`${id}@127.0.0.1:1`]
  )
})

/** The only way to see that the last of a connection is gone. */
async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 2))
}
