/** Block sync over the recorded Go chains, reactor against reactor: what honest nodes get. Misbehaviour is in misbehaviour.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BlockResponse } from '../../../src/chain/block-file.ts'
import { toHex } from '../../../src/chain/bytes.ts'
import { parseGenesis } from '../../../src/chain/genesis.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import { BlocksyncReactor } from '../../../src/reactors/blocksync/blocksync-reactor.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import { applicationValidatorSource } from '../../../src/reactors/blocksync/validator-source.ts'
import { withSignal } from '../../../src/util/deadline.ts'
import { block as blockCodec } from '../../../src/wire/codec.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'
import { LoopNode } from './loop-network.ts'
import { growTo, recordedValidators } from './recorded-store.ts'
import { chain, client, ext, extServing, scripted, server, serving, until } from './sync-cast.ts'

const LAST = BigInt(chain.last - 1)

test('a recorded Go chain is synced from one peer, in order, over every change of the validator set', async (t) => {
  const seen: bigint[] = []
  const progress: string[] = []
  const c = client({
    onBlock: ({ height }) => void seen.push(height),
    onProgress: ({ state }) => void progress.push(state)
  })
  const peer = server('a')
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  const started = performance.now()
  await c.node.connect(peer)
  await c.caughtUp
  const seconds = (performance.now() - started) / 1000
  t.diagnostic(`${Math.round(Number(LAST) / seconds)} verified blocks/s`)
  assert.equal(c.store.height(), LAST)
  assert.equal(c.store.base(), 1n)
  assert.deepEqual(
    seen,
    Array.from({ length: chain.last - 1 }, (_, i) => BigInt(i + 1))
  )
  assert.equal(toHex(c.store.head()!.blockId.hash), chain.blockHashes[chain.last - 2])
  const status = c.reactor.status()
  assert.deepEqual(
    [status.state, status.height, status.target, status.blocks],
    ['following', LAST, LAST, chain.last - 1]
  )
  assert.deepEqual([status.etaMs, status.base, status.peers], [0, 1n, 1])
  assert.ok(status.blocksPerSecond > 0)
  assert.deepEqual(
    progress.filter((state, i) => state !== progress[i - 1]),
    ['waiting', 'syncing', 'following']
  )
  assert.deepEqual(c.node.stops, [])
  await Promise.all([c.reactor.stop(), peer.reactor.stop()])
})

test('three peers share the work, and what was synced can be served to the next node, byte for byte', async () => {
  const first = client()
  const peers = ['a', 'b', 'c'].map((id) => scripted(id))
  await first.reactor.start()
  for (const peer of peers) {
    await peer.node.reactor.start()
    await first.node.connect(peer.node)
  }
  await first.caughtUp
  for (const { reactor } of peers) assert.ok(reactor.requests.length > 30, `${reactor.requests.length} requests`)
  const asked = peers.flatMap(({ reactor }) => reactor.requests)
  assert.equal(new Set(asked).size, asked.length, 'no height was asked twice')
  assert.equal(asked.length, chain.last)

  for (let height = 1; height < chain.last; height++) {
    const stored = await first.store.load(BigInt(height))
    assert.equal(Buffer.compare(stored!.block, blockCodec.encode(chain.block(height))), 0)
  }
  const second = client()
  await second.reactor.start()
  await second.node.connect(first.node)
  await second.caughtUp
  assert.equal(second.store.height(), LAST - 1n)
  await Promise.all([first.reactor.stop(), second.reactor.stop(), ...peers.map(({ node }) => node.reactor.stop())])
})

test('extended commits are verified, stored and served where the genesis enables them', async () => {
  const c = client({ genesis: ext.genesis, validatorSource: recordedValidators(ext) })
  const peer = server('a', extServing)
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await c.caughtUp
  assert.equal(c.store.height(), BigInt(ext.last - 1))
  const enabledAt = ext.genesis.voteExtensionsEnableHeight
  for (let height = 1n; height < BigInt(ext.last); height++)
    assert.equal((await c.store.load(height))?.extCommit !== undefined, height >= enabledAt)
  await Promise.all([c.reactor.stop(), peer.reactor.stop()])
})

test('onBlock holds the next block back; what was not stored comes again after a restart, and sync goes on from there', async () => {
  const store = new MemoryBlockStore()
  const seen: bigint[] = []
  let running = 0
  const c = client({
    store,
    async onBlock({ height }, { signal }) {
      assert.equal(++running, 1, 'one at a time')
      seen.push(height)
      await settle(1)
      running--
      // the consumer hangs until it is told to give up
      if (height === 40n) await withSignal(new Promise(() => {}), signal)
    }
  })
  const peer = server('a')
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await until(() => seen.length === 40)
  await c.reactor.stop()
  assert.equal(store.height(), 39n)
  assert.equal(c.reactor.status().state, 'stopped')
  c.node.disconnect('a')

  const again = client({ store, onBlock: ({ height }) => void seen.push(height) })
  await again.reactor.start()
  await again.node.connect(peer)
  await again.caughtUp
  assert.equal(seen[40], 40n)
  assert.equal(seen.length, chain.last)
  assert.equal(store.height(), LAST)
  await Promise.all([again.reactor.stop(), peer.reactor.stop()])
})

test('verification begins at a trusted header, and goes back to no block before it', async () => {
  const height = 100
  const c = client({
    trusted: { height, hash: chain.blockHashes[height - 1]! },
    genesis: parseGenesis({ chain_id: chain.genesis.chainId })
  })
  const peer = server('a')
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await c.caughtUp
  assert.deepEqual([c.store.base(), c.store.height()], [100n, LAST])
  await Promise.all([c.reactor.stop(), peer.reactor.stop()])
})

test('without a validator source sync stops before the first change, says so, and punishes nobody', async () => {
  const changeAt = BigInt(chain.validatorsJson[1]!.height)
  const c = client({ validatorSource: undefined })
  const peer = server('a')
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await until(() => c.reactor.status().state === 'needs-validators')
  assert.equal(c.store.height(), changeAt - 1n)
  assert.deepEqual(c.node.stops, [])
  await c.reactor.stop()
  c.node.disconnect('a')

  // a later run that has a source goes on from the same store
  const again = client({ store: c.store })
  await again.reactor.start()
  await again.node.connect(peer)
  await again.caughtUp
  assert.equal(c.store.height(), LAST)
  await Promise.all([again.reactor.stop(), peer.reactor.stop()])
})

test('a validator source that lies, throws or hangs is asked again, and nobody is punished', async () => {
  const clock = new FakeClock()
  const honest = recordedValidators(chain)
  let calls = 0
  const c = client({
    clock,
    validatorSource: async (request) => {
      calls++
      if (calls === 1) return chain.validatorsAt(1)
      if (calls === 2) throw new Error('no network')
      if (calls === 3) return await new Promise(() => {})
      return await honest(request)
    }
  })
  const peer = server('a')
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await until(() => calls === 1)
  for (let seconds = 0; c.store.height() < LAST; ) {
    assert.ok(seconds < 100, 'it goes on')
    // time passes only where it is waited for: the work itself takes none on this clock
    const waits = c.reactor.status().state === 'needs-validators' || calls === 3
    if (waits) await clock.run(1_000)
    else await settle(1)
    if (waits) seconds++
  }
  assert.ok(calls > 4)
  assert.deepEqual(c.node.stops, [])
  await Promise.all([c.reactor.stop(), peer.reactor.stop()])
  assert.equal(clock.pending, 0)
})

test("the application's updates name the sets two heights later", async () => {
  // what the application must have answered, worked out from the recorded sets
  const updates = (height: bigint) => {
    const before = chain.validatorsAt(Number(height + 1n))
    const after = chain.validatorsAt(Number(height + 2n))
    const gone = before.validators.filter(({ address }) => !after.has(address))
    return [
      ...gone.map(({ pubKey }) => ({ pubKey, votingPower: 0n })),
      ...after.validators.map(({ pubKey, votingPower }) => ({ pubKey, votingPower }))
    ]
  }
  const c = client({ validatorSource: applicationValidatorSource(updates) })
  const peer = server('a')
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await c.caughtUp
  assert.equal(c.store.height(), LAST)
  await Promise.all([c.reactor.stop(), peer.reactor.stop()])
})

test('new blocks of a peer are followed; a lone newest block waits for the next', async () => {
  const growing = new MemoryBlockStore()
  await growTo(growing, 10)
  const clock = new FakeClock()
  const c = client({ clock })
  const peer = server('a', growing)
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await c.caughtUp
  assert.equal(c.store.height(), 9n)
  await growTo(growing, 11)
  for (let i = 0; i < 4; i++) await clock.run(500)
  await until(() => c.store.height() === 10n)
  assert.equal(c.reactor.status().state, 'following')
  await Promise.all([c.reactor.stop(), peer.reactor.stop()])
  assert.equal(clock.pending, 0)
})

test('a followed peer whose consensus has gone on is asked at once, but never again before it has answered', async () => {
  const growing = new MemoryBlockStore()
  await growTo(growing, 10)
  // its time stands still: no status poll falls due
  const clock = new FakeClock()
  const c = client({ clock })
  const peer = server('a', growing)
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  const handle = c.node.peers.get('a')!
  const toPeer = handle as unknown as Peer
  const questions = () => handle.sent.filter(({ type }) => type === 'statusRequest').length
  c.reactor.onPeerHeight(toPeer, 11n)
  await c.caughtUp
  await settle()
  assert.equal(questions(), 1, 'what it told when it connected covers that')
  await growTo(growing, 12)
  for (let height = 12n; height < 1_000n; height++) c.reactor.onPeerHeight(toPeer, height)
  assert.equal(questions(), 2)
  await until(() => c.store.height() === 11n)
  await settle()
  assert.equal(questions(), 3, 'there was news that the answer did not cover')
  c.node.disconnect('a')
  c.reactor.onPeerHeight(toPeer, 2_000n)
  assert.equal(questions(), 3)
  await Promise.all([c.reactor.stop(), peer.reactor.stop()])
  assert.deepEqual(c.node.stops, [])
})

test('a peer far ahead is asked as rarely as ever while we sync', async () => {
  const c = client({ onBlock: () => new Promise<void>(() => {}) })
  const peer = server('a')
  await Promise.all([peer.reactor.start(), c.reactor.start()])
  await c.node.connect(peer)
  await until(() => c.reactor.status().state === 'syncing')
  const handle = c.node.peers.get('a')!
  c.reactor.onPeerHeight(handle as unknown as Peer, 10_000n)
  assert.equal(handle.sent.filter(({ type }) => type === 'statusRequest').length, 1)
  await peer.reactor.stop()
})

test('the first peers may have nothing: only after 3 s without a block that counts as caught up, and after 30 s where others claim what nobody can connect', async () => {
  for (const [base, height, seconds] of [
    [0n, 0n, 3],
    [100n, 200n, 30]
  ] as const) {
    const clock = new FakeClock()
    let caughtUp = 0
    const c = client({ clock, onCaughtUp: () => caughtUp++ })
    const poor = scripted('poor', { base, height })
    await Promise.all([c.reactor.start(), poor.node.reactor.start()])
    await c.node.connect(poor.node)
    await clock.run(seconds * 1_000 - 500)
    assert.deepEqual([caughtUp, c.reactor.status().state], [0, 'waiting'])
    await clock.run(500)
    assert.deepEqual([caughtUp, c.reactor.status().state], [1, 'following'])
    assert.deepEqual(poor.reactor.requests, [])
    // and whoever comes then is synced from all the same
    const rich = server('rich')
    await rich.reactor.start()
    await c.node.connect(rich)
    await until(() => c.store.height() === LAST)
    await Promise.all([c, poor.node, rich].map((each) => each.reactor.stop()))
    assert.equal(caughtUp, 1)
    assert.equal(clock.pending, 0)
  }
})

test('when all is synced mempool is told, and consensus takes over with the state it needs; late blocks are no fault then', async () => {
  const calls: unknown[] = []
  const c = client()
  c.node.others.MEMPOOL = { enableInOutTxs: () => calls.push('mempool') }
  let handedOver: (state: any) => void
  const state = new Promise<any>((resolve) => {
    handedOver = resolve
  })
  c.node.others.CONSENSUS = {
    switchToConsensus(given: unknown, skipWal: boolean) {
      calls.push(['consensus', skipWal])
      handedOver(given)
    }
  }
  const peer = scripted('a')
  await Promise.all([peer.node.reactor.start(), c.reactor.start()])
  await c.node.connect(peer.node)
  const given = await state
  assert.deepEqual(calls, ['mempool', ['consensus', true]])
  assert.equal(given.lastBlockHeight, LAST)
  assert.equal(toHex(given.lastBlockId.hash), chain.blockHashes[chain.last - 2])
  assert.equal(toHex(given.validators.hash()), toHex(chain.validatorsAt(chain.last).hash()))
  assert.equal(c.reactor.status().state, 'serving')
  peer.node.peers.get('client')!.trySend({ channelId: 0x40, message: chain.responses[5] as BlockResponse })
  await settle()
  assert.deepEqual(c.node.stops, [])
  await Promise.all([c.reactor.stop(), peer.node.reactor.stop()])
})

test('a consumer that throws, and a store that cannot write, end the sync and nothing else', async () => {
  const broken = new MemoryBlockStore()
  broken.append = async () => {
    throw new Error('disk full')
  }
  const table: Array<[Parameters<typeof client>[0], RegExp]> = [
    [
      {
        onBlock: ({ height }) => {
          if (height === 5n) throw new Error('not with me')
        }
      },
      /not with me/
    ],
    [{ store: broken }, /disk full/]
  ]
  for (const [options, says] of table) {
    const c = client(options)
    const peer = server('a')
    await Promise.all([peer.reactor.start(), c.reactor.start()])
    await c.node.connect(peer)
    await until(() => c.reactor.status().state === 'failed')
    assert.match(c.reactor.status().error!.message, says)
    assert.deepEqual(c.node.stops, [])
    assert.ok(c.reactor.isRunning())
    await Promise.all([c.reactor.stop(), peer.reactor.stop()])
  }
})

test('a node without genesis only serves: statuses, blocks, and NoBlockResponse for what it lacks', async () => {
  const peer = server('a')
  const asker = scripted('asker')
  await Promise.all([peer.reactor.start(), asker.node.reactor.start()])
  await asker.node.connect(peer)
  const toServer = asker.node.peers.get('a')!
  for (const height of [1n, 330n, 331n, 0n])
    toServer.trySend({ channelId: 0x40, message: { type: 'blockRequest', height } })
  toServer.trySend({ channelId: 0x40, message: { type: 'statusRequest' } })
  const answers = peer.peers.get('asker')!.sent
  await until(() => answers.length === 6)
  assert.deepEqual(answers.map((message) => message.type).sort(), [
    'noBlockResponse',
    'noBlockResponse',
    'statusResponse',
    'statusResponse',
    'storedBlockResponse',
    'storedBlockResponse'
  ])
  assert.deepEqual(
    answers.find((message) => message.type === 'statusResponse'),
    { type: 'statusResponse', height: 330n, base: 1n }
  )
  assert.equal((peer.reactor as BlocksyncReactor).status().state, 'serving')
  await Promise.all([peer.reactor.stop(), asker.node.reactor.stop()])
})

test('a peer that reads slowly has a bounded number of bytes waiting, and a bounded number of requests', async () => {
  const clock = new FakeClock()
  const large = { block: new Uint8Array(5 * 1024 * 1024) }
  let loads = 0
  const store = Object.assign(new MemoryBlockStore(), {
    load: async () => {
      loads++
      return large
    }
  })
  const peer = new LoopNode('a', new BlocksyncReactor({ store, clock }))
  const asker = scripted('asker')
  await Promise.all([peer.reactor.start(), asker.node.reactor.start()])
  await asker.node.connect(peer)
  const back = peer.peers.get('asker')!
  // nothing leaves the queue
  back.trySend = () => {
    back.queued++
    return true
  }
  for (let i = 1n; i <= 500n; i++) peer.deliver('asker', new Uint8Array([0x0a, 2, 8, Number(i % 100n) + 1]))
  await settle()
  for (let i = 0; i < 10; i++) await clock.run(20)
  assert.equal(loads, 2)
  back.queued = 0
  for (let i = 0; i < 10; i++) await clock.run(20)
  assert.equal(loads, 4)
  back.queued = 0
  await clock.run(20)
  peer.disconnect('asker')
  await clock.run(40)
  assert.ok(loads <= 66)
  assert.equal(clock.pending, 0)
  await Promise.all([peer.reactor.stop(), asker.node.reactor.stop()])
})

test('bad options are named', () => {
  const store = new MemoryBlockStore()
  const { genesis } = chain
  const table: Array<[object, string]> = [
    [{}, 'store'],
    [{ store: {} }, 'store'],
    [{ store, genesis: 5 }, 'genesis'],
    [{ store, genesis: { chain_id: 'x' } }, 'trusted'],
    [{ store, genesis, trusted: { height: 5, hash: 'abc' } }, 'trusted.hash'],
    [{ store, genesis, trusted: { height: 0, hash: new Uint8Array(32) } }, 'trusted.height'],
    [{ store, genesis, limits: { banMs: -1 } }, 'limits.banMs'],
    [{ store, genesis, limits: { speed: 1 } }, 'limits.speed'],
    [{ store, genesis, voteExtensionsEnableHeight: 1.5 }, 'voteExtensionsEnableHeight'],
    [{ store: serving, genesis: { chain_id: 'another', validators: genesis.validators!.toJSON() } }, 'store']
  ]
  for (const [options, field] of table)
    assert.throws(() => new BlocksyncReactor(options as never), { name: 'InvalidOptionError', field }, field)
})
