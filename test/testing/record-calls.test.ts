import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Envelope } from '../../src/interface/envelope.ts'
import type { Peer } from '../../src/interface/peer.ts'
import type { Reactor } from '../../src/interface/reactor.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { recordCalls } from '../../src/testing/record-calls.ts'

const peer = { id: () => 'a' } as Peer

test('every callback is written down in order, with its handle, and does what it did', async () => {
  class Mine extends BaseReactor {
    readonly seen: string[] = []
    override onStart(): void {
      this.seen.push(`start ${this.isRunning()}`)
    }
    override receive({ message }: Envelope): void {
      this.seen.push(String(message))
    }
    override initPeer(given: Peer): Peer {
      this.seen.push('init')
      return Object.create(given)
    }
  }
  const reactor = new Mine('mine')
  const calls = recordCalls(reactor)
  assert.deepEqual(reactor.getChannels(), [])
  reactor.setSwitch('switch' as never)
  await reactor.start()
  const before = performance.now()
  assert.notEqual(await reactor.initPeer(peer), peer)
  await reactor.addPeer(peer)
  await reactor.receive({ src: peer, channelId: 5, message: 'hello' })
  await reactor.removePeer(peer, 'reason')
  await reactor.stop()
  assert.deepEqual(
    calls.map(({ at: _, ...call }) => call),
    [
      { call: 'getChannels' },
      { call: 'setSwitch' },
      { call: 'onStart' },
      { call: 'initPeer', peer },
      { call: 'addPeer', peer },
      { call: 'receive', peer, channelId: 5, message: 'hello' },
      { call: 'removePeer', peer, reason: 'reason' },
      { call: 'onStop' }
    ]
  )
  assert.deepEqual(reactor.seen, ['start true', 'init', 'hello'])
  assert.ok(calls.every(({ at }, i) => at >= (calls[i - 1]?.at ?? 0)) && (calls[3]?.at ?? 0) >= before)
})

test('a reactor made by hand has its start and stop written down as onStart and onStop', async () => {
  const quit = new AbortController().signal
  const reactor: Reactor = {
    start: async () => {},
    stop: async () => {},
    isRunning: () => true,
    quit: () => quit,
    getChannels: () => [],
    setSwitch: () => {},
    initPeer: (given) => given,
    addPeer: () => {},
    removePeer: () => {},
    receive: () => {}
  }
  const calls = recordCalls(reactor)
  await reactor.start()
  await reactor.stop()
  assert.deepEqual(
    calls.map(({ call }) => call),
    ['onStart', 'onStop']
  )
})

test('what a callback throws is thrown, after it was written down', () => {
  class Broken extends BaseReactor {
    override addPeer(): void {
      throw new Error('broken')
    }
  }
  const reactor = new Broken('broken')
  const calls = recordCalls(reactor)
  assert.throws(() => reactor.addPeer(), { message: 'broken' })
  assert.deepEqual(
    calls.map(({ call }) => call),
    ['addPeer']
  )
})

test('what is no reactor is an error that says so', () => {
  assert.throws(() => recordCalls({} as Reactor), { name: 'InvalidOptionError', field: 'reactor' })
  assert.throws(() => recordCalls({ initPeer() {} } as never), {
    name: 'InvalidOptionError',
    field: 'reactor.getChannels'
  })
})
