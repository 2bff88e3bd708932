/**
 * Issue 5 section 2: peer exchange with real Go nodes on the classic stack. Whoever is to be found is in nobody's configuration but its own acquaintance's, so a
 * connection to it proves that addresses were exchanged, both ways. Go looks after its peers every 30 s and waits up to 30 s before the first time: the scenes wait at
 * the same time, not one after another.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe } from 'node:test'
import type { GoNode } from './helpers/go-node.ts'
import type { GoVersion } from './helpers/go-toolchain.ts'
import type { OurNode } from './helpers/our-node.ts'
import { type Stage, stageTest } from './helpers/stage.ts'
import { until } from './helpers/until.ts'

const TIMEOUT_MS = 200_000
const FOUND_WITHIN_MS = 150_000
const stack = 'comet'

/** A chain whose nodes know nobody, with one validator. */
async function strangers(stage: Stage, version: GoVersion, full: number) {
  const chain = await stage.goChain({ version, stack, full, mesh: false, timeoutCommitMs: 1_000 })
  return { ...chain, nodes: chain.nodes as GoNode[] }
}

const idsOf = async (node: GoNode) => (await node.rpc.netInfo()).peers.map(({ node_info }) => node_info.id)

async function knows(node: GoNode, ids: readonly string[], what: string): Promise<void> {
  await until(
    what,
    async () => {
      const found = await idsOf(node)
      const missing = ids.filter((id) => !found.includes(id))
      if (missing.length === 0) return true
      throw new Error(`${missing.length} of ${ids.length} are missing`)
    },
    { timeoutMs: FOUND_WITHIN_MS, pollMs: 500 }
  )
}

describe('peer exchange with Go', { concurrency: 3 }, () => {
  for (const version of ['v0.38', 'v0.40'] as const) {
    stageTest(
      `R-75, R-77: of three ${version} nodes we are told of one, and find the others by PEX alone`,
      TIMEOUT_MS,
      async (stage) => {
        const { nodes, chainId, genesis } = await strangers(stage, version, 2)
        const [first, ...others] = nodes as [GoNode, GoNode, GoNode]
        for (const other of others) await other.setPeers([first])
        await Promise.all(nodes.map((node) => node.start()))
        const started = performance.now()
        const ours = await stage.ourNode({
          stack,
          network: chainId,
          genesis,
          discovery: {
            pex: { ensurePeriodMs: 5_000, minRequestIntervalMs: 10_500 },
            seeds: [first.address],
            addrBookStrict: false
          }
        })
        await until(
          'we are connected to all three',
          () => nodes.every(({ nodeId }) => ours.switch.peers().has(nodeId)),
          {
            timeoutMs: FOUND_WITHIN_MS
          }
        )
        stage.figure('found by PEX', { s: (performance.now() - started) / 1_000 })
        for (const other of others) assert.ok((await idsOf(other)).includes(ours.nodeId))
      }
    )

    stageTest(
      `R-84: a ${version} node that is told of one of ours finds our two others by PEX alone`,
      TIMEOUT_MS,
      async (stage) => {
        const { nodes, chainId, genesis } = await strangers(stage, version, 0)
        const [go] = nodes as [GoNode]
        const side = { stack, network: chainId, genesis } as const
        const discovery = { pex: true, addrBookStrict: false }
        const first = await stage.ourNode({ ...side, discovery })
        const others = [
          await stage.ourNode({ ...side, discovery, persistentPeers: [first.address] }),
          await stage.ourNode({ ...side, discovery, persistentPeers: [first.address] })
        ]
        await until('our nodes are connected', () => first.switch.peers().size === 2)
        await go.setPeers([first])
        await go.start()
        const started = performance.now()
        await knows(
          go,
          others.map(({ nodeId }) => nodeId),
          'the Go node finds our others'
        )
        stage.figure('Go found ours by PEX', { s: (performance.now() - started) / 1_000 })
      }
    )
  }

  stageTest(
    'R-82, R-83: our node is the seed of five Go nodes, which all find each other',
    TIMEOUT_MS,
    async (stage) => {
      const { nodes, chainId, genesis } = await strangers(stage, 'v0.40', 4)
      const seed = await stage.ourNode({
        stack,
        network: chainId,
        genesis,
        discovery: { seedMode: true, addrBookStrict: false }
      })
      for (const node of nodes) await node.configure({ p2p: { seeds: seed.address } })
      await Promise.all(nodes.map((node) => node.start()))
      const started = performance.now()
      for (const node of nodes) {
        const others = nodes.filter((other) => other !== node).map(({ nodeId }) => nodeId)
        await knows(node, others, `${node.name} finds the other four`)
      }
      stage.figure('five found each other', { s: (performance.now() - started) / 1_000 })
      for (const node of nodes) await node.reaches(3)
    }
  )

  stageTest(
    'R-80: a Go seed serves our node, which finds the nodes that the seed has crawled',
    TIMEOUT_MS,
    async (stage) => {
      const { nodes, chainId, genesis } = await strangers(stage, 'v0.40', 2)
      const [validator, full, seed] = nodes as [GoNode, GoNode, GoNode]
      await seed.configure({ p2p: { seed_mode: true } })
      for (const node of [validator, full]) await node.configure({ p2p: { seeds: seed.address } })
      await Promise.all(nodes.map((node) => node.start()))
      const started = performance.now()
      const ours = await stage.ourNode({
        stack,
        network: chainId,
        genesis,
        discovery: {
          seeds: [seed.address],
          pex: { ensurePeriodMs: 5_000, minRequestIntervalMs: 10_500 },
          addrBookStrict: false
        }
      })
      await until('we find both', () => [validator, full].every(({ nodeId }) => ours.switch.peers().has(nodeId)), {
        timeoutMs: FOUND_WITHIN_MS
      })
      stage.figure('found through a Go seed', { s: (performance.now() - started) / 1_000 })
    }
  )

  stageTest(
    'one addrbook.json: a Go node starts on ours, and we on what it has made of it',
    TIMEOUT_MS,
    async (stage) => {
      const { nodes, chainId, genesis } = await strangers(stage, 'v0.40', 2)
      const [first, second, heir] = nodes as [GoNode, GoNode, GoNode]
      await Promise.all([first, second].map((node) => node.start()))
      const side = { stack, network: chainId, genesis } as const
      const discovery = {
        pex: { ensurePeriodMs: 1_000, minRequestIntervalMs: 10_500 },
        addrBookStrict: false,
        addrBookFile: join(heir.home, 'config', 'addrbook.json')
      }
      const ids = [first.nodeId, second.nodeId]
      const all = (ours: OurNode) => () => ids.every((id) => ours.switch.peers().has(id))
      const author = await stage.ourNode({
        ...side,
        discovery: { ...discovery, seeds: [first.address, second.address] }
      })
      await until('we are connected to both', all(author), { timeoutMs: FOUND_WITHIN_MS })
      await author.stop()
      await heir.start()
      await knows(heir, ids, 'the Go node finds them in our book')
      await heir.stop()
      const reader = await stage.ourNode({ ...side, discovery })
      await until('we find them in its book', all(reader), { timeoutMs: FOUND_WITHIN_MS })
    }
  )
})
