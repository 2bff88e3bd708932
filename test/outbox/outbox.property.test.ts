/** Whatever is sent, in whatever order and however the link stutters: nothing is lost, doubled or reordered, and no bound is exceeded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Outbox } from '../../src/outbox/outbox.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'
import { bytes, FakeLink } from '../helpers/fake-link.ts'

const IDS = [0x20, 0x21, 0x22]
const CAPACITY = 3
const MAX_WAITERS = 4
const SEND_TIMEOUT_MS = 10_000

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('send' as const, 'trySend' as const),
      channel: fc.nat(2),
      length: fc.nat(40)
    })
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('credit' as const), slices: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), channel: fc.nat(2), blocked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('abort' as const), nth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 4_000, 10_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const) }) }
)

test('R-42: per channel, what was accepted arrives once and in the order of acceptance; what was refused never does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.record({ quantumBytes: fc.integer({ min: 4, max: 60 }), overheadBytes: fc.nat(3), splits: fc.boolean() }),
      async (steps, traits) => {
        const clock = new FakeClock()
        const link = new FakeLink(traits)
        link.credit = 0
        const channels = IDS.map((id, i) => ({ id, priority: i + 1, sendQueueCapacity: CAPACITY }))
        const outbox = new Outbox(
          { link, channels, clock },
          { sendTimeoutMs: SEND_TIMEOUT_MS, maxWaitersPerChannel: MAX_WAITERS }
        )
        outbox.start()
        const calls: Array<{
          channel: number
          message: string
          sent: boolean | 'aborted' | undefined
          abort: AbortController
        }> = []
        link.onWrite = ({ parts, bytes: length }) => {
          assert.ok(
            !traits.splits || parts.length === 1 || length + parts.length * traits.overheadBytes <= traits.quantumBytes
          )
          assert.ok(traits.splits || parts.length === 1)
        }
        for (const [i, given] of steps.entries()) {
          if (given.do === 'send' || given.do === 'trySend') {
            const message = `${i}:`.padEnd(given.length, 'x')
            const call: (typeof calls)[number] = {
              channel: IDS[given.channel] ?? 0,
              message,
              sent: undefined,
              abort: new AbortController()
            }
            calls.push(call)
            if (given.do === 'trySend') call.sent = outbox.trySend(call.channel, bytes(message))
            else
              outbox.send(call.channel, bytes(message), { signal: call.abort.signal }).then(
                (sent) => (call.sent = sent),
                () => (call.sent = 'aborted')
              )
          } else if (given.do === 'credit') {
            link.credit += given.slices
            outbox.onWritable()
          } else if (given.do === 'block') {
            if (given.blocked) link.blocked.add(IDS[given.channel] ?? 0)
            else link.blocked.delete(IDS[given.channel] ?? 0)
            outbox.onWritable()
          } else if (given.do === 'abort') calls[given.nth]?.abort.abort()
          else if (given.do === 'wait') clock.advance(given.ms)
          else await settle(1)
          for (const { sendQueueSize } of outbox.status()) assert.ok(sendQueueSize <= CAPACITY)
        }
        link.blocked.clear()
        link.credit = Number.POSITIVE_INFINITY
        outbox.onWritable()
        await settle()
        assert.equal(await outbox.flush(), true)
        for (const id of IDS) {
          const accepted = calls.filter(({ channel, sent }) => channel === id && sent === true)
          assert.deepEqual(
            link.messages(id),
            accepted.map(({ message }) => message)
          )
        }
        assert.ok(
          calls.every(({ sent }) => sent !== undefined),
          'every send is decided'
        )
        assert.equal(outbox.sentMessages, calls.filter(({ sent }) => sent === true).length)
        outbox.close()
        assert.equal(clock.pending, 0)
      }
    ),
    { numRuns: 300 }
  )
})

test('channels that always have something share the link by priority', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 3, maxLength: 3 }), async (priorities) => {
      const link = new FakeLink({ quantumBytes: 500, overheadBytes: 4 })
      const channels = IDS.map((id, i) => ({ id, priority: priorities[i] ?? 1, sendQueueCapacity: 50 }))
      const outbox = new Outbox(
        { link, channels, clock: new FakeClock() },
        { sendTimeoutMs: 1, maxWaitersPerChannel: 1 }
      )
      outbox.start()
      link.credit = 0
      const refill = () => {
        for (const id of IDS) while (outbox.trySend(id, new Uint8Array(id === 0x20 ? 30 : 700)));
      }
      link.onWrite = refill
      refill()
      link.credit = 600
      outbox.onWritable()
      while (link.credit > 0) await settle(1)
      outbox.close()
      const sum = priorities.reduce((a, b) => a + b, 0)
      const total = link.slices.reduce((all, slice) => all + slice.bytes + 4 * slice.parts.length, 0)
      for (const [i, id] of IDS.entries()) {
        const got = link.slices
          .filter((slice) => slice.channelId === id)
          .reduce((all, slice) => all + slice.bytes + 4 * slice.parts.length, 0)
        const fair = (total * (priorities[i] ?? 1)) / sum
        assert.ok(Math.abs(got - fair) <= 0.02 * total, `channel ${id} of ${priorities}: ${got} of a fair ${fair}`)
      }
    }),
    { numRuns: 30 }
  )
})
