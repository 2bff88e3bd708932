/** What peer exchange says aloud: that it finds nobody, and what may be wrong. */
import assert from 'node:assert/strict'
import { createAddressBook } from '../../../src/address-book/address-book.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { Logger } from '../../../src/interface/logger.ts'
import { dead, id, listOf, on } from './pex-network.ts'

function warnings(): { logger: Logger; warned: string[] } {
  const warned: string[] = []
  const logger: Logger = {
    child: () => logger,
    debug: () => undefined,
    info: () => undefined,
    warn: (message) => void warned.push(message),
    error: (message) => void warned.push(message)
  }
  return { logger, warned }
}

const lan = (n: number) => netAddressFromParts(id(n), `192.168.0.${n}`, 26_656)

on('that no seed can be reached is said once, not with every try', async (network) => {
  const { logger, warned } = warnings()
  const seed = network.node({ seedMode: true })
  const a = network.node({ seeds: [String(seed.address), String(dead(1))], logger })
  await network.start(a)
  await network.pass(120_000)
  assert.deepEqual(warned, ['No seed could be reached, or would have us'])
  await network.start(seed)
  await network.pass(120_000)
  assert.equal(warned.length, 1)
})

on('a strict book that refuses all that peers tell is named once, with the options that help', async (network) => {
  const { logger, warned } = warnings()
  const b = network.raw()
  b.raw.answerWith(listOf(lan(1), lan(2)))
  const { clock } = network
  const a = network.node({ book: createAddressBook({ strict: true, clock }), logger })
  await network.start(a, b)
  await a.sw.dialPeerWithAddress(b.address)
  await network.pass(120_000)
  assert.equal(warned.length, 1)
  assert.match(warned[0] ?? '', /addrBookStrict: false.*allowDuplicateIP: true/)
})

on('one useful address among them, and nothing is said', async (network) => {
  const { logger, warned } = warnings()
  const b = network.raw()
  b.raw.answerWith(listOf(lan(1), dead(2)))
  const { clock } = network
  const a = network.node({ book: createAddressBook({ strict: true, clock }), logger })
  await network.start(a, b)
  await a.sw.dialPeerWithAddress(b.address)
  await network.pass(120_000)
  assert.deepEqual(warned, [])
})
