/** `why`: what is said of a node, with real switches, books and peer exchange on a clock that the test moves. */
import assert from 'node:assert/strict'
import { netAddressFromParts } from '../../src/identity/net-address.ts'
import type { NodeId } from '../../src/interface/node-info.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { nodeFacts } from '../../src/node/admin/actions.ts'
import { whyLines } from '../../src/node/admin/why.ts'
import { dead, on, type PexNetwork, type PexNode } from '../reactors/pex/pex-network.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** All the lines in one text. */
function why(network: PexNetwork, { sw, book }: PexNode, id: NodeId): string {
  return whyLines(nodeFacts(id, sw, book), network.clock.wall()).join('\n')
}

on('a node of another network is not dialled for four hours, and why says so', async (network) => {
  const gone = network.raw({ network: 'another-chain' })
  const a = network.node()
  a.book.addAddress(gone.address, a.address)
  await network.start(a, gone)
  await network.pass(MINUTE)
  const said = why(network, a, gone.address.id)
  assert.match(said, /^\w{40} is known and not connected\.\n/)
  assert.match(
    said,
    /Nobody dials it unasked until \d{4}-\S+Z, for another 4 h: it is of another network, or incompatible otherwise\./
  )
  // D-21: a node that can still come to us is not bad
  assert.deepEqual(
    a.sw.nodeStates().map(({ state }) => state),
    ['candidate']
  )
  assert.equal(said.match(/unasked/g)?.length, 1, 'the switch and peer exchange say the same')
})

on('R-70: a node that dialling has given up is bad, and why says so until it has connected', async (network) => {
  const gone = network.raw()
  const a = network.node({ maxNumOutboundPeers: 2, ensurePeriodMs: 200_000 })
  const [b, steady] = [network.raw(), network.raw()]
  await network.start(a, b, steady)
  // shows all the while that the line is there
  await steady.sw.dialPeerWithAddress(a.address)
  a.book.addAddress(gone.address, a.address)
  // b comes and goes, so that other dials succeed all the time
  for (let i = 0; i < 900 && a.book.entry(gone.address.id) !== undefined; i++) {
    await network.clock.run(200_000)
    await a.sw.stopPeerGracefully(await a.sw.dialPeerWithAddress(b.address))
  }
  const stateOf = () => a.sw.nodeStates().find(({ id }) => id === gone.address.id)
  assert.equal(stateOf()?.state, 'bad')
  const left = (stateOf()?.until ?? 0) - network.clock.wall()
  assert.ok(left > 23 * HOUR && left <= 24 * HOUR, `${left} ms`)
  const said = why(network, a, gone.address.id)
  assert.match(said, /^\w{40} is given up for now: dialling it keeps failing\. It may connect to us all the same\.\n/)
  assert.match(said, /Nobody dials it unasked until \S+Z, for another 24 h: dialling it has failed too often\./)
  await network.start(gone)
  await gone.sw.dialPeerWithAddress(a.address)
  assert.equal(stateOf()?.state, 'connected')
  assert.doesNotMatch(why(network, a, gone.address.id), /given up|unasked/)
})

on('a persistent peer that was dropped is not redialled, and why says so', async (network) => {
  const b = network.raw()
  const a = network.node({ persistentPeers: [String(b.address)] })
  await network.start(a, b)
  await a.sw.stopPeerGracefully(await a.sw.dialPeerWithAddress(b.address))
  const said = why(network, a, b.address.id)
  assert.match(
    said,
    /Nobody dials it unasked: we have stopped it in good order: a persistent peer is then not redialled\./
  )
  assert.match(said, /It is persistent by configuration\./)
  await a.sw.dialPeerWithAddress(b.address)
  assert.doesNotMatch(why(network, a, b.address.id), /unasked/)
})

on('a node that a reactor has sent off rests, and why says for how long and for what', async (network) => {
  const b = network.raw()
  const a = network.node()
  await network.start(a, b)
  await a.sw.stopPeerForError(await a.sw.dialPeerWithAddress(b.address), new Error('its blocks come too late'))
  assert.match(
    why(network, a, b.address.id),
    /Nobody dials it unasked until \S+Z, for another 60 s: a reactor has stopped it: its blocks come too late\./
  )
})

on('an address that waits after a failed dial says until when; a seed says that it is one', async (network) => {
  const seed = dead(2)
  const a = network.node({ seeds: [String(seed)] })
  a.book.addAddress(dead(1), a.address)
  await network.start(a)
  await network.pass(1_000)
  assert.match(
    why(network, a, dead(1).id),
    /unasked until \S+Z, for another \d+ s: \S+@60\.1\.0\.1:26656 was dialled not long ago: nobody was there\./
  )
  a.book.addAddress(seed, a.address)
  assert.match(
    why(network, a, seed.id),
    /Nobody dials it unasked: it is a seed, which is dialled when there is nobody else\./
  )
})

on('a node whose network has its share of our slots is not dialled, and why says so', async (network) => {
  const a = network.node({ maxNumOutboundPeers: 10 })
  const crowd = Array.from({ length: 5 }, (_, n) => network.raw({ host: `90.1.0.${n + 1}` }))
  for (const { address } of crowd) a.book.addAddress(address, a.address)
  // other networks, of which there are so many that two slots are one's share
  for (let n = 1; n <= 12; n++) a.book.addAddress(dead(n), a.address)
  await network.start(a, ...crowd)
  await network.pass(5_000)
  const left = crowd.filter(({ address }) => !a.sw.peers().has(address.id))
  assert.equal(left.length, 3)
  for (const { address } of left)
    assert.match(
      why(network, a, address.id),
      /Nobody dials it unasked: 2 of our 10 outbound slots are with the network of 90\.1\.0\.\d, which is its share\./
    )
})

on('a node behind the IP of a peer is not dialled, and why names the peer', async (network) => {
  const a = network.node({ allowDuplicateIP: false })
  const b = network.raw({ host: '90.1.0.1' })
  const neighbour = netAddressFromParts(dead(4).id, '90.1.0.1', 26_999)
  await network.start(a, b)
  await a.sw.dialPeerWithAddress(b.address)
  a.book.addAddress(neighbour, a.address)
  const said = () => why(network, a, neighbour.id)
  assert.match(
    said(),
    new RegExp(`unasked: its IP 90\\.1\\.0\\.1 is that of peer ${b.address.id}, and allowDuplicateIP`)
  )
  await a.sw.stopPeerGracefully(a.sw.peers().get(b.address.id) as Peer)
  assert.doesNotMatch(said(), /IP/)
})

on('a node that is in no address book says what it waits for', async (network) => {
  const a = network.node()
  await network.start(a)
  const failed = a.sw.dialPeerWithAddress(dead(3)).catch(() => undefined)
  await network.pass(30_000)
  await failed
  assert.match(
    why(network, a, dead(3).id),
    /Dials that have failed since it was last a peer: 1\.\nIt is not in the address book/
  )
})

on('where all outbound slots are taken, only those that need one are said to wait for it', async (network) => {
  const a = network.node({ maxNumOutboundPeers: 0 })
  a.book.addAddress(dead(1), a.address)
  await network.start(a)
  assert.match(why(network, a, dead(1).id), /No outbound slot is free/)
  a.sw.addPersistentPeers([String(dead(1))])
  assert.doesNotMatch(why(network, a, dead(1).id), /No outbound slot is free/)
})
