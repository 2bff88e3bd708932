import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs, started, startNode, type Transport, write } from '../nodes.ts'

const KINDS: readonly Transport[] = ['tcp', 'ws', 'quic']

for (const kind of KINDS) {
  test(
    `${kind}: hello makes a link on both sides, and messages of any size arrive whole and in order`,
    needs(kind),
    async (t) => {
      const [a, b] = await Promise.all([startNode(kind), startNode(kind)])
      t.after(() => Promise.all([a.stop(), b.stop()]))
      const inbound = b.host.link()
      const ours = started(await a.dial(b))
      const theirs = started(await inbound)
      assert.equal(ours.link.outbound, true)
      assert.equal(theirs.link.outbound, false)
      assert.equal(ours.link.remoteId, b.id)
      assert.equal(theirs.link.remoteId, a.id)
      assert.equal(theirs.link.remoteIP, '127.0.0.1')
      const sizes = [0, 1, 100, 65_361, 65_362, 65_507, 65_536, 200_000, 1 << 20, 3]
      for (const [i, size] of sizes.entries()) await write(ours, 0x40, new Uint8Array(size).fill(i))
      await theirs.sink.received(sizes.length)
      assert.deepEqual(
        theirs.sink.messages.map(({ channelId, bytes }) => [
          channelId,
          bytes.length,
          bytes.every((x) => x === bytes[0])
        ]),
        sizes.map((size) => [0x40, size, true])
      )
      await write(theirs, 0x40, Uint8Array.of(7))
      await ours.sink.received(1)
      assert.deepEqual(ours.sink.messages, [{ channelId: 0x40, bytes: Uint8Array.of(7) }])
      assert.equal(await ours.link.flushed(), true)
    }
  )

  test(
    `${kind}: what was flushed before a goodbye is delivered before the other side's end, which says so`,
    needs(kind),
    async (t) => {
      const [a, b] = await Promise.all([startNode(kind), startNode(kind)])
      t.after(() => Promise.all([a.stop(), b.stop()]))
      const inbound = b.host.link()
      const ours = started(await a.dial(b))
      const theirs = started(await inbound)
      for (let i = 0; i < 50; i++) await write(ours, 0x30, new Uint8Array(10_000).fill(i))
      assert.equal(await ours.link.flushed(), true)
      await ours.link.close({ kind: 'graceful', message: 'done' }, true)
      const { reason, drain } = await theirs.sink.end.promise
      assert.equal(reason.kind, 'graceful')
      assert.equal(drain, true)
      assert.equal(theirs.sink.count, 50)
      assert.equal(ours.sink.ends, 0)
      await theirs.link.close(reason, false)
      assert.equal(a.libp2p.getConnections().length, 0)
    }
  )

  test(`${kind}: D-17: a connection that dies ends both links at once with communication`, needs(kind), async (t) => {
    const [a, b] = await Promise.all([startNode(kind), startNode(kind)])
    t.after(() => Promise.all([a.stop(), b.stop()]))
    const inbound = b.host.link()
    const ours = started(await a.dial(b))
    const theirs = started(await inbound)
    a.libp2p.getConnections()[0]?.abort(new Error('cut'))
    const ends = await Promise.all([ours.sink.end.promise, theirs.sink.end.promise])
    assert.deepEqual(
      ends.map(({ reason, drain }) => [reason.kind, drain]),
      [
        ['communication', false],
        ['communication', false]
      ]
    )
    assert.deepEqual([ours.sink.ends, theirs.sink.ends], [1, 1])
  })
}
