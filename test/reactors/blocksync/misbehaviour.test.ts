/** Peers that lie, stall or make things up: who is stopped, with which reason, that nobody else is, and that the sync goes on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BlockResponse } from '../../../src/chain/block-file.ts'
import { parseGenesis } from '../../../src/chain/genesis.ts'
import { commitHash, dataHash, TXS_PER_TURN } from '../../../src/chain/hash.ts'
import type { BlocksyncReactor } from '../../../src/reactors/blocksync/blocksync-reactor.ts'
import { BLOCKSYNC_CHANNEL } from '../../../src/reactors/blocksync/channels.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import {
  BLOCK_ID_FLAG,
  type Block,
  type BlocksyncMessage,
  blocksyncMessage,
  type Commit,
  GO_ZERO_TIME
} from '../../../src/wire/codec.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'
import type { Stop } from './loop-network.ts'
import { recordedValidators } from './recorded-store.ts'
import type { Script } from './scripted-reactor.ts'
import { type Client, chain, client, ext, scripted, server, until } from './sync-cast.ts'

const LAST = BigInt(chain.last - 1)
const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte))
const kinds = (stops: Stop[]) => stops.map(({ id, reason }) => `${id} ${reason.kind}`)

type Bend = (block: Block) => Block

/** Answers as the recording does, but for blocks from `from` on. */
function bending(bend: Bend, from = 20n): Script {
  return {
    answer: (height, honest) =>
      honest?.block === undefined || height < from ? honest : { ...honest, block: bend(honest.block) }
  }
}

/** Changes the block's commit, and the header so that the block is whole in itself. */
function bendCommit(change: (commit: Commit) => Partial<Commit>): Bend {
  return (block) => {
    const lastCommit = { ...block.lastCommit!, ...change(block.lastCommit!) }
    return { ...block, lastCommit, header: { ...block.header, lastCommitHash: commitHash(lastCommit) } }
  }
}

/** The evil peer gives us the first blocks, the honest one joins when the evil one is gone. */
async function meet(c: Client, evil: ReturnType<typeof scripted>): Promise<void> {
  const honest = server('honest')
  await Promise.all([c.reactor.start(), evil.node.reactor.start(), honest.reactor.start()])
  await c.node.connect(evil.node)
  await until(() => c.node.stops.length > 0)
  await c.node.connect(honest)
  await c.caughtUp
  assert.equal(c.store.height(), LAST)
  assert.ok(!c.node.stops.some(({ id }) => id === 'honest'), JSON.stringify(kinds(c.node.stops)))
  await Promise.all([c.reactor.stop(), evil.node.reactor.stop(), honest.reactor.stop()])
}

const bends: Array<{ name: string; bend: Bend; kind?: string; from?: bigint }> = [
  {
    name: 'a transaction more, and the header made to fit',
    bend: (block) => {
      const txs = [...block.data.txs, new Uint8Array([1])]
      return { ...block, data: { txs }, header: { ...block.header, dataHash: dataHash(txs) } }
    }
  },
  {
    name: 'a transaction more',
    bend: (block) => ({ ...block, data: { txs: [...block.data.txs, new Uint8Array(1)] } })
  },
  {
    name: 'another app hash',
    bend: (block) => ({ ...block, header: { ...block.header, appHash: new Uint8Array(8) } })
  },
  {
    name: 'another app hash in the very first block',
    from: 1n,
    bend: (block) => ({ ...block, header: { ...block.header, appHash: new Uint8Array(8) } })
  },
  {
    name: 'other validators',
    bend: (block) => ({ ...block, header: { ...block.header, validatorsHash: new Uint8Array(32) } })
  },
  {
    name: 'other next validators',
    bend: (block) => ({ ...block, header: { ...block.header, nextValidatorsHash: new Uint8Array(32) } })
  },
  { name: 'no last commit', bend: ({ lastCommit: _, ...block }) => block },
  {
    name: 'a commit with a bad signature',
    bend: bendCommit(({ signatures }) => ({
      signatures: signatures.map((sig) => ({ ...sig, signature: flip(sig.signature) }))
    }))
  },
  {
    name: 'a commit that holds and lacks one vote',
    bend: bendCommit(({ signatures }) => ({
      signatures: signatures.toSpliced(signatures.length - 1, 1, {
        blockIdFlag: BLOCK_ID_FLAG.absent,
        validatorAddress: new Uint8Array(0),
        timestamp: GO_ZERO_TIME,
        signature: new Uint8Array(0)
      })
    }))
  },
  {
    name: 'a commit that names another block',
    bend: bendCommit(({ blockId }) => ({ blockId: { ...blockId, hash: flip(blockId.hash) } }))
  },
  {
    name: 'a commit that names other parts',
    bend: bendCommit(({ blockId }) => ({
      blockId: { ...blockId, partSetHeader: { ...blockId.partSetHeader, hash: flip(blockId.partSetHeader.hash) } }
    }))
  },
  { name: 'a commit of one vote', bend: bendCommit(({ signatures }) => ({ signatures: signatures.slice(0, 1) })) },
  { name: 'a commit of another height', bend: bendCommit(({ height }) => ({ height: height + 1n })) },
  {
    name: 'another chain id',
    kind: 'incompatible',
    bend: (block) => ({ ...block, header: { ...block.header, chainId: 'another' } })
  }
]

for (const { name, bend, kind = 'misbehaviour', from } of bends)
  test(`who sends ${name} is stopped for ${kind}, and its blocks are asked of others`, async () => {
    const c = client()
    const evil = scripted('evil', bending(bend, from))
    await meet(c, evil)
    assert.deepEqual(kinds(c.node.stops), [`evil ${kind}`])
  })

/** Two peers with disjoint blocks, so that it is certain who sent what. */
async function meetBoth(first: Script, second: Script, turn: bigint): Promise<Stop[]> {
  const c = client()
  const low = scripted('low', { ...first, height: turn })
  const high = scripted('high', { ...second, base: turn + 1n })
  await Promise.all([c.reactor.start(), low.node.reactor.start(), high.node.reactor.start()])
  await c.node.connect(low.node)
  await until(() => c.store.height() === turn - 1n || c.node.stops.length > 0)
  await c.node.connect(high.node)
  await until(() => c.node.stops.length > 0)
  await Promise.all([c.reactor.stop(), low.node.reactor.stop(), high.node.reactor.stop()])
  return c.node.stops
}

test('a last commit that does not hold is the fault of who sent it, not of who sent the block before', async () => {
  const badCommit = bending(
    bendCommit(({ signatures }) => ({ signatures: signatures.map((s) => ({ ...s, signature: flip(s.signature) })) })),
    1n
  )
  assert.deepEqual(kinds(await meetBoth({}, badCommit, 30n)), ['high misbehaviour'])
})

test('a last commit that holds for another block is the fault of who sent that block, not of who sent the commit', async () => {
  const badBlock = bending((block) => ({ ...block, header: { ...block.header, appHash: new Uint8Array(3) } }), 30n)
  assert.deepEqual(kinds(await meetBoth(badBlock, {}, 30n)), ['low misbehaviour'])
})

test('a chain of our name that begins with other validators than our genesis is incompatible, and the message says which', async () => {
  const other = parseGenesis({ chain_id: chain.genesis.chainId, validators: ext.genesis.validators!.toJSON() })
  const c = client({ genesis: other })
  const peer = scripted('a')
  await Promise.all([c.reactor.start(), peer.node.reactor.start()])
  await c.node.connect(peer.node)
  await until(() => c.node.stops.length > 0)
  assert.deepEqual(kinds(c.node.stops), ['a incompatible'])
  assert.match(c.node.stops[0]!.reason.message, /genesis/)
  await Promise.all([c.reactor.stop(), peer.node.reactor.stop()])
})

test('a block of very many transactions is hashed in turns, and who sent it is judged all the same', async () => {
  const TXS = 100_000
  const txs = Array.from({ length: TXS }, () => new Uint8Array(0))
  const c = client()
  let turns = 0
  const count = () => {
    if (c.node.stops.length > 0) return
    turns++
    setImmediate(count)
  }
  const evil = scripted('evil', {
    answer: (height, honest) => {
      if (honest?.block === undefined || height !== 1n) return honest
      count()
      return { ...honest, block: { ...honest.block, data: { txs } } }
    }
  })
  await meet(c, evil)
  assert.deepEqual(kinds(c.node.stops), ['evil misbehaviour'])
  assert.ok(turns >= Math.floor(TXS / TXS_PER_TURN), `${turns} turns of the event loop`)
})

test('a trusted header counts also where the store began below it, or has it already', async () => {
  const store = new MemoryBlockStore()
  const low = client({ store })
  const some = scripted('some', { height: 20n })
  await Promise.all([low.reactor.start(), some.node.reactor.start()])
  await low.node.connect(some.node)
  await until(() => store.height() === 19n)
  await Promise.all([low.reactor.stop(), some.node.reactor.stop()])

  const c = client({ store, trusted: { height: 50, hash: chain.blockHashes[50]! } })
  const peer = scripted('a')
  await Promise.all([c.reactor.start(), peer.node.reactor.start()])
  await c.node.connect(peer.node)
  await until(() => c.node.stops.length > 0)
  assert.deepEqual(kinds(c.node.stops), ['a misbehaviour'])
  assert.equal(store.height(), 49n)
  await Promise.all([c.reactor.stop(), peer.node.reactor.stop()])

  const wrong = client({ store, trusted: { height: 10, hash: chain.blockHashes[50]! } })
  await assert.rejects(wrong.reactor.start(), { name: 'InvalidOptionError', field: 'trusted.hash' })
  const right = client({ store, trusted: { height: 10, hash: chain.blockHashes[9]! } })
  await right.reactor.start()
  await right.reactor.stop()
})

test('a block at the trusted height with another hash is refused', async () => {
  const c = client({ trusted: { height: 50, hash: chain.blockHashes[50]! } })
  const peer = scripted('a')
  await Promise.all([c.reactor.start(), peer.node.reactor.start()])
  await c.node.connect(peer.node)
  await until(() => c.node.stops.length > 0)
  assert.deepEqual(kinds(c.node.stops), ['a misbehaviour'])
  assert.equal(c.store.height(), 0n)
  await Promise.all([c.reactor.stop(), peer.node.reactor.stop()])
})

const extBends: Array<{ name: string; bend: (response: BlockResponse) => BlockResponse }> = [
  { name: 'no extended commit where one belongs', bend: ({ extCommit: _, ...rest }) => rest },
  {
    name: 'an extended commit of another height',
    bend: (r) => ({ ...r, extCommit: { ...r.extCommit!, height: r.extCommit!.height + 1n } })
  },
  {
    name: 'an extension that its voter did not sign',
    bend: (r) => ({
      ...r,
      extCommit: {
        ...r.extCommit!,
        extendedSignatures: r.extCommit!.extendedSignatures.map((s) => ({
          ...s,
          extensionSignature: flip(s.extensionSignature)
        }))
      }
    })
  },
  {
    name: 'an extended commit for another block',
    bend: (r) => ({
      ...r,
      extCommit: { ...r.extCommit!, blockId: { ...r.extCommit!.blockId, hash: flip(r.extCommit!.blockId.hash) } }
    })
  }
]

for (const { name, bend } of extBends)
  test(`who sends ${name} is stopped for misbehaviour`, async () => {
    const c = client({ genesis: ext.genesis, validatorSource: recordedValidators(ext) })
    const answer: Script['answer'] = (height, honest) => (honest && height >= 15n ? bend(honest) : honest)
    const evil = scripted('evil', { answer }, ext)
    await Promise.all([c.reactor.start(), evil.node.reactor.start()])
    await c.node.connect(evil.node)
    await until(() => c.node.stops.length > 0)
    assert.deepEqual(kinds(c.node.stops), ['evil misbehaviour'])
    assert.ok(c.store.height() < 15n)
    await Promise.all([c.reactor.stop(), evil.node.reactor.stop()])
  })

test('an extended commit where the genesis enables none is refused', async () => {
  const c = client({ genesis: ext.genesis, validatorSource: recordedValidators(ext), voteExtensionsEnableHeight: 0 })
  const evil = scripted('evil', {}, ext)
  await Promise.all([c.reactor.start(), evil.node.reactor.start()])
  await c.node.connect(evil.node)
  await until(() => c.node.stops.length > 0)
  assert.deepEqual(kinds(c.node.stops), ['evil misbehaviour'])
  assert.equal(c.store.height(), ext.genesis.voteExtensionsEnableHeight - 1n)
  await Promise.all([c.reactor.stop(), evil.node.reactor.stop()])
})

/** What one message does to the peer that sends it to a node that syncs and has asked for nothing yet. */
async function verdictOn(bytes: Uint8Array, asked: boolean): Promise<string[]> {
  const c = client()
  // with a status of 0 nothing is asked of it
  const evil = scripted('evil', asked ? { answer: () => undefined } : { height: 0n, base: 0n })
  await Promise.all([c.reactor.start(), evil.node.reactor.start()])
  await c.node.connect(evil.node)
  if (asked) await until(() => evil.reactor.requests.length > 0)
  await settle()
  c.node.deliver('evil', bytes)
  await settle()
  await Promise.all([c.reactor.stop(), evil.node.reactor.stop()])
  return kinds(c.node.stops)
}

test('single messages: what is punished, and what is not', async () => {
  const encode = (message: BlocksyncMessage) => blocksyncMessage.encode(message)
  const many: Commit = {
    ...chain.block(5).lastCommit!,
    signatures: Array(10_001).fill(chain.block(5).lastCommit!.signatures[0])
  }
  const manySigned = encode({ type: 'blockResponse', block: { ...chain.block(5), lastCommit: many } })
  const table: Array<{ name: string; bytes: Uint8Array; asked?: boolean; want: string[] }> = [
    { name: 'a block out of the blue', bytes: encode(chain.responses[4]!), want: ['evil protocol'] },
    { name: 'a block that was asked for', bytes: encode(chain.responses[4]!), asked: true, want: [] },
    {
      name: 'a block of a height not asked for',
      bytes: encode(chain.responses[300]!),
      asked: true,
      want: ['evil misbehaviour']
    },
    {
      name: 'a response without a block',
      bytes: encode({ type: 'blockResponse' }),
      asked: true,
      want: ['evil misbehaviour']
    },
    { name: 'a block of 10,001 votes', bytes: manySigned, asked: true, want: ['evil protocol'] },
    { name: 'a negative request', bytes: encode({ type: 'blockRequest', height: -1n }), want: ['evil misbehaviour'] },
    {
      name: 'a negative NoBlockResponse',
      bytes: encode({ type: 'noBlockResponse', height: -1n }),
      want: ['evil misbehaviour']
    },
    { name: 'a NoBlockResponse for nothing asked', bytes: encode({ type: 'noBlockResponse', height: 7n }), want: [] },
    {
      name: 'a base above the height',
      bytes: encode({ type: 'statusResponse', base: 5n, height: 4n }),
      want: ['evil misbehaviour']
    },
    {
      name: 'a negative base',
      bytes: encode({ type: 'statusResponse', base: -1n, height: 4n }),
      want: ['evil misbehaviour']
    },
    {
      name: 'a cut message',
      bytes: encode(chain.responses[4]!).subarray(0, 100),
      asked: true,
      want: ['evil protocol']
    },
    { name: 'a message from a newer version', bytes: new Uint8Array([0x32, 0]), want: [] },
    { name: 'nothing at all', bytes: new Uint8Array(0), want: [] }
  ]
  for (const { name, bytes, asked = false, want } of table) assert.deepEqual(await verdictOn(bytes, asked), want, name)
})

test('a peer that never answers is stopped after 15 s; one that claims the sky does not keep us from having caught up', async () => {
  const clock = new FakeClock()
  const c = client({ clock })
  const mute = scripted('mute', { answer: () => undefined })
  const honest = scripted('honest')
  const boaster = scripted('boaster', {
    height: 1_000_000_000_000n,
    answer: (height, block) => block ?? { type: 'noBlockResponse', height }
  })
  await Promise.all([c, mute.node, honest.node, boaster.node].map((each) => each.reactor.start()))
  await c.node.connect(mute.node)
  await until(() => mute.reactor.requests.length === 20)
  await clock.run(14_000)
  assert.deepEqual(c.node.stops, [])
  await clock.run(1_500)
  assert.deepEqual(kinds(c.node.stops), ['mute communication'])
  await c.node.connect(boaster.node)
  await c.node.connect(honest.node)
  await c.caughtUp
  assert.equal(c.store.height(), LAST)
  assert.deepEqual(kinds(c.node.stops), ['mute communication'])
  await Promise.all([c, mute.node, honest.node, boaster.node].map((each) => each.reactor.stop()))
  assert.equal(clock.pending, 0)
})

test('a peer that answers nothing at all is reset, where that is possible, and stopped; a user may decide otherwise', async () => {
  for (const mine of [false, true]) {
    const clock = new FakeClock()
    const silent: string[] = []
    const c = client({ clock, ...(mine ? { onSilentPeer: (peer) => void silent.push(peer.id()) } : {}) })
    const stale = scripted('stale', { status: () => undefined })
    const fresh = scripted('fresh')
    await Promise.all([c, stale.node, fresh.node].map((each) => each.reactor.start()))
    await c.node.connect(stale.node)
    await c.node.connect(fresh.node)
    const resets: string[] = []
    for (const peer of c.node.peers.values()) Object.assign(peer, { resetRemote: () => void resets.push(peer.id()) })
    await c.caughtUp
    await clock.run(2_900)
    assert.deepEqual([resets, silent], [[], []])
    await clock.run(1_000)
    assert.deepEqual([resets, silent], mine ? [[], ['stale']] : [['stale'], []])
    assert.deepEqual(kinds(c.node.stops), mine ? [] : ['stale communication'])
    await Promise.all([c, stale.node, fresh.node].map((each) => each.reactor.stop()))
    assert.equal(clock.pending, 0)
  }
})

test('a peer whose queue is full is asked again later; one that leaves has its blocks asked of others', async () => {
  const clock = new FakeClock()
  const c = client({ clock })
  const first = scripted('first', { answer: (height, block) => (height <= 5n ? block : undefined) })
  const second = server('second')
  await Promise.all([c.reactor.start(), first.node.reactor.start(), second.reactor.start()])
  await c.node.connect(first.node)
  await until(() => c.store.height() === 4n)
  c.node.disconnect('first')
  const join = c.node.connect(second)
  c.node.peers.get('second')!.accepts = false
  await join
  await settle()
  assert.equal(c.store.height(), 4n)
  c.node.peers.get('second')!.accepts = true
  // the status request was refused, too, so only the status that the other side sent by itself counts
  await clock.run(600)
  await c.caughtUp
  assert.equal(c.store.height(), LAST)
  assert.deepEqual(c.node.stops, [])
  await Promise.all([c.reactor.stop(), first.node.reactor.stop(), second.reactor.stop()])
})

test('a message of another channel is none of our business', () => {
  const { reactor } = client() as { reactor: BlocksyncReactor }
  assert.equal(reactor.filterMsgBytes(BLOCKSYNC_CHANNEL + 1, {} as never, new Uint8Array([0xff])), undefined)
})
