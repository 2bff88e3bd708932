/**
 * The Go side of the classic stack by itself, without anything of ours: a test in which we fail against one of these chains says something only because they
 * work without us.
 */
import assert from 'node:assert/strict'
import { evidenceCommitted, reportDoubleVote } from './helpers/go-evidence.ts'
import type { GoNode } from './helpers/go-node.ts'
import { GO_VERSIONS } from './helpers/go-toolchain.ts'
import { stageTest } from './helpers/stage.ts'
import { until } from './helpers/until.ts'

const BODY_TIMEOUT_MS = 90_000
const HEIGHT = 5

/** The node's peers, once it has so many. */
async function peersOf(node: GoNode, count: number): Promise<string[]> {
  return await until(`${node.name} has ${count} peers`, async () => {
    const { peers } = await node.rpc.netInfo()
    return peers.length === count && peers.map(({ node_info: { id } }) => id).sort()
  })
}

for (const version of GO_VERSIONS)
  stageTest(
    `two validators of ${version} make blocks on the classic stack, and one is told of the other's double vote`,
    BODY_TIMEOUT_MS,
    async (stage) => {
      const { nodes } = await stage.runningGoChain({ validators: 2, version, stack: 'comet' })
      const [one, two] = nodes as [GoNode, GoNode]
      assert.deepEqual(await peersOf(one, 1), [two.nodeId])
      await Promise.all(nodes.map((node) => node.reaches(HEIGHT)))
      await one.rpc.submit('key=value')
      await two.includes(['key=value'], HEIGHT, 20_000)
      const doubleVote = await reportDoubleVote(two, one)
      stage.figure('evidence', { votes: doubleVote.height, block: await evidenceCommitted(two, doubleVote) })
    }
  )

stageTest('a killed node of the classic stack is back after its restart', BODY_TIMEOUT_MS, async (stage) => {
  const { nodes } = await stage.runningGoChain({ validators: 2, stack: 'comet' })
  const [stays, killed] = nodes as [GoNode, GoNode]
  await stays.reaches(HEIGHT)
  await killed.kill()
  await peersOf(stays, 0)
  const height = await stays.rpc.height()
  await killed.start()
  await killed.reaches(height + HEIGHT)
  await killed.stop()
})

// Two validators: with more, a commit may hold votes for nil, and v0.40 reckons the time of the next block without those, v0.38 with them (spec/versions.md
// section 2). v1.0 only follows: a v0 node disconnects it for its HasProposalBlockPart, so as a validator it would hold up the others.
stageTest('v0.38 and v0.40 make blocks of one chain, and v1.0 follows it', BODY_TIMEOUT_MS, async (stage) => {
  const { nodes } = await stage.runningGoChain({
    nodes: [{ version: 'v0.40', stack: 'comet' }, { version: 'v0.38' }, { version: 'v1.0', validator: false }]
  })
  const [told, guilty, follower] = nodes as [GoNode, GoNode, GoNode]
  await Promise.all(nodes.map((node) => node.reaches(HEIGHT)))
  // the application of each version must punish it alike, or their hashes part
  const punished = await evidenceCommitted(follower, await reportDoubleVote(guilty, told))
  await Promise.all(nodes.map((node) => node.reaches(punished + HEIGHT)))
  const hashes = await Promise.all(nodes.map((node) => node.rpc.block(punished + HEIGHT)))
  assert.equal(new Set(hashes.map(({ block_id }) => block_id.hash)).size, 1)
})
