/** One switch over two stacks, each for its own form of address, as the classic stack beside libp2p: puppets on both. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError } from '../../src/errors.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import type { PeerPolicyOptions } from '../../src/interface/policy.ts'
import type { SwitchOptions } from '../../src/options.ts'
import { deferred } from '../../src/util/deferred.ts'
import { nullLogger } from '../../src/util/logger.ts'
import { settle } from '../helpers/fake-clock.ts'
import { FakePeerLink, FakeStack, type Puppet, puppet } from './fake-stack.ts'
import { OWN_KEY, puppetSwitch } from './puppet-switch.ts'

class FormStack extends FakeStack {
  readonly form: NetAddress['form']
  /** Every address it was asked to dial. */
  readonly dialled: string[] = []
  listeners: string[] = []

  constructor(name: string, form: NetAddress['form']) {
    super(name)
    this.form = form
    this.nobody()
  }
  override dials(address?: NetAddress): boolean {
    return address?.form === this.form
  }
  override listenAddrs(): string[] {
    return this.listeners
  }
  nobody(): void {
    this.answer = (address) => {
      this.dialled.push(String(address))
      throw new DialFailedError('nobody there')
    }
  }
  somebody(remote: Puppet): void {
    this.answer = (address) => {
      this.dialled.push(String(address))
      return remote
    }
  }
}

function setUp(
  policy: PeerPolicyOptions = {},
  options: Partial<Omit<SwitchOptions, 'clock'>> & { classicFirst?: boolean } = {}
) {
  const { classicFirst = false, ...rest } = options
  const [libp2p, classic] = [new FormStack('libp2p', 'multiaddr'), new FormStack('comet', 'hex')]
  const stacks = classicFirst ? [classic, libp2p] : [libp2p, classic]
  return { ...puppetSwitch(stacks, policy, rest), libp2p, classic }
}

const remote = puppet(1)
/** Its id is larger than ours. */
const larger = [2, 3, 4, 5, 6, 7, 8].map((n) => puppet(n)).find(({ id }) => id > OWN_KEY.id) as Puppet
const HEX = String(remote.address)
const MULTIADDR = `/ip4/10.0.1.1/tcp/4001/p2p/${remote.peerId}`
const LOST = { kind: 'communication', message: 'lost' } as const

for (const classicFirst of [false, true])
  test(`D-24: a persistent peer with two addresses is one node, dialled on ${classicFirst ? 'comet' : 'libp2p'} first as the stacks are ordered, else on the other`, async () => {
    const { sw, clock, reactor, libp2p, classic, end } = setUp(
      { persistentPeers: classicFirst ? [MULTIADDR, HEX] : [HEX, MULTIADDR] },
      { classicFirst }
    )
    const [first, second] = classicFirst ? [classic, libp2p] : [libp2p, classic]
    assert.equal(sw.nodeStates().length, 1)
    first.somebody(remote)
    await sw.start()
    await clock.run(3_000)
    assert.equal(sw.peers().size, 1)
    assert.deepEqual([first.dialled.length, second.dialled.length], [1, 0])
    assert.ok(sw.isPeerPersistent(parseNetAddress(HEX)) && sw.isPeerPersistent(parseNetAddress(MULTIADDR)))
    // lost, and the first stack does not get there any more
    first.nobody()
    second.somebody(remote)
    first.links[0]?.sink?.onEnd(LOST, false)
    await reactor.until(() => reactor.removed.length === 1)
    await clock.run(1)
    assert.equal(reactor.added.length, 2)
    assert.deepEqual([first.dialled.length, second.dialled.length], [2, 1])
    assert.deepEqual([sw.peers().size, sw.numPeers().dialing], [1, 0])
    await end()
  })

test('D-24: a stranger at one address of a persistent peer leads to the other address', async () => {
  const { sw, libp2p, classic, end } = setUp({ persistentPeers: [HEX, MULTIADDR] })
  libp2p.somebody(puppet(9))
  classic.somebody(remote)
  await sw.start()
  assert.equal((await sw.dialPeerWithAddress(MULTIADDR)).id(), remote.id)
  await end()
})

test('an admission that fails is told with the name of its stack', async () => {
  const told: unknown[] = []
  const error = (message: string, fields?: Record<string, unknown>) => void told.push([message, fields?.stack])
  const { sw, reactor, libp2p, classic, end } = setUp({}, { logger: { ...nullLogger, error } })
  await sw.start()
  const link = (await libp2p.comes(remote)) as FakePeerLink
  await reactor.until(() => reactor.added.length === 1)
  link.probe = () => Promise.reject(new Error('broken'))
  assert.ok(!((await classic.comes(remote)) instanceof FakePeerLink))
  assert.deepEqual(told, [['Admission failed', 'comet']])
  await end()
})

test('an address that the user dials is tried before the others of that node', async () => {
  const { sw, libp2p, classic, end } = setUp({ persistentPeers: [HEX, MULTIADDR] })
  libp2p.somebody(remote)
  classic.somebody(remote)
  await sw.start()
  await sw.dialPeerWithAddress(HEX)
  assert.deepEqual([libp2p.dialled.length, classic.dialled.length], [0, 1])
  await end()
})

test('an address of a persistent peer that is added later is dialled before the older ones of its stack', async () => {
  const { sw, clock, classic, end } = setUp({ persistentPeers: [HEX] })
  const moved = `${remote.id}@10.0.1.2:26656`
  sw.addPersistentPeers([moved, moved])
  await sw.start()
  await clock.run(3_000)
  assert.deepEqual(classic.dialled.slice(0, 2), [moved, HEX])
  await end()
})

test('each stack tells an address of its own, and id@host:port of ours is the one of the stack that it leads to', async () => {
  const { sw, libp2p, classic, end } = setUp({}, { externalAddress: 'tcp://1.2.3.4:5' })
  libp2p.listeners = ['/ip4/10.0.0.1/tcp/4001']
  classic.listeners = ['tcp://10.0.0.1:26656']
  await sw.start()
  assert.equal(libp2p.host?.nodeInfo().listenAddr, 'tcp://10.0.0.1:4001')
  assert.equal(classic.host?.nodeInfo().listenAddr, 'tcp://1.2.3.4:5')
  assert.equal(sw.nodeInfo().listenAddr, 'tcp://1.2.3.4:5')
  assert.deepEqual(sw.netInfo().listeners, ['/ip4/10.0.0.1/tcp/4001', 'tcp://10.0.0.1:26656'])
  await end()
})

test('an inbound peer that is dialled again is dialled on the stack on which it came', async () => {
  const { sw, clock, reactor, libp2p, classic, end } = setUp()
  await sw.start()
  const link = (await libp2p.comes(remote)) as FakePeerLink
  Object.assign(link, { stack: 'libp2p' })
  await reactor.until(() => reactor.added.length === 1)
  link.sink?.onEnd({ ...LOST, transient: true }, false)
  await reactor.until(() => reactor.removed.length === 1)
  await clock.run(1)
  assert.deepEqual(libp2p.dialled, [`/ip4/10.0.1.1/tcp/26656/p2p/${remote.peerId}`])
  assert.deepEqual(classic.dialled, [])
  await end()
})

test('a dial on one stack and a connection that comes on the other are decided by the ids, as on one', async () => {
  // the remote's waits for the answer to our own hello
  const { sw, reactor, libp2p, classic, end } = setUp()
  const said = deferred<void>()
  libp2p.somebody(larger)
  libp2p.verdict = () => said.promise
  await sw.start()
  const dial = sw.dialPeerWithAddress(`/ip4/10.0.1.1/tcp/4001/p2p/${larger.peerId}`)
  await settle()
  const came = classic.comes(larger)
  await settle()
  assert.equal(reactor.added.length, 0)
  said.resolve()
  const peer = await dial
  const refused = await came
  assert.ok(!(refused instanceof FakePeerLink))
  assert.equal(refused.refusal, 'duplicate-id')
  assert.deepEqual([sw.peers().size, peer.isOutbound()], [1, true])
  await end()
})

test('a node is lost on both stacks at once, a peer on one and about to be one on the other: one removePeer, one redial, one Peer', async () => {
  const { sw, clock, reactor, calls, libp2p, classic, end } = setUp({ persistentPeers: [HEX, MULTIADDR] })
  await sw.start()
  const link = (await libp2p.comes(remote)) as FakePeerLink
  await reactor.until(() => reactor.added.length === 1)
  const probed = deferred<boolean>()
  link.probe = () => probed.promise
  const gone = new AbortController()
  const coming = classic.host?.admit({ ...remote, ip: '10.0.1.1', signal: gone.signal })
  await settle()
  link.sink?.onEnd(LOST, false)
  gone.abort()
  probed.resolve(false)
  libp2p.somebody(remote)
  assert.equal((await coming)?.allow, false)
  await reactor.until(() => reactor.removed.length === 1)
  await clock.run(60_000)
  assert.deepEqual([libp2p.dialled.length, classic.dialled.length, sw.peers().size], [1, 0, 1])
  assert.deepEqual(
    calls.map(({ call }) => call).filter((call) => call.endsWith('Peer')),
    ['initPeer', 'addPeer', 'removePeer', 'initPeer', 'addPeer']
  )
  await end()
})

/** Both dial: ours waits for the remote's NodeInfo when the remote's connection is ready. */
async function collide(given: ReturnType<typeof setUp>) {
  const { sw, reactor, classic } = given
  const said = deferred<void>()
  classic.somebody(larger)
  classic.verdict = () => said.promise
  await sw.start()
  const dial = sw.dialPeerWithAddress(larger.address)
  await settle()
  // an own node's connection would wait for the answer to our dial
  const verdict = await classic.host?.admit({ ...larger, ip: '10.0.1.1', simultaneous: 'first-wins' })
  assert.ok(verdict?.allow)
  const link = new FakePeerLink(larger, false)
  verdict.admission.accept(link)
  await reactor.until(() => reactor.added.length === 1)
  classic.verdict = () => {}
  said.resolve()
  return { link, peer: await dial }
}

test('first wins: a dial whose remote was connected first gives way, and resolves to that peer', async () => {
  const given = setUp()
  const { peer } = await collide(given)
  assert.equal(peer.isOutbound(), false)
  assert.equal(given.classic.links[0]?.closed?.reason.kind, 'duplicate')
  assert.equal(given.sw.peers().size, 1)
  await given.end()
})

test('first wins: where each side kept what the other dropped, it is dialled again, not at once', async () => {
  const given = setUp({}, { random: () => 0.5 })
  const { clock, reactor, classic } = given
  const { link } = await collide(given)
  link.sink?.onEnd(LOST, false)
  await reactor.until(() => reactor.removed.length === 1)
  await clock.run(1_499)
  assert.equal(reactor.added.length, 1)
  await clock.run(1)
  assert.deepEqual([reactor.added.length, classic.dialled.length], [2, 2])
  await given.end()
})

test('D-15: who has not authenticated counts against one budget, and the filter of addresses is asked once', async () => {
  const asked: string[] = []
  const { sw, classic, end } = setUp({
    pending: { perIP: 2 },
    persistentPeers: [HEX],
    filterConnection: ({ ip }) => {
      asked.push(ip)
      return ip === '10.0.0.66' ? 'not you' : undefined
    }
  })
  await sw.start()
  const arrive = async (ip: string) => (await classic.host?.arrive?.({ ip, port: 1 })) ?? assert.fail()
  const first = await arrive('10.0.0.1')
  await arrive('10.0.0.1')
  const third = await arrive('10.0.0.1')
  assert.equal(!third.allow && third.refusal, 'pending-full')
  assert.ok(first.allow)
  first.release()
  first.release()
  assert.equal((await arrive('10.0.0.1')).allow, true)
  const filtered = await arrive('10.0.0.66')
  assert.equal(!filtered.allow && filtered.refusal, 'filtered')
  assert.deepEqual(sw.rules.pendingBudget.counts('10.0.0.66').ip, 0)
  assert.deepEqual(asked, ['10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.66'])
  // a persistent peer's IP has twice as much
  const own = []
  for (let i = 0; i < 5; i++) own.push((await arrive('10.0.1.1')).allow)
  assert.deepEqual(own, [true, true, true, true, false])
  const verdict = await classic.host?.admit({ ...puppet(3), ip: '10.0.3.1', addressFiltered: true })
  assert.equal(verdict?.allow, true)
  if (verdict?.allow) verdict.admission.abandon()
  assert.equal(asked.length, 8)
  await end()
})
