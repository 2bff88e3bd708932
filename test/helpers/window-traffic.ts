/**
 * Traffic through the windows of a link, without a link: any number of channels send whatever they like at once, and it is consumed in any order. Whoever has windows gives
 * them in; the same two things must hold of all: nobody waits for ever, and what waits is bounded.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'

/** What all windows of a link are together. */
const TOTAL_BYTES = 32 << 20
/** Longer than any window of more than one channel. */
const LONGEST_BYTES = 21_000_000

/** A slice of the message that a channel is sending. */
export interface Slice {
  readonly id: number
  readonly bytes: number
  /** Of its message. */
  readonly total: number
  readonly first: boolean
  readonly last: boolean
}

/** The windows of one link, at both of its ends. */
export interface LinkWindows {
  /** May that channel send now? `left`: bytes of its message that are still to be sent. */
  maySend(id: number, left: number, begun: boolean): boolean
  /** It has sent that, and it has arrived; with the last slice the message waits to be consumed. */
  sent(slice: Slice): void
  /** A message has been consumed, and the sender is told as far as it is to be told. */
  consumed(id: number, total: number): void
}

/** `sliceBytes`: the longest payload of a slice. `shortBytes`: lengths up to this are the most frequent. */
export function assertTrafficFlows(
  createWindows: (channels: number) => LinkWindows,
  { sliceBytes, shortBytes }: { readonly sliceBytes: number; readonly shortBytes: number }
): void {
  const length = fc.oneof(
    { weight: 4, arbitrary: fc.nat(shortBytes) },
    { weight: 2, arbitrary: fc.nat(2_000_000) },
    { weight: 1, arbitrary: fc.integer({ min: LONGEST_BYTES - 5, max: LONGEST_BYTES }) },
    { weight: 1, arbitrary: fc.constant(0) }
  )
  let most = 0
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 256 }), fc.constant(256)),
      fc.array(length, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(1_000), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(0, 1, 8),
      (channels, lengths, choices, consumePerRound) => {
        const windows = createWindows(channels)
        const all = Array.from({ length: channels }, (_, id) => ({
          id,
          queue: lengths.map((_, i) => lengths[(i + id) % lengths.length] as number).slice(0, channels > 12 ? 2 : 5),
          offset: 0,
          waiting: [] as number[]
        }))
        let waits = 0
        let step = 0
        const choose = (count: number) => ((choices[step++ % choices.length] as number) + step) % count
        const consume = () => {
          const some = all.filter(({ waiting }) => waiting.length > 0)
          const channel = some[choose(Math.max(1, some.length))]
          if (channel === undefined) return false
          const done = channel.waiting.shift() as number
          waits -= done
          windows.consumed(channel.id, done)
          return true
        }
        for (;;) {
          const able = all.filter(({ id, queue: [total], offset }) => {
            return total !== undefined && windows.maySend(id, total - offset, offset > 0)
          })
          const channel = able[choose(Math.max(1, able.length))]
          if (channel === undefined) {
            if (all.every(({ queue }) => queue.length === 0)) break
            assert.ok(consume(), 'nobody may send though nothing waits')
            continue
          }
          const { id, offset } = channel
          const total = channel.queue[0] as number
          const bytes = Math.min(total - offset, sliceBytes)
          const last = offset + bytes === total
          windows.sent({ id, bytes, total, first: offset === 0, last })
          channel.offset = last ? 0 : offset + bytes
          waits += bytes
          assert.ok(waits <= TOTAL_BYTES + LONGEST_BYTES, `${waits} bytes wait`)
          most = Math.max(most, waits)
          if (last) channel.waiting.push(channel.queue.shift() as number)
          for (let i = 0; i < consumePerRound && choose(3) === 0; i++) consume()
        }
      }
    ),
    { numRuns: 40 }
  )
  assert.ok(most > TOTAL_BYTES, 'the bound was tried')
}
