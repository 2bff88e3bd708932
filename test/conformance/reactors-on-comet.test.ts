/** The reactor suite on the classic stack over loopback: alone in its switch, and as one of two stacks of a libp2p node's. */
import { createLibp2p } from 'libp2p'
import { generateNodeKey } from '../../src/identity/node-key.ts'
import { comet, peerPolicy, type Switch } from '../../src/index.ts'
import { CometStack } from '../../src/stacks/comet/stack.ts'
import { CometSwitch } from '../../src/switch/switch.ts'
import { cut } from '../stacks/comet/tcp-watch.ts'
import { LISTEN, transportOptions } from '../stacks/libp2p/nodes.ts'
import { type NodeOptions, type NodeUnderTest, reactorSuite } from './reactor-api.ts'

interface Made {
  readonly sw: Switch
  start(): Promise<void>
  stop(): Promise<void>
}

async function alone({ moniker, switch: options, policy }: NodeOptions): Promise<Made> {
  const nodeKey = generateNodeKey()
  const stack = new CometStack({ nodeKey, listen: ['tcp://127.0.0.1:0'] })
  const sw = new CometSwitch({ ...options, moniker, policy, nodeKey, stacks: [stack] })
  return { sw, start: () => sw.start(), stop: () => sw.stop() }
}

async function besideLibp2p({ moniker, switch: options, policy: limits }: NodeOptions): Promise<Made> {
  const nodeKey = generateNodeKey()
  const policy = peerPolicy(limits)
  const stack = new CometStack({ nodeKey, listen: ['tcp://127.0.0.1:0'] })
  const libp2p = await createLibp2p({
    start: false,
    privateKey: nodeKey.privateKey,
    addresses: { listen: [LISTEN.tcp] },
    ...(await transportOptions('tcp')),
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    services: { comet: comet({ ...options, moniker, policy, stacks: ['libp2p', stack] }) }
  })
  const sw = libp2p.services.comet as Switch
  return {
    sw,
    start: async () => await libp2p.start(),
    async stop() {
      await sw.stop()
      await libp2p.stop()
    }
  }
}

for (const [name, make] of [
  ['the classic stack', alone],
  ['the classic stack beside libp2p', besideLibp2p]
] as const)
  reactorSuite(name, {
    stack: 'comet',
    timeoutMs: 60_000,
    goodbyes: false,
    async setup() {
      const ports = new Map<NodeUnderTest, () => number>()
      return {
        async createNode(options) {
          const made = await make(options)
          const { sw } = made
          // known after stop too
          let port = 1
          const node: NodeUnderTest = {
            ...made,
            async start() {
              await made.start()
              port = sw.nodeInfo().netAddress().port
            },
            address: (as) => `${(as?.sw ?? sw).nodeInfo().id}@127.0.0.1:${port}`
          }
          ports.set(node, () => port)
          return node
        },
        lose(a, b) {
          for (const node of [a, b]) cut((ports.get(node) as () => number)())
        },
        nowhere: (as) => `${as.sw.nodeInfo().id}@127.0.0.1:1`,
        teardown: async () => {}
      }
    }
  })
