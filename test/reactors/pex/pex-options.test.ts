import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressBook } from '../../../src/address-book/address-book.ts'
import { PexReactor, pexDefaults } from '../../../src/reactors/index.ts'
import { checkPexOptions } from '../../../src/reactors/pex/pex-options.ts'

const book = createAddressBook()

test("the defaults are Go's (p2p/pex/params.go)", () => {
  assert.deepEqual(
    { ...pexDefaults },
    {
      seedMode: false,
      ensurePeriodMs: 30_000,
      crawlPeriodMs: 30_000,
      seedDisconnectWaitMs: 28 * 60 * 60 * 1_000,
      minRequestIntervalMs: 10_000,
      persistentPeersMaxDialPeriod: 0
    }
  )
})

test("R-70: a shorter or longer period of ours changes nothing of what Go's nodes hold against who asks too often", () => {
  for (const ensurePeriodMs of [3_000, 30_000, 300_000])
    assert.equal(checkPexOptions({ book, ensurePeriodMs }).minRequestIntervalMs, 10_000)
})

test('channel 0x00, as Go describes it', () => {
  const [channel, ...others] = new PexReactor({ book }).getChannels()
  assert.deepEqual(others, [])
  const { id, priority, sendQueueCapacity, recvMessageCapacity } = channel ?? {}
  assert.deepEqual(
    { id, priority, sendQueueCapacity, recvMessageCapacity },
    {
      id: 0,
      priority: 1,
      sendQueueCapacity: 10,
      recvMessageCapacity: 64_000
    }
  )
})

const wrong: Array<{ field: string; given: any }> = [
  { field: 'options', given: undefined },
  { field: 'options', given: [] },
  { field: 'book.start', given: {} },
  { field: 'book.start', given: { book: {} } },
  { field: 'seeds', given: { book, seeds: 'a@b:1' } },
  { field: 'seedMode', given: { book, seedMode: 'yes' } },
  { field: 'ensurePeriodMs', given: { book, ensurePeriodMs: 0 } },
  { field: 'ensurePeriodMs', given: { book, ensurePeriodMs: '30s' } },
  { field: 'crawlPeriodMs', given: { book, crawlPeriodMs: Number.NaN } },
  { field: 'seedDisconnectWaitMs', given: { book, seedDisconnectWaitMs: -1 } },
  { field: 'minRequestIntervalMs', given: { book, minRequestIntervalMs: 2 ** 40 } },
  { field: 'persistentPeersMaxDialPeriod', given: { book, persistentPeersMaxDialPeriod: null } },
  { field: 'records.own', given: { book, records: {} } },
  { field: 'clock.now', given: { book, clock: {} } },
  { field: 'random', given: { book, random: 0.5 } },
  { field: 'logger.debug', given: { book, logger: {} } },
  { field: 'ensurePeriod', given: { book, ensurePeriod: 1 } }
]
for (const { field, given } of wrong)
  test(`a wrong ${field} is an error that names it (${JSON.stringify(Object.keys(given ?? {}))})`, () => {
    assert.throws(() => new PexReactor(given), { name: 'InvalidOptionError', field })
  })

test('a seed that is no address is an error that says which', () => {
  const seeds = [`${'a'.repeat(40)}@1.2.3.4:26656`, 'seed.example.org:26656']
  assert.throws(() => new PexReactor({ book, seeds }), { name: 'InvalidAddressError', message: /^seeds\[1\]: / })
})

test('seeds may have any form of address, and names that do not resolve are no error', () => {
  const seeds = [
    `${'a'.repeat(40)}@1.2.3.4:26656`,
    `tcp://${'b'.repeat(40)}@no.such.name.invalid:26656`,
    '/ip4/1.2.3.4/tcp/26656',
    '12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf@1.2.3.4:26656'
  ]
  assert.equal(checkPexOptions({ book, seeds }).seeds.length, 4)
})
