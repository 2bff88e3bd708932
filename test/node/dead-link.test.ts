/** A link that dies without a word: no RST, no FIN, packets that go nowhere. On real sockets, where this machine permits a network namespace. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { NOTICED_MS } from './dead-link-timing.ts'

const UNSHARE = ['--map-root-user', '--net']
/** Above the timeouts: for a machine that is busy, and one timer that came too late to count. */
const SLACK_MS = 2_000

function whyNot(): string | undefined {
  const { error, status, stderr } = spawnSync('unshare', [
    ...UNSHARE,
    'ip',
    'rule',
    'add',
    'pref',
    '100',
    'lookup',
    'local'
  ])
  if (error === undefined && status === 0) return undefined
  return `needs unshare and ip in a network namespace: ${error?.message ?? String(stderr).trim()}`
}

const skip = whyNot()

test('a dead link without RST is noticed by both sides, on each stack, within the timeouts of ping and pong', {
  skip
}, async () => {
  const main = fileURLToPath(new URL('dead-link-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)('unshare', [...UNSHARE, process.execPath, main], { timeout: 60_000 })
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { stack: keyof typeof NOTICED_MS; noticed: Array<{ ms: number; kind: string }> })
  assert.deepEqual(told.map(({ stack }) => stack).sort(), ['comet', 'libp2p'])
  for (const { stack, noticed } of told)
    for (const { ms, kind } of noticed) {
      assert.equal(kind, 'communication', stack)
      assert.ok(ms <= NOTICED_MS[stack] + SLACK_MS, `${stack}: ${ms} ms, expected ${NOTICED_MS[stack]}`)
    }
})
