/** Peer exchange between real switches: what goes over channel 0x00, and what it costs to abuse it (spec/addrbook-and-pex.md section 6.1; p2p/pex/pex_reactor_test.go). */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { PROTOCOL_BAN_MS } from '../../../src/switch/stop-reasons.ts'
import type { PexMessage } from '../../../src/wire/codec.ts'
import { settle } from '../../helpers/fake-clock.ts'
import { id, listOf, on, type PexNetwork, type PexNodeOptions, peerOf, peersOf, type RawNode } from './pex-network.ts'

const HOUR = 3_600_000
const address = (n: number, host = `50.${n}.0.1`) => netAddressFromParts(id(n), host, 26_656)
const kinds = (lost: Array<{ reason: unknown }>) => lost.map(({ reason }) => (reason as { kind: string }).kind)

describe('who is in the book', () => {
  on('R-84: a peer that we dialled is in the book as reached, and is asked for more', async (network) => {
    const [a, b] = [network.node(), network.node()]
    await network.start(a, b)
    await a.sw.dialPeerWithAddress(b.address)
    await network.pass(250)
    assert.equal(a.book.entry(b.address.id)?.kind, 'old')
    assert.deepEqual(
      b.heard.map(({ message }) => message.type),
      ['pexRequest']
    )
  })

  on('R-84: it is not asked where the book has enough', async (network) => {
    const [a, raw] = [network.node({ maxNumOutboundPeers: 1 }), network.raw()]
    for (let n = 0; n < 1_000; n++) a.book.markReached(address(n + 1, `${60 + (n >> 8)}.${n & 0xff}.0.1`))
    assert.equal(a.book.needMoreAddrs(), false)
    await network.start(a, raw)
    await a.sw.dialPeerWithAddress(raw.address)
    await network.pass(1_000)
    assert.deepEqual(raw.raw.heard, [])
  })

  on(
    'R-67, R-84: a peer that dialled us is in the book under the address that it says, and is not asked',
    async (network) => {
      const [a, b] = [network.node(), network.node()]
      await network.start(a, b)
      await a.sw.dialPeerWithAddress(b.address)
      await network.pass(250)
      const entry = b.book.entry(a.address.id)
      assert.equal(entry?.kind, 'new')
      assert.equal(String(entry?.addresses[0]), String(a.address))
      assert.equal(a.heard.filter(({ message }) => message.type === 'pexRequest').length, 0)
    }
  )

  on(
    'R-67: what an inbound peer says of itself has its socket as the source, so it cannot choose whose share it uses',
    async (network) => {
      const [a, raw] = [network.node(), network.raw({ externalAddress: '8.8.8.8:26656' })]
      await network.start(a, raw)
      await raw.sw.dialPeerWithAddress(a.address)
      await network.pass(250)
      const entry = a.book.entry(raw.sw.nodeInfo().id)
      assert.equal(entry?.addresses[0]?.host, '8.8.8.8')
      assert.notEqual(entry?.source.host, '8.8.8.8')
    }
  )

  on('R-77: a node that is told its own address does not take it', async (network) => {
    const [a, raw] = [network.node(), network.raw()]
    raw.raw.answerWith(listOf(a.address, netAddressFromParts(a.address.id, '50.1.2.3', 1)))
    await network.start(a, raw)
    await a.sw.dialPeerWithAddress(raw.address)
    await network.pass(250)
    assert.equal(a.book.entry(a.address.id), undefined)
    assert.deepEqual(a.lost, [])
  })
})

describe('requests and answers', () => {
  on('R-75, R-77: a request is answered with the book, and the answer goes into the asker’s', async (network) => {
    const [a, b, c] = [network.node({ maxNumOutboundPeers: 1 }), network.node(), network.node()]
    await network.start(a, b, c)
    await c.sw.dialPeerWithAddress(b.address)
    await network.pass(250)
    await a.sw.dialPeerWithAddress(b.address)
    await network.pass(250)
    assert.equal(String(a.book.entry(c.address.id)?.addresses[0]), String(c.address))
    // the source is where b was dialled
    assert.equal(String(a.book.entry(c.address.id)?.source), String(b.address))
  })

  on('an empty book is answered with an empty list', async (network) => {
    const [a, raw] = [network.node(), network.raw()]
    await network.start(a, raw)
    const peer = await raw.sw.dialPeerWithAddress(a.address)
    raw.raw.say(peer, { type: 'pexRequest' })
    await network.pass(250)
    assert.deepEqual(raw.raw.heard, [{ type: 'pexAddrs', addrs: [] }])
  })

  on('a name is not told: Go takes it for a malformed list', async (network) => {
    const [a, raw] = [network.node(), network.raw()]
    a.book.addAddress(netAddressFromParts(id(1), 'seed.example.org', 26_656), a.address)
    a.book.addAddress(address(2), a.address)
    await network.start(a, raw)
    const peer = await raw.sw.dialPeerWithAddress(a.address)
    raw.raw.say(peer, { type: 'pexRequest' })
    await network.pass(250)
    assert.deepEqual(raw.raw.heard, [listOf(address(2))])
  })

  on('R-74: a message of another kind is ignored', async (network) => {
    const [a, raw] = [network.node(), network.raw()]
    await network.start(a, raw)
    const peer = await raw.sw.dialPeerWithAddress(a.address)
    // member 9 of the oneof, empty
    raw.raw.say(peer, Uint8Array.of(0x4a, 0x00))
    await network.pass(250)
    assert.deepEqual(peersOf(a), [raw.address.id])
    assert.deepEqual(raw.raw.heard, [])
  })

  on('private nodes are told to nobody, and what they tell stays out of the book', async (network) => {
    const [a, priv, raw] = [network.node(), network.raw(), network.raw()]
    a.sw.addPrivatePeerIDs([priv.address.id])
    priv.raw.answerWith(listOf(address(7)))
    await network.start(a, priv, raw)
    await a.sw.dialPeerWithAddress(priv.address)
    const peer = await raw.sw.dialPeerWithAddress(a.address)
    await network.pass(250)
    assert.deepEqual(
      priv.raw.heard.map(({ type }) => type),
      ['pexRequest']
    )
    raw.raw.say(peer, { type: 'pexRequest' })
    await network.pass(250)
    assert.deepEqual(raw.raw.heard, [{ type: 'pexAddrs', addrs: [] }])
    assert.equal(a.book.entry(id(7)), undefined)
  })

  for (const seedMode of [false, true])
    on(
      `who becomes private while an answer${seedMode ? ' of a seed' : ''} is being made is not in it`,
      async (network) => {
        const made = Promise.withResolvers<undefined>()
        const records = { own: () => made.promise, of: async () => undefined, open: async () => undefined }
        const [a, raw] = [network.node({ records, seedMode }), network.raw()]
        await network.start(a, raw)
        for (const n of [7, 8]) a.book.addAddress(address(n), address(9))
        raw.raw.say(await raw.sw.dialPeerWithAddress(a.address), { type: 'pexRequest' })
        await settle(20)
        assert.deepEqual(raw.raw.heard, [])
        a.sw.addPrivatePeerIDs([id(7)])
        made.resolve(undefined)
        await settle(20)
        assert.deepEqual(raw.raw.heard, [listOf(address(8))])
      }
    )
})

interface Abuse {
  readonly name: string
  /** How long its node is refused, ms; undefined: the peer is kept. */
  readonly banMs: number | undefined
  readonly options?: PexNodeOptions
  /** `raw` has dialled, and has been asked nothing. */
  act(raw: RawNode, network: PexNetwork, say: (message: PexMessage | Uint8Array) => Promise<void>): Promise<void>
}

const request: PexMessage = { type: 'pexRequest' }
const abuses: Abuse[] = [
  {
    name: 'R-75, R-76: a third request within 10 s of the second',
    banMs: 24 * HOUR,
    act: async (_, __, say) => {
      for (let i = 0; i < 3; i++) await say(request)
    }
  },
  {
    name: 'R-75: a third request 10 s after the second',
    banMs: undefined,
    act: async (_, network, say) => {
      for (let i = 0; i < 2; i++) await say(request)
      await network.pass(10_000)
      await say(request)
    }
  },
  {
    name: 'R-76: a list that nobody asked for',
    banMs: 24 * HOUR,
    act: (_, __, say) => say(listOf(address(1)))
  },
  { name: 'R-76: an empty list that nobody asked for', banMs: 24 * HOUR, act: (_, __, say) => say(listOf()) },
  {
    name: 'R-76: a malformed list, also one that nobody asked for',
    banMs: 24 * HOUR,
    act: (_, __, say) => say({ type: 'pexAddrs', addrs: [{ id: id(1), ip: '', port: 1 }] })
  },
  {
    name: 'bytes that are no message, which is no abuse of peer exchange in Go and bans as on every channel',
    banMs: PROTOCOL_BAN_MS,
    act: (_, __, say) => say(Uint8Array.of(0x12, 0xff, 0xff))
  }
]

describe('R-70: abuse', () => {
  for (const { name, banMs, act } of abuses)
    on(
      `${name}: the peer is ${banMs === undefined ? 'kept' : `dropped, and banned for ${banMs / 1_000} s`}`,
      async (network) => {
        const [a, raw] = [network.node(), network.raw()]
        await network.start(a, raw)
        const peer = await raw.sw.dialPeerWithAddress(a.address)
        await act(raw, network, async (message) => {
          raw.raw.say(peer, message)
          await network.pass(250)
        })
        const kept = banMs === undefined
        assert.deepEqual(peersOf(a), kept ? [raw.address.id] : [])
        const bans = a.book.banned().map(({ id: of, since, until }) => [of, until - since])
        assert.deepEqual(bans, kept ? [] : [[raw.address.id, banMs]])
        // R-71: in one list or in the other
        assert.equal(a.book.entry(raw.address.id) !== undefined, kept)
      }
    )

  on('R-76: the ban is for a day, says why, and refuses the node both ways', async (network) => {
    const [a, raw] = [network.node(), network.raw()]
    await network.start(a, raw)
    const peer = await raw.sw.dialPeerWithAddress(a.address)
    raw.raw.say(peer, listOf(address(1)))
    await network.pass(250)
    assert.deepEqual(kinds(a.lost), ['misbehaviour'])
    assert.match(a.book.banned()[0]?.reason ?? '', /not asked for/)
    await assert.rejects(raw.sw.dialPeerWithAddress(a.address), { name: 'PeerRefusedError', refusal: 'banned' })
    await assert.rejects(a.sw.dialPeerWithAddress(raw.address), { name: 'PeerRefusedError', refusal: 'banned' })
    await network.jump(23 * HOUR)
    assert.ok(a.book.isBanned(raw.address.id))
    await network.jump(HOUR)
    assert.ok(!a.book.isBanned(raw.address.id))
  })

  for (const who of ['persistent', 'unconditional'] as const)
    on(`R-73, D-6: a ${who} peer is stopped like any other, and not banned`, async (network) => {
      const [a, raw] = [network.node(), network.raw()]
      if (who === 'persistent') a.sw.addPersistentPeers([String(raw.address)])
      else a.sw.addUnconditionalPeerIDs([raw.address.id])
      await network.start(a, raw)
      const peer = await raw.sw.dialPeerWithAddress(a.address)
      raw.raw.say(peer, listOf(address(1)))
      await network.pass(250)
      assert.deepEqual(kinds(a.lost), ['misbehaviour'])
      assert.deepEqual(a.book.banned(), [])
      assert.equal((await raw.sw.dialPeerWithAddress(a.address)).isRunning(), true)
    })

  on('the rule begins anew with a new connection', async (network) => {
    const [a, raw] = [network.node(), network.raw()]
    await network.start(a, raw)
    for (let i = 0; i < 3; i++) {
      const peer = await raw.sw.dialPeerWithAddress(a.address)
      for (let j = 0; j < 2; j++) raw.raw.say(peer, request)
      await network.pass(250)
      assert.deepEqual(peersOf(a), [raw.address.id])
      await raw.sw.stopPeerGracefully(peer)
      await network.pass(250)
    }
  })
})

describe('bad input: lists', () => {
  const answers: Array<{
    name: string
    addrs: Array<{ id: string; ip: string; port: number }>
    want: string[] | 'banned'
  }> = [
    {
      name: '10,000 entries',
      addrs: Array.from({ length: 10_000 }, () => ({ id: '', ip: '', port: 0 })),
      want: 'banned'
    },
    {
      name: '251 entries',
      addrs: Array.from({ length: 251 }, (_, n) => ({ id: id(n), ip: `51.${n}.0.1`, port: 1 })),
      want: 'banned'
    },
    { name: 'an IP that is none', addrs: [{ id: id(1), ip: '50.1.0.256', port: 1 }], want: 'banned' },
    { name: 'a name instead of an IP', addrs: [{ id: id(1), ip: 'localhost', port: 1 }], want: 'banned' },
    { name: 'a port beyond 65535', addrs: [{ id: id(1), ip: '50.1.0.1', port: 65_536 }], want: 'banned' },
    {
      name: 'one malformed entry behind good ones',
      addrs: [
        { id: id(1), ip: '50.1.0.1', port: 1 },
        { id: id(2), ip: 'x', port: 1 }
      ],
      want: 'banned'
    },
    { name: 'an id that is none', addrs: [{ id: 'nobody', ip: '50.1.0.1', port: 1 }], want: [] },
    { name: 'port 0', addrs: [{ id: id(1), ip: '50.1.0.1', port: 0 }], want: [] },
    { name: 'the unspecified address', addrs: [{ id: id(1), ip: '0.0.0.0', port: 1 }], want: [] },
    {
      name: 'one node over and over',
      addrs: Array.from({ length: 250 }, (_, n) => ({ id: id(1), ip: `50.${n}.0.1`, port: 1 })),
      want: [`${id(1)}@50.0.0.1:1`]
    },
    { name: 'IPv6', addrs: [{ id: id(1), ip: '2600::1', port: 1 }], want: [`${id(1)}@[2600::1]:1`] },
    { name: 'nothing', addrs: [], want: [] }
  ]
  for (const { name, addrs, want } of answers)
    on(
      `${name}: ${want === 'banned' ? 'the peer is dropped and banned' : `${want.length} come into the book`}`,
      async (network) => {
        const [a, raw] = [network.node({ maxNumOutboundPeers: 1 }), network.raw()]
        raw.raw.answerWith({ type: 'pexAddrs', addrs })
        await network.start(a, raw)
        await a.sw.dialPeerWithAddress(raw.address)
        await network.pass(250)
        assert.deepEqual(kinds(a.lost), want === 'banned' ? ['misbehaviour'] : [])
        assert.equal(a.book.isBanned(raw.address.id), want === 'banned')
        const others = a.book.entries().filter((entry) => entry.id !== raw.address.id)
        assert.deepEqual(
          others.map(({ addresses }) => String(addresses[0])),
          want === 'banned' ? [] : want
        )
      }
    )

  on('loopback and private addresses stay out of a strict book, and nobody is blamed', async (network) => {
    const { createAddressBook } = await import('../../../src/address-book/address-book.ts')
    const book = createAddressBook({ clock: network.clock })
    const [a, raw] = [network.node({ book }), network.raw()]
    raw.raw.answerWith(
      listOf(...['127.0.0.1', '10.0.0.1', '192.168.1.1', '::1', '51.1.0.1'].map((ip, n) => address(n + 1, ip)))
    )
    await network.start(a, raw)
    await a.sw.dialPeerWithAddress(raw.address)
    await network.pass(250)
    assert.deepEqual(a.lost, [])
    const hosts = book.entries().map(({ addresses }) => addresses[0]?.host)
    assert.deepEqual(
      hosts.filter((host) => host !== raw.address.host),
      ['51.1.0.1']
    )
  })

  on(
    'a peer that answers with an empty list for ever is asked no more than others are, and never at the cost of them',
    async (network) => {
      const [a, empty, other] = [network.node({ maxNumOutboundPeers: 5 }), network.raw(), network.raw()]
      empty.raw.answerWith(listOf())
      other.raw.answerWith(listOf(address(1)))
      await network.start(a, empty, other)
      await a.sw.dialPeerWithAddress(empty.address)
      await a.sw.dialPeerWithAddress(other.address)
      await network.pass(600_000)
      const asked = ({ raw }: RawNode) => raw.heard.filter(({ type }) => type === 'pexRequest').length
      assert.ok(asked(empty) <= 8, `the empty one ${asked(empty)} times`)
      assert.ok(asked(other) >= 12, `the other one ${asked(other)} times`)
      assert.deepEqual(peersOf(a), [empty.address.id, other.address.id].sort())
    }
  )

  on('a peer that never answers is asked once, and others instead of it', async (network) => {
    const [a, silent, other] = [network.node({ maxNumOutboundPeers: 5 }), network.raw(), network.raw()]
    other.raw.answerWith(listOf(address(1)))
    await network.start(a, silent, other)
    await a.sw.dialPeerWithAddress(silent.address)
    await a.sw.dialPeerWithAddress(other.address)
    await network.pass(300_000)
    assert.equal(silent.raw.heard.length, 1)
    assert.ok(other.raw.heard.length >= 8)
    assert.ok(peerOf(a, silent).isRunning())
  })
})
