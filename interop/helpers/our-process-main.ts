/** Runs one node of ours, reports what happens to the parent process and does what that orders. Options come as JSON in the first argument. */
import { OurNode, type OurNodeOptions } from './our-node.ts'
import type { Order, Report } from './our-process.ts'
import { usage } from './usage.ts'

const LOOK_MS = 100

const options = JSON.parse(process.argv[2] ?? '{}') as OurNodeOptions
const report = (message: Report) => void process.send?.(message)

const ours = await OurNode.start({
  ...options,
  write: (line) => void process.stderr.write(`${line}\n`),
  onPeer: (change, peer, reason) =>
    report(
      change === 'added'
        ? { type: 'peer-added', nodeId: peer.id(), outbound: peer.isOutbound() }
        : { type: 'peer-removed', nodeId: peer.id(), reason: JSON.stringify(reason) }
    )
})
ours.mempool.onTx(({ tx }) => report({ type: 'tx', tx: new TextDecoder().decode(tx) }))

let height = 0n
// the store has no events
const look = setInterval(() => {
  if (ours.store.height() === height) return
  height = ours.store.height()
  report({ type: 'height', height: Number(height) })
}, LOOK_MS)

async function obey(order: Order): Promise<unknown> {
  switch (order.type) {
    case 'submit':
      return (await ours.mempool.submit(new TextEncoder().encode(order.tx))).accepted
    case 'dial':
      return (await ours.switch.dialPeerWithAddress(order.address)).id()
    case 'send': {
      const peer = ours.switch.peers().get(order.nodeId)
      if (peer === undefined) throw new Error(`${order.nodeId} is no peer of ours`)
      await ours.traffic.sendAll(peer, order.from, order.to, order.payloadBytes)
      return null
    }
    case 'receive':
      await ours.traffic.receives(order.count)
      return ours.traffic.received
    case 'usage': {
      const { user, system } = process.cpuUsage()
      return { ...(await usage(ours)), cpuSeconds: (user + system) / 1e6 }
    }
    case 'stop':
      clearInterval(look)
      await ours.stop()
      return null
  }
}

process.on('message', (order: Order) => {
  obey(order)
    .then((result) => report({ type: 'answer', id: order.id, result }))
    .catch((error) => report({ type: 'answer', id: order.id, error: (error as Error).message }))
})
// a parent that died leaves no orphan
process.once('disconnect', () => process.exit(1))
report({ type: 'started', address: ours.address })
