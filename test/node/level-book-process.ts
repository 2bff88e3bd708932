/** A node whose address book grows and is saved again and again, until it is killed: each book is that many nodes, and says so when it is stored. */
import { createNode } from '../../src/node/create-node.ts'
import type { PexReactor } from '../../src/reactors/pex/pex-reactor.ts'
import { at } from '../address-book/given.ts'

const node = await createNode({
  network: 'chain',
  stacks: ['comet'],
  listen: [],
  pex: { ensurePeriodMs: 3_600_000 },
  maxNumOutboundPeers: 0,
  addrBookFile: process.argv[2] as string
})
const { book } = node.switch.reactor('PEX') as PexReactor
for (let n = book.size() + 1; ; n++) {
  book.addAddress(at(n), at(n))
  await book.save()
  process.stdout.write(`${book.size()}\n`)
}
