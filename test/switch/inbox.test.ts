import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Peer } from '../../src/interface/peer.ts'
import type { Reactor } from '../../src/interface/reactor.ts'
import type { StopReason } from '../../src/interface/stop-reason.ts'
import { Inbox } from '../../src/switch/inbox.ts'
import { deferred } from '../../src/util/deferred.ts'
import type { ChannelTable } from '../../src/wire/channel-table.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'

const CHANNELS: Record<number, { reactor: string; recvMessageCapacity: number }> = {
  1: { reactor: 'A', recvMessageCapacity: 100 },
  2: { reactor: 'B', recvMessageCapacity: 100 },
  4: { reactor: 'B', recvMessageCapacity: 10 }
}

/** What came of it, read afresh: the compiler cannot see that a call in between changes it. */
const kinds = (failures: readonly StopReason[]) => failures.map(({ kind }) => kind)

/** An inbox before hand-made reactors. `receive` gets the channel and the first byte of the message. */
function setUp(
  receive: (channelId: number, value: number) => void | Promise<void>,
  options: { delivery?: 'sender' | 'reactor'; maxBytes?: number; filter?: (value: number) => Error | undefined } = {}
) {
  const clock = new FakeClock()
  const failures: StopReason[] = []
  const consumed: number[] = []
  const reactor = {
    receive: ({ channelId, message }: { channelId: number; message: unknown }) => receive(channelId, message as number),
    ...(options.filter === undefined
      ? {}
      : { filterMsgBytes: (_channel: number, _src: Peer, bytes: Uint8Array) => options.filter?.(bytes[0] ?? -1) })
  } as unknown as Reactor
  const table = {
    ids: () => Uint8Array.from(Object.keys(CHANNELS).map(Number)),
    get: (id: number) =>
      CHANNELS[id] && {
        id,
        ...CHANNELS[id],
        messageType: {
          typeName: 'test.Number',
          decode(bytes: Uint8Array) {
            if (bytes[0] === 255) throw new Error('not a number')
            if (bytes[0] === 254) return Promise.reject(new Error('later'))
            return bytes[0]
          }
        }
      }
  } as unknown as ChannelTable
  const inbox = new Inbox(
    {
      table,
      clock,
      target: () => ({ reactor, handle: {} as Peer }),
      consumed: (_channelId, bytes) => consumed.push(bytes),
      fail: (reason) => {
        failures.push(reason)
        inbox.close()
      }
    },
    { delivery: options.delivery ?? 'sender', callbackTimeoutMs: 1_000, maxBytes: options.maxBytes ?? 1_000 }
  )
  const deliver = (channelId: number, value: number, bytes = 1) =>
    inbox.deliver(channelId, new Uint8Array(bytes).fill(value))
  return { inbox, clock, failures, consumed, deliver }
}

test('R-41: while receive has not settled no other message of the sender reaches any reactor', async () => {
  const gate = deferred()
  const got: number[] = []
  const { deliver } = setUp((_channel, value) => {
    got.push(value)
    if (value === 1) return gate.promise
  })
  deliver(1, 1)
  deliver(2, 2)
  await settle()
  assert.deepEqual(got, [1])
  gate.resolve()
  await settle()
  assert.deepEqual(got, [1, 2])
})

test("D-4: with delivery 'reactor' a slow reactor holds up only itself", async () => {
  const gate = deferred()
  const got: number[] = []
  const { deliver } = setUp(
    (channel, value) => {
      got.push(value)
      if (channel === 1) return gate.promise
    },
    { delivery: 'reactor' }
  )
  deliver(1, 1)
  deliver(1, 2)
  deliver(2, 3)
  await settle()
  assert.deepEqual(got, [1, 3])
  gate.resolve()
  await settle()
  assert.deepEqual(got, [1, 3, 2])
})

test('R-42: messages arrive in order whatever mixture of promises and plain returns receive gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), { maxLength: 40 }), async (scheduler, slow) => {
      const got: number[] = []
      const { deliver, consumed } = setUp(async (_channel, value) => {
        got.push(value)
        if (slow[value] === true) await scheduler.schedule(Promise.resolve())
      })
      for (const i of slow.keys()) deliver(1 + (i % 2), i)
      await scheduler.waitFor(settle(2 + slow.length))
      while (scheduler.count() > 0) await scheduler.waitOne()
      await settle(2 + slow.length)
      while (scheduler.count() > 0) {
        await scheduler.waitOne()
        await settle()
      }
      assert.deepEqual(
        got,
        slow.map((_, i) => i)
      )
      assert.equal(consumed.length, slow.length)
    }),
    { numRuns: 30 }
  )
})

test('what receive is done with goes back to the link, byte by byte', async () => {
  const gate = deferred()
  const { deliver, consumed } = setUp((_channel, value) => (value === 2 ? gate.promise : undefined))
  deliver(1, 1, 10)
  deliver(1, 2, 20)
  deliver(1, 3, 30)
  assert.deepEqual(consumed, [10])
  gate.resolve()
  await settle()
  assert.deepEqual(consumed, [10, 20, 30])
})

test('a receive that delivers more in its own call keeps the order', () => {
  const got: number[] = []
  const { deliver } = setUp((_channel, value) => {
    got.push(value)
    if (value === 1) {
      deliver(1, 2)
      deliver(1, 3)
      assert.deepEqual(got, [1])
    }
  })
  deliver(1, 1)
  assert.deepEqual(got, [1, 2, 3])
})

for (const { name, go, kind } of [
  {
    name: 'an unknown channel',
    go: (deliver: (c: number, v: number, n?: number) => void) => deliver(9, 1),
    kind: 'protocol'
  },
  {
    name: 'an oversized message',
    go: (deliver: (c: number, v: number, n?: number) => void) => deliver(1, 1, 101),
    kind: 'protocol'
  },
  {
    name: 'an undecodable message',
    go: (deliver: (c: number, v: number, n?: number) => void) => deliver(1, 255),
    kind: 'protocol'
  }
])
  test(`${name} stops the peer with ${kind}`, () => {
    const { deliver, failures } = setUp(() => assert.fail('nothing may be received'))
    go(deliver)
    assert.deepEqual(
      failures.map((reason) => reason.kind),
      [kind]
    )
  })

test('D-11: a receive that throws stops the peer with reactor-failure, naming reactor and callback', () => {
  const cause = new Error('boom')
  const { deliver, failures } = setUp(() => {
    throw cause
  })
  deliver(2, 1)
  assert.deepEqual(failures, [
    { kind: 'reactor-failure', reactor: 'B', callback: 'receive', message: 'receive of reactor B failed: boom', cause }
  ])
})

test('D-11: a receive that rejects stops the peer, and what waited behind it is not received', async () => {
  const got: number[] = []
  const { deliver, failures } = setUp(async (_channel, value) => {
    got.push(value)
    throw new Error('boom')
  })
  deliver(1, 1)
  deliver(1, 2)
  await settle()
  assert.equal(failures[0]?.kind, 'reactor-failure')
  assert.deepEqual(got, [1])
})

test('a decode that gives a promise is our own failure, and nobody’s unhandled rejection', async () => {
  const received: number[] = []
  const { inbox, failures } = setUp((_channel, value) => void received.push(value))
  inbox.deliver(1, Uint8Array.of(254))
  await settle(5)
  assert.deepEqual([kinds(failures), received], [['reactor-failure'], []])
  assert.match(failures[0]?.message ?? '', /codec that gave a promise/)
})

test('a filter that returns an error drops the message and the peer', () => {
  const { deliver, failures } = setUp(() => assert.fail('filtered'), { filter: () => new Error('unsolicited') })
  deliver(1, 1)
  assert.equal(failures[0]?.kind, 'protocol')
  assert.match(String(failures[0]?.message), /unsolicited/)
})

test('a filter that throws is our failure', () => {
  const { deliver, failures } = setUp(() => assert.fail('filtered'), {
    filter: () => {
      throw new Error('bug')
    }
  })
  deliver(1, 1)
  assert.equal(failures[0]?.kind, 'reactor-failure')
})

test('R-31: after close nothing is received, also not what waited', async () => {
  const gate = deferred()
  const got: number[] = []
  const { deliver, inbox } = setUp((_channel, value) => {
    got.push(value)
    return gate.promise
  })
  deliver(1, 1)
  deliver(1, 2)
  inbox.close()
  deliver(1, 3)
  gate.resolve()
  await settle()
  assert.deepEqual(got, [1])
})

test('a receive that does not come back within the limit is a reactor failure; the timer is gone after close', async () => {
  const { deliver, clock, failures } = setUp(() => new Promise(() => {}))
  deliver(1, 1)
  await clock.run(999)
  assert.deepEqual(kinds(failures), [])
  await clock.run(1)
  assert.deepEqual(kinds(failures), ['reactor-failure'])
  assert.equal(clock.pending, 0)
})

test('many receives that each take a while are not mistaken for one that hangs', async () => {
  const { deliver, clock, failures } = setUp(() => new Promise<void>((resolve) => clock.setTimeout(resolve, 600)))
  for (let i = 0; i < 5; i++) deliver(1, i)
  await clock.run(3_000)
  assert.deepEqual(failures, [])
})

test('drained settles once everything that arrived was handed over', async () => {
  const gate = deferred()
  const { deliver, inbox } = setUp((_channel, value) => (value === 1 ? gate.promise : undefined))
  await inbox.drained()
  deliver(1, 1)
  deliver(1, 2)
  let drained = false
  const waiting = inbox.drained().then(() => {
    drained = true
  })
  await settle()
  assert.equal(drained, false)
  gate.resolve()
  await waiting
  assert.equal(inbox.counts().messages, 2)
})

test('a link that breaks the bound on waiting bytes loses the peer, not the memory', () => {
  const { deliver, failures } = setUp(() => new Promise(() => {}), { maxBytes: 150 })
  for (let i = 0; i < 3; i++) deliver(1, i, 80)
  assert.deepEqual(kinds(failures), [])
  deliver(1, 3, 80)
  assert.deepEqual(kinds(failures), ['protocol'])
})

test('beside the longest message of one channel all of the bound may wait on others', () => {
  const { deliver, failures } = setUp(() => new Promise(() => {}), { maxBytes: 150 })
  deliver(1, 0, 100)
  for (let i = 0; i < 15; i++) deliver(4, i, 10)
  assert.deepEqual(kinds(failures), [])
  deliver(4, 16, 1)
  assert.deepEqual(kinds(failures), ['protocol'])
})

for (const bytes of [100, 0])
  test(`a burst of messages of ${bytes} bytes is handled in turns, so that other work gets in between`, async () => {
    const first = deferred()
    const { deliver, inbox, clock } = setUp((_channel, value) => (value === 0 ? first.promise : undefined), {
      maxBytes: 1 << 30
    })
    deliver(1, 0)
    for (let i = 0; i < 20_000; i++) deliver(1, 1, bytes)
    first.resolve()
    await settle(1)
    assert.ok(inbox.counts().messages < 20_000)
    await clock.run(10)
    assert.equal(inbox.counts().messages, 20_001)
    inbox.close()
    assert.equal(clock.pending, 0)
  })

test('what comes while nothing waits is handled at once, without a timer', () => {
  const { deliver, inbox, clock } = setUp(() => undefined)
  deliver(1, 1)
  assert.equal(inbox.counts().messages, 1)
  assert.equal(clock.pending, 0)
})
