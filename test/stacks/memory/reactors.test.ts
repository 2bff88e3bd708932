/** The reactor suite over memory, without and with latency. */
import { createMemoryNetwork } from '../../../src/testing/memory-network.ts'
import { type NodeUnderTest, reactorSuite } from '../../conformance/reactor-api.ts'

for (const given of [
  { seed: 1, latencyMs: 0 },
  { seed: 2, latencyMs: 1, jitterMs: 2 }
])
  reactorSuite(`memory, ${JSON.stringify(given)}`, {
    stack: 'memory',
    timeoutMs: 30_000,
    async setup() {
      const net = createMemoryNetwork(given)
      return {
        async createNode({ moniker, switch: options, policy }) {
          const sw = net.createSwitch({ ...options, ...policy, moniker })
          return {
            sw,
            start: () => sw.start(),
            stop: () => sw.stop(),
            address(as?: NodeUnderTest) {
              const own = sw.nodeInfo().netAddress()
              return `${as?.sw.nodeInfo().id ?? own.id}@${own.dialString()}`
            }
          }
        },
        lose: (a, b) => net.cut(a.sw, b.sw),
        nowhere: (as) => `${as.sw.nodeInfo().id}@nowhere:26656`,
        teardown: async () => {}
      }
    }
  })
