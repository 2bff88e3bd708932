/** Link suite, second part: messages arrive whole and in order, and a slow receiver stops its sender. */
import assert from 'node:assert/strict'
import type { Check, LinkSuiteInit } from './link-given.ts'
import { BULK, End, SMALL, turns, URGENT } from './link-harness.ts'

export function messageChecks(check: Check, { maxUnconsumedBytes }: LinkSuiteInit): void {
  check('R-42: messages of every size arrive whole, once, and in order per channel', async (given) => {
    const [near, far] = await given.connect()
    const sizes = [0, 1, 2, 63, 64, 127, 128, 1_000, 16_383, 16_384, 65_535, 65_536, 65_537, 200_000, 1 << 20, 0, 5]
    for (const [from, to] of [
      [near, far],
      [far, near]
    ] as const) {
      const sent = [BULK, URGENT].map((channelId) =>
        sizes.map((size, i) => ({ channelId, bytes: End.message(size, i + channelId) }))
      )
      await Promise.all(
        sent.map(async (messages) => {
          for (const { channelId, bytes } of messages) assert.equal(await from.outbox.send(channelId, bytes), true)
        })
      )
      await to.until(() => to.received.length === 2 * sizes.length)
      for (const [i, channelId] of [BULK, URGENT].entries())
        assert.deepEqual(
          to.on(channelId).map(hash),
          sent[i]?.map(({ bytes }) => hash(bytes))
        )
    }
  })

  check('R-43: many small messages on many channels keep their order', async (given) => {
    const [near, far] = await given.connect()
    const count = 2_000
    const ids = [BULK, URGENT, SMALL]
    await Promise.all(
      ids.map(async (id) => {
        for (let i = 0; i < count; i++) assert.equal(await near.outbox.send(id, Uint8Array.of(i >> 8, i & 0xff)), true)
      })
    )
    await far.until(() => far.received.length === ids.length * count)
    for (const id of ids)
      assert.deepEqual(
        far.on(id).map(([high = 0, low = 0]) => high * 256 + low),
        Array.from({ length: count }, (_, i) => i)
      )
  })

  check("the bytes that were sent are not changed, and those delivered are the receiver's own", async (given) => {
    const [near, far] = await given.connect()
    const message = End.message(1_000, 3)
    const long = End.message(300_000, 4)
    const before = [hash(message), hash(long)]
    await Promise.all([near.outbox.send(BULK, message), near.outbox.send(BULK, long)])
    await far.until(() => far.received.length === 2)
    for (const { bytes } of far.received) bytes.fill(0xee)
    assert.deepEqual([hash(message), hash(long)], before)
  })

  check('R-23: nothing is delivered before start, and what arrived before is not lost', async (given) => {
    const [nearLink, farLink] = await given.connectLinks()
    const near = given.end(nearLink, given.dialerHost).start()
    for (let i = 0; i < 5; i++) assert.equal(await near.outbox.send(BULK, End.message(100, i)), true)
    const far = given.end(farLink, given.listenerHost)
    await turns(20)
    assert.equal(far.received.length, 0)
    far.start()
    await far.until(() => far.received.length === 5)
    assert.deepEqual(
      far.on(BULK).map(hash),
      [0, 1, 2, 3, 4].map((i) => hash(End.message(100, i)))
    )
  })

  check(
    'a receiver that consumes nothing stops its sender, within the bound, and loses neither message nor peer',
    async (given) => {
      const [near, far] = await given.connect()
      far.consuming = false
      const size = 100_000
      const count = Math.ceil((2 * maxUnconsumedBytes) / size) + 40
      const sent = Array.from({ length: count }, () => near.outbox.send(BULK, new Uint8Array(size)))
      await quiet(() => far.received.length)
      assert.ok(far.received.length < count, 'the sender was stopped')
      assert.ok(
        far.receivedBytes(BULK) <= maxUnconsumedBytes + size,
        `${far.receivedBytes(BULK)} bytes were not consumed`
      )
      far.consumeAll()
      assert.ok((await Promise.all(sent)).every(Boolean))
      await far.until(() => far.received.length === count)
      assert.deepEqual([near.ends, far.ends], [[], []])
    }
  )

  check('empty messages are bounded too, and one that is consumed makes room for one', async (given) => {
    const [near, far] = await given.connect()
    far.consuming = false
    const count = 80_000
    let accepted = 0
    const sending = (async () => {
      for (let i = 0; i < count; i++) accepted += (await near.outbox.send(BULK, new Uint8Array(0))) ? 1 : 0
    })()
    await quiet(() => far.received.length)
    const held = far.received.length
    assert.ok(held < count, 'the sender was stopped')
    far.consume(500)
    await quiet(() => far.received.length)
    assert.ok(far.received.length <= held + 500, `${far.received.length - held} came for 500 that were consumed`)
    far.consumeAll()
    await sending
    await far.until(() => far.received.length === count)
    assert.equal(accepted, count)
  })

  check('a message longer than what may wait arrives nevertheless', async (given) => {
    const [near, far] = await given.connect()
    far.consuming = false
    const message = End.message(Math.min(3 * maxUnconsumedBytes, 20_000_000), 9)
    void near.outbox.send(BULK, message)
    await far.until(() => far.received.length === 1)
    assert.equal(hash(far.on(BULK)[0] as Uint8Array), hash(message))
  })
}

/** Settles when a figure has not changed for a while: the only way to see that nothing more happens on a real wire. */
async function quiet(figure: () => number): Promise<void> {
  const still = 20
  for (let unchanged = 0, last = -1; unchanged < still; ) {
    await turns(10)
    await new Promise((resolve) => setTimeout(resolve, 5))
    unchanged = figure() === last ? unchanged + 1 : 0
    last = figure()
  }
}

/** Short enough for an assertion's message. */
function hash(bytes: Uint8Array): string {
  let state = 0x811c9dc5
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193) >>> 0
  return `${bytes.byteLength}:${state.toString(16)}`
}
