/**
 * Runs in a network namespace of its own: two nodes per stack at two loopback addresses, and then a rule that drops every packet between the two. Prints a line of
 * JSON per stack: how long it took either side to give its peer up, ms, and the reason's kind.
 *
 * `ip rule` and not a firewall, because it needs no tool and no kernel module that a bare machine lacks. The rule stands before the table of local addresses, which
 * is looked up first by default.
 */
import { execFileSync } from 'node:child_process'
import { createNode, type StackName } from '../../src/node/create-node.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { KEEP_ALIVE } from './dead-link-timing.ts'

const ip = (...args: string[]) => execFileSync('ip', args)

ip('link', 'set', 'lo', 'up')
ip('rule', 'add', 'pref', '100', 'lookup', 'local')
ip('rule', 'del', 'pref', '0')

async function pair(stack: StackName) {
  const [near, far] = [new TextReactor(), new TextReactor()]
  const common = { network: 'chain', stacks: [stack], allowDuplicateIP: true, ...KEEP_ALIVE }
  const b = await createNode({ ...common, listen: ['tcp://127.0.0.2:0'], reactors: { TEXT: far } })
  const a = await createNode({ ...common, listen: [], reactors: { TEXT: near } })
  const peer = await a.switch.dialPeerWithAddress(String(b.switch.nodeInfo().netAddress()))
  await peer.send({ channelId: 0x10, message: 'alive' })
  await far.until(() => far.received.length === 1)
  return { stack, nodes: [a, b], reactors: [near, far] }
}

const pairs = [await pair('comet'), await pair('libp2p')]
ip('rule', 'add', 'pref', '50', 'blackhole', 'to', '127.0.0.2')
ip('rule', 'add', 'pref', '51', 'blackhole', 'from', '127.0.0.2')
const cutAt = performance.now()
await Promise.all(
  pairs.map(async ({ stack, reactors }) => {
    const noticed = reactors.map(async (reactor) => {
      await reactor.until(() => reactor.removed.length > 0)
      const reason = reactor.removed[0]?.reason as { kind?: string } | undefined
      return { ms: Math.round(performance.now() - cutAt), kind: reason?.kind }
    })
    console.log(JSON.stringify({ stack, noticed: await Promise.all(noticed) }))
  })
)
await Promise.all(pairs.flatMap(({ nodes }) => nodes.map((node) => node.stop())))
