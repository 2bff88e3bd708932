/** The operator's socket, over a real socket file and real switches that meet in memory. */
import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import type { Ban } from '../../src/interface/address-book.ts'
import { type AdminPeer, adminActions, type NodeFacts } from '../../src/node/admin/actions.ts'
import { askNode, MAX_REQUEST_BYTES, openAdminSocket } from '../../src/node/admin/admin-socket.ts'
import { whyLines } from '../../src/node/admin/why.ts'
import { BanList } from '../../src/switch/admission/ban-list.ts'
import { createMemoryNetwork } from '../../src/testing/index.ts'
import { systemClock } from '../../src/util/clock.ts'
import { nullLogger } from '../../src/util/logger.ts'
import { TextReactor } from '../helpers/text-reactor.ts'

async function scene(t: TestContext) {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const net = createMemoryNetwork({ seed: 1 })
  const book = new BanList(systemClock)
  const a = net.createSwitch({
    network: 'chain',
    moniker: 'a',
    addressBook: book,
    reactors: { TEXT: new TextReactor() }
  })
  const b = net.createSwitch({ network: 'chain', moniker: 'b', reactors: { TEXT: new TextReactor() } })
  await Promise.all([a.start(), b.start()])
  const path = join(dir, 'node.sock')
  const door = await openAdminSocket(path, adminActions({ switch: a, book }), nullLogger)
  t.after(async () => {
    await door.close()
    await Promise.all([a.stop(), b.stop()])
    await rm(dir, { recursive: true })
  })
  return { a, b, path, dir, book, id: b.nodeInfo().id, address: String(b.nodeInfo().netAddress()) }
}

/** What the loop has in hand is done. */
async function turn(): Promise<void> {
  for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve))
}

test("the socket is its owner's alone, and is gone with its node", async () => {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const path = join(dir, 'node.sock')
  const door = await openAdminSocket(path, {}, nullLogger)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  await assert.rejects(openAdminSocket(path, {}, nullLogger), /no other node listens; one does here/)
  await door.close()
  await assert.rejects(stat(path), { code: 'ENOENT' })
  await assert.rejects(askNode(path, { do: 'peers' }), /there is no socket at .*: no node runs/)
  await assert.rejects(openAdminSocket(join(dir, 'x'.repeat(120)), {}, nullLogger), /adminSocket/)
  await rm(dir, { recursive: true })
})

test('a socket that a killed node has left is taken over; a file that is no socket is not removed', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const path = join(dir, 'node.sock')
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, [
    '-e',
    `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`
  ])
  await new Promise((resolve) => child.stdout.once('data', resolve))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  const door = await openAdminSocket(path, { hello: () => 'hi' }, nullLogger)
  assert.equal(await askNode(path, { do: 'hello' }), 'hi')
  await door.close()
  await writeFile(path, 'mine')
  await assert.rejects(openAdminSocket(path, {}, nullLogger))
  assert.equal((await stat(path)).size, 4)
  await rm(dir, { recursive: true })
})

test('an operator dials, lists, drops, bans, unbans and asks why', async (t) => {
  const { a, path, id, address, b } = await scene(t)
  const why = async () => whyLines((await askNode(path, { do: 'facts', id })) as NodeFacts, Date.now())
  assert.match((await why())[0] ?? '', /is not known/)
  assert.deepEqual(await askNode(path, { do: 'peers' }), [])
  const dialled = (await askNode(path, { do: 'dial', address })) as AdminPeer
  assert.deepEqual([dialled.id, dialled.direction, dialled.stack, dialled.moniker], [id, 'outbound', 'memory', 'b'])
  assert.match((await why())[0] ?? '', /is connected: outbound, memory, .*"b"/)
  await askNode(path, { do: 'drop', id })
  assert.equal(a.peers().size, 0)
  assert.match((await why())[0] ?? '', /is known and not connected/)
  await assert.rejects(askNode(path, { do: 'drop', id }), /is not connected/)
  await askNode(path, { do: 'dial', address })
  await askNode(path, { do: 'ban', id, banMs: 60_000, reason: 'a test' })
  assert.equal(a.peers().size, 0)
  const banned = await why()
  assert.match(banned[0] ?? '', /is refused until .*, in 60 s/)
  assert.match(banned[1] ?? '', /because of: a test/)
  await assert.rejects(askNode(path, { do: 'dial', address }), /banned/)
  await assert.rejects(b.dialPeerWithAddress(a.nodeInfo().netAddress()), { refusal: 'banned' })
  await askNode(path, { do: 'unban', id })
  assert.deepEqual(await askNode(path, { do: 'bans' }), [])
  await askNode(path, { do: 'dial', address })
  await assert.rejects(askNode(path, { do: 'unban', id }), /is not banned/)
  assert.match(
    whyLines((await askNode(path, { do: 'facts', id: a.nodeInfo().id })) as NodeFacts, 0)[0] ?? '',
    /is this node/
  )
})

test('a ban takes the place of the one before, and a length beyond all time is as long as there is time', async (t) => {
  const { path, id, address } = await scene(t)
  const ban = async (banMs: number, reason: string) => (await askNode(path, { do: 'ban', id, banMs, reason })) as Ban
  const first = await ban(86_400_000, 'more')
  assert.deepEqual([first.until - first.since, first.reason], [86_400_000, 'more'])
  const second = await ban(3_600_000, 'less')
  assert.deepEqual([second.until - second.since, second.reason, second.byOperator], [3_600_000, 'less', true])
  assert.equal(new Date((await ban(1e308, 'for ever')).until).getUTCFullYear(), 275_760)
  await assert.rejects(askNode(path, { do: 'dial', address }), /banned until \+275760/)
})

test('what is wrong with a request is its answer, and names the field', async (t) => {
  const { path, id, a, address } = await scene(t)
  const other = 'ab'.repeat(20)
  a.addUnconditionalPeerIDs([other])
  await assert.rejects(askNode(path, { do: 'nothing' }), /do: .*one of peers, dial/)
  await assert.rejects(askNode(path, { do: 'constructor' }), /do: /)
  await assert.rejects(askNode(path, { do: 'ban', id: 'xyz' }), { message: /id/ })
  await assert.rejects(askNode(path, { do: 'ban', id, banMs: -1 }), /banMs/)
  await assert.rejects(askNode(path, { do: 'dial', address: 'nowhere' }), /nowhere/)
  await assert.rejects(askNode(path, { do: 'book' }), /keeps no address book/)
  await assert.rejects(askNode(path, { do: 'ban', id: a.nodeInfo().id }), /is this node, which does not ban itself/)
  a.addPersistentPeers([address])
  await assert.rejects(askNode(path, { do: 'ban', id }), /is persistent by configuration: such peers are never banned/)
  await assert.rejects(askNode(path, { do: 'ban', id: other }), /is unconditional by configuration/)
  assert.deepEqual(await askNode(path, { do: 'bans' }), [])
  assert.equal(((await askNode(path, { do: 'facts', id })) as NodeFacts).persistent, true)
})

test('an operator who talks too long, nonsense, or not at all costs the node nothing', async (t) => {
  const { path } = await scene(t)
  const say = (data: string | Buffer) =>
    new Promise<string>((resolve) => {
      const socket = createConnection(path)
      let text = ''
      socket.on('error', () => undefined)
      socket.on('data', (more) => {
        text += more
      })
      socket.on('close', () => resolve(text))
      socket.write(data)
    })
  assert.match(await say('not json\n'), /"ok":false/)
  assert.match(await say('null\n'), /"ok":false/)
  assert.match(await say('{"do":"peers"}\n{"do":"peers"}\n'), /^\{"ok":true,"result":\[\]\}\n$/)
  assert.match(await say(Buffer.alloc(MAX_REQUEST_BYTES + 1, 'x')), /"ok":false.*at most/)
  const silent = Array.from({ length: 4 }, () => createConnection(path))
  assert.deepEqual(await askNode(path, { do: 'peers' }), [])
  for (const socket of silent) socket.destroy()
})

test('a client that shuts its side after the line, or ends the line with that, is answered', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const path = join(dir, 'node.sock')
  // an answer that takes a turn of the event loop
  const slow = () => new Promise((resolve) => setImmediate(() => resolve('late')))
  const door = await openAdminSocket(path, { slow }, nullLogger)
  const say = (data: string) =>
    new Promise<string>((resolve) => {
      const socket = createConnection({ path, allowHalfOpen: true })
      let text = ''
      socket.on('data', (more) => {
        text += more
      })
      socket.on('close', () => resolve(text))
      socket.end(data)
    })
  const answer = '{"ok":true,"result":"late"}\n'
  assert.equal(await say('{"do":"slow"}\n'), answer)
  assert.equal(await say('{"do":"slow"}'), answer)
  assert.equal(await say(''), '')
  await door.close()
  await rm(dir, { recursive: true })
})

test('clients that keep their side open after the answer hold no place; who comes while all are taken is told so', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const path = join(dir, 'node.sock')
  let release: (answer: string) => void = () => undefined
  const given = new Promise<string>((resolve) => {
    release = resolve
  })
  let asked = 0
  let allAsked: () => void = () => undefined
  const all = new Promise<void>((resolve) => {
    allAsked = resolve
  })
  const wait = () => {
    if (++asked === 8) allAsked()
    return given
  }
  const door = await openAdminSocket(path, { wait, hello: () => 'hi' }, nullLogger)
  const heard: string[] = []
  const held: Socket[] = []
  const answered: Promise<void>[] = []
  for (let n = 0; n < 8; n++) {
    const socket = createConnection({ path, allowHalfOpen: true })
    socket.on('data', (data) => heard.push(String(data)))
    answered.push(new Promise((resolve) => socket.once('end', () => resolve())))
    socket.write('{"do":"wait"}\n')
    held.push(socket)
  }
  await all
  for (let n = 0; n < 20; n++) await assert.rejects(askNode(path, { do: 'hello' }), /busy: 8 others ask/)
  release('now')
  await Promise.all(answered)
  await turn()
  await assert.rejects(askNode(path, { do: 'hello' }), /busy/)
  t.mock.timers.tick(1_000)
  await turn()
  assert.deepEqual(heard, Array(8).fill('{"ok":true,"result":"now"}\n'))
  assert.equal(await askNode(path, { do: 'hello' }), 'hi')
  for (const socket of held) socket.destroy()
  await door.close()
  await rm(dir, { recursive: true })
})

test("the process' umask is what it was before the door has opened, and stays what others make it meanwhile", async () => {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const path = join(dir, 'node.sock')
  const before = process.umask(0o022)
  const { umask } = process
  try {
    const set: unknown[] = []
    process.umask = ((mask?: number) => {
      if (mask === undefined) return umask()
      set.push(mask)
      // as somebody else does in a later turn, while the door is being opened
      if (set.length === 2) setImmediate(() => umask(0o027))
      return umask(mask)
    }) as typeof umask
    const door = await openAdminSocket(path, {}, nullLogger)
    await turn()
    assert.deepEqual([set, umask()], [[0o177, 0o022], 0o027])
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    await door.close()
  } finally {
    process.umask = umask
    process.umask(before)
    await rm(dir, { recursive: true })
  }
})

test('a node that takes the question and says nothing is given up after a while, or at once when nobody waits any more', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const path = join(dir, 'node.sock')
  const held = new Set<Socket>()
  const server = createServer((socket) => held.add(socket))
  await new Promise<void>((resolve) => server.listen(path, resolve))
  await assert.rejects(
    askNode(path, { do: 'peers' }, { timeoutMs: 20 }),
    /has not answered within 0.02 s: it is stopped/
  )
  const abort = new AbortController()
  const asking = askNode(path, { do: 'peers' }, { signal: abort.signal })
  abort.abort(new Error('enough'))
  await assert.rejects(asking, /enough/)
  await assert.rejects(askNode(path, { do: 'peers' }, { signal: abort.signal }), /enough/)
  for (const socket of held) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  await rm(dir, { recursive: true })
})

test('in a worker thread the socket opens where others cannot come near it, and else says what is wrong', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const module = new URL('../../src/node/admin/admin-socket.ts', import.meta.url).href
  const inWorker = (path: string) =>
    new Promise<string>((resolve, reject) => {
      const worker = new Worker(
        `import(${JSON.stringify(module)}).then(async ({ openAdminSocket }) => {
          const door = await openAdminSocket(${JSON.stringify(path)}, {}, { debug() {} })
          const mode = require('node:fs').statSync(${JSON.stringify(path)}).mode & 0o777
          await door.close()
          return mode.toString(8)
        }).catch((err) => err.message).then((said) => require('node:worker_threads').parentPort.postMessage(said))`,
        { eval: true }
      )
      worker.once('message', resolve)
      worker.once('error', reject)
    })
  const before = process.umask(0o002)
  try {
    assert.equal(await inWorker(join(dir, 'node.sock')), '600')
    await chmod(dir, 0o755)
    assert.match(await inWorker(join(dir, 'node.sock')), /adminSocket: .*mode 0700.*worker thread/)
    process.umask(0o022)
    assert.equal(await inWorker(join(dir, 'node.sock')), '600')
  } finally {
    process.umask(before)
    await rm(dir, { recursive: true })
  }
})

test('a node that ends without an answer is told apart from one that is not there', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'admin-'))
  const path = join(dir, 'node.sock')
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(path, resolve))
  await assert.rejects(askNode(path, {}))
  await new Promise((resolve) => server.close(resolve))
  await rm(dir, { recursive: true })
})
