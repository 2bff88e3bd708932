/** A node whose address book grows and is saved again and again, until it is killed: each book is that many nodes, and says so when it is stored. */
import { at } from '../address-book/given.ts'
import { nodeOn } from './book-node.ts'

const { book } = await nodeOn(process.argv[2], { pex: { ensurePeriodMs: 3_600_000 } })
for (let n = book.size() + 1; ; n++) {
  book.addAddress(at(n), at(n))
  await book.save()
  process.stdout.write(`${book.size()}\n`)
}
