/** The commands of `comet-libp2p`, and how they end: 0 if what was asked for happened, 1 if not, 2 if the command line is wrong; 130 if an operator's question was interrupted. */
import { UsageError } from './flags.ts'
import { processTerminal, type Terminal } from './terminal.ts'

type Command = (args: readonly string[], terminal: Terminal) => Promise<number>

/** Loaded when they are asked for: `id` needs no network. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./demo.ts')).demo,
  node: async () => (await import('./node.ts')).node,
  bridge: async () => (await import('./bridge.ts')).bridge,
  id: async () => (await import('./id.ts')).id,
  peers: async () => (await import('./admin.ts')).peers,
  bans: async () => (await import('./admin.ts')).bans,
  book: async () => (await import('./admin.ts')).book,
  why: async () => (await import('./admin.ts')).why
}

const HELP = `comet-libp2p: CometBFT reactors on js-libp2p

usage: comet-libp2p [command] [flags]

  demo    four nodes on two stacks, on this machine, that move real blocks and transactions (the
          default)
  node    join a network of Go CometBFT nodes or of this library's, by libp2p, the classic stack
          or both
  bridge  join a classic network and an lp2p network into one chain
  id      the ids and addresses of a home; persistent_peers <-> bootstrap_peers

  of a running node, over a local socket:
  peers   who is connected; dial, drop
  bans    whom it refuses; ban, unban
  book    its address book; export, import
  why     why a node stands where it does

  comet-libp2p <command> --help says more about each.`

/** Runs one command. Never rejects: what goes wrong is one line on the error stream. */
export async function run(args: readonly string[], terminal: Terminal = processTerminal(process)): Promise<number> {
  const [first = ''] = args
  if (first === 'help' || first === '--help' || first === '-h') {
    terminal.print(HELP)
    return 0
  }
  try {
    // `comet-libp2p --seconds 5` is the demo's
    const named = first !== '' && !first.startsWith('-')
    const name = named ? first : 'demo'
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (load === undefined)
      throw new UsageError(`${JSON.stringify(first)} is no command; there are ${Object.keys(COMMANDS).join(', ')}`)
    const command = await load()
    return await command(named ? args.slice(1) : args, terminal)
  } catch (err) {
    terminal.warn(`comet-libp2p: ${(err as Error).message}`)
    return err instanceof UsageError ? 2 : 1
  }
}
