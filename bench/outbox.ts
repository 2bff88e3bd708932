/** How fast the outbox alone is: a link that takes everything. Run: node bench/outbox.ts */
import type { Slice } from '../src/interface/link.ts'
import { Outbox } from '../src/outbox/outbox.ts'
import { systemClock } from '../src/util/clock.ts'

const RUN_MS = 1_500
const BURST = 256

function nullLink() {
  let bytes = 0
  let slices = 0
  return {
    traits: { quantumBytes: 65_507, overheadBytes: 3, splits: true },
    writable: () => true,
    write(slice: Slice) {
      bytes += slice.bytes
      slices++
    },
    flushed: () => Promise.resolve(true),
    seen: () => ({ bytes, slices })
  }
}

async function cell(name: string, size: number, channels: number, capacity: number, how: 'send' | 'trySend') {
  const link = nullLink()
  const ids = Array.from({ length: channels }, (_, id) => ({ id, priority: 1 + id, sendQueueCapacity: capacity }))
  const outbox = new Outbox(
    { link, channels: ids, clock: systemClock },
    { sendTimeoutMs: 10_000, maxWaitersPerChannel: 1024 }
  )
  outbox.start()
  const message = new Uint8Array(size)
  const began = performance.now()
  let accepted = 0
  while (performance.now() - began < RUN_MS) {
    for (let i = 0; i < BURST; i++) {
      if (how === 'trySend') accepted += outbox.trySend(i % channels, message) ? 1 : 0
      else accepted += (await outbox.send(i % channels, message)) ? 1 : 0
    }
    if (how === 'trySend') await new Promise(setImmediate)
  }
  await outbox.flush()
  const seconds = (performance.now() - began) / 1000
  const { slices } = link.seen()
  const rate = Math.round(outbox.sentMessages / seconds)
  console.log(JSON.stringify({ cell: name, msgsPerSecond: rate, msgsPerSlice: Math.round(accepted / slices) }))
  outbox.close()
}

await cell('trySend 200 B, 1 channel', 200, 1, 1000, 'trySend')
await cell('trySend 200 B, 10 channels', 200, 10, 1000, 'trySend')
await cell('send 200 B, 1 channel of 100', 200, 1, 100, 'send')
await cell('send 200 B, 10 channels of 100', 200, 10, 100, 'send')
await cell('send 1 KB, 1 channel of 1', 1024, 1, 1, 'send')
await cell('trySend 1 KB, 1 channel', 1024, 1, 1000, 'trySend')
await cell('send 1 MB, 1 channel of 10', 1 << 20, 1, 10, 'send')
