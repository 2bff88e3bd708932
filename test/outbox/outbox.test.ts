import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import type { LinkTraits } from '../../src/interface/link.ts'
import { Outbox } from '../../src/outbox/outbox.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'
import { bytes, FakeLink, text } from '../helpers/fake-link.ts'

const VOTE = { id: 0x22, priority: 7, sendQueueCapacity: 100 }
const BULK = { id: 0x21, priority: 1, sendQueueCapacity: 100 }

function setup(given: { traits?: Partial<LinkTraits>; capacity?: number; maxWaiters?: number; start?: boolean } = {}) {
  const clock = new FakeClock()
  const link = new FakeLink(given.traits)
  const channels = [VOTE, BULK].map((channel) => ({
    ...channel,
    sendQueueCapacity: given.capacity ?? channel.sendQueueCapacity
  }))
  const outbox = new Outbox(
    { link, channels, clock },
    { sendTimeoutMs: 10_000, maxWaitersPerChannel: given.maxWaiters ?? 1_024 }
  )
  if (given.start !== false) outbox.start()
  return { clock, link, outbox }
}

test('R-23: before start nothing is taken', async () => {
  const { link, outbox } = setup({ start: false })
  assert.equal(outbox.trySend(VOTE.id, bytes('a')), false)
  assert.equal(await outbox.send(VOTE.id, bytes('b')), false)
  outbox.start()
  assert.equal(outbox.trySend(VOTE.id, bytes('c')), true)
  await settle()
  assert.deepEqual(link.messages(VOTE.id), ['c'])
})

test('R-47: a channel that is not served is refused at once', async () => {
  const { outbox } = setup()
  for (const id of [0x30, 256, -1, 1.5]) {
    assert.equal(outbox.trySend(id, bytes('a')), false)
    assert.equal(await outbox.send(id, bytes('a')), false)
  }
})

test('R-45, R-49: a full queue refuses trySend at once, and each channel has its own', () => {
  const { link, outbox } = setup({ capacity: 2 })
  link.credit = 0
  assert.deepEqual(
    [1, 2, 3].map(() => outbox.trySend(VOTE.id, bytes('a'))),
    [true, true, false]
  )
  assert.equal(outbox.trySend(BULK.id, bytes('a')), true)
  assert.deepEqual(
    outbox.status().map(({ id, sendQueueSize, sendQueueCapacity }) => [id, sendQueueSize, sendQueueCapacity]),
    [
      [VOTE.id, 2, 2],
      [BULK.id, 1, 2]
    ]
  )
})

test('R-46: send is true as soon as the message is queued, though nothing was written', async () => {
  const { link, outbox } = setup()
  link.credit = 0
  assert.equal(await outbox.send(VOTE.id, bytes('a')), true)
  assert.equal(link.slices.length, 0)
})

test('R-48: send waits while the queue is full, in the order of the calls, and is false after the timeout', async () => {
  const { clock, link, outbox } = setup({ capacity: 1 })
  link.credit = 0
  assert.equal(outbox.trySend(VOTE.id, bytes('first')), true)
  const answers: string[] = []
  const second = outbox.send(VOTE.id, bytes('second')).then((sent) => answers.push(`second ${sent}`))
  await clock.run(4_000)
  const third = outbox.send(VOTE.id, bytes('third')).then((sent) => answers.push(`third ${sent}`))
  await clock.run(5_999)
  assert.deepEqual(answers, [])
  await clock.run(1)
  assert.deepEqual(answers, ['second false'])
  link.credit = 2
  outbox.onWritable()
  await Promise.all([second, third])
  await settle()
  assert.deepEqual(answers, ['second false', 'third true'])
  assert.deepEqual(link.messages(VOTE.id), ['first', 'third'], 'what was refused never goes out')
  outbox.close()
  assert.equal(clock.pending, 0)
})

test('R-48: each waiting send has its own ten seconds', async () => {
  const { clock, link, outbox } = setup({ capacity: 1 })
  link.credit = 0
  outbox.trySend(VOTE.id, bytes('first'))
  const at: number[] = []
  for (let i = 0; i < 3; i++) {
    void outbox.send(VOTE.id, bytes('late')).then(() => at.push(clock.now()))
    await clock.run(3_000)
  }
  await clock.run(20_000)
  assert.deepEqual(at, [10_000, 13_000, 16_000])
})

test('a signal that outlives its sends keeps nothing of them', async () => {
  const { link, outbox } = setup({ capacity: 1, traits: { splits: false } })
  link.credit = 0
  outbox.trySend(VOTE.id, bytes('a'))
  const { signal } = new AbortController()
  const waiting = [outbox.send(VOTE.id, bytes('b'), { signal }), outbox.send(VOTE.id, bytes('c'), { signal })]
  assert.equal(getEventListeners(signal, 'abort').length, 2)
  link.credit = 1
  outbox.onWritable()
  assert.equal(await waiting[0], true)
  outbox.close()
  assert.equal(await waiting[1], false)
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('a trySend never overtakes a waiting send, though there is room again', async () => {
  const { link, outbox } = setup({ capacity: 1, traits: { splits: false } })
  link.credit = 0
  outbox.trySend(VOTE.id, bytes('1'))
  const waiting = [outbox.send(VOTE.id, bytes('2')), outbox.send(VOTE.id, bytes('3'))]
  link.credit = 1
  outbox.onWritable()
  await settle()
  assert.equal(outbox.trySend(VOTE.id, bytes('late')), false)
  link.credit = 10
  outbox.onWritable()
  await settle()
  assert.deepEqual(await Promise.all(waiting), [true, true])
  assert.deepEqual(link.messages(VOTE.id), ['1', '2', '3'])
})

test('calls of both kinds keep their order', async () => {
  const { link, outbox } = setup()
  void outbox.send(VOTE.id, bytes('1'))
  outbox.trySend(VOTE.id, bytes('2'))
  void outbox.send(VOTE.id, bytes('3'))
  await settle()
  assert.deepEqual(link.messages(VOTE.id), ['1', '2', '3'])
})

test('who waits is bounded: more are refused at once', async () => {
  const { link, outbox } = setup({ capacity: 1, maxWaiters: 2 })
  link.credit = 0
  outbox.trySend(VOTE.id, bytes('a'))
  const waiting = [outbox.send(VOTE.id, bytes('b')), outbox.send(VOTE.id, bytes('c'))]
  assert.equal(await outbox.send(VOTE.id, bytes('d')), false)
  outbox.close()
  assert.deepEqual(await Promise.all(waiting), [false, false])
})

test('an abort rejects with the reason of the signal, and the message never goes out', async () => {
  const { clock, link, outbox } = setup({ capacity: 1 })
  link.credit = 0
  outbox.trySend(VOTE.id, bytes('a'))
  const abort = new AbortController()
  const reason = new Error('changed my mind')
  const aborted = outbox.send(VOTE.id, bytes('b'), { signal: abort.signal })
  const waits = outbox.send(VOTE.id, bytes('c'))
  abort.abort(reason)
  await assert.rejects(aborted, (err) => err === reason)
  link.credit = 10
  outbox.onWritable()
  assert.equal(await waits, true)
  await settle()
  assert.deepEqual(link.messages(VOTE.id), ['a', 'c'])
  await assert.rejects(outbox.send(VOTE.id, bytes('d'), { signal: abort.signal }), (err) => err === reason)
  outbox.close()
  assert.equal(clock.pending, 0)
})

test('an abort after the message was queued changes nothing', async () => {
  const { link, outbox } = setup()
  const abort = new AbortController()
  const sent = outbox.send(VOTE.id, bytes('a'), { signal: abort.signal })
  abort.abort()
  assert.equal(await sent, true)
  await settle()
  assert.deepEqual(link.messages(VOTE.id), ['a'])
})

test('close drops what is queued and refuses who waits', async () => {
  const { clock, link, outbox } = setup({ capacity: 1 })
  link.credit = 0
  outbox.trySend(VOTE.id, bytes('a'))
  const waiting = outbox.send(VOTE.id, bytes('b'))
  outbox.close()
  assert.equal(await waiting, false)
  link.credit = 10
  outbox.onWritable()
  await settle()
  assert.equal(link.slices.length, 0)
  assert.equal(outbox.trySend(VOTE.id, bytes('c')), false)
  assert.equal(await outbox.send(VOTE.id, bytes('c')), false)
  assert.equal(clock.pending, 0)
})

test('flush writes all that was accepted, then waits for the link', async () => {
  const { link, outbox } = setup({ capacity: 2 })
  link.credit = 0
  outbox.trySend(VOTE.id, bytes('a'))
  outbox.trySend(VOTE.id, bytes('b'))
  const waiting = outbox.send(VOTE.id, bytes('c'))
  let acknowledge = (_all: boolean) => {}
  link.answerFlushed(new Promise((resolve) => (acknowledge = resolve)))
  let flushed: boolean | undefined
  const flush = outbox.flush().then((all) => (flushed = all))
  assert.equal(await waiting, false, 'who waits was not accepted')
  assert.equal(outbox.trySend(BULK.id, bytes('d')), false)
  await settle()
  link.credit = 10
  outbox.onWritable()
  await settle()
  assert.deepEqual(link.messages(VOTE.id), ['a', 'b'])
  assert.equal(flushed, undefined)
  acknowledge(true)
  assert.equal(await flush, true)
})

test('flush is false when the outbox is closed or the link ends before', async () => {
  const closed = setup()
  closed.link.credit = 0
  closed.outbox.trySend(VOTE.id, bytes('a'))
  const flush = closed.outbox.flush()
  assert.equal(closed.outbox.flush(), flush)
  closed.outbox.close()
  assert.equal(await flush, false)

  const broken = setup()
  broken.outbox.trySend(VOTE.id, bytes('a'))
  broken.link.answerFlushed(Promise.resolve(false))
  assert.equal(await broken.outbox.flush(), false)
})

test('what is sent in one tick goes out together, and the first of a turn does not wait', async () => {
  const { link, outbox } = setup()
  for (let i = 0; i < 5; i++) outbox.trySend(VOTE.id, bytes('x'))
  await Promise.resolve()
  assert.deepEqual(
    link.slices.map((slice) => slice.parts.length),
    [5]
  )
  for (let i = 0; i < 5; i++) {
    outbox.trySend(VOTE.id, bytes('y'))
    await Promise.resolve()
  }
  assert.equal(link.slices.length, 1, 'later in the same turn they are collected')
  await settle()
  assert.deepEqual(
    link.slices.map((slice) => slice.parts.length),
    [5, 5]
  )
})

test('a full queue is written at once, even in a turn that has already written', async () => {
  const { link, outbox } = setup({ capacity: 2 })
  outbox.trySend(VOTE.id, bytes('x'))
  await Promise.resolve()
  outbox.trySend(VOTE.id, bytes('y'))
  outbox.trySend(VOTE.id, bytes('z'))
  await Promise.resolve()
  assert.deepEqual(link.messages(VOTE.id), ['x', 'y', 'z'])
})

test('one turn takes a bounded number of bytes, then the event loop breathes', async () => {
  const { link, outbox } = setup({ traits: { quantumBytes: 65_536 } })
  for (let i = 0; i < 10; i++) outbox.trySend(BULK.id, new Uint8Array(100_000))
  const perTurn: number[] = []
  let before = 0
  while (before < 1_000_000) {
    await new Promise((resolve) => setImmediate(resolve))
    const sum = link.slices.reduce((total, slice) => total + slice.bytes, 0)
    perTurn.push(sum - before)
    before = sum
  }
  assert.ok(perTurn.length >= 3 && Math.max(...perTurn) <= 2 * (256 * 1024 + 65_536), perTurn.join())
  outbox.close()
})

test('an endless sender does not keep the event loop from its other work', async () => {
  const { outbox } = setup({ capacity: 1 })
  let stop = false
  const sender = (async () => {
    while (!stop) await outbox.send(VOTE.id, new Uint8Array(0))
  })()
  await new Promise((resolve) => setTimeout(resolve, 1))
  stop = true
  await sender
})

test('an urgent message waits for one slice at most while bulk saturates the link', async () => {
  const { link, outbox } = setup()
  link.credit = 3
  for (let i = 0; i < 50; i++) outbox.trySend(BULK.id, new Uint8Array(5_000))
  await settle()
  assert.equal(link.slices.length, 3)
  outbox.trySend(VOTE.id, bytes('vote'))
  link.credit = 1
  outbox.onWritable()
  await settle()
  assert.deepEqual(link.messages(VOTE.id), ['vote'])
})

test('a blocked channel does not hold up the others', async () => {
  const { link, outbox } = setup()
  link.blocked.add(VOTE.id)
  outbox.trySend(VOTE.id, bytes('vote'))
  outbox.trySend(BULK.id, bytes('bulk'))
  await settle()
  assert.deepEqual(link.messages(BULK.id), ['bulk'])
  link.blocked.clear()
  outbox.onWritable()
  await settle()
  assert.deepEqual(link.messages(VOTE.id), ['vote'])
})

test('D-18: an empty message is a message', async () => {
  const { link, outbox } = setup()
  assert.equal(outbox.trySend(VOTE.id, new Uint8Array(0)), true)
  await settle()
  assert.deepEqual(link.messages(VOTE.id), [''])
})

test('a broadcast message is handed to every link as it is, not copied and not changed', async () => {
  const peers = [setup(), setup({ traits: { quantumBytes: 3 } })]
  const message = bytes('shared by all')
  for (const { outbox } of peers) outbox.trySend(VOTE.id, message)
  await settle()
  for (const { link } of peers) {
    for (const part of link.slices.flatMap((slice) => slice.parts)) assert.equal(part.buffer, message.buffer)
    assert.deepEqual(link.messages(VOTE.id), ['shared by all'])
  }
  assert.equal(text(message), 'shared by all')
})

test('the counters count messages that went out whole, and payload bytes', async () => {
  const { clock, link, outbox } = setup({ traits: { quantumBytes: 10, overheadBytes: 2 } })
  link.credit = 2
  outbox.trySend(VOTE.id, bytes('ab'))
  outbox.trySend(VOTE.id, bytes('c'))
  outbox.trySend(VOTE.id, new Uint8Array(12))
  await settle()
  assert.deepEqual([outbox.sentMessages, outbox.sentBytes], [2, 3 + 8])
  link.credit = 1
  outbox.onWritable()
  await settle()
  assert.deepEqual([outbox.sentMessages, outbox.sentBytes], [3, 15])
  assert.equal(outbox.status()[0]?.recentlySent, 15 + 4 * 2)
  clock.advance(2_000)
  assert.equal(outbox.status()[0]?.recentlySent, 18)
})

test('a link that ends while it is written to ends the pump too', async () => {
  const { link, outbox } = setup()
  link.onWrite = () => outbox.close()
  outbox.trySend(VOTE.id, bytes('a'))
  outbox.trySend(BULK.id, bytes('b'))
  await settle()
  assert.equal(link.slices.length, 1)
})
