import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { toBootstrapForm, toHexForm } from '../../src/identity/address-forms.ts'
import {
  idAddressString,
  isSameNode,
  netAddressFromParts,
  parseNetAddress,
  toMultiaddr
} from '../../src/identity/net-address.ts'
import { nodeKeyFromSeed } from '../../src/identity/node-key.ts'
import { readVectors } from '../helpers/vectors.ts'

const X = 'deadbeef'.repeat(5)
const key = nodeKeyFromSeed(new Uint8Array(32).fill(7))
const secp = '16Uiu2HAmNt4G6MjXTVwSz5HoajXdpbApHvwBNCc5WX6peH3rosN9'
const secpId = '030111e961a4ade4467f970208ec4a3b76771ebe'

describe('what is accepted', () => {
  const accepted = [
    { given: `${X}@127.0.0.1:8080`, form: 'hex', id: X, host: '127.0.0.1', port: 8080, prints: `${X}@127.0.0.1:8080` },
    {
      given: `tcp://${X}@127.0.0.1:8080`,
      form: 'hex',
      id: X,
      host: '127.0.0.1',
      port: 8080,
      prints: `${X}@127.0.0.1:8080`
    },
    {
      given: `udp://${X}@127.0.0.1:8080`,
      form: 'hex',
      id: X,
      host: '127.0.0.1',
      port: 8080,
      prints: `${X}@127.0.0.1:8080`
    },
    { given: `${X.toUpperCase()}@1.2.3.4:1`, form: 'hex', id: X, host: '1.2.3.4', port: 1, prints: `${X}@1.2.3.4:1` },
    { given: `${X}@[::1]:26656`, form: 'hex', id: X, host: '::1', port: 26656, prints: `${X}@[::1]:26656` },
    {
      given: `${X}@[2001:DB8:0:0:1:0:0:1]:65535`,
      form: 'hex',
      id: X,
      host: '2001:db8::1:0:0:1',
      port: 65535,
      prints: `${X}@[2001:db8::1:0:0:1]:65535`
    },
    { given: `${X}@[::ffff:1.2.3.4]:1`, form: 'hex', id: X, host: '1.2.3.4', port: 1, prints: `${X}@1.2.3.4:1` },
    {
      given: `${X}@seed.example.com:26656`,
      form: 'hex',
      id: X,
      host: 'seed.example.com',
      port: 26656,
      prints: `${X}@seed.example.com:26656`
    },
    { given: `${X}@node-a:1`, form: 'hex', id: X, host: 'node-a', port: 1, prints: `${X}@node-a:1` },
    {
      given: `${key.peerId}@1.2.3.4:5678`,
      form: 'bootstrap',
      id: key.id,
      host: '1.2.3.4',
      port: 5678,
      prints: `${key.peerId}@1.2.3.4:5678`
    },
    {
      given: `${secp}@localhost:5678`,
      form: 'bootstrap',
      id: secpId,
      host: 'localhost',
      port: 5678,
      prints: `${secp}@localhost:5678`
    },
    {
      given: '/ip4/1.2.3.4/tcp/4001',
      form: 'multiaddr',
      id: '',
      host: '1.2.3.4',
      port: 4001,
      prints: '/ip4/1.2.3.4/tcp/4001'
    },
    {
      given: `/ip4/1.2.3.4/tcp/4001/p2p/${key.peerId}`,
      form: 'multiaddr',
      id: key.id,
      host: '1.2.3.4',
      port: 4001,
      prints: `/ip4/1.2.3.4/tcp/4001/p2p/${key.peerId}`
    },
    {
      given: `/ip6/::1/udp/1/quic-v1/p2p/${secp}`,
      form: 'multiaddr',
      id: secpId,
      host: '::1',
      port: 1,
      prints: `/ip6/::1/udp/1/quic-v1/p2p/${secp}`
    },
    {
      given: '/dns4/a.example/tcp/443/tls/ws',
      form: 'multiaddr',
      id: '',
      host: 'a.example',
      port: 443,
      prints: '/dns4/a.example/tcp/443/tls/ws'
    },
    {
      given: `/ip4/1.2.3.4/tcp/1/p2p/${secp}/p2p-circuit/p2p/${key.peerId}`,
      form: 'multiaddr',
      id: key.id,
      host: '1.2.3.4',
      port: 1,
      prints: `/ip4/1.2.3.4/tcp/1/p2p/${secp}/p2p-circuit/p2p/${key.peerId}`
    },
    {
      given: `/ip4/1.2.3.4/tcp/1/p2p/${secp}/p2p-circuit`,
      form: 'multiaddr',
      id: '',
      host: '1.2.3.4',
      port: 1,
      prints: `/ip4/1.2.3.4/tcp/1/p2p/${secp}/p2p-circuit`
    },
    {
      given: '/ip6/::ffff:1.2.3.4/tcp/4001',
      form: 'multiaddr',
      id: '',
      host: '1.2.3.4',
      port: 4001,
      prints: '/ip6/::ffff:102:304/tcp/4001'
    },
    {
      given: '/ip6/2001:0DB8:0:0::1/udp/1/quic-v1',
      form: 'multiaddr',
      id: '',
      host: '2001:db8::1',
      port: 1,
      prints: '/ip6/2001:db8::1/udp/1/quic-v1'
    },
    { given: '/memory/x', form: 'multiaddr', id: '', host: '', port: 0, prints: '/memory/x' },
    { given: '/unix/%2Ftmp%2Fx.sock', form: 'multiaddr', id: '', host: '', port: 0, prints: '/unix/%2Ftmp%2Fx.sock' },
    {
      given: '/dnsaddr/bootstrap.example',
      form: 'multiaddr',
      id: '',
      host: '',
      port: 0,
      prints: '/dnsaddr/bootstrap.example'
    },
    { given: `/p2p/${key.peerId}`, form: 'multiaddr', id: key.id, host: '', port: 0, prints: `/p2p/${key.peerId}` }
  ]
  for (const { given, form, id, host, port, prints } of accepted)
    test(given, () => {
      const address = parseNetAddress(given)
      assert.deepEqual(
        { form: address.form, id: address.id, host: address.host, port: address.port, prints: String(address) },
        { form, id, host, port, prints }
      )
      assert.equal(address.peerId === undefined, form === 'hex' || id === '')
      assert.equal(address.multiaddr === undefined, form !== 'multiaddr')
      assert.ok(Object.isFrozen(address))
      assert.ok(parseNetAddress(prints).equals(address), 'what it prints reads back equal')
    })
})

describe('what is refused, by name and with what was found', () => {
  const refused = [
    // Go's own table (p2p/netaddress_test.go)
    '127.0.0.1:8080',
    'tcp://127.0.0.1:8080',
    'udp://127.0.0.1:8080',
    'notahost',
    'notahost:8080',
    '8082',
    '127.0.0:8080000',
    'tcp://:26656',
    '',
    `tcp//${X}@127.0.0.1:8080`,
    `udp//${X}@127.0.0.1:8080`,
    'deadbeef@127.0.0.1:8080',
    'this-isnot-hex@127.0.0.1:8080',
    'xxxxbeefdeadbeefdeadbeefdeadbeefdeadbeef@127.0.0.1:8080',
    'tcp://@127.0.0.1:8080',
    'tcp://@',
    '@',
    ' @',
    ' @ ',
    // and ours
    `${X}@127.0.0.1:0`,
    `${X}@127.0.0.1:65536`,
    `${X}@127.0.0.1:-1`,
    `${X}@127.0.0.1:+1`,
    `${X}@127.0.0.1:1.5`,
    `${X}@127.0.0.1:`,
    `${X}@127.0.0.1`,
    `${X}@:1`,
    `${X}@[]:1`,
    `${X}@::1:26656`,
    `${X}@[::1:26656`,
    `${X}@[fe80::1%eth0]:1`,
    `${X}@127.0.0:1`,
    `${X}@127.0.0.256:1`,
    `${X}@01.2.3.4:1`,
    `${X}@a b:1`,
    `${X}@a/b:1`,
    `${X}@${'a'.repeat(254)}:1`,
    `${X}@${'a'.repeat(64)}.org:1`,
    `${X}@a@b:1`,
    'QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC@1.2.3.4:1',
    '/',
    '/foo',
    '/ip4/1.2.3.4',
    '/ip4/1.2.3/tcp/1',
    '/ip4/1.2.3.4/tcp/0',
    '/ip4/1.2.3.4/tcp/65536',
    `/dns4/${'a.'.repeat(127)}/tcp/1`,
    `/dns4/a.${'b'.repeat(64)}.org/tcp/1`,
    '/dns4/a b/tcp/1',
    '/dns/1.2.3/tcp/1',
    `/ip4/1.2.3.4/tcp/1/http-path/${'a'.repeat(500)}`,
    '/ip4/1.2.3.4/tcp/1/p2p/nonsense',
    '/ip4/1.2.3.4/tcp/1/p2p/QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC'
  ]
  for (const given of refused)
    test(JSON.stringify(given.slice(0, 60)), () => {
      assert.throws(
        () => parseNetAddress(given),
        (error: Error & { address: string }) => error.name === 'InvalidAddressError' && error.address === given
      )
    })

  for (const given of [undefined, null, 5, {}, [], Object.create(null)])
    test(`not even a string: ${JSON.stringify(given)}`, () => {
      assert.throws(() => parseNetAddress(given as never), { name: 'InvalidAddressError' })
    })
})

test('a long text is refused in no time: decoding base58 takes the square of its length', () => {
  const long = '1'.repeat(1_000_000)
  for (const text of [
    `${long}@1.2.3.4:1`,
    `/ip4/1.2.3.4/tcp/1/p2p/${long}`,
    `${X}@${long}:1`,
    `/${long}`,
    `/ip4/${long}`
  ]) {
    const error = errorOf(() => parseNetAddress(text))
    assert.equal(error?.name, 'InvalidAddressError')
    assert.ok(error.message.length < 1000, `a message of ${error.message.length} characters`)
  }
})

test('a multiaddr that somebody else has read is bounded as its text is', () => {
  const name = `${'a'.repeat(60)}.`.repeat(4)
  const longest = multiaddr(`/dns4/${name}${'a'.repeat(9)}/tcp/1/p2p/${key.peerId}`)
  assert.equal(parseNetAddress(longest).host.length, 253)
  for (const long of [
    `/dns4/${name}${'a'.repeat(10)}/tcp/1`,
    `/dns4/${'a'.repeat(60_000)}.org/tcp/1`,
    `/ip4/1.2.3.4/tcp/1/http-path/${'a'.repeat(500)}`,
    `/dnsaddr/${'a'.repeat(600)}`
  ])
    assert.equal(errorOf(() => parseNetAddress(multiaddr(long)))?.name, 'InvalidAddressError', long.slice(0, 60))
})

test('a Multiaddr and a NetAddress are taken as they are', () => {
  const address = parseNetAddress(multiaddr(`/ip4/1.2.3.4/tcp/1/p2p/${key.peerId}`))
  assert.equal(address.id, key.id)
  assert.equal(parseNetAddress(address), address)
})

test('a NetAddress that somebody else made is read from what it prints', () => {
  const text = `${X}@1.2.3.4:1`
  assert.equal(parseNetAddress({ dialString: () => '', toString: () => text } as never).id, X)
})

test('parts make the hex form; an unknown id and a port of 0 are allowed there', () => {
  assert.equal(String(netAddressFromParts(X, '::1', 80)), `${X}@[::1]:80`)
  assert.equal(String(netAddressFromParts('', '127.0.0.1', 0)), '127.0.0.1:0')
  assert.throws(() => netAddressFromParts(X, '', 80), { name: 'InvalidAddressError' })
  assert.throws(() => netAddressFromParts('dead', '1.2.3.4', 80), { name: 'InvalidNodeIdError' })
})

test('idAddressString drops the scheme', () => {
  assert.equal(idAddressString(X, 'tcp://1.2.3.4:1'), `${X}@1.2.3.4:1`)
  assert.equal(idAddressString(X, '1.2.3.4:1'), `${X}@1.2.3.4:1`)
})

describe('what is dialled on libp2p', () => {
  const table = [
    { given: `${X}@1.2.3.4:1`, transport: 'tcp', want: '/ip4/1.2.3.4/tcp/1' },
    { given: `${X}@[::1]:1`, transport: 'tcp', want: '/ip6/::1/tcp/1' },
    { given: `${X}@a.example:1`, transport: 'quic', want: '/dns/a.example/udp/1/quic-v1' },
    { given: `${key.peerId}@1.1.1.1:5678`, transport: 'quic', want: `/ip4/1.1.1.1/udp/5678/quic-v1/p2p/${key.peerId}` },
    { given: `${key.peerId}@localhost:5678`, transport: 'tcp', want: `/dns/localhost/tcp/5678/p2p/${key.peerId}` },
    { given: '/ip4/1.2.3.4/tcp/1/ws', transport: 'quic', want: '/ip4/1.2.3.4/tcp/1/ws' }
  ] as const
  for (const { given, transport, want } of table)
    test(`${given} by ${transport}`, () => {
      assert.equal(String(toMultiaddr(parseNetAddress(given), transport)), want)
    })
})

test('two addresses are of one node when the id is the same, or the socket', () => {
  const a = parseNetAddress(`${X}@1.2.3.4:1`)
  assert.ok(isSameNode(a, parseNetAddress(`${X}@5.6.7.8:2`)))
  assert.ok(isSameNode(a, parseNetAddress('/ip4/1.2.3.4/tcp/1')))
  assert.ok(!isSameNode(a, parseNetAddress(`${key.id}@5.6.7.8:2`)))
  assert.ok(!isSameNode(parseNetAddress('/memory/a'), parseNetAddress('/memory/b')))
})

test('persistent_peers become bootstrap_peers where the key is known, and back always', () => {
  const hex = parseNetAddress(`${key.id}@[::1]:26656`)
  const bootstrap = toBootstrapForm(hex, key.peerId)
  assert.equal(String(bootstrap), `${key.peerId}@[::1]:26656`)
  assert.ok(toHexForm(bootstrap).equals(hex))
  assert.throws(() => toBootstrapForm(hex), { name: 'InvalidAddressError' })
  assert.throws(() => toBootstrapForm(parseNetAddress(`${X}@1.2.3.4:1`), key.peerId), { name: 'InvalidAddressError' })
  assert.throws(() => toHexForm(parseNetAddress('/memory/x')), { name: 'InvalidAddressError' })
})

describe('beside Go', () => {
  const vectors = readVectors<{ given: string; ok: boolean; text?: string; ip?: string; port?: number }>(
    'addresses.jsonl'
  )

  test(`${vectors.length} texts are read or refused as Go does, but for port 0`, () => {
    for (const { given, ok, text, ip, port } of vectors) {
      // contract.md: a port of 1-65535
      if (!ok || port === undefined) assert.throws(() => parseNetAddress(given), { name: 'InvalidAddressError' }, given)
      else {
        const address = parseNetAddress(given)
        // Go keeps the case of an id, which then never equals the one of the key
        assert.deepEqual(
          { text: String(address), ip: address.host, port: address.port },
          { text: text?.replace(/^[^@]*/, (id) => id.toLowerCase()), ip, port },
          given
        )
      }
    }
  })
})

function errorOf(run: () => unknown): Error | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return error as Error
  }
}
