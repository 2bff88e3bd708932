/** Reactor suite, third part: sending and receiving. */
import assert from 'node:assert/strict'
import type { Envelope } from '../../src/interface/envelope.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { TextReactor, textType } from '../helpers/text-reactor.ts'
import { turns } from './link-harness.ts'
import { CHANNEL, type Check, gate, kindOf, type Node, type ReactorSuiteInit, told } from './reactor-given.ts'

const two = () => [0x10, 0x11].map((id) => new TextReactor({ channels: [{ id, priority: 1, sendQueueCapacity: 100 }] }))
const to = (message: unknown, channelId = CHANNEL): Envelope => ({ channelId, message })

export function messageChecks(check: Check, init: ReactorSuiteInit): void {
  check(
    'R-4, R-39: a message reaches the reactor of its channel and no other, decoded, with the handle as its source',
    async (net) => {
      const [a, b] = await net.pair({ reactors: two() }, { reactors: two() })
      const [near, far] = await net.connect(a, b)
      const envelopes: Envelope[] = []
      for (const reactor of b.reactors) reactor.onReceive = (envelope) => void envelopes.push(envelope)
      await near.send({ ...to('for the second', 0x11), src: near })
      await b.reactors[1]?.until(() => b.reactors[1]?.received.length === 1)
      assert.equal(envelopes.length, 1)
      assert.deepEqual([envelopes[0]?.channelId, envelopes[0]?.message], [0x11, 'for the second'])
      assert.equal(envelopes[0]?.src, far)
      assert.equal(b.reactor.received.length, 0)
    }
  )

  check('R-40: messages of different peers are received concurrently', async (net) => {
    const [a, b] = await net.pair()
    const c = await net.node('c')
    const [fromA] = await net.connect(a, b)
    const [fromC] = await net.connect(c, b)
    const held = gate()
    b.reactor.onReceive = async ({ src }) => {
      if (src?.id() === a.id) await held.pass()
    }
    await fromA.send(to('waits'))
    await held.reached
    await fromC.send(to('passes'))
    await b.reactor.until(() => b.reactor.texts().includes('passes'))
    held.open()
  })

  for (const delivery of ['sender', 'reactor'] as const)
    check(
      `R-41, D-4: with delivery '${delivery}', a receive under way holds up ${delivery === 'sender' ? 'every reactor' : 'its own reactor'}`,
      async (net) => {
        const [a, b] = await net.pair({ reactors: two() }, { reactors: two(), switch: { delivery } })
        const [near] = await net.connect(a, b)
        const held = gate()
        b.reactor.onReceive = () => held.pass()
        await near.send(to('first'))
        await held.reached
        await near.send(to('second'))
        await near.send(to('other', 0x11))
        const other = b.reactors[1] as TextReactor
        if (delivery === 'reactor') await other.until(() => other.received.length === 1)
        else await turns(200)
        assert.deepEqual([b.reactor.received.length, other.received.length], [1, delivery === 'reactor' ? 1 : 0])
        held.open()
        await b.reactor.until(() => b.reactor.received.length === 2)
        await other.until(() => other.received.length === 1)
      }
    )

  check(
    'R-42, R-43, D-23: thousands of messages of all sizes both ways on two channels: each arrives once, in order per channel',
    async (net) => {
      const channels = [0x10, 0x11].map((id) => ({ id, priority: id - 0x0f, sendQueueCapacity: 10 }))
      const [a, b] = await net.pair({ text: { channels } }, { text: { channels } })
      const [near, far] = await net.connect(a, b)
      const texts = Array.from(
        { length: 1_000 },
        (_, i) => `${i}:${'x'.repeat(i % 97 === 0 ? 60_000 : (i * 31) % 400)}`
      )
      b.reactor.onReceive = ({ message }) => (String(message).length % 3 === 0 ? turns(1) : undefined)
      const send = async (peer: Peer, channelId: number) => {
        for (const text of texts) assert.equal(await peer.send(to(text, channelId)), true)
      }
      await Promise.all([near, far].flatMap((peer) => [0x10, 0x11].map((id) => send(peer, id))))
      for (const { reactor } of [a, b]) {
        await reactor.until(() => reactor.received.length === 2 * texts.length)
        for (const id of [0x10, 0x11]) assert.deepEqual(reactor.texts(id), texts)
      }
    }
  )

  check('D-18: an empty message and a very long one are delivered', async (net) => {
    const [a, b] = await net.pair()
    const [near] = await net.connect(a, b)
    const long = 'long '.repeat(1_000_000)
    assert.deepEqual([await near.send(to('')), await near.send(to(long)), await near.send(to(''))], [true, true, true])
    await b.reactor.until(() => b.reactor.received.length === 3)
    assert.ok(b.reactor.texts()[0] === '' && b.reactor.texts()[1] === long && b.reactor.texts()[2] === '')
  })

  check(
    'R-47: what cannot be encoded, and a channel that nobody has, is false at once and harms nobody',
    async (net) => {
      const [a, b] = await net.pair({ reactors: two() }, {})
      const [near] = await net.connect(a, b)
      for (const envelope of [
        to(5),
        to('nobody here has it', 0x7f),
        to('the peer has it not', 0x11),
        to('no channel', 300)
      ]) {
        assert.equal(near.trySend(envelope), false)
        assert.equal(await near.send(envelope), false)
      }
      assert.equal(near.isRunning(), true)
      assert.equal(near.status().unsendableMessages, 8)
      await near.send(to('still there'))
      await b.reactor.until(() => b.reactor.received.length === 1)
    }
  )

  check(
    'R-46, R-49: a reactor that does not return stops its sender within bounds, loses no message and no peer',
    async (net) => {
      const text = { channels: [{ id: CHANNEL, priority: 1, sendQueueCapacity: 4 }] }
      const [a, b] = await net.pair({ text }, { text, switch: { callbackTimeoutMs: 3_600_000 } })
      const [near] = await net.connect(a, b)
      const { accepted, held } = await saturate(near, b)
      assert.equal(near.trySend(to('no room')), false)
      assert.equal(near.status().channels[0]?.sendQueueSize, 4)
      held.open()
      await b.reactor.until(() => b.reactor.received.length === accepted.length)
      assert.deepEqual(
        b.reactor.texts().map((one) => one.slice(0, 8)),
        accepted.map((one) => one.slice(0, 8))
      )
      assert.equal(near.isRunning(), true)
    }
  )

  check(
    'R-48: a waiting send keeps its place, gives way to an abort with its reason, and is false when the peer stops',
    async (net) => {
      const text = { channels: [{ id: CHANNEL, priority: 1, sendQueueCapacity: 2 }] }
      const [a, b] = await net.pair({ text }, { text, switch: { callbackTimeoutMs: 3_600_000 } })
      const [near] = await net.connect(a, b)
      const { held } = await saturate(near, b)
      const reason = new Error('changed my mind')
      const abort = new AbortController()
      const aborted = near.send(to('aborted'), { signal: abort.signal })
      const waiting = near.send(to('waiting'))
      assert.equal(near.trySend(to('overtakes')), false)
      abort.abort(reason)
      await assert.rejects(aborted, (err) => err === reason)
      await assert.rejects(near.send(to('aborted before'), { signal: abort.signal }), (err) => err === reason)
      held.open()
      assert.equal(await waiting, true)
      await b.reactor.until(() => b.reactor.texts().includes('waiting'))
      const again = await saturate(near, b)
      const stopped = near.send(to('never'))
      await a.sw.stopPeerForError(near, 'enough')
      assert.equal(await stopped, false)
      again.held.open()
      for (const never of ['aborted', 'overtakes', 'aborted before', 'never'])
        assert.equal(b.reactor.texts().includes(never), false)
    }
  )

  check(
    "flushStop: all that was accepted is received before the remote's removePeer; both sides stop gracefully",
    async (net) => {
      const text = { channels: [{ id: CHANNEL, priority: 1, sendQueueCapacity: 1_000 }] }
      const [a, b] = await net.pair({ text }, { text })
      const [near] = await net.connect(a, b)
      b.reactor.onReceive = () => turns(1)
      const accepted: string[] = []
      for (let i = 0; i < 500; i++) if (near.trySend(to(`${i}:${'x'.repeat(i)}`))) accepted.push(String(i))
      const flushed = near.flushStop()
      assert.equal(near.trySend(to('late')), false)
      assert.equal(await near.send(to('late')), false)
      await flushed
      assert.equal(near.isRunning(), false)
      await b.reactor.until(() => b.reactor.removed.length === 1)
      assert.deepEqual(
        b.reactor.texts().map((one) => one.split(':')[0]),
        accepted
      )
      assert.deepEqual(
        [a, b].map(({ reactor }) => kindOf(reactor.removed[0]?.reason)),
        ['graceful', told(init, 'graceful')]
      )
    }
  )

  check('R-50, R-51: a broadcast reaches every peer, encodes once, and yields one answer per peer', async (net) => {
    const a = await net.node('a')
    const others = await Promise.all(['b', 'c', 'd'].map((moniker) => net.node(moniker)))
    for (const other of others) await net.connect(a, other)
    let encoded = 0
    const { encode } = textType
    textType.encode = (message) => {
      encoded++
      return encode(message)
    }
    try {
      const results: Array<{ peer: Peer; sent: boolean }> = []
      for await (const result of a.sw.broadcast(to('to all'))) results.push(result)
      assert.equal(encoded, 1)
      assert.deepEqual(new Set(results.map(({ peer }) => peer.id())), new Set(others.map(({ id }) => id)))
      assert.ok(results.every(({ sent }) => sent))
    } finally {
      textType.encode = encode
    }
    a.sw.broadcast(to('nobody reads the answer'))
    a.sw.broadcastAsync(to('async'))
    for (const { reactor } of others) await reactor.until(() => reactor.received.length === 3)
    a.sw.tryBroadcast(to('try'))
    for (const { reactor } of others) {
      await reactor.until(() => reactor.received.length === 4)
      assert.deepEqual(reactor.texts(), ['to all', 'nobody reads the answer', 'async', 'try'])
    }
    const refused: boolean[] = []
    for await (const { sent } of a.sw.broadcast(to(5))) refused.push(sent)
    assert.deepEqual(refused, [false, false, false])
  })

  check('a message longer than its channel takes stops the peer with protocol, and is not received', async (net) => {
    const [a, b] = await net.pair({}, { text: { channels: [{ id: CHANNEL, priority: 1, recvMessageCapacity: 100 }] } })
    const [near] = await net.connect(a, b)
    await near.send(to('x'.repeat(100)))
    await b.reactor.until(() => b.reactor.received.length === 1)
    await near.send(to('x'.repeat(101)))
    await b.reactor.until(() => b.reactor.removed.length === 1)
    await a.reactor.until(() => a.reactor.removed.length === 1)
    assert.deepEqual(
      [kindOf(b.reactor.removed[0]?.reason), kindOf(a.reactor.removed[0]?.reason)],
      ['protocol', 'communication']
    )
    assert.equal(b.reactor.received.length, 1)
  })

  check(
    'a message that cannot be decoded, and one that filterMsgBytes refuses, stop the peer with protocol',
    async (net) => {
      for (const bad of ['undecodable', 'filtered']) {
        const [a, b] = [await net.node(`a ${bad}`), await net.node(`b ${bad}`)]
        const [near] = await net.connect(a, b)
        if (bad === 'filtered')
          Object.assign(b.reactor, {
            filterMsgBytes: (_id: number, _src: Peer, bytes: Uint8Array) =>
              bytes.length > 3 ? new Error('no') : undefined
          })
        await near.send(to('ok'))
        await b.reactor.until(() => b.reactor.received.length === 1)
        const { encode } = textType
        textType.encode = () => Uint8Array.of(0xff, 0xfe, 0xfd, 0xfc)
        try {
          assert.equal(await near.send(to('bad')), true)
        } finally {
          textType.encode = encode
        }
        await b.reactor.until(() => b.reactor.removed.length === 1)
        assert.equal(kindOf(b.reactor.removed[0]?.reason), 'protocol')
        assert.equal(b.reactor.received.length, 1)
      }
    }
  )
}

/** Sends until nothing more is taken, because b's receive does not return. What was accepted is distinct in its first characters. */
async function saturate(near: Peer, b: Node): Promise<{ accepted: string[]; held: ReturnType<typeof gate> }> {
  const held = gate()
  b.reactor.onReceive = () => held.pass()
  const accepted: string[] = []
  const filler = 'x'.repeat(400_000)
  // half a second without room: a wire that is only slow makes some within it
  const enough = 25
  for (let refusals = 0, i = 0; refusals < enough; ) {
    const message = `${String(i).padStart(8, '0')}${filler}`
    if (near.trySend(to(message))) {
      accepted.push(message)
      refusals = 0
      i++
    } else {
      refusals++
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    // a bound there must be: contract.md, Buffers
    assert.ok(i * filler.length < 64 * 1024 * 1024, 'the receiver lets itself be filled')
    await turns(1)
  }
  return { accepted, held }
}
