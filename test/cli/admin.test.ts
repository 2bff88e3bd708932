/** The operator's commands: their words, and a node that does not answer. What a node answers is in test/node/admin.test.ts. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../src/cli/run.ts'
import { openAdminSocket } from '../../src/node/admin/admin-socket.ts'
import { nullLogger } from '../../src/util/logger.ts'
import { start } from './command.ts'
import { fakeTerminal } from './fake-terminal.ts'

const ID = 'ab'.repeat(20)

/** A path for a socket, gone with the test. */
async function socketPath(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'cli-admin-'))
  t.after(async () => await rm(dir, { recursive: true }))
  return join(dir, 'node.sock')
}

/** A node that takes connections and says nothing, as one that was stopped (SIGSTOP). `asked` resolves with the first line that it was sent. */
async function stuckNode(t: TestContext): Promise<{ path: string; asked: Promise<string> }> {
  const path = await socketPath(t)
  const sockets = new Set<Socket>()
  let onAsked: (line: string) => void
  const asked = new Promise<string>((resolve) => {
    onAsked = resolve
  })
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', (data) => onAsked(String(data)))
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  t.after(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { path, asked }
}

test('Ctrl-C ends a command that waits for a stuck node, with exit code 130 and no word', async (t) => {
  const { path, asked } = await stuckNode(t)
  const { process: child, finished } = start(t, ['why', ID, '--socket', path])
  assert.match(await asked, /"do":"facts"/)
  child.kill('SIGINT')
  assert.deepEqual(await finished, { code: 130, stdout: '', stderr: '' })
})

test('words that a command does not take are refused with exit code 2, before the node is asked', async (t) => {
  const path = await socketPath(t)
  const asked: string[] = []
  const answer = (name: string) => () => {
    asked.push(name)
    return []
  }
  const door = await openAdminSocket(
    path,
    { peers: answer('peers'), bans: answer('bans'), book: answer('book') },
    nullLogger
  )
  t.after(async () => await door.close())
  for (const words of [
    ['peers', 'list', 'extra'],
    ['bans', 'list', ID],
    ['book', 'list', 'file.json'],
    ['peers', 'drop', ID, ID],
    ['bans', 'unban', ID, 'x'],
    ['why', ID, 'x'],
    ['peers', 'everybody']
  ]) {
    const terminal = fakeTerminal()
    assert.equal(await run([...words, '--socket', path], terminal), 2, words.join(' '))
    assert.equal(terminal.warned.length, 1, words.join(' '))
  }
  assert.deepEqual(asked, [])
  for (const words of [['peers'], ['peers', 'list'], ['bans', 'list'], ['book', 'list']])
    assert.equal(await run([...words, '--socket', path], fakeTerminal()), 0, words.join(' '))
  assert.deepEqual(asked, ['peers', 'peers', 'bans', 'book'])
})
