import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { createMemoryNetwork } from '../../src/testing/index.ts'
import { deferred } from '../../src/util/deferred.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'

const bytes = { typeName: 'Bytes', encode: (m: Uint8Array) => m, decode: (m: Uint8Array) => m }

/** Writes down what happens to it, and is started and stopped as told. */
class Recorder extends BaseReactor {
  readonly calls: string[]
  readonly #label: string
  readonly #ids: number[]
  start_: () => void | Promise<void> = () => {}
  stop_: () => void | Promise<void> = () => {}
  constructor(label: string, ids: number[], calls: string[] = []) {
    super(label)
    this.#label = label
    this.#ids = ids
    this.calls = calls
  }
  override getChannels() {
    this.calls.push(`${this.#label} getChannels`)
    return this.#ids.map((id) => ({ id, priority: 1, messageType: bytes }))
  }
  override setSwitch(sw: Parameters<BaseReactor['setSwitch']>[0]) {
    this.calls.push(`${this.#label} setSwitch`)
    super.setSwitch(sw)
  }
  override onStart() {
    this.calls.push(`${this.#label} onStart`)
    return this.start_()
  }
  override onStop() {
    this.calls.push(`${this.#label} onStop`)
    return this.stop_()
  }
}

const create = (options: Record<string, unknown> = {}) =>
  createMemoryNetwork({ seed: 1 }).createSwitch({ network: 'chain', moniker: 'a', ...options })

test('R-1, D-10: names are unique within the switch', () => {
  const sw = create()
  sw.addReactor('A', new Recorder('A', [1]))
  assert.throws(() => sw.addReactor('A', new Recorder('A', [2])), { name: 'RegistrationError' })
})

test('R-2: a started switch takes no more reactors', async () => {
  const sw = create()
  await sw.start()
  assert.throws(() => sw.addReactor('A', new Recorder('A', [1])), { name: 'RegistrationError' })
  await sw.stop()
})

test('R-3, D-9: getChannels, then setSwitch, at registration; onStart only when the switch starts', async () => {
  const sw = create()
  const reactor = new Recorder('A', [1])
  assert.throws(() => reactor.switch, { name: 'RegistrationError' })
  assert.equal(sw.addReactor('A', reactor), reactor)
  assert.deepEqual(reactor.calls, ['A getChannels', 'A setSwitch'])
  assert.equal(reactor.switch, sw)
  await sw.start()
  assert.deepEqual(reactor.calls.slice(2), ['A onStart'])
  await sw.stop()
})

test('R-5: a channel id belongs to one reactor, and a failed registration leaves nothing behind', async () => {
  const sw = create()
  sw.addReactor('A', new Recorder('A', [1]))
  const b = new Recorder('B', [2, 1])
  assert.throws(() => sw.addReactor('B', b), { name: 'RegistrationError', message: /B.*0x01.*A/ })
  assert.equal(sw.reactor('B'), undefined)
  assert.deepEqual(b.calls, ['B getChannels'])
  sw.addReactor('C', new Recorder('C', [2]))
  assert.deepEqual([...sw.nodeInfo().channels], [1, 2])
})

test('R-6, D-8, D-14: reactors start in order of registration and stop in reverse, each once', async () => {
  const calls: string[] = []
  const sw = create()
  for (const [i, name] of ['A', 'B', 'C'].entries()) sw.addReactor(name, new Recorder(name, [i], calls))
  calls.length = 0
  await sw.start()
  await sw.stop()
  await sw.stop()
  assert.deepEqual(calls, ['A onStart', 'B onStart', 'C onStart', 'C onStop', 'B onStop', 'A onStop'])
})

test('R-7: a switch is started once and stopped once', async () => {
  const sw = create()
  assert.equal(sw.isRunning(), false)
  await sw.start()
  assert.equal(sw.isRunning(), true)
  await assert.rejects(sw.start(), { name: 'AlreadyStartedError' })
  assert.equal(sw.quit().aborted, false)
  await sw.stop()
  assert.equal(sw.isRunning(), false)
  assert.equal(sw.quit().aborted, true)
  await assert.rejects(sw.start(), { name: 'AlreadyStoppedError' })
})

test('R-7: a reactor is started once and stopped once', async () => {
  const reactor = new Recorder('A', [1])
  await reactor.start()
  assert.equal(reactor.isRunning(), true)
  await assert.rejects(reactor.start(), { name: 'AlreadyStartedError' })
  await reactor.stop()
  await reactor.stop()
  await assert.rejects(reactor.start(), { name: 'AlreadyStoppedError' })
  assert.deepEqual(reactor.calls, ['A onStart', 'A onStop'])
  assert.equal(reactor.quit().aborted, true)
})

test('R-9: a reactor finds another by its name', () => {
  const sw = create()
  const a = sw.addReactor('A', new Recorder('A', [1]))
  assert.equal(sw.reactor('A'), a)
  assert.equal(sw.reactor('B'), undefined)
})

test('a reactor that fails to start makes the start fail, and those before it are stopped again', async () => {
  const calls: string[] = []
  const sw = create()
  sw.addReactor('A', new Recorder('A', [1], calls))
  const b = new Recorder('B', [2], calls)
  b.start_ = () => {
    throw new Error('no disk')
  }
  sw.addReactor('B', b)
  sw.addReactor('C', new Recorder('C', [3], calls))
  calls.length = 0
  await assert.rejects(sw.start(), { message: 'no disk' })
  assert.deepEqual(calls, ['A onStart', 'B onStart', 'A onStop'])
  assert.equal(sw.isRunning(), false)
  await sw.stop()
})

test('a reactor that never comes back from onStart makes the start fail after startTimeoutMs', async () => {
  const clock = new FakeClock()
  const sw = create({ clock, startTimeoutMs: 1_000, callbackTimeoutMs: 500 })
  const stuck = new Recorder('A', [1])
  stuck.start_ = () => new Promise(() => {})
  sw.addReactor('A', stuck)
  const starting = assert.rejects(sw.start(), { name: 'TimeoutError', message: /startTimeoutMs/ })
  await clock.run(1_000)
  await starting
  assert.equal(clock.pending, 0)
})

test('a stop while the switch starts waits for the start and leaves nothing running', async () => {
  const sw = create()
  const gate = deferred()
  const slow = new Recorder('A', [1])
  slow.start_ = () => gate.promise
  sw.addReactor('A', slow)
  const starting = assert.rejects(sw.start(), { name: 'AlreadyStoppedError' })
  await settle()
  const stopping = sw.stop()
  gate.resolve()
  await Promise.all([starting, stopping])
  assert.equal(slow.isRunning(), false)
  assert.deepEqual(slow.calls.slice(-2), ['A onStart', 'A onStop'])
})

test('a reactor that fails to stop does not keep the others from stopping', async () => {
  const calls: string[] = []
  const sw = create()
  sw.addReactor('A', new Recorder('A', [1], calls))
  const b = new Recorder('B', [2], calls)
  b.stop_ = () => Promise.reject(new Error('stuck'))
  sw.addReactor('B', b)
  await sw.start()
  calls.length = 0
  await sw.stop()
  assert.deepEqual(calls, ['B onStop', 'A onStop'])
})

const channel = (fields: Record<string, unknown>) => [{ id: 1, priority: 1, messageType: bytes, ...fields }]

for (const { name, channels, want } of [
  { name: 'an id beyond 255', channels: channel({ id: 256 }), want: /channel id.*256/ },
  { name: 'an id that is no number', channels: channel({ id: '0x20' }), want: /channel id.*0x20/ },
  { name: 'a priority of 0', channels: channel({ priority: 0 }), want: /priority.*0/ },
  { name: 'a negative queue', channels: channel({ sendQueueCapacity: -1 }), want: /sendQueueCapacity.*-1/ },
  {
    name: 'a message capacity that is no number',
    channels: channel({ recvMessageCapacity: '1MB' }),
    want: /recvMessageCapacity.*1MB/
  },
  {
    name: 'a message type without decode',
    channels: channel({ messageType: { typeName: 'X', encode: bytes.encode } }),
    want: /messageType/
  },
  { name: 'no list at all', channels: undefined, want: /getChannels/ }
])
  test(`a descriptor with ${name} is refused, and the error names reactor and field`, () => {
    const sw = create()
    const reactor = new BaseReactor('BAD')
    reactor.getChannels = () => channels as never
    assert.throws(
      () => sw.addReactor('BAD', reactor),
      (err: Error) => {
        assert.equal(err.name, 'InvalidOptionError')
        assert.match(err.message, /BAD/)
        assert.match(err.message, want)
        return true
      }
    )
    assert.equal(sw.reactor('BAD'), undefined)
  })

test('something that is no reactor is refused by the name of what it lacks', () => {
  assert.throws(() => create().addReactor('A', { getChannels: () => [] } as never), {
    name: 'InvalidOptionError',
    message: /A\.setSwitch/
  })
})

for (const { field, options } of [
  { field: 'network', options: { network: '' } },
  { field: 'network', options: { network: 'x'.repeat(51) } },
  { field: 'moniker', options: { moniker: 'tab\t' } },
  { field: 'delivery', options: { delivery: 'everyone' } },
  { field: 'callbackTimeoutMs', options: { callbackTimeoutMs: 0 } },
  { field: 'dialTimeoutMs', options: { dialTimeoutMs: Number.NaN } },
  { field: 'appVersion', options: { appVersion: 1 } },
  { field: 'maxNumInboundPeers', options: { maxNumInboundPeers: -1 } },
  { field: 'maxNumOutboundPeers', options: { maxNumOutboundPeers: 1.5 } },
  { field: 'mode', options: { mode: 'open' } },
  { field: 'allowDuplicateIP', options: { allowDuplicateIP: 'yes' } },
  { field: 'persistentPeers', options: { persistentPeers: 'a,b' } },
  { field: 'pending.perIP', options: { pending: { perIP: -1 } } },
  { field: 'pending', options: { pending: 5 } },
  { field: 'rpcAddress', options: { rpcAddress: 5 } },
  { field: 'version', options: { version: '  ' } },
  { field: 'filterPeer', options: { filterPeer: true } }
])
  test(`a bad option ${field} is refused by name: ${JSON.stringify(Object.values(options)[0])}`, () =>
    assert.throws(
      () => create(options),
      (err: Error) => {
        assert.equal(err.name, 'InvalidOptionError')
        assert.ok(err.message.startsWith(`${field}: `), err.message)
        return true
      }
    ))

test('a bad address or id in the options is refused with what was found', () => {
  assert.throws(() => create({ persistentPeers: ['127.0.0.1:26656'] }), {
    name: 'InvalidAddressError',
    message: /127\.0\.0\.1:26656/
  })
  assert.throws(() => create({ unconditionalPeerIDs: ['abc'] }), {
    name: 'InvalidNodeIdError',
    message: /unconditionalPeerIDs.*abc/
  })
  assert.throws(() => create({ externalAddress: 'nowhere' }), { name: 'InvalidAddressError', message: /nowhere/ })
})
