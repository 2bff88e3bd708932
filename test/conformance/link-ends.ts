/** Link suite, third part: every way a link ends, and what each side is told. */
import assert from 'node:assert/strict'
import type { StopKind, StopReason } from '../../src/interface/stop-reason.ts'
import type { Check, LinkSuiteInit } from './link-given.ts'
import { BULK, End, SMALL, SMALL_CAPACITY, turns, URGENT } from './link-harness.ts'

const GRACEFUL: StopReason = { kind: 'graceful', message: 'done' }

/** Why the remote says it left -> what we are told: its opinion of us is not ours of it. */
const GOODBYES: ReadonlyArray<{ given: StopReason; want: StopKind }> = [
  { given: GRACEFUL, want: 'graceful' },
  { given: { kind: 'shutdown', message: 'stopping' }, want: 'shutdown' },
  { given: { kind: 'duplicate', message: 'another was kept' }, want: 'duplicate' },
  { given: { kind: 'refused', message: 'full', refusal: 'inbound-full' }, want: 'refused' },
  { given: { kind: 'incompatible', message: 'other chain' }, want: 'incompatible' },
  { given: { kind: 'protocol', message: 'you broke it' }, want: 'communication' },
  { given: { kind: 'misbehaviour', message: 'you lied' }, want: 'communication' },
  { given: { kind: 'reactor-failure', message: 'I broke', reactor: 'X', callback: 'receive' }, want: 'communication' },
  { given: { kind: 'communication', message: 'closed' }, want: 'communication' }
]

export function endChecks(check: Check, { timeoutMs, goodbyes = true }: LinkSuiteInit): void {
  const told = (kind: StopKind): StopKind => (goodbyes ? kind : 'communication')

  check('flushed settles true once everything has been delivered', async (given) => {
    const [near, far] = await given.connect()
    assert.equal(await near.link.flushed(), true)
    for (let i = 0; i < 5; i++) void near.outbox.send(BULK, End.message(150_000, i))
    assert.equal(await near.outbox.flush(), true)
    assert.equal(far.received.length, 5)
  })

  check('a flushed close is told after everything was delivered, as an end in good order', async (given) => {
    const [near, far] = await given.connect()
    for (let i = 0; i < 8; i++) void near.outbox.send(i % 2 === 0 ? BULK : URGENT, End.message(120_000, i))
    assert.equal(await near.outbox.flush(), true)
    await near.link.close(GRACEFUL, true)
    const { reason, drain } = await far.ended()
    assert.deepEqual([reason.kind, drain, far.ends[0]?.after], [told('graceful'), true, 8])
  })

  check('a flushed close reaches a side that starts only afterwards', async (given) => {
    const [nearLink, farLink] = await given.connectLinks()
    const near = given.end(nearLink, given.dialerHost).start()
    for (let i = 0; i < 3; i++) void near.outbox.send(BULK, End.message(1_000, i))
    const flushed = near.outbox.flush()
    const far = given.end(farLink, given.listenerHost).start()
    assert.equal(await flushed, true)
    await near.link.close(GRACEFUL, true)
    const { reason, drain } = await far.ended()
    assert.deepEqual([reason.kind, drain, far.ends[0]?.after], [told('graceful'), true, 3])
  })

  for (const { given: reason, want } of GOODBYES)
    check(`a close with reason ${reason.kind} is ${told(want)} to the other side`, async (given) => {
      const [near, far] = await given.connect()
      await near.link.close(reason, false)
      const ended = await far.ended()
      assert.equal(ended.reason.kind, told(want))
      assert.equal(typeof ended.reason.message, 'string')
      if (goodbyes) assert.equal(ended.drain, false, 'nobody said that all has arrived')
    })

  check('after its own close a link is silent and takes nothing more', async (given) => {
    const [near, far] = await given.connect()
    await near.link.close(GRACEFUL, false)
    await near.link.close({ kind: 'communication', message: 'again' }, true)
    assert.equal(near.link.writable(BULK), false)
    near.link.write({ channelId: BULK, parts: [new Uint8Array(1)], bytes: 1 })
    near.link.consumed(BULK, 5)
    assert.deepEqual([await near.link.flushed(), await near.link.probe(10)], [false, false])
    await far.ended()
    await turns(20)
    assert.deepEqual([near.ends.length, far.ends.length, far.received.length], [0, 1, 0])
  })

  check('a close is told to the other side though the stack stops right after it', async (given) => {
    const [near, far] = await given.connect()
    await near.link.close({ kind: 'shutdown', message: 'stopping' }, false)
    await given.pair.dialer.stack.stop()
    assert.equal((await far.ended()).reason.kind, told('shutdown'))
  })

  check('flushed and probe settle when the connection is lost meanwhile', async (given) => {
    const [nearLink] = await given.connectLinks()
    const near = given.end(nearLink, given.dialerHost).start()
    for (let i = 0; i < 4; i++) assert.equal(await near.outbox.send(BULK, new Uint8Array(50_000)), true)
    await turns(1)
    const waiting = Promise.all([nearLink.flushed(), nearLink.probe(timeoutMs)])
    await given.pair.lose()
    for (const answer of await waiting) assert.equal(typeof answer, 'boolean')
  })

  check('both may close at the same time', async (given) => {
    const [near, far] = await given.connect()
    await Promise.all([near.link.close(GRACEFUL, false), far.link.close(GRACEFUL, false)])
    await turns(20)
    assert.deepEqual([near.ends.length, far.ends.length], [0, 0])
  })

  check(
    'a lost connection ends both sides once, with communication, and settles everything that waits',
    async (given) => {
      const [near, far] = await given.connect()
      far.consuming = false
      for (let i = 0; i < 8; i++) void near.outbox.send(BULK, new Uint8Array(1 << 20))
      const flushed = near.outbox.flush()
      await given.pair.lose()
      for (const end of [near, far]) {
        const { reason, drain } = await end.ended()
        assert.deepEqual([reason.kind, drain], ['communication', false])
        assert.deepEqual(
          [await end.link.flushed(), await end.link.probe(10), end.link.writable(BULK)],
          [false, false, false]
        )
      }
      assert.equal(await flushed, false)
      await turns(20)
      for (const end of [near, far]) {
        assert.equal(end.ends.length, 1)
        assert.equal(end.ends[0]?.after, end.received.length, 'nothing is delivered after the end')
      }
    }
  )

  check('a connection lost before start is told after start', async (given) => {
    const [nearLink, farLink] = await given.connectLinks()
    await given.pair.lose()
    await turns(20)
    const ends = [given.end(nearLink, given.dialerHost), given.end(farLink, given.listenerHost)]
    for (const end of ends) {
      end.start()
      assert.equal((await end.ended()).reason.kind, 'communication')
    }
  })

  check(
    'a message longer than the receiver accepts ends the link: protocol there, a lost connection here',
    async (given) => {
      const [near, far] = await given.connect()
      assert.equal(await near.outbox.send(SMALL, new Uint8Array(SMALL_CAPACITY)), true)
      await far.until(() => far.received.length === 1)
      void near.outbox.send(SMALL, new Uint8Array(SMALL_CAPACITY + 1))
      const { reason } = await far.ended()
      assert.equal(reason.kind, 'protocol')
      assert.equal((reason as { channelId?: number }).channelId, SMALL)
      assert.equal((await near.ended()).reason.kind, 'communication')
      assert.equal(far.received.length, 1)
    }
  )

  check('a probe of a quiet link is answered', async (given) => {
    const [near, far] = await given.connect()
    assert.deepEqual(await Promise.all([near.link.probe(timeoutMs / 2), far.link.probe(timeoutMs / 2)]), [true, true])
  })

  check('a link counts the bytes of both directions', async (given) => {
    const [near, far] = await given.connect()
    await near.outbox.send(BULK, new Uint8Array(50_000))
    await far.until(() => far.received.length === 1)
    assert.ok(near.link.stats().sentBytes >= 50_000)
    assert.ok(far.link.stats().receivedBytes >= 50_000)
  })

  check('a stack may be stopped twice, and a node may connect again after a close', async (given) => {
    for (let i = 0; i < 3; i++) {
      const [near, far] = await given.connect()
      await near.outbox.send(URGENT, Uint8Array.of(i))
      await far.until(() => far.received.length === 1)
      await near.link.close(GRACEFUL, false)
      await far.ended()
    }
    await given.pair.dialer.stack.stop()
    await given.pair.dialer.stack.stop()
  })
}
