/** Dials whose remote lets us wait: a host that is gone is not to hold a slot for the whole of its dial (requirement D-15, issue 5). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError } from '../../src/errors.ts'
import { switchDefaults } from '../../src/options.ts'
import { type Deferred, deferred } from '../../src/util/deferred.ts'
import { settle } from '../helpers/fake-clock.ts'
import { FakeStack, type Puppet, puppet } from './fake-stack.ts'
import { puppetSwitch } from './puppet-switch.ts'

const { slowDialMs } = switchDefaults

/** A switch with so many outbound slots, on one stack or several, and remotes that answer when the test says so. */
async function waiting(slots: number, policy: { persistentPeers?: string[] } = {}, names = ['fake']) {
  const answers = new Map<string, Deferred<Puppet>>()
  const stacks = names.map((name) => {
    const stack = new FakeStack(name)
    stack.answer = ({ id }) => {
      const answer = deferred<Puppet>()
      answers.set(id, answer)
      return answer.promise
    }
    return stack
  })
  const { sw, clock, end } = puppetSwitch(stacks, { maxNumOutboundPeers: slots, ...policy })
  await sw.start()
  const remotes = Array.from({ length: 6 }, (_, i) => puppet(i + 1))
  const dial = (n: number) => {
    const result = sw.dialPeerWithAddress(remotes[n]!.address)
    // who looks at it later must not be late
    result.catch(() => {})
    return result
  }
  const answer = async (n: number) => {
    answers.get(remotes[n]!.id)!.resolve(remotes[n]!)
    await settle(5)
  }
  const fail = (n: number) => answers.get(remotes[n]!.id)!.reject(new DialFailedError('test'))
  return { sw, clock, end, remotes, dial, answer, fail, answers }
}

test('D-15: a dial holds its slot for a second, and lends it while the remote has not proven its key', async () => {
  const { sw, clock, end, dial, answer, answers } = await waiting(1)
  const first = dial(0)
  await settle(5)
  await clock.run(slowDialMs - 1)
  assert.equal(sw.freeOutboundSlots(), 0)
  await assert.rejects(dial(1), { refusal: 'outbound-full' })
  await clock.run(1)
  assert.equal(sw.freeOutboundSlots(), 1)
  assert.deepEqual(sw.numPeers(), { outbound: 0, inbound: 0, dialing: 1 }, 'R-56: it is being dialled all the same')
  const second = dial(1)
  await settle(5)
  assert.equal(answers.size, 2)
  await answer(1)
  assert.equal((await second).isOutbound(), true)
  // the slot is taken now: exactly so many as there may be
  await answer(0)
  await assert.rejects(first, { name: 'PeerRefusedError', refusal: 'outbound-full', by: 'us' })
  assert.deepEqual(sw.numPeers(), { outbound: 1, inbound: 0, dialing: 0 })
  await end()
})

test('a slow dial that is answered while a slot is free takes it again, and keeps it through hello', async () => {
  const { sw, clock, end, dial, answer } = await waiting(1)
  const first = dial(0)
  await settle(5)
  await clock.run(slowDialMs)
  assert.equal(sw.freeOutboundSlots(), 1)
  const other = dial(1)
  await settle(5)
  // the other one has the slot, until its dial is slow too; but no more dials are so than there are slots
  await clock.run(slowDialMs)
  assert.equal(sw.freeOutboundSlots(), 0)
  await answer(1)
  await other
  await answer(0)
  await assert.rejects(first, { refusal: 'outbound-full' })

  const { sw: alone, clock: time, end: endAlone, dial: dialAlone, answer: answerAlone } = await waiting(1)
  const peer = dialAlone(0)
  await settle(5)
  await time.run(slowDialMs)
  await answerAlone(0)
  assert.equal(alone.freeOutboundSlots(), 0)
  assert.equal((await peer).isOutbound(), true)
  await end()
  await endAlone()
})

test('no more slots are lent than there are, however many hosts say nothing', async () => {
  const { sw, clock, end, dial, fail } = await waiting(2)
  const dials: Promise<unknown>[] = []
  for (let round = 0; round < 3; round++) {
    for (const n of [2 * round, 2 * round + 1]) dials.push(dial(n))
    await settle(5)
    await clock.run(slowDialMs)
  }
  const { dialing } = sw.numPeers()
  assert.equal(dialing, 4, 'two that have lent their slots, and two that hold theirs')
  assert.equal(sw.freeOutboundSlots(), 0)
  for (let n = 0; n < 4; n++) fail(n)
  await Promise.allSettled(dials)
  assert.equal(sw.freeOutboundSlots(), 2)
  await end()
})

test('a slow dial to a persistent peer takes no slot when it is answered', async () => {
  const { id, address } = puppet(1)
  const { sw, clock, end, dial, answer } = await waiting(1, { persistentPeers: [String(address)] })
  await clock.run(4_000)
  const persistent = dial(0)
  await settle(5)
  await clock.run(slowDialMs)
  const other = dial(1)
  await settle(5)
  await answer(1)
  await other
  await answer(0)
  assert.equal((await persistent).id(), id)
  assert.equal(sw.numPeers().outbound, 2)
  await end()
})

test('a node whose first way was slow has no slot on its second one either, until it asks for it', async () => {
  const { sw, clock, end, dial, answer, fail } = await waiting(2, {}, ['one', 'two'])
  const slow = [dial(0), dial(1)]
  await settle(5)
  await clock.run(slowDialMs)
  const others = [dial(2), dial(3)]
  await settle(5)
  await answer(2)
  await answer(3)
  await Promise.all(others)
  // on to the other stack
  fail(0)
  fail(1)
  await settle(5)
  assert.deepEqual(sw.numPeers(), { outbound: 2, inbound: 0, dialing: 2 })
  await answer(0)
  await answer(1)
  for (const one of slow) await assert.rejects(one, { refusal: 'outbound-full' })
  assert.deepEqual(sw.numPeers(), { outbound: 2, inbound: 0, dialing: 0 })
  await end()
})

test('persistent peers that say nothing lend no slots, having none, and leave the others to lend theirs', async () => {
  const persistentPeers = [puppet(1), puppet(2)].map(({ address }) => String(address))
  const { sw, clock, end, dial, fail } = await waiting(2, { persistentPeers })
  await clock.run(4_000)
  const dials = [dial(0), dial(1), dial(2), dial(3)]
  await settle(5)
  assert.equal(sw.freeOutboundSlots(), 0)
  await clock.run(slowDialMs)
  assert.equal(sw.freeOutboundSlots(), 2)
  for (let n = 0; n < 4; n++) fail(n)
  await Promise.allSettled(dials)
  await end()
})

test('a dial that found all slots lent lends its own when one of them is back', async () => {
  const { sw, clock, end, dial, fail } = await waiting(1)
  const [first] = [dial(0)]
  await settle(5)
  await clock.run(slowDialMs)
  const second = dial(1)
  await settle(5)
  await clock.run(slowDialMs)
  assert.equal(sw.freeOutboundSlots(), 0)
  fail(0)
  await first.catch(() => {})
  await clock.run(slowDialMs)
  assert.equal(sw.freeOutboundSlots(), 1)
  fail(1)
  await second.catch(() => {})
  await end()
})
