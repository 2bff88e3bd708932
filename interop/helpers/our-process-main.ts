/** Runs one node of ours and reports what happens to the parent process. Options come as JSON in the first argument. */
import { OurNode, type OurNodeOptions } from './our-node.ts'
import type { Order, Report } from './our-process.ts'

const options = JSON.parse(process.argv[2] ?? '{}') as OurNodeOptions
const report = (message: Report) => void process.send?.(message)
const write = (line: string) => void process.stderr.write(`${line}\n`)

const ours = await OurNode.start({
  ...options,
  write,
  onPeer: (change, peer, reason) =>
    report(
      change === 'added'
        ? { type: 'peer-added', nodeId: peer.id(), outbound: peer.isOutbound() }
        : { type: 'peer-removed', nodeId: peer.id(), reason: JSON.stringify(reason) }
    )
})
ours.mempool.onTx(({ tx }) => report({ type: 'tx', tx: new TextDecoder().decode(tx) }))

let height = 0n
// the store has no events; a tenth of a second is what the tests can see
const look = setInterval(() => {
  if (ours.store.height() === height) return
  height = ours.store.height()
  report({ type: 'height', height: Number(height) })
}, 100)

process.on('message', (order: Order) => {
  if (order.type === 'submit') {
    const { tx } = order
    void ours.mempool
      .submit(new TextEncoder().encode(tx))
      .then(({ accepted }) => report({ type: 'submitted', tx, accepted }))
    return
  }
  clearInterval(look)
  void ours.stop().then(() => process.exit(0))
})
// a parent that died leaves no orphan
process.once('disconnect', () => process.exit(1))
report({ type: 'started' })
