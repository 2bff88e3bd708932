/** `discovery: 'any'` on a node whose peer store outlives it: libp2p tells of a node once, when it is new to the store. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { bootstrap } from '@libp2p/bootstrap'
import { MemoryDatastore } from 'datastore-core'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import type { Logger } from '../../../../src/interface/logger.ts'
import { met } from '../../../helpers/met.ts'
import { startDhtNode } from '../dht-nodes.ts'

const timeout = 20_000

async function start(t: TestContext, init: Parameters<typeof startDhtNode>[0]) {
  const node = await startDhtNode({ dht: false, ...init })
  t.after(() => node.stop())
  return node
}

test('a node started again on its datastore dials whom it discovered in its last run', { timeout }, async (t) => {
  const target = await start(t, {})
  const datastore = new MemoryDatastore()
  const { privateKey } = generateNodeKey()
  const run = (list: string[]) =>
    start(t, {
      comet: { discovery: 'any' },
      libp2p: { datastore, privateKey, ...(list.length > 0 && { peerDiscovery: [bootstrap({ list, timeout: 0 })] }) }
    })
  const first = await run(target.bootstrap)
  await met(t, 'it is a peer', () => first.sw.peers().has(target.id))
  await first.stop()
  // whether or not it is named again
  for (const list of [target.bootstrap, []]) {
    const again = await run(list)
    await met(t, 'it is a peer again', () => again.sw.peers().has(target.id))
    await again.stop()
  }
})

test('a peer store that cannot be read is told of in the log, and what is discovered now is dialled', {
  timeout
}, async (t) => {
  const target = await start(t, {})
  const datastore = new MemoryDatastore()
  // biome-ignore lint/correctness/useYield: it breaks before the first
  datastore.query = async function* () {
    throw new Error('disk')
  }
  const warnings: string[] = []
  const ignore = () => {}
  const logger: Logger = {
    debug: ignore,
    info: ignore,
    warn: (message, fields) => void warnings.push(`${message}: ${(fields?.err as Error | undefined)?.message}`),
    error: ignore,
    child: () => logger
  }
  const node = await start(t, {
    comet: { discovery: 'any', logger },
    libp2p: { datastore, peerDiscovery: [bootstrap({ list: target.bootstrap, timeout: 0 })] }
  })
  await met(t, 'it is a peer', () => node.sw.peers().has(target.id))
  assert.deepEqual(
    warnings.filter((one) => one.startsWith('The peer store cannot be read')),
    ['The peer store cannot be read: nodes that it knows are not discovered again: disk']
  )
})
