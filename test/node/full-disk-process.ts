/**
 * A node whose disk is full for a while: no file may grow beyond so many bytes, which fails as a full disk does. Argument 1: the address book; 2: how full it is, and when.
 * Says what it logs, and at last how many nodes its book has.
 */
import { execFileSync } from 'node:child_process'
import { safeLogger } from '../../src/util/safe-logger.ts'
import { at } from '../address-book/given.ts'
import { nodeOn } from './book-node.ts'

const [path, when] = process.argv.slice(2) as [string, 'from the start' | 'later']
const say = (line: string) => void process.stdout.write(`${line}\n`)
const note = (message: string) => say(`log: ${message}`)
const room = (bytes: number | 'unlimited') => execFileSync('prlimit', [`--pid=${process.pid}`, `--fsize=${bytes}:`])

if (when === 'from the start') room(0)
const { node, book } = await nodeOn(path, {
  pex: { ensurePeriodMs: 3_600_000 },
  logger: safeLogger({ debug() {}, info() {}, warn: note, error: note, child: () => ({}) as never })
})
const learn = async (from: number, to: number) => {
  for (let n = from; n < to; n++) book.markReached(at(n))
  await book.save()
}
if (when === 'later') {
  await learn(1, 40)
  room(30_000)
}
await learn(40, 300)
await learn(300, 310)
room('unlimited')
say('room')
for (let n = 310; n < 340; n += 10) await learn(n, n + 10)
await node.stop()
say(`size ${book.size()}`)
