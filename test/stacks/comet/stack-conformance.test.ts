/** The classic stack passes the whole link suite: dials, messages and ends, between two nodes of this library. */
import { netAddressFromParts, parseNetAddress } from '../../../src/identity/net-address.ts'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import { CometStack } from '../../../src/stacks/comet/stack.ts'
import { linkSuite, type StackUnderTest } from '../../conformance/link.ts'
import { cut } from './tcp-watch.ts'

/** Its own figure would take seconds per test. */
const RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024

for (const host of ['127.0.0.1', '[::1]'])
  linkSuite(`the classic stack over ${host}`, {
    timeoutMs: 30_000,
    maxUnconsumedBytes: RECEIVE_BUFFER_BYTES,
    stranger: generateNodeKey(),
    goodbyes: false,
    async setup() {
      const under = (): StackUnderTest & { port(): number } => {
        const nodeKey = generateNodeKey()
        const stack = new CometStack({
          nodeKey,
          listen: [`tcp://${host}:0`],
          receiveBufferBytes: RECEIVE_BUFFER_BYTES
        })
        let last = { host: '127.0.0.1', port: 1 }
        const address: StackUnderTest['address'] = (as = nodeKey) => {
          const [own] = stack.listenAddrs()
          if (own !== undefined) last = parseNetAddress(`${nodeKey.id}@${own.replace('tcp://', '')}`)
          return netAddressFromParts(as.id, last.host, last.port)
        }
        return { stack, id: nodeKey.id, peerId: nodeKey.peerId, address, port: () => address().port }
      }
      const [dialer, listener] = [under(), under()]
      return {
        dialer,
        listener,
        nowhere: () => netAddressFromParts(listener.id, '127.0.0.1', 1),
        lose: () => cut(listener.port()),
        teardown: async () => {}
      }
    }
  })
