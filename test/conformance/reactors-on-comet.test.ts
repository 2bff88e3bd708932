/** The reactor suite on the classic stack over loopback, each node made as a user makes it without files: a switch over a stack. */
import { generateNodeKey } from '../../src/identity/node-key.ts'
import { CometStack } from '../../src/stacks/comet/stack.ts'
import { CometSwitch } from '../../src/switch/switch.ts'
import { cut } from '../stacks/comet/tcp-watch.ts'
import { type NodeUnderTest, reactorSuite } from './reactor-api.ts'

reactorSuite('the classic stack', {
  stack: 'comet',
  timeoutMs: 60_000,
  goodbyes: false,
  async setup() {
    const ports = new Map<NodeUnderTest, () => number>()
    return {
      async createNode({ moniker, switch: options, policy }) {
        const nodeKey = generateNodeKey()
        const stack = new CometStack({ nodeKey, listen: ['tcp://127.0.0.1:0'] })
        const sw = new CometSwitch({ ...options, moniker, policy, nodeKey, stacks: [stack] })
        // known after stop too
        let port = 1
        const node: NodeUnderTest = {
          sw,
          async start() {
            await sw.start()
            port = sw.nodeInfo().netAddress().port
          },
          stop: () => sw.stop(),
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
