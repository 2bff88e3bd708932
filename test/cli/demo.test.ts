/** The demo as a process: what `npm start` does, to its exit code. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { command, start } from './command.ts'

/** Enough on a machine that does much else meanwhile. */
const SECONDS = 15

test('four nodes on two stacks get every block and every transaction, and the exit code says so', {
  timeout: 60_000
}, async (t) => {
  const { code, stdout, stderr } = await command(t, ['--seconds', String(SECONDS), '--json'])
  assert.equal(code, 0, stderr)
  const objects = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  // one a second
  assert.ok(objects.length >= SECONDS / 2, `${objects.length} objects`)
  const final = objects.at(-1)
  assert.deepEqual([final.final, final.ok, final.failures], [true, true, []])
  assert.deepEqual(
    objects.slice(0, -1).map((each) => each.final),
    objects.slice(0, -1).map(() => undefined)
  )
  assert.equal(final.chain, 'recorded-main')
  assert.equal(final.lastBlock, 329)
  assert.equal(new Set(final.nodes.map(({ id }: { id: string }) => id)).size, 4)
  assert.deepEqual(
    final.nodes.map(({ stacks }: { stacks: string[] }) => stacks.join(' and ')),
    ['libp2p and comet', 'libp2p', 'comet', 'comet']
  )
  const connections = final.nodes.map(({ connections }: { connections: Array<{ peer: string; stack: string }> }) =>
    connections.map(({ peer, stack }) => `${peer} on ${stack}`).join(', ')
  )
  assert.deepEqual(connections, [
    'node 2 on libp2p, node 3 on comet, node 4 on comet',
    'node 1 on libp2p',
    'node 1 on comet, node 4 on comet',
    'node 1 on comet, node 3 on comet'
  ])
  for (const node of final.nodes) {
    assert.ok(node.height >= 329, `${node.name} at ${node.height}`)
    assert.equal(node.addresses.length, node.stacks.length)
    assert.equal(node.transactions, final.transactions.submitted)
  }
  assert.ok(final.transactions.submitted > 0)
  assert.equal(final.transactions.everywhere, final.transactions.submitted)
  assert.equal(stderr, '')
})

test('Ctrl-C ends it in good order: what is on the way arrives, and the exit code is 0', {
  timeout: 60_000
}, async (t) => {
  const run = start(t, ['--json', '--rate', '500'])
  for await (const line of run.lines) {
    if (JSON.parse(line).transactions.submitted === 0) continue
    run.process.kill('SIGINT')
    break
  }
  const { code, stdout, stderr } = await run.finished
  assert.equal(code, 0, stderr)
  const final = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  assert.equal(final.ok, true)
  assert.equal(final.transactions.everywhere, final.transactions.submitted)
})

test('a time too short for the blocks is a failure that says what is missing', { timeout: 60_000 }, async (t) => {
  const { code, stdout, stderr } = await command(t, ['demo', '--seconds', '0.05'])
  assert.equal(code, 1, stdout)
  assert.match(stderr, /did not start|has block \d+ of 329/)
})

test('without a terminal it says in lines what it does, and moves no cursor', { timeout: 60_000 }, async (t) => {
  const run = start(t, [])
  for await (const line of run.lines) {
    assert.ok(!line.includes('\u001b'), line)
    if (!line.includes('txs on every node')) continue
    run.process.kill('SIGTERM')
    break
  }
  const { code, stdout } = await run.finished
  assert.equal(code, 0)
  assert.match(stdout, /every node has block 329; (\d+) of \1 transactions are on all 4 nodes\n$/)
})
