/** The memory stack passes the link suite, without and with latency. */
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import { MemoryNetwork } from '../../../src/stacks/memory/network.ts'
import { MEMORY_PORT, MemoryStack } from '../../../src/stacks/memory/stack.ts'
import { WINDOW_BYTES } from '../../../src/stacks/memory/window.ts'
import { linkSuite, type StackUnderTest } from '../../conformance/link.ts'

const [alice, bob, stranger] = [1, 2, 3].map((i) => nodeKeyFromSeed(new Uint8Array(32).fill(i))) as [
  ReturnType<typeof nodeKeyFromSeed>,
  ReturnType<typeof nodeKeyFromSeed>,
  ReturnType<typeof nodeKeyFromSeed>
]

for (const given of [
  { seed: 1, latencyMs: 0 },
  { seed: 2, latencyMs: 2, jitterMs: 3 }
])
  linkSuite(`memory, ${JSON.stringify(given)}`, {
    timeoutMs: 20_000,
    maxUnconsumedBytes: WINDOW_BYTES,
    stranger,
    async setup() {
      const network = new MemoryNetwork(given)
      const under = (nodeKey: typeof alice, host: string): StackUnderTest & { stack: MemoryStack } => ({
        stack: new MemoryStack({ network, nodeKey, host }),
        id: nodeKey.id,
        peerId: nodeKey.peerId,
        address: (as) => netAddressFromParts((as ?? nodeKey).id, host, MEMORY_PORT)
      })
      const dialer = under(alice, 'alice')
      const listener = under(bob, 'bob')
      return {
        dialer,
        listener,
        nowhere: () => netAddressFromParts(bob.id, 'nowhere', MEMORY_PORT),
        lose: () => network.cut(dialer.stack, listener.stack),
        teardown: async () => {}
      }
    }
  })
