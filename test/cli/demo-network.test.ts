/** The four nodes of the demo where they come to nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DemoNetwork, type DemoNode } from '../../src/cli/demo-network.ts'
import { loadRecording } from '../../src/cli/recording.ts'
import { systemClock } from '../../src/util/clock.ts'
import { nullLogger } from '../../src/util/logger.ts'

test('a start that is given up leaves nodes that have stopped, and can still tell where they were', async () => {
  const abort = new AbortController()
  const nodes: DemoNode[] = []
  const init = { recording: await loadRecording(), clock: systemClock, logger: nullLogger, signal: abort.signal }
  const started = DemoNetwork.start(init, (node) => {
    if (nodes.push(node) === 3) abort.abort(new Error('enough'))
  })
  await assert.rejects(started, { message: 'enough' })
  assert.deepEqual(
    nodes.map(({ node }) => node.switch.isRunning()),
    [false, false, false]
  )
  const addresses = nodes.flatMap((node) => node.stacks.map((stack) => node.address(stack)))
  assert.match(
    addresses.join(' '),
    /^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/\w+ \w{40}@127\.0\.0\.1:\d+ \/ip4\S+ \w{40}@127\.0\.0\.1:\d+$/
  )
})
