/**
 * The door for operators of a running node: a local socket whose file only its owner may open (mode 0600), and nothing else asks who somebody is. One line of JSON in,
 * `{"do": <action>, ...args}`, one out, `{"ok": true, "result": ...}` or `{"ok": false, "error": ...}`, then it closes: no state, and any tool can speak it, also one that
 * shuts its side after the line, or ends the line with that.
 * Rejected: a port on loopback, which every user of the machine can reach.
 */
import { chmod, lstat, rm, stat } from 'node:fs/promises'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { InvalidOptionError } from '../../errors.ts'
import type { Logger } from '../../interface/logger.ts'
import type { AdminActions } from './actions.ts'

/** An import is the longest request: about 300 bytes an entry. Ours. */
export const MAX_REQUEST_BYTES = 16 * 1024 * 1024
/** An answer of a whole book. Ours. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
const MAX_CONNECTIONS = 8
/** So many more are told that there is no room; past them, nobody is answered. Ours. */
const MAX_TURNED_AWAY = 8
const IDLE_MS = 30_000
/** For the answer to be read: whoever keeps his side open after it holds a place of the few. Ours. */
const LINGER_MS = 1_000
const OWNER_ONLY = 0o600
/** Who may write to a socket's file may connect. */
const WRITABLE_BY_OTHERS = 0o022
/** Who may not enter a directory reaches nothing in it. */
const OTHERS = 0o077
/** What a socket's path may have on Linux; others have less, and say so themselves. */
export const MAX_SOCKET_PATH_BYTES = 107
/** How long an operator waits for the node's answer. Ours: a dial has 15 s. */
export const ANSWER_TIMEOUT_MS = 20_000

export interface AdminSocket {
  readonly path: string
  /** Closes the door and those who stand in it. */
  close(): Promise<void>
}

/** Opens it. Rejects where another node listens there, or the path cannot be one; a socket that a killed node has left is taken over. */
export async function openAdminSocket(path: string, actions: AdminActions, logger: Logger): Promise<AdminSocket> {
  if (typeof path !== 'string' || path === '' || Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES)
    throw new InvalidOptionError('adminSocket', path, `a path of at most ${MAX_SOCKET_PATH_BYTES} bytes`)
  await clear(path)
  const open = new Set<Socket>()
  const served = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.on('close', () => {
      open.delete(socket)
      served.delete(socket)
    })
    socket.on('error', (err) => logger.debug('An operator went away', { err }))
    if (served.size >= MAX_CONNECTIONS) turnAway(socket)
    else {
      served.add(socket)
      serve(socket, actions)
    }
  })
  server.maxConnections = MAX_CONNECTIONS + MAX_TURNED_AWAY
  await listen(server, path)
  await chmod(path, OWNER_ONLY)
  return {
    path,
    async close() {
      for (const socket of open) socket.destroy()
      // the server removes the file
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}

async function listen(server: Server, path: string): Promise<void> {
  if (!isMainThread) await assertClosedToOthers(path)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    const begin = () =>
      server.listen(path, () => {
        server.off('error', reject)
        resolve()
      })
    // the file is there from `listen` on, within this call: it must never be open to others, not for a moment
    if (isMainThread) closedToOthers(begin)
    else begin()
  })
}

/** The umask is the whole process': it is another one during this call, and nobody else runs meanwhile. */
function closedToOthers(run: () => void): void {
  const before = process.umask(0o177)
  try {
    run()
  } finally {
    process.umask(before)
  }
}

/** A worker thread cannot set the process' umask: it has to be good as it is, or the directory has to. */
async function assertClosedToOthers(path: string): Promise<void> {
  const openFile = (process.umask() & WRITABLE_BY_OTHERS) !== WRITABLE_BY_OTHERS
  if (openFile && ((await stat(dirname(path))).mode & OTHERS) !== 0)
    throw new InvalidOptionError(
      'adminSocket',
      path,
      "a path in a directory that only its owner may enter (mode 0700), as the node runs in a worker thread, which cannot set the process' umask"
    )
}

/** Is a node there? Then it stays; else what a killed one has left goes. */
async function clear(path: string): Promise<void> {
  const found = await new Promise<string | undefined>((resolve) => {
    const socket = createConnection(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve('a node')
    })
    socket.once('error', (err) => resolve((err as NodeJS.ErrnoException).code))
  })
  if (found === 'a node')
    throw new InvalidOptionError('adminSocket', path, 'a path at which no other node listens; one does here')
  // a plain file refuses too, and is not ours to remove
  if (found === 'ECONNREFUSED' && (await lstat(path)).isSocket()) await rm(path, { force: true })
}

/** The last that a client hears: once it is on its way there is no more to wait for. */
function sendLast(socket: Socket, text: string): void {
  socket.once('finish', () => {
    const late = setTimeout(() => socket.destroy(), LINGER_MS)
    socket.once('close', () => clearTimeout(late))
  })
  socket.end(`${text}\n`)
}

function turnAway(socket: Socket): void {
  socket.setTimeout(LINGER_MS, () => socket.destroy())
  // what it asks is nobody's
  socket.resume()
  sendLast(socket, failed('BusyError', `busy: ${MAX_CONNECTIONS} others ask this node already; try again`))
}

function serve(socket: Socket, actions: AdminActions): void {
  const parts: Buffer[] = []
  let bytes = 0
  socket.setTimeout(IDLE_MS, () => socket.destroy())
  const read = (): string => Buffer.concat(parts).toString('utf8')
  const reply = (line: string | undefined) => {
    socket.off('data', onData)
    socket.off('end', onEnd)
    // a line after the first is nobody's
    socket.resume()
    void answer(line, actions).then((text) => sendLast(socket, text))
  }
  const onData = (data: Buffer) => {
    const end = data.indexOf(0x0a)
    parts.push(end < 0 ? data : data.subarray(0, end))
    bytes += data.length
    if (bytes > MAX_REQUEST_BYTES) reply(undefined)
    else if (end >= 0) reply(read())
  }
  const onEnd = () => {
    if (bytes > 0) reply(read())
    else socket.end()
  }
  socket.on('data', onData)
  socket.on('end', onEnd)
}

/** Never rejects. */
async function answer(line: string | undefined, actions: AdminActions): Promise<string> {
  try {
    if (line === undefined) throw new InvalidOptionError('request', 'more', `at most ${MAX_REQUEST_BYTES} bytes`)
    const request: unknown = JSON.parse(line)
    const args = (typeof request === 'object' && request !== null ? request : {}) as Record<string, unknown>
    const action = typeof args.do === 'string' && Object.hasOwn(actions, args.do) ? actions[args.do] : undefined
    if (action === undefined) throw new InvalidOptionError('do', args.do, `one of ${Object.keys(actions).join(', ')}`)
    return JSON.stringify({ ok: true, result: (await action(args)) ?? null })
  } catch (err) {
    const { name, message } = err as Error
    return failed(name, message)
  }
}

function failed(name: string, message: string): string {
  return JSON.stringify({ ok: false, error: { name, message } })
}

export interface AskOptions {
  /** Gives up at once, with the signal's reason. */
  readonly signal?: AbortSignal
  /** @default {@link ANSWER_TIMEOUT_MS} */
  readonly timeoutMs?: number
}

/** The other end: asks a running node. Rejects with what it answers, where no node listens, or where one does and says nothing. */
export async function askNode(
  path: string,
  request: Readonly<Record<string, unknown>>,
  { signal, timeoutMs = ANSWER_TIMEOUT_MS }: AskOptions = {}
): Promise<unknown> {
  signal?.throwIfAborted()
  const text = await new Promise<string>((resolve, reject) => {
    const socket = createConnection(path)
    const parts: Buffer[] = []
    let bytes = 0
    const end = (reason: unknown) => {
      reject(reason)
      socket.destroy()
    }
    const onAbort = () => end(signal?.reason)
    const late = setTimeout(() => end(new Error(tooLate(path, timeoutMs))), timeoutMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`))
    socket.on('data', (data) => {
      parts.push(data)
      bytes += data.length
      if (bytes > MAX_ANSWER_BYTES) end(new Error('the answer is too long'))
    })
    socket.on('end', () => bytes > 0 && resolve(Buffer.concat(parts).toString('utf8')))
    socket.on('error', (err) => reject(new Error(whyNoAnswer(path, err), { cause: err })))
    socket.on('close', () => {
      clearTimeout(late)
      signal?.removeEventListener('abort', onAbort)
      reject(new Error(`the node at ${path} closed without an answer`))
    })
  })
  const { ok, result, error } = JSON.parse(text) as { ok: boolean; result?: unknown; error?: { message?: string } }
  if (!ok) throw new Error(error?.message ?? 'the node refused, and did not say why')
  return result
}

function tooLate(path: string, timeoutMs: number): string {
  return `the node at ${path} has not answered within ${timeoutMs / 1_000} s: it is stopped, stuck or very busy; what was asked of it may still happen`
}

function whyNoAnswer(path: string, err: Error): string {
  const { code } = err as NodeJS.ErrnoException
  if (code === 'ENOENT')
    return `there is no socket at ${path}: no node runs with that home, or it was started without one`
  if (code === 'ECONNREFUSED') return `no node listens at ${path} any more`
  if (code === 'EACCES') return `${path} may be opened by its owner only`
  return `${path}: ${err.message}`
}
