/** Reactor suite, first part: how a peer's life begins, and that lives do not touch one another. */
import assert from 'node:assert/strict'
import type { Peer } from '../../src/interface/peer.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { turns } from './link-harness.ts'
import { CHANNEL, type Check, callsOf, gate, kindOf, type ReactorSuiteInit } from './reactor-given.ts'

const two = () => [0x10, 0x11].map((id) => new TextReactor({ channels: [{ id, priority: 1, sendQueueCapacity: 100 }] }))

export function lifecycleChecks(check: Check, { stack }: ReactorSuiteInit): void {
  check('R-3, R-21: registration, start, and per handle initPeer, addPeer, receive, removePeer', async (net) => {
    const [a, b] = await net.pair()
    const [near, far] = await net.connect(a, b)
    for (const [from, to] of [
      [near, b],
      [far, a]
    ] as const) {
      assert.equal(await from.send({ channelId: CHANNEL, message: 'hello' }), true)
      await to.reactor.until(() => to.reactor.received.length === 1)
    }
    await a.sw.stopPeerForError(near, 'enough')
    await b.reactor.until(() => b.reactor.removed.length === 1)
    for (const { calls } of [a, b])
      assert.deepEqual(
        calls[0]?.map(({ call }) => call),
        ['getChannels', 'setSwitch', 'onStart', 'initPeer', 'addPeer', 'receive', 'removePeer']
      )
    assert.equal(near.stack(), stack)
  })

  check(
    'R-22, R-23, D-14: initPeer runs on every reactor, in order, before the peer is started: nothing is sent, nobody knows it',
    async (net) => {
      const reactors = two()
      const held = gate()
      const order: string[] = []
      const seen: unknown[] = []
      for (const [i, reactor] of reactors.entries()) {
        reactor.onAdd = () => void order.push(`add ${i}`)
        reactor.onInit = async (peer) => {
          order.push(`init ${i}`)
          seen.push(
            peer.isRunning(),
            peer.trySend({ channelId: CHANNEL, message: 'x' }),
            await peer.send({ channelId: CHANNEL, message: 'x' })
          )
          seen.push(b.sw.peers().has(peer.id()))
          if (i === 1) await held.pass()
          return undefined
        }
      }
      const [a, b] = await net.pair({ reactors: two() }, { reactors })
      a.reactor.onAdd = (peer) => void peer.trySend({ channelId: CHANNEL, message: 'early' })
      const dial = a.sw.dialPeerWithAddress(b.address())
      await held.reached
      await Promise.race([dial, turns(50)])
      assert.equal(b.reactor.received.length, 0)
      held.open()
      await dial
      await b.reactor.until(() => b.reactor.received.length === 1 && b.reactor.added.length === 1)
      await reactors[1]?.until(() => reactors[1]?.added.length === 1)
      assert.deepEqual(order, ['init 0', 'init 1', 'add 0', 'add 1'])
      assert.deepEqual(seen, Array(8).fill(false))
    }
  )

  check('R-24, R-25: in addPeer the peer runs, is in the set, and can be sent to', async (net) => {
    const [a, b] = await net.pair()
    const seen: unknown[] = []
    a.reactor.onAdd = async (peer) => {
      seen.push(
        peer.isRunning(),
        a.sw.peers().get(peer.id()) === peer,
        await peer.send({ channelId: CHANNEL, message: 'from addPeer' })
      )
    }
    await net.connect(a, b)
    assert.deepEqual(seen, [true, true, true])
    await b.reactor.until(() => b.reactor.received.length === 1)
    assert.deepEqual(b.reactor.texts(), ['from addPeer'])
  })

  check('R-26: a message may be received before addPeer', async (net) => {
    const reactors = two()
    const held = gate()
    ;(reactors[0] as TextReactor).onAdd = () => held.pass()
    const [a, b] = await net.pair({ reactors: two() }, { reactors })
    const near = await a.sw.dialPeerWithAddress(b.address())
    await held.reached
    assert.equal(await near.send({ channelId: 0x11, message: 'early' }), true)
    await reactors[1]?.until(() => reactors[1]?.received.length === 1)
    held.open()
    await reactors[1]?.until(() => reactors[1]?.added.length === 1)
    assert.deepEqual(callsOf(b.calls[1] ?? [], a.id), ['initPeer', 'receive', 'addPeer'])
  })

  check(
    'R-27, D-1: a connection lost while initPeer runs ends with removePeer, and never with addPeer before its turn',
    async (net) => {
      const [a, b] = await net.pair()
      const held = gate()
      b.reactor.onInit = async () => {
        await held.pass()
        return undefined
      }
      const dial = a.sw.dialPeerWithAddress(b.address()).catch(() => undefined)
      await held.reached
      await dial
      await net.lose(a, b)
      await a.reactor.until(() => a.reactor.removed.length === 1)
      held.open()
      await b.reactor.until(() => b.reactor.removed.length === 1)
      assert.equal(kindOf(b.reactor.removed[0]?.reason), 'communication')
    }
  )

  check(
    'D-1, D-11: an initPeer that fails ends the peer, with removePeer on those that saw initPeer only',
    async (net) => {
      for (const fail of [
        () => {
          throw new Error('broken')
        },
        async () => {
          throw new Error('broken')
        }
      ]) {
        const [a, b] = [
          await net.node('a', { reactors: [...two(), third()] }),
          await net.node('b', { reactors: [...two(), third()] })
        ]
        ;(a.reactors[1] as TextReactor).onInit = fail as never
        await assert.rejects(a.sw.dialPeerWithAddress(b.address()), (err: Error & { reason?: unknown }) => {
          assert.deepEqual([err.name, kindOf(err.reason)], ['PeerStoppedError', 'reactor-failure'])
          return true
        })
        await a.reactors[1]?.until(() => a.reactors[1]?.removed.length === 1)
        assert.deepEqual(
          a.calls.map((calls) => callsOf(calls, b.id)),
          [['initPeer', 'removePeer'], ['initPeer', 'removePeer'], []]
        )
        assert.equal(a.sw.peers().size, 0)
      }
    }
  )

  check(
    'a different peer that initPeer returns takes the place of the handle for the reactors after it',
    async (net) => {
      const reactors = two()
      let replaced: Peer | undefined
      ;(reactors[0] as TextReactor).onInit = (peer) => {
        replaced = Object.create(peer, { marked: { value: true } }) as Peer
        for (const method of ['id', 'isRunning', 'send', 'get', 'set'] as const)
          Object.defineProperty(replaced, method, {
            value: (...args: never[]) => (peer[method] as (...a: never[]) => unknown)(...args)
          })
        return replaced
      }
      const [a, b] = await net.pair({ reactors: two() }, { reactors })
      const [near] = await net.connect(a, b)
      await near.send({ channelId: 0x11, message: 'x' })
      await reactors[1]?.until(() => reactors[1]?.received.length === 1)
      const [first, second] = b.calls as [(typeof b.calls)[0], (typeof b.calls)[0]]
      assert.notEqual(first.find(({ call }) => call === 'initPeer')?.peer, replaced)
      for (const { call, peer } of second) if (peer !== undefined) assert.equal(peer, replaced, call)
    }
  )

  check('R-36: peers are independent: one that is slow to be added does not hold up another', async (net) => {
    const [a, b] = await net.pair()
    const c = await net.node('c')
    const held = gate()
    b.reactor.onInit = async (peer) => {
      if (peer.id() === a.id) await held.pass()
      return undefined
    }
    const slow = a.sw.dialPeerWithAddress(b.address())
    await held.reached
    const [near] = await net.connect(c, b)
    assert.equal(await near.send({ channelId: CHANNEL, message: 'through' }), true)
    await b.reactor.until(() => b.reactor.received.length === 1)
    assert.deepEqual(callsOf(b.calls[0] ?? [], a.id), ['initPeer'])
    held.open()
    await slow
  })

  check('R-38: a dial to a connected node, from either side, is its Peer; nothing is connected twice', async (net) => {
    const [a, b] = await net.pair()
    const [near, far] = await net.connect(a, b)
    assert.equal(await a.sw.dialPeerWithAddress(b.address()), near)
    assert.equal(await b.sw.dialPeerWithAddress(a.address()), far)
    for (const { calls } of [a, b]) assert.equal(calls[0]?.filter(({ call }) => call === 'initPeer').length, 1)
  })

  check('R-38: dials at the same time give one peer, and all of them resolve to it', async (net) => {
    const [a, b] = await net.pair()
    const dials = await Promise.all([
      a.sw.dialPeerWithAddress(b.address()),
      b.sw.dialPeerWithAddress(a.address()),
      a.sw.dialPeerWithAddress(b.address()),
      b.sw.dialPeerWithAddress(a.address())
    ])
    const [near, far] = [a.sw.peers().get(b.id), b.sw.peers().get(a.id)]
    assert.deepEqual(
      dials.map((peer) => [near, far].indexOf(peer)),
      [0, 1, 0, 1]
    )
    assert.equal(near?.isOutbound(), !far?.isOutbound())
    for (const { calls } of [a, b]) assert.equal(calls[0]?.filter(({ call }) => call === 'initPeer').length, 1)
  })

  check('R-13, D-7: a node that comes back has a new handle, with nothing stored on it', async (net) => {
    const [a, b] = await net.pair()
    const [first] = await net.connect(a, b)
    first.set('key', 'value')
    await a.sw.stopPeerGracefully(first)
    await b.reactor.until(() => b.reactor.removed.length === 1)
    const second = await a.sw.dialPeerWithAddress(b.address())
    assert.notEqual(second, first)
    assert.deepEqual([second.id(), second.get('key'), first.isRunning()], [first.id(), undefined, false])
  })
}

function third(): TextReactor {
  return new TextReactor({ channels: [{ id: 0x12, priority: 1 }] })
}
