import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  chooseEvicted,
  type Evictable,
  LOW_SCORE,
  MIN_TENURE_MS,
  networkOf
} from '../../../src/switch/admission/eviction.ts'

const HOUR_MS = 3_600_000
const peer = (id: string, network: string, given: Partial<Evictable> = {}): Evictable => ({
  id,
  network,
  latencyMs: undefined,
  connectedMs: HOUR_MS,
  score: 0,
  ...given
})
const crowd = (n: number, network = '10.0', given: Partial<Evictable> = {}) =>
  Array.from({ length: n }, (_, i) => peer(`${network}/${i}`, network, { connectedMs: HOUR_MS + i, ...given }))

const TABLE: Array<{ name: string; peers: Evictable[]; from: string; want: string | undefined }> = [
  { name: 'nobody is connected', peers: [], from: '1.1', want: undefined },
  {
    name: 'all are of different networks',
    peers: ['1.1', '2.2', '3.3'].map((n) => peer(n, n)),
    from: '4.4',
    want: undefined
  },
  { name: 'the newcomer is of the crowd itself', peers: crowd(40), from: '10.0', want: undefined },
  {
    name: 'a crowd, and the newcomer is of none: the last of the crowd goes',
    peers: crowd(40),
    from: '1.1',
    want: '10.0/0'
  },
  {
    name: 'a crowd of people we have not known for a minute',
    peers: crowd(40, '10.0', { connectedMs: MIN_TENURE_MS - 1 }),
    from: '1.1',
    want: undefined
  },
  { name: 'three of one network are no crowd', peers: crowd(3), from: '1.1', want: undefined },
  {
    name: 'somebody in low esteem goes before any crowd',
    peers: [...crowd(40), peer('bad', '7.7', { score: LOW_SCORE })],
    from: '1.1',
    want: 'bad'
  },
  {
    name: 'the least esteemed of them',
    peers: [peer('a', '1.2', { score: -30 }), peer('b', '1.3', { score: -31 })],
    from: '1.2',
    want: 'b'
  },
  {
    name: 'nobody for a newcomer whose network would then have as many as this one now',
    peers: [...crowd(20), ...crowd(19, '11.0')],
    from: '11.0',
    want: undefined
  },
  {
    name: 'one of a crowd that is larger by two than that of the newcomer',
    peers: [...crowd(21), ...crowd(19, '11.0')],
    from: '11.0',
    want: '10.0/0'
  },
  { name: 'of two crowds the larger', peers: [...crowd(30), ...crowd(10, '11.0')], from: '1.1', want: '10.0/0' }
]
for (const { name, peers, from, want } of TABLE)
  test(`whom a full node parts with: ${name}`, () => assert.equal(chooseEvicted(peers, { network: from }), want))

test('the fastest, the most useful and the longest connected of a crowd are never parted with', () => {
  const fast = crowd(8, '10.0', { latencyMs: 1, connectedMs: MIN_TENURE_MS }).map((p, i) => ({ ...p, id: `fast${i}` }))
  const useful = crowd(8, '10.0', { score: 50, connectedMs: MIN_TENURE_MS }).map((p, i) => ({ ...p, id: `useful${i}` }))
  const rest = crowd(24)
  let left = [...fast, ...useful, ...rest]
  const gone: string[] = []
  for (
    let id = chooseEvicted(left, { network: '1.1' });
    id !== undefined;
    id = chooseEvicted(left, { network: '1.1' })
  ) {
    gone.push(id)
    left = left.filter((one) => one.id !== id)
  }
  assert.ok(gone.length > 5)
  assert.deepEqual(
    gone.filter((id) => !id.startsWith('10.0/')),
    []
  )
  assert.ok(!gone.includes('10.0/23'), 'the longest connected')
})

test('an attacker with one network never drives out the only peer of another', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 39 }),
      fc.array(fc.nat({ max: 4 * HOUR_MS }), { minLength: 1, maxLength: 40 }),
      (honest, ages) => {
        const others = Array.from({ length: honest }, (_, i) =>
          peer(`honest${i}`, `20.${i}`, { connectedMs: MIN_TENURE_MS })
        )
        const attackers = ages.map((connectedMs, i) => peer(`bad${i}`, '66.6', { connectedMs, latencyMs: 0 }))
        const gone = chooseEvicted([...others, ...attackers], { network: '66.6' })
        assert.ok(gone === undefined || gone.startsWith('bad'))
      }
    )
  )
})

test('networks that come again and again do not drive each other out for ever', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 4 }),
      fc.array(fc.nat({ max: 3 }), { minLength: 200, maxLength: 200 }),
      (sizes, comers) => {
        let peers = sizes.flatMap((n, i) => crowd(n, `1${i}.0`))
        let gone = 0
        for (const [at, comer] of comers.entries()) {
          const network = `1${comer}.0`
          const id = chooseEvicted(peers, { network })
          if (id === undefined) continue
          gone++
          peers = [...peers.filter((one) => one.id !== id), peer(`late ${at}`, network)]
        }
        // each makes the sum of the squares of the crowds less by two at least: all are equal in the end
        const squares = sizes.reduce((sum, n) => sum + n * n, 0)
        assert.ok(gone <= squares / 2, `${gone} had to go`)
      }
    )
  )
})

test('networks: /16 of IPv4 (also mapped), /32 of IPv6, anything else itself', () => {
  const table = {
    '1.2.3.4': '1.2.0.0/16',
    '::ffff:1.2.3.4': '1.2.0.0/16',
    '::ffff:102:304': '1.2.0.0/16',
    '2001:db8:5::1': '2001:db8::/32',
    '2001:0DB8:5::1': '2001:db8::/32',
    '::1': '::/32',
    'node-1': 'node-1',
    '': ''
  }
  for (const [ip, want] of Object.entries(table)) assert.equal(networkOf(ip), want, ip)
})
