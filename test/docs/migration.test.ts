/** docs/migration.md: the commands that need no Go run, in order, and print what the page shows. Those with Go: interop/migration.test.ts. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { docBlocks, OWN_COMMAND, runDoc, withoutVariables } from '../helpers/doc-commands.ts'

const PAGE = readFileSync(new URL('../../docs/migration.md', import.meta.url), 'utf8')
const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url))
const FROM_SOURCES = ['--import', fileURLToPath(new URL('../helpers/package-from-sources.ts', import.meta.url))]
/** Half a minute on a machine that does nothing else. */
const TIMEOUT_MS = 180_000

test('the migration page: every command that needs no Go works, and prints what the page shows', {
  timeout: TIMEOUT_MS + 20_000
}, async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'comet-docs-'))
  t.after(() => rmSync(cwd, { recursive: true, force: true }))
  symlinkSync(EXAMPLES, join(cwd, 'examples'))
  const blocks = docBlocks(PAGE).filter(({ needsGo }) => !needsGo)
  const printed = await runDoc(blocks, {
    cwd,
    programs: { 'comet-libp2p': OWN_COMMAND, node: [process.execPath, ...FROM_SOURCES] },
    env: { PORT: String(await portBeforeFreeOnes(3)) },
    timeoutMs: TIMEOUT_MS
  })
  for (const [i, { line, output }] of blocks.entries())
    assert.equal(withoutVariables(printed[i] ?? ''), withoutVariables(output), `the block of line ${line}`)
})

test('the page shows real outputs only: each stands below its command, and none is left over', () => {
  const shown = docBlocks(PAGE).filter(({ output }) => output !== '')
  assert.equal([...PAGE.matchAll(/^```text$/gm)].length, shown.length)
})

test('a block of commands that nobody would run is an error', () => {
  for (const fence of ['bash', 'console', 'sh maybe'])
    assert.throws(() => docBlocks(`text\n\n\`\`\`${fence}\nls\n\`\`\`\n`), /^Error: line 3: /)
  const page = '```sh\na\n```\n\n```text\nb\n```\n\n```sh go\nc\n```\nno\n\n```text\nd\n```\n'
  assert.deepEqual(docBlocks(page), [
    { line: 1, needsGo: false, commands: 'a\n', output: 'b\n' },
    { line: 9, needsGo: true, commands: 'c\n', output: '' }
  ])
})

test('a command that fails, or does not end, is told with its block, and nothing of it is left', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'comet-docs-'))
  t.after(() => rmSync(cwd, { recursive: true, force: true }))
  const run = (page: string, timeoutMs: number) => runDoc(docBlocks(page), { cwd, programs: {}, timeoutMs })
  assert.deepEqual(await run('```sh\nx=1\n```\n\n```sh\necho $x >&2\n```\n', 10_000), ['', '1\n'])
  await assert.rejects(
    run('```sh\necho a\n```\n```sh\nfalse | cat\necho b\n```\n', 10_000),
    /block of line 4 failed with 1/
  )
  const began = performance.now()
  await assert.rejects(run('```sh\nsleep 60 &\nwait\n```\n', 200), /block of line 1 took longer than 200 ms/)
  assert.ok(performance.now() - began < 4_000)
})

/** The page's nodes listen on the ports after it: TCP, then UDP. Below the range that the system gives to others. */
async function portBeforeFreeOnes(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 20_000 + 10 * Math.floor(Math.random() * 1_000)
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(base + i + 1)))
    if (free.every(Boolean)) return base
  }
  throw new Error(`no ${count} free ports in a row`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const socket = createSocket('udp4')
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    socket.bind(port, '127.0.0.1')
    await once(socket, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
    socket.close()
  }
}
