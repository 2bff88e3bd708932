/** Link suite, first part: how a dial becomes two links, or fails, and that it leaves nothing behind. */
import assert from 'node:assert/strict'
import type { StopReason } from '../../src/interface/stop-reason.ts'
import type { Check, LinkSuiteInit } from './link-given.ts'
import { ONLY_DIALER, ONLY_LISTENER, type Proven, turns, URGENT } from './link-harness.ts'

const GRACEFUL: StopReason = { kind: 'graceful', message: 'done' }

export function diallingChecks(check: Check, { timeoutMs, stranger }: LinkSuiteInit): void {
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
}
