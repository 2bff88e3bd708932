/** Reactor suite, second part: every way a peer stops, from inside and outside its callbacks. */
import assert from 'node:assert/strict'
import type { Peer } from '../../src/interface/peer.ts'
import { turns } from './link-harness.ts'
import {
  CHANNEL,
  type Check,
  callsOf,
  gate,
  holds,
  kindOf,
  type Node,
  type ReactorSuiteInit,
  told
} from './reactor-given.ts'

const REASONS: ReadonlyArray<{ name: string; reason: unknown }> = [
  { name: 'an Error', reason: new Error('mine') },
  { name: 'an object', reason: { anything: true } },
  { name: 'one of our own', reason: { kind: 'misbehaviour', message: 'lied' } },
  { name: 'a string', reason: 'text' },
  { name: 'a symbol', reason: Symbol('mine') },
  { name: 'undefined', reason: undefined },
  { name: 'null', reason: null },
  { name: 'zero', reason: 0 }
]

type Callback = 'initPeer' | 'addPeer' | 'receive' | 'removePeer'
const CALLBACKS: readonly Callback[] = ['initPeer', 'addPeer', 'receive', 'removePeer']

/** Has b's reactor do this in one of its callbacks; `done` settles when that callback was reached. */
function inCallback(node: Node, callback: Callback, act: (peer: Peer) => void | Promise<void>): void {
  const { reactor } = node
  if (callback === 'initPeer')
    reactor.onInit = async (peer) => {
      await act(peer)
      return undefined
    }
  if (callback === 'addPeer') reactor.onAdd = act
  if (callback === 'receive') reactor.onReceive = ({ src }) => act(src as Peer)
  if (callback === 'removePeer') reactor.onRemove = act
}

/** Brings b to run its callback: a connects, says something, and, for removePeer, is stopped. */
async function provoke(a: Node, b: Node, callback: Callback): Promise<void> {
  const peer = await a.sw.dialPeerWithAddress(b.address()).catch(() => undefined)
  if (callback === 'receive') await peer?.send({ channelId: CHANNEL, message: 'go' })
  if (callback === 'removePeer') {
    await b.reactor.until(() => holds(b.reactor, a.id))
    void b.sw.stopPeerForError(b.sw.peers().get(a.id) as Peer, 'provoked')
  }
}

export function stopChecks(check: Check, init: ReactorSuiteInit): void {
  check(
    'R-29, D-2: removePeer runs after the routines stopped and while the peer is still in the set; then it leaves',
    async (net) => {
      const [a, b] = await net.pair()
      const [near] = await net.connect(a, b)
      const seen: unknown[] = []
      a.reactor.onRemove = async (peer) => {
        seen.push(peer.isRunning(), peer.quit().aborted, a.sw.peers().get(peer.id()) === peer)
        seen.push(
          peer.trySend({ channelId: CHANNEL, message: 'x' }),
          await peer.send({ channelId: CHANNEL, message: 'x' })
        )
      }
      await a.sw.stopPeerForError(near, 'done')
      assert.deepEqual(seen, [false, true, true, false, false])
      assert.equal(a.sw.peers().has(b.id), false)
    }
  )

  check('R-30, D-5: the same node is initialised again only when every removePeer has returned', async (net) => {
    const [a, b] = await net.pair()
    const [near] = await net.connect(a, b)
    const held = gate()
    a.reactor.onRemove = () => held.pass()
    const stopped = a.sw.stopPeerForError(near, 'done')
    await held.reached
    await b.reactor.until(() => b.reactor.removed.length === 1)
    const again = b.sw.dialPeerWithAddress(a.address()).catch(() => undefined)
    await turns(50)
    assert.equal(callsOf(a.calls[0] ?? [], b.id).filter((call) => call === 'initPeer').length, 1)
    held.open()
    await stopped
    await again
  })

  check('R-31, R-32: after a stop nothing of that handle is received, and sending to it is false', async (net) => {
    const [a, b] = await net.pair()
    const [near, far] = await net.connect(a, b)
    let sending = true
    const flood = (async () => {
      while (sending && (await near.send({ channelId: CHANNEL, message: 'flood' })));
    })()
    await b.reactor.until(() => b.reactor.received.length > 50)
    const stopped = b.sw.stopPeerForError(far, 'enough')
    const received = b.reactor.received.length
    assert.equal(far.trySend({ channelId: CHANNEL, message: 'x' }), false)
    assert.equal(await far.send({ channelId: CHANNEL, message: 'x' }), false)
    await stopped
    await a.reactor.until(() => a.reactor.removed.length === 1)
    sending = false
    await flood
    assert.equal(b.reactor.received.length, received)
  })

  check('R-33: only the first stop of a handle counts, synchronously', async (net) => {
    const [a, b] = await net.pair()
    const [near] = await net.connect(a, b)
    const stops = [
      a.sw.stopPeerForError(near, 'first'),
      a.sw.stopPeerForError(near, 'second'),
      a.sw.stopPeerGracefully(near),
      near.flushStop(),
      near.closeConn()
    ]
    assert.equal(near.isRunning(), false)
    await Promise.all(stops)
    assert.deepEqual(
      a.reactor.removed.map(({ reason }) => reason),
      ['first']
    )
    await a.sw.stopPeerForError(near, 'third')
    assert.equal(a.reactor.removed.length, 1)
  })

  check('R-34, R-35: whatever the reason is, it reaches removePeer unchanged', async (net) => {
    const [a, b] = await net.pair()
    for (const { name, reason } of REASONS) {
      // what was said in bad faith has consequences for the next dial; here each has its own pair
      const other = await net.node(`peer of ${name}`)
      const [near] = await net.connect(a, other)
      await a.sw.stopPeerForError(near, reason)
      assert.ok(Object.is(a.reactor.removed.at(-1)?.reason, reason), name)
    }
    assert.equal(b.reactor.removed.length, 0)
  })

  check('R-62: a graceful stop is graceful on both sides', async (net) => {
    const [a, b] = await net.pair()
    const [near] = await net.connect(a, b)
    await a.sw.stopPeerGracefully(near)
    await b.reactor.until(() => b.reactor.removed.length === 1)
    assert.deepEqual(
      [a, b].map(({ reactor }) => kindOf(reactor.removed[0]?.reason)),
      ['graceful', told(init, 'graceful')]
    )
  })

  check(
    'closeConn and a lost connection stop the peer with communication, on both sides (D-17: at once)',
    async (net) => {
      const [a, b] = await net.pair()
      const [near] = await net.connect(a, b)
      await near.closeConn()
      await b.reactor.until(() => b.reactor.removed.length === 1)
      await net.connect(a, b)
      await net.lose(a, b)
      for (const { reactor } of [a, b]) {
        await reactor.until(() => reactor.removed.length === 2)
        assert.deepEqual(
          reactor.removed.map(({ reason }) => kindOf(reason)),
          ['communication', 'communication']
        )
      }
    }
  )

  check('D-8: a switch that stops removes every peer with shutdown, then stops its reactors', async (net) => {
    const [a, b] = await net.pair()
    const c = await net.node('c')
    await net.connect(a, b)
    await net.connect(a, c)
    await a.stop()
    assert.deepEqual(
      a.reactor.removed.map(({ reason }) => kindOf(reason)),
      ['shutdown', 'shutdown']
    )
    assert.equal(a.calls[0]?.at(-1)?.call, 'onStop')
    assert.equal(a.sw.isRunning(), false)
    for (const { reactor } of [b, c]) {
      await reactor.until(() => reactor.removed.length === 1)
      assert.equal(kindOf(reactor.removed[0]?.reason), told(init, 'shutdown'))
    }
  })

  for (const callback of CALLBACKS) {
    check(`a reactor that stops its own peer inside ${callback}, and awaits it, does not hang`, async (net) => {
      const [a, b] = await net.pair()
      const settled = Promise.withResolvers<void>()
      inCallback(b, callback, async (peer) => {
        await b.sw.stopPeerForError(peer, 'from inside')
        settled.resolve()
      })
      await provoke(a, b, callback)
      await settled.promise
      await b.reactor.until(() => b.reactor.removed.length === 1)
      assert.equal(b.reactor.removed[0]?.reason, callback === 'removePeer' ? 'provoked' : 'from inside')
      assert.equal(b.reactor.added.length, callback === 'initPeer' ? 0 : 1)
    })

    check(`D-11: a ${callback} that rejects stops only its peer, with reactor-failure`, async (net) => {
      const [a, b] = await net.pair()
      const c = await net.node('c')
      await net.connect(c, b)
      inCallback(b, callback, async (peer) => {
        if (peer.id() === a.id) throw new Error('broken')
      })
      await provoke(a, b, callback)
      await a.reactor.until(() => a.reactor.removed.length === 1)
      if (callback !== 'removePeer') {
        await b.reactor.until(() => b.reactor.removed.length === 1)
        const reason = b.reactor.removed[0]?.reason as { kind: string; reactor: string; callback: string; cause: Error }
        assert.deepEqual(
          [reason.kind, reason.reactor, reason.callback, reason.cause.message],
          ['reactor-failure', 'TEXT', callback, 'broken']
        )
      }
      assert.equal(b.sw.peers().has(c.id), true)
    })

    check(
      `a ${callback} that never returns ends the peer after callbackTimeoutMs, and the life goes on to its end without it`,
      async (net) => {
        const [a, b] = [await net.node('a'), await net.node('b', { switch: { callbackTimeoutMs: 60 } })]
        inCallback(b, callback, () => new Promise(() => {}))
        await provoke(a, b, callback)
        await a.reactor.until(() => a.reactor.removed.length === 1)
        if (callback !== 'removePeer') {
          await b.reactor.until(() => b.reactor.removed.length === 1)
          const reason = b.reactor.removed[0]?.reason as { kind: string; callback: string }
          assert.deepEqual([reason.kind, reason.callback], ['reactor-failure', callback])
        }
        // the id is free again: somebody who misbehaves in removePeer cannot block it for ever
        b.reactor.onInit = () => undefined
        b.reactor.onAdd = () => {}
        b.reactor.onReceive = () => {}
        b.reactor.onRemove = () => {}
        await redial(a, b)
      }
    )
  }

  check('a stop does not wait for a receive that is under way', async (net) => {
    const [a, b] = await net.pair()
    const [near, far] = await net.connect(a, b)
    const held = gate()
    b.reactor.onReceive = () => held.pass()
    await near.send({ channelId: CHANNEL, message: 'x' })
    await held.reached
    await b.sw.stopPeerForError(far, 'now')
    assert.equal(b.reactor.removed.length, 1)
    held.open()
  })

  check('stops at any moment of a dial, on either side, leave whole lives behind', async (net) => {
    for (let after = 0; after < 60; after += 4) {
      const [a, b] = [await net.node(`a${after}`), await net.node(`b${after}`)]
      const dial = a.sw.dialPeerWithAddress(b.address()).catch((err: Error) => err)
      await turns(after)
      await (after % 8 === 0 ? a : b).stop()
      await dial
      // both traces are read when the check ends
    }
  })

  check(
    'a peer stopped at any moment after a dial leaves whole lives behind, and can be dialled again',
    async (net) => {
      const [a, b] = await net.pair()
      for (let after = 0; after < 12; after++) {
        await redial(a, b)
        await turns(after)
        const [peer, sw] = after % 2 === 0 ? [a.sw.peers().get(b.id), a.sw] : [b.sw.peers().get(a.id), b.sw]
        if (peer !== undefined) await sw.stopPeerForError(peer, after)
      }
    }
  )
}

/** Until it works: the other side may still be busy removing the old connection. */
async function redial(a: Node, b: Node): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await a.sw.dialPeerWithAddress(b.address())
      return
    } catch (err) {
      if (tries === 50) throw err
      await turns(20)
    }
  }
}
