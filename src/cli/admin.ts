/**
 * `comet-libp2p peers`, `bans`, `book` and `why`: an operator's words with a running node, over its local socket (node/admin). Who may open the socket's file may
 * ask; nothing else is checked.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { parseNetAddress } from '../identity/net-address.ts'
import { parseNodeId } from '../identity/node-id.ts'
import type { Ban } from '../interface/address-book.ts'
import type { AdminBookEntry, AdminPeer, NodeFacts } from '../node/admin/actions.ts'
import { askNode } from '../node/admin/admin-socket.ts'
import { span, whyLines } from '../node/admin/why.ts'
import { ADMIN_SOCKET, DEFAULT_HOME, inHome, resolveHome } from '../node/home.ts'
import { flagValue, positiveNumber, readFlags, UsageError } from './flags.ts'
import { INTERRUPTED_EXIT_CODE, type Terminal } from './terminal.ts'

const COMMON = `  --home DIR     the home of the node (default $CMTHOME, else ~/.cometbft)
  --socket PATH  its socket, where that is not in the home
  --json         the answer as JSON
  --help         this text`

export const PEERS_HELP = `comet-libp2p peers: the peers of a running node

usage: comet-libp2p peers [list]           who is connected
       comet-libp2p peers dial ADDRESS     dial a node now, in any form of address
       comet-libp2p peers drop ID          part with a peer in good order: not redialled for
                                           10 minutes, a persistent one not at all

${COMMON}`

export const BANS_HELP = `comet-libp2p bans: whom a running node refuses

usage: comet-libp2p bans [list]
       comet-libp2p bans ban ID [--hours N] [--reason TEXT]   refuse a node, and part with it
       comet-libp2p bans unban ID

  --hours N      for how long (default: 24), whatever ban there was
  --reason TEXT  for the list
${COMMON}`

export const BOOK_HELP = `comet-libp2p book: the address book of a running node

usage: comet-libp2p book [list]
       comet-libp2p book export FILE   write it as JSON
       comet-libp2p book import FILE   take the addresses of an export; the node tries them itself

${COMMON}`

export const WHY_HELP = `comet-libp2p why: why a node stands where it does

usage: comet-libp2p why ID

  ID             40 hex digits, or a PeerId
${COMMON}`

const FLAGS = {
  home: { type: 'string' },
  socket: { type: 'string' },
  hours: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false }
} as const

interface Asked {
  readonly words: readonly string[]
  readonly json: boolean
  readonly hours: number | undefined
  readonly reason: string | undefined
  ask(request: Readonly<Record<string, unknown>>): Promise<unknown>
}

/** Undefined: only help was asked for. */
function read(args: readonly string[], help: string, terminal: Terminal): Asked | undefined {
  const { values, positionals } = readFlags(args, FLAGS, true)
  if (values.help) {
    terminal.print(help)
    return undefined
  }
  const home = flagValue('--home', () => resolveHome(values.home ?? process.env.CMTHOME ?? DEFAULT_HOME))
  const path = values.socket ?? inHome(home, ADMIN_SOCKET)
  return {
    words: positionals,
    json: values.json,
    hours: positiveNumber('--hours', values.hours, 1e6),
    reason: values.reason,
    ask: (request) => askNode(path, request, { signal: terminal.interrupted })
  }
}

type Command = (args: readonly string[], terminal: Terminal) => Promise<number>

/** A command that asks a node. Interrupted while it waits for the answer, it ends at once. */
function operator(help: string, run: (asked: Asked, terminal: Terminal) => Promise<number>): Command {
  return async (args, terminal) => {
    const asked = read(args, help, terminal)
    if (asked === undefined) return 0
    try {
      return await run(asked, terminal)
    } catch (err) {
      if (terminal.interrupted.aborted) return INTERRUPTED_EXIT_CODE
      throw err
    }
  }
}

/** The one argument of a command. */
function argument<T>(words: readonly string[], name: string, parse: (text: string) => T): T {
  const [command = '', text, ...more] = words
  if (text === undefined || more.length > 0) throw new UsageError(`${command}: expected one ${name}`)
  return flagValue(command, () => parse(text))
}

const nodeId = (text: string) => parseNodeId('id', text)

/** `list` takes no argument. */
function noMore([command = '', ...more]: readonly string[]): void {
  if (more.length > 0) throw new UsageError(`${command}: takes no argument, found ${JSON.stringify(more[0])}`)
}

export const peers = operator(PEERS_HELP, async (asked, terminal) => {
  const { words, json, ask } = asked
  const [what = 'list'] = words
  if (what === 'list') {
    noMore(words)
    const found = (await ask({ do: 'peers' })) as AdminPeer[]
    return say(terminal, json, found, found.length === 0 ? ['no peer is connected'] : found.map(peerLine))
  }
  if (what === 'dial') {
    const address = argument(words, 'address', parseNetAddress)
    const peer = (await ask({ do: 'dial', address: String(address) })) as AdminPeer
    return say(terminal, json, peer, [`connected: ${peerLine(peer)}`])
  }
  if (what === 'drop') {
    const id = argument(words, 'id', nodeId)
    return say(terminal, json, await ask({ do: 'drop', id }), [`${id} was stopped in good order`])
  }
  throw new UsageError(`peers: expected list, dial or drop, found ${JSON.stringify(what)}`)
})

export const bans = operator(BANS_HELP, async (asked, terminal) => {
  const { words, json, ask, hours, reason } = asked
  const [what = 'list'] = words
  if (what === 'list') {
    noMore(words)
    const found = (await ask({ do: 'bans' })) as Ban[]
    return say(terminal, json, found, found.length === 0 ? ['nobody is banned'] : found.map(banLine))
  }
  if (what === 'ban') {
    const id = argument(words, 'id', nodeId)
    const banMs = hours === undefined ? {} : { banMs: hours * 3_600_000 }
    const ban = (await ask({ do: 'ban', id, ...banMs, ...(reason === undefined ? {} : { reason }) })) as Ban
    return say(terminal, json, ban, [banLine(ban)])
  }
  if (what === 'unban') {
    const id = argument(words, 'id', nodeId)
    return say(terminal, json, await ask({ do: 'unban', id }), [`${id} is no longer banned`])
  }
  throw new UsageError(`bans: expected list, ban or unban, found ${JSON.stringify(what)}`)
})

export const book = operator(BOOK_HELP, async (asked, terminal) => {
  const { words, json, ask } = asked
  const [what = 'list'] = words
  if (what === 'import') {
    const file = argument(words, 'file', (text) => text)
    const text = await readFile(file, 'utf8')
    const entries = flagValue(file, () => JSON.parse(text) as unknown)
    const done = (await ask({ do: 'import', entries })) as { taken: number; refused: Record<string, number> }
    const refused = Object.entries(done.refused).map(([why, count]) => `, ${count} refused as ${why}`)
    return say(terminal, json, done, [`${done.taken} addresses taken${refused.join('')}`])
  }
  if (what !== 'list' && what !== 'export')
    throw new UsageError(`book: expected list, export or import, found ${JSON.stringify(what)}`)
  const file = what === 'export' ? argument(words, 'file', (text) => text) : undefined
  if (file === undefined) noMore(words)
  const found = (await ask({ do: 'book' })) as AdminBookEntry[]
  if (file === undefined)
    return say(terminal, json, found, found.length === 0 ? ['the book is empty'] : found.map(entryLine))
  await writeFile(file, `${JSON.stringify(found, undefined, 2)}\n`)
  return say(terminal, json, { entries: found.length, file }, [`${found.length} nodes written to ${file}`])
})

export const why = operator(WHY_HELP, async (asked, terminal) => {
  const id = argument(['why', ...asked.words], 'id', nodeId)
  const facts = (await asked.ask({ do: 'facts', id })) as NodeFacts
  return say(terminal, asked.json, facts, whyLines(facts, Date.now()))
})

function say(terminal: Terminal, json: boolean, result: unknown, lines: readonly string[]): number {
  terminal.print(json ? JSON.stringify(result) : lines.map(printable).join('\n'))
  return 0
}

/** What a remote says of itself must not move the cursor. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, ' ')
}

function peerLine({ id, direction, stack, address, moniker, connectedMs, score }: AdminPeer): string {
  const way = direction === 'outbound' ? 'out' : 'in '
  return `${id} ${way} ${stack.padEnd(6)} ${span(connectedMs).padStart(7)} ${score.toFixed(0).padStart(4)}  ${address}  ${moniker}`
}

function banLine({ id, until, address, reason }: Ban): string {
  return `${id} until ${new Date(until).toISOString()}${address === '' ? '' : ` ${address}`}${reason === undefined ? '' : ` (${reason})`}`
}

function entryLine({ id, kind, good, attempts, addresses }: AdminBookEntry): string {
  return `${id} ${kind === 'old' ? 'proven ' : 'hearsay'} ${good ? 'good' : '    '} ${String(attempts).padStart(3)} ${addresses.join(' ')}`
}
