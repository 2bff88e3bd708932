/**
 * The promises of interface/link.ts and interface/stack.ts, checked on real connections: every stack passes this suite (style.md, 49). It assumes no
 * memory, no fake clock and no particular speed; what a wire cannot do is an option of the call.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PeerId } from '@libp2p/interface'
import type { Link } from '../../src/interface/link.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import type { Stack } from '../../src/interface/stack.ts'
import type { StopKind, StopReason } from '../../src/interface/stop-reason.ts'
import {
  BULK,
  End,
  ONLY_DIALER,
  ONLY_LISTENER,
  type Proven,
  SMALL,
  SMALL_CAPACITY,
  TestHost,
  turns,
  URGENT
} from './link-harness.ts'

/** One stack, not started: the suite starts it. */
export interface StackUnderTest {
  readonly stack: Stack
  readonly id: string
  readonly peerId: PeerId
  /** Where it can be dialled once started; `asId`: the same place, but naming that node. */
  address(as?: { id: string; peerId: PeerId }): NetAddress
}

export interface StackPair {
  readonly dialer: StackUnderTest
  readonly listener: StackUnderTest
  /** Where nobody listens, in the same form. */
  nowhere(): NetAddress
  /** Loses every connection between the two without a word. */
  lose(): void | Promise<void>
  /** After both stacks have stopped. */
  teardown(): Promise<void>
}

export interface LinkSuiteInit {
  setup(): Promise<StackPair>
  /** How long one test may take, ms. */
  readonly timeoutMs: number
  /** The most that one channel takes while nothing of it is consumed, bytes, beside a message that was begun. */
  readonly maxUnconsumedBytes: number
  /** Another node's names, to be found not at home. */
  readonly stranger: { id: string; peerId: PeerId }
}

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

export function linkSuite(name: string, init: LinkSuiteInit): void {
  const { timeoutMs, maxUnconsumedBytes, stranger } = init

  /** Runs a check on two started stacks, and sees that nothing stays behind. */
  function check(title: string, body: (given: Given) => Promise<void>): void {
    test(title, { timeout: timeoutMs }, async () => {
      const pair = await init.setup()
      const given = new Given(pair)
      try {
        await pair.dialer.stack.start(given.dialerHost)
        await pair.listener.stack.start(given.listenerHost)
        await body(given)
      } finally {
        await given.closeAll()
        await Promise.all([pair.dialer.stack.stop(), pair.listener.stack.stop()])
        await given.listenerHost.until(() => given.listenerHost.settled)
        await pair.teardown()
      }
    })
  }

  describe(`links of ${name}`, () => {
    // ---- dialling ----------------------------------------------------------------------------------------------

    check(
      'R-11, R-12: a dial gives both sides a link with the proven id, the direction and what the other says of itself',
      async (given) => {
        const { dialer, listener } = given.pair
        const [near, far] = await given.connectLinks()
        for (const link of [near, far]) assert.equal(link.stack, dialer.stack.name)
        assert.deepEqual([near.outbound, far.outbound], [true, false])
        assert.deepEqual([near.remoteId, far.remoteId], [listener.id, dialer.id])
        assert.ok(near.remotePeerId.equals(listener.peerId) && far.remotePeerId.equals(dialer.peerId))
        assert.equal(near.nodeInfo.moniker, given.listenerHost.nodeInfo().moniker)
        assert.equal(far.nodeInfo.moniker, given.dialerHost.nodeInfo().moniker)
        assert.ok(near.socketAddr.equals(listener.address()))
        assert.equal(far.socketAddr.id, dialer.id)
        assert.deepEqual(
          [URGENT, ONLY_DIALER, ONLY_LISTENER, 0x7f].map((id) => near.serves(id)),
          [true, false, true, false]
        )
        assert.deepEqual(
          [URGENT, ONLY_DIALER, ONLY_LISTENER, 0x7f].map((id) => far.serves(id)),
          [true, true, false, false]
        )
        assert.equal(given.listenerHost.admitted[0]?.id, dialer.id)
        assert.equal(given.listenerHost.admitted[0]?.nodeInfo?.id, dialer.id)
      }
    )

    check('our side is asked once, with the proven id, before the remote is', async (given) => {
      const order: string[] = []
      given.listenerHost.answer = async () => void order.push('remote')
      await given.dial({
        authenticated: ({ id, peerId }) => {
          order.push('us')
          assert.equal(id, given.pair.listener.id)
          assert.ok(peerId.equals(given.pair.listener.peerId))
          return { allow: true }
        }
      })
      assert.deepEqual(order, ['us', 'remote'])
    })

    check('a refusal of ours ends the dial, and the remote is not asked', async (given) => {
      const dial = given.dial({ authenticated: () => ({ allow: false, refusal: 'outbound-full', detail: 'no room' }) })
      await assert.rejects(dial, { name: 'PeerRefusedError', refusal: 'outbound-full', by: 'us' })
      assert.equal(given.listenerHost.admitted.length, 0)
    })

    check('a refusal of the remote reaches the dialer with its reason', async (given) => {
      given.listenerHost.answer = async () => ({ refusal: 'inbound-full', detail: '40 of 40' })
      await assert.rejects(given.dial(), {
        name: 'PeerRefusedError',
        refusal: 'inbound-full',
        by: 'remote',
        message: /40 of 40/
      })
      given.listenerHost.answer = async () => ({ refusal: 'incompatible', detail: 'another chain' })
      await assert.rejects(given.dial(), { name: 'IncompatiblePeerError' })
      given.listenerHost.answer = async () => undefined
      await given.dial()
    })

    check('a node with another key than the address names is found out before anybody is asked', async (given) => {
      const asked: Proven[] = []
      const dial = given.pair.dialer.stack.dial(given.pair.listener.address(stranger), {
        signal: AbortSignal.timeout(timeoutMs),
        authenticated: (remote) => {
          asked.push(remote)
          return { allow: true }
        }
      })
      // libp2p itself may refuse to connect to a peer id that is not there
      await assert.rejects(dial, (err: Error) => ['WrongIdentityError', 'DialFailedError'].includes(err.name))
      assert.deepEqual([asked.length, given.listenerHost.admitted.length], [0, 0])
    })

    check('a dial to nobody fails', async (given) => {
      await assert.rejects(given.dial({ to: given.pair.nowhere() }), { name: 'DialFailedError' })
    })

    check('a dial to a stack that has stopped fails', async (given) => {
      await given.pair.listener.stack.stop()
      await assert.rejects(given.dial(), { name: 'DialFailedError' })
    })

    check('an aborted dial rejects with the reason of the signal at once', async (given) => {
      const reason = new Error('changed my mind')
      await assert.rejects(given.dial({ signal: AbortSignal.abort(reason) }), (err) => err === reason)
      assert.equal(given.listenerHost.admitted.length, 0)
      const abort = new AbortController()
      given.listenerHost.answer = () => new Promise(() => {})
      const dial = given.dial({ signal: abort.signal })
      await given.listenerHost.until(() => given.listenerHost.admitted.length === 1)
      abort.abort(reason)
      await assert.rejects(dial, (err) => err === reason)
    })

    check(
      'a dialer that goes away while the listener thinks is noticed, and its admission is given back',
      async (given) => {
        const thinking = Promise.withResolvers<void>()
        given.listenerHost.answer = async () => void (await thinking.promise)
        const abort = new AbortController()
        const dial = given.dial({ signal: abort.signal })
        await given.listenerHost.until(() => given.listenerHost.admitted.length === 1)
        const signal = given.listenerHost.admitted[0]?.signal as AbortSignal
        const gone = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
        abort.abort(new Error('gone'))
        await assert.rejects(dial, { message: 'gone' })
        await gone
        thinking.resolve()
        await given.listenerHost.until(() => given.listenerHost.admissions[0] !== undefined)
        assert.equal(given.listenerHost.admissions[0], 'abandoned')
      }
    )

    check('a dial aborted at any moment leaves no admission hanging and no link alive', async (given) => {
      for (const after of await given.moments()) {
        const reason = new Error(`aborted after ${after}`)
        const abort = new AbortController()
        const dial = given.dial({ signal: abort.signal }).then(
          (link) => link,
          (err) => {
            assert.equal(err, reason)
            return undefined
          }
        )
        await turns(after)
        abort.abort(reason)
        const link = await dial
        if (link !== undefined) await link.close(GRACEFUL, false)
        await given.listenerHost.until(() => given.listenerHost.settled)
        await given.farSidesEnd()
      }
    })

    check('a listener that stops at any moment leaves no admission hanging', async (given) => {
      for (const after of await given.moments()) {
        const dial = given.dial().catch(() => undefined)
        await turns(after)
        await given.pair.listener.stack.stop()
        const link = await dial
        await given.listenerHost.until(() => given.listenerHost.settled)
        await given.closeAll()
        await link?.close(GRACEFUL, false)
        await given.pair.listener.stack.start(given.listenerHost)
      }
    })

    // ---- messages ----------------------------------------------------------------------------------------------

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
          for (let i = 0; i < count; i++)
            assert.equal(await near.outbox.send(id, Uint8Array.of(i >> 8, i & 0xff)), true)
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

    // ---- backpressure ------------------------------------------------------------------------------------------

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

    check('empty messages are bounded too', async (given) => {
      const [near, far] = await given.connect()
      far.consuming = false
      const count = 50_000
      let accepted = 0
      const sending = (async () => {
        for (let i = 0; i < count; i++) accepted += (await near.outbox.send(BULK, new Uint8Array(0))) ? 1 : 0
      })()
      await Promise.race([sending, quiet(() => far.received.length)])
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

    // ---- the end -----------------------------------------------------------------------------------------------

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
      assert.deepEqual([reason.kind, drain, far.ends[0]?.after], ['graceful', true, 8])
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
      assert.deepEqual([reason.kind, drain, far.ends[0]?.after], ['graceful', true, 3])
    })

    for (const { given: told, want } of GOODBYES)
      check(`a close with reason ${told.kind} is ${want} to the other side, without draining`, async (given) => {
        const [near, far] = await given.connect()
        await near.link.close(told, false)
        const { reason, drain } = await far.ended()
        assert.deepEqual([reason.kind, drain], [want, false])
        assert.equal(typeof reason.message, 'string')
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
  })
}

/** Two stacks, their hosts, and the ends made of their links. */
class Given {
  readonly pair: StackPair
  readonly dialerHost: TestHost
  readonly listenerHost: TestHost
  readonly ends: End[] = []
  readonly #dialled: Link[] = []

  constructor(pair: StackPair) {
    this.pair = pair
    this.dialerHost = new TestHost('dialer', pair.dialer.id, () => pair.dialer.stack)
    this.listenerHost = new TestHost('listener', pair.listener.id, () => pair.listener.stack)
  }

  async dial(
    how: {
      to?: NetAddress
      signal?: AbortSignal
      authenticated?: (remote: Proven) => ReturnType<Parameters<Stack['dial']>[1]['authenticated']>
    } = {}
  ): Promise<Link> {
    const link = await this.pair.dialer.stack.dial(how.to ?? this.pair.listener.address(), {
      signal: how.signal ?? new AbortController().signal,
      authenticated: how.authenticated ?? (() => ({ allow: true }))
    })
    this.#dialled.push(link)
    return link
  }

  /** A link as both sides have it, not started. */
  async connectLinks(): Promise<[Link, Link]> {
    const before = this.listenerHost.links.length
    const near = await this.dial()
    await this.listenerHost.until(() => this.listenerHost.links.length > before)
    return [near, this.listenerHost.links[before] as Link]
  }

  /** Both ends, started. */
  async connect(): Promise<[End, End]> {
    const [near, far] = await this.connectLinks()
    return [this.end(near, this.dialerHost).start(), this.end(far, this.listenerHost).start()]
  }

  end(link: Link, host: TestHost): End {
    const end = new End(link, host)
    this.ends.push(end)
    return end
  }

  /** Every link that the listener accepted is told of its end. */
  async farSidesEnd(): Promise<void> {
    for (const far of this.listenerHost.links.slice(this.ends.length))
      await this.end(far, this.listenerHost).start().ended()
  }

  async closeAll(): Promise<void> {
    for (const link of [...this.#dialled, ...this.listenerHost.links])
      await link.close({ kind: 'shutdown', message: 'end of test' }, false)
  }

  /** Moments spread over a dial from its first step to after its last, in turns of the event loop. */
  async moments(): Promise<number[]> {
    let settled = false
    const dial = this.dial().then((link) => {
      settled = true
      return link
    })
    let took = 0
    for (; !settled; took++) await turns(1)
    await (await dial).close(GRACEFUL, false)
    await this.listenerHost.until(() => this.listenerHost.settled)
    const count = 24
    return Array.from({ length: count }, (_, i) => Math.round((i * 1.2 * took) / count))
  }
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
