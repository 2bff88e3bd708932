import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CallbackWatch } from '../../src/switch/callback-watch.ts'
import { AsyncContext } from '../../src/util/async-context.ts'
import { deferred } from '../../src/util/deferred.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

const GRACE_MS = 250
const turn = () => new Promise((resolve) => setImmediate(resolve))

function setup(exact: boolean) {
  const clock = new FakeClock()
  const context = new AsyncContext<never>(exact)
  const all = new CallbackWatch(clock, GRACE_MS, undefined, context)
  return { clock, all, peer: () => new CallbackWatch(clock, GRACE_MS, all, context) }
}

/** Has it settled by now? */
function watched(promise: Promise<void>): { readonly settled: boolean } {
  const state = { settled: false }
  void promise.then(() => {
    state.settled = true
  })
  return state
}

test('from outside it settles when it is done, however long a callback takes', async () => {
  const { clock, all, peer } = setup(true)
  const [one, callback, done] = [peer(), deferred(), deferred()]
  const running = one.around(() => callback.promise)
  const stops = [watched(one.settled(done.promise)), watched(all.settled(done.promise))]
  await turn()
  clock.advance(GRACE_MS * 100)
  await turn()
  assert.deepEqual(
    stops.map(({ settled }) => settled),
    [false, false]
  )
  callback.resolve()
  await running
  await turn()
  assert.deepEqual(
    stops.map(({ settled }) => settled),
    [false, false],
    'the callback is back, but it is not done'
  )
  done.resolve()
  await turn()
  assert.deepEqual(
    stops.map(({ settled }) => settled),
    [true, true]
  )
})

test('inside it settles at once, before and after an await, for the peer and for the switch', async () => {
  const { all, peer } = setup(true)
  const one = peer()
  const never = deferred()
  await one.around(async () => {
    await one.settled(never.promise)
    await turn()
    await one.settled(never.promise)
    await all.settled(never.promise)
  })
})

test('what a callback began is outside again once the callback is back', async () => {
  const { peer } = setup(true)
  const [one, later, done] = [peer(), deferred(), deferred()]
  let stop: { readonly settled: boolean } | undefined
  let begun: Promise<void> = Promise.resolve()
  await one.around(async () => {
    begun = later.promise.then(() => {
      stop = watched(one.settled(done.promise))
    })
  })
  later.resolve()
  await begun
  await turn()
  assert.equal(stop?.settled, false)
  done.resolve()
  await turn()
  assert.equal(stop?.settled, true)
})

test('a callback of one peer that stops another waits for that one, but two that do so crosswise do not wait for ever', async () => {
  const { clock, peer } = setup(true)
  const [one, two] = [peer(), peer()]
  const [oneDone, twoDone] = [deferred(), deferred()]
  const crosswise = Promise.all([
    one.around(async () => {
      await turn()
      await two.settled(twoDone.promise)
    }),
    two.around(async () => {
      await turn()
      await one.settled(oneDone.promise)
    })
  ])
  const state = watched(crosswise.then(() => undefined))
  await turn()
  await turn()
  assert.equal(state.settled, false)
  clock.advance(GRACE_MS)
  await crosswise
})

test('where the platform does not tell, a callback under way gets a grace', async () => {
  const { clock, peer } = setup(false)
  const [one, callback] = [peer(), deferred()]
  const running = one.around(() => callback.promise)
  const stop = watched(one.settled(deferred().promise))
  await turn()
  assert.equal(stop.settled, false)
  clock.advance(GRACE_MS)
  await turn()
  assert.equal(stop.settled, true)
  callback.resolve()
  await running
})
