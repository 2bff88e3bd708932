/** The follower between real Switches over the memory network. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelDescriptor } from '../../../src/interface/channel.ts'
import { BaseReactor } from '../../../src/reactors/base-reactor.ts'
import { FollowerReactor } from '../../../src/reactors/consensus/follower-reactor.ts'
import { PEER_STATE_KEY, type PeerState } from '../../../src/reactors/consensus/peer-state.ts'
import { consensusMessage } from '../../../src/wire/consensus-message.ts'
import { type Node, nextRemoval, startNodes, stopNodes } from '../nodes.ts'

class RawConsensus extends BaseReactor {
  override getChannels(): ChannelDescriptor<Uint8Array>[] {
    const messageType = { typeName: 'raw', encode: (bytes: Uint8Array) => bytes, decode: (bytes: Uint8Array) => bytes }
    return [0x20, 0x21, 0x22, 0x23].map((id) => ({ id, priority: 1, messageType }))
  }
}

const never = new AbortController().signal
const stateOf = (of: Node | undefined, at: Node | undefined) => {
  const id = of?.sw.nodeInfo().id as string
  return at?.sw.peers().get(id)?.get(PEER_STATE_KEY) as PeerState
}
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const step = (height: bigint, lastCommitRound: number) =>
  consensusMessage.encode({
    type: 'newRoundStep',
    height,
    round: 0,
    step: 1,
    secondsSinceStartTime: 0n,
    lastCommitRound
  })

test('followers know how far each other is, and hear of every height reached', async () => {
  const [a, b] = [new FollowerReactor({ height: 6n }), new FollowerReactor({ announceIntervalMs: 0 })]
  const nodes = await startNodes([{ CONSENSUS: a }, { CONSENSUS: b }], [[0, 1]])
  assert.equal(await stateOf(nodes[0], nodes[1]).whenHeight(7n, never), true)
  assert.equal(await stateOf(nodes[1], nodes[0]).whenHeight(1n, never), true)
  for (let height = 1n; height <= 300n; height++) b.setHeight(height)
  assert.equal(await stateOf(nodes[1], nodes[0]).whenHeight(301n, never), true)
  assert.deepEqual(stateOf(nodes[1], nodes[0]).roundStep(), { height: 301n, round: 0, step: 1 })
  await stopNodes(nodes)
})

const bad: Array<[string, number, Uint8Array]> = [
  ...[0x20, 0x21, 0x22, 0x23].flatMap(
    (channel): Array<[string, number, Uint8Array]> => [
      ['malformed', channel, Uint8Array.of(0xff, 0xff, 0xff)],
      ['truncated', channel, hex('0a0a080110').subarray(0, 4)],
      ['empty', channel, new Uint8Array(0)],
      ['beyond what the channel takes', channel, new Uint8Array(1_048_577)]
    ]
  ),
  ['a NewRoundStep below the initial height', 0x20, step(4n, -1)],
  ['a NewRoundStep with a last commit at the initial height', 0x20, step(5n, 0)],
  ['a NewRoundStep without a last commit above it', 0x20, step(6n, -1)],
  // the vector of the spec, with step 9
  ['a NewRoundStep of step 9', 0x20, hex('0a0a08061001180920012801')],
  ['a NewRoundStep with a negative round', 0x22, hex('0a11080610ffffffffffffffffff01180120012801')]
]
for (const [name, channelId, message] of bad)
  test(`on 0x${channelId.toString(16)}, ${name}: the sender loses its connection, nobody else does`, async () => {
    const victim = new FollowerReactor({ initialHeight: 5n, announceIntervalMs: 0 })
    const honest = new FollowerReactor({ initialHeight: 5n, announceIntervalMs: 0 })
    const removed = nextRemoval(victim)
    const nodes = await startNodes(
      [{ CONSENSUS: victim }, { RAW: new RawConsensus('RAW') }, { CONSENSUS: honest }],
      [
        [1, 0],
        [2, 0]
      ]
    )
    nodes[1]?.sw.broadcastAsync({ channelId, message })
    const { peer, reason } = await removed
    assert.equal(peer.id(), nodes[1]?.sw.nodeInfo().id)
    assert.equal((reason as { kind: string }).kind, 'protocol')
    honest.setHeight(9n)
    assert.equal(await stateOf(nodes[2], nodes[0]).whenHeight(10n, never), true)
    await stopNodes(nodes)
  })

test('what a newer version adds is ignored: an unknown message, an unknown field', async () => {
  const victim = new FollowerReactor()
  const nodes = await startNodes([{ CONSENSUS: victim }, { RAW: new RawConsensus('RAW') }], [[1, 0]])
  // v1's HasProposalBlockPart (member 10), then a NewRoundStep with an unknown field 15
  const messages = [hex('52060801100018 01'.replace(' ', '')), Uint8Array.from([...step(8n, 0), 0x78, 0x01])]
  for (const message of messages) nodes[1]?.sw.broadcastAsync({ channelId: 0x20, message })
  assert.equal(await stateOf(nodes[1], nodes[0]).whenHeight(8n, never), true)
  await stopNodes(nodes)
})
