/** Links of the classic stack pass the link suite, on real sockets with the real encryption; as they are, and with all that can be set. */
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import type { MConnOptions } from '../../../src/stacks/comet/mconn-options.ts'
import { establishedLinkSuite, type StackUnderTest } from '../../conformance/link.ts'
import { TestStack } from './nodes.ts'

/** Its own figure would take seconds per test. */
const RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024

const SUITES: ReadonlyArray<{ name: string; options: MConnOptions }> = [
  { name: 'comet', options: {} },
  { name: 'comet with a flush throttle', options: { flushThrottleMs: 2 } },
  { name: 'comet with rates', options: { sendRate: 50_000_000, recvRate: 60_000_000 } },
  { name: 'comet with odd packets', options: { maxPacketMsgPayloadSize: 700 } }
]

for (const { name, options } of SUITES)
  establishedLinkSuite(name, {
    timeoutMs: 30_000,
    maxUnconsumedBytes: RECEIVE_BUFFER_BYTES,
    stranger: generateNodeKey(),
    goodbyes: false,
    async setup() {
      const stacks = [0, 1].map(
        () => new TestStack({ options: { receiveBufferBytes: RECEIVE_BUFFER_BYTES, ...options } })
      )
      const under = (stack: TestStack): StackUnderTest => ({
        stack,
        id: stack.key.id,
        peerId: stack.key.peerId,
        address: (as) => stack.address(as?.id)
      })
      const [dialer, listener] = stacks as [TestStack, TestStack]
      return {
        dialer: under(dialer),
        listener: under(listener),
        nowhere: () => netAddressFromParts(listener.key.id, '127.0.0.1', 1),
        lose() {
          for (const { sockets } of stacks) for (const socket of sockets) socket.destroy(new Error('cut'))
        },
        teardown: async () => {}
      }
    }
  })
