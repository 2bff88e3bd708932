/** Issue 3 section 7, hostile Go side: each fault has the answer it deserves, and nothing else is touched by it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OurNode } from './helpers/our-node.ts'
import { type Stage, stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 60_000
const RECORDING = fileURLToPath(new URL('../test/fixtures/chain', import.meta.url))
const genesis = JSON.parse(readFileSync(join(RECORDING, 'genesis.json'), 'utf8')) as { chain_id: string }
/** Sent of a message announced as longer than its channel allows. */
const OVERSIZED_BYTES = 64 * 1024 * 1024
/** Block sync's StatusRequest. */
const STATUS_REQUEST = '2200'

/** A node of ours that syncs the recorded chain. */
async function ourNode(stage: Stage): Promise<OurNode> {
  return await stage.ourNode({ network: genesis.chain_id, genesis })
}

function kindOf(reason: unknown): unknown {
  return (reason as { kind?: unknown }).kind
}

/** Streams of Go's channels that are open on our side. */
function openMessageStreams(ours: OurNode): number {
  const streams = ours.libp2p.getConnections().flatMap((connection) => connection.streams)
  return streams.filter(({ protocol }) => protocol.includes('/channel/')).length
}

stageTest('a peer of another chain is found out at its first block header', BODY_TIMEOUT_MS, async (stage) => {
  const ours = await ourNode(stage)
  const hostile = stage.hostile('wrong-chain', ['--chain-dir', RECORDING, '--chain-id', 'another-chain'])
  const { multiaddr, peerId } = await hostile.listening()
  await ours.switch.dialPeerWithAddress(multiaddr)
  const { reason } = await ours.watcher.departureOf(peerId)
  assert.equal(kindOf(reason), 'incompatible')
  assert.equal(ours.store.height(), 0n)
  stage.figure('reason', { reason })
})

stageTest(
  'a peer that serves a block with a false signature is stopped for misbehaviour',
  BODY_TIMEOUT_MS,
  async (stage) => {
    const ours = await ourNode(stage)
    const hostile = stage.hostile('blocks', ['--chain-dir', RECORDING, '--corrupt', '21'])
    const { multiaddr, peerId } = await hostile.listening()
    await ours.switch.dialPeerWithAddress(multiaddr)
    const { reason } = await ours.watcher.departureOf(peerId)
    assert.equal(kindOf(reason), 'misbehaviour')
    // block 21 carries the commit for 20, so 19 is the last that was proven
    assert.equal(ours.store.height(), 19n)
    stage.figure('reason', { reason })
  }
)

for (const lazy of [false, true])
  stageTest(
    `an unknown channel is refused in negotiation${lazy ? ', asked for lazily' : ''}, and the peer stays`,
    BODY_TIMEOUT_MS,
    async (stage) => {
      const ours = await ourNode(stage)
      const hostile = stage.hostile('unknown-channel', lazy ? ['--lazy'] : [])
      const { multiaddr } = await hostile.listening()
      const peer = await ours.switch.dialPeerWithAddress(multiaddr)
      const { refused, error } = await hostile.event('negotiation')
      assert.equal(refused, true)
      const { connected } = await hostile.event('end')
      assert.equal(connected, true)
      assert.equal(peer.isRunning(), true)
      stage.figure('refused', { error })
    }
  )

stageTest(
  'an oversized message stops the peer with `protocol`, before it has arrived',
  BODY_TIMEOUT_MS,
  async (stage) => {
    const ours = await ourNode(stage)
    const hostile = stage.hostile('oversized', ['--channel', '0x40', '--send', String(OVERSIZED_BYTES)])
    const { multiaddr, peerId } = await hostile.listening()
    await ours.switch.dialPeerWithAddress(multiaddr)
    const { reason } = await ours.watcher.departureOf(peerId)
    assert.equal(kindOf(reason), 'protocol')
    assert.equal((reason as { channelId?: number }).channelId, 0x40)
    const { bytes } = await hostile.event('written')
    stage.figure('stopped', { reason, writtenBytes: bytes })
    assert(Number(bytes) < OVERSIZED_BYTES, `all ${bytes} bytes were taken`)
  }
)

for (const end of ['close', 'reset', 'hang'])
  stageTest(
    `a message cut short (${end}) is dropped, and the peer stays and is heard`,
    BODY_TIMEOUT_MS,
    async (stage) => {
      const ours = await ourNode(stage)
      const hostile = stage.hostile('truncated', ['--end', end, '--then', STATUS_REQUEST])
      const { multiaddr } = await hostile.listening()
      const peer = await ours.switch.dialPeerWithAddress(multiaddr)
      const { sent } = await hostile.event('message')
      assert.equal(sent, true)
      const { connected } = await hostile.event('end')
      assert.equal(connected, true)
      assert.equal(peer.isRunning(), true)
      assert.deepEqual(ours.watcher.removed, [])
      if (end !== 'hang') assert.equal(openMessageStreams(ours), 0)
      // a reset may overtake the bytes before it, even the protocol's name: then there was no message to count
      while (end === 'close' && peer.status().droppedMessages < 1) await new Promise((resolve) => setImmediate(resolve))
      const { droppedMessages } = peer.status()
      if (end !== 'reset') assert.equal(droppedMessages, end === 'close' ? 1 : 0)
      stage.figure('dropped', { droppedMessages })
      stage.figure('received', { messages: peer.status().receivedMessages })
    }
  )

stageTest('streams beyond every limit do not end us or our peer', BODY_TIMEOUT_MS, async (stage) => {
  const ours = await ourNode(stage)
  const hostile = stage.hostile('flood', ['--count', '5000', '--concurrency', '400', '--idle', '20'])
  const { multiaddr } = await hostile.listening()
  await ours.switch.dialPeerWithAddress(multiaddr)
  const { sent, failed, per_second, first_error } = await hostile.event('flooded', 50_000)
  stage.figure('flooded', { sent, failed, per_second, first_error })
  // we are still there for others
  const other = stage.hostile('truncated', ['--then', STATUS_REQUEST])
  const { multiaddr: otherAddress } = await other.listening()
  const peer = await ours.switch.dialPeerWithAddress(otherAddress)
  assert.equal((await other.event('message')).sent, true)
  assert.equal(peer.isRunning(), true)
})
