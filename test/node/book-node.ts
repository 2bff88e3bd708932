/** A node with an address book that `createNode` opens: it dials nobody, and nobody dials it. */
import { createNode } from '../../src/node/create-node.ts'
import type { PexReactor } from '../../src/reactors/pex/pex-reactor.ts'

/** `addrBookFile` undefined: where a node has it by default. */
export async function nodeOn(addrBookFile: string | undefined, options: object = {}) {
  const node = await createNode({
    network: 'chain',
    stacks: ['comet'],
    listen: [],
    maxNumOutboundPeers: 0,
    pex: true,
    ...(addrBookFile === undefined ? {} : { addrBookFile }),
    ...options
  })
  return { node, book: (node.switch.reactor('PEX') as PexReactor).book }
}
