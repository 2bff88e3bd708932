/** Both ends over our memory stack, in one process: what Switch, outbox and inbox cost without a network. */
import { createMemoryNetwork } from '../../src/testing/index.ts'
import type { Load } from '../cell.ts'
import type { ReceivingEnd, SendingEnd } from './end.ts'
import { BenchReactor, OursSender } from './ours.ts'

export async function memoryEnds(load: Load): Promise<{ receiver: ReceivingEnd; sender: SendingEnd }> {
  const network = createMemoryNetwork({ seed: 1, latencyMs: 0 })
  const reactors = [new BenchReactor(load), new BenchReactor(load)] as const
  const [from, to] = reactors.map((reactor, i) => {
    const sw = network.createSwitch({ network: 'bench', moniker: `bench${i}`, allowDuplicateIP: true })
    sw.addReactor('BENCH', reactor)
    return sw
  }) as [ReturnType<typeof network.createSwitch>, ReturnType<typeof network.createSwitch>]
  await from.start()
  await to.start()
  const peer = await from.dialPeerWithAddress(to.nodeInfo().netAddress())
  const { counter } = reactors[1]
  return {
    receiver: { addresses: [], counts: counter.counts, takeLatencies: () => counter.takeLatencies() },
    sender: new OursSender(load, peer)
  }
}
