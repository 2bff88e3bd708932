import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { formatIp, ipNetwork, isUnspecified, parseIp } from '../../src/identity/ip.ts'

test('what is an IP to the platform is one here, but for zones; what is none is none', () => {
  const pieces = fc.array(
    fc.constantFrom(':', '::', '.', '0', '1', 'ffff', 'fe80', '255', '256', '01', '1.2.3.4', 'g', '%eth0'),
    { maxLength: 12 }
  )
  const texts = fc.oneof(
    pieces.map((parts) => parts.join('')),
    fc.ipV4(),
    fc.ipV6()
  )
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(parseIp(text) !== undefined, isIP(text) !== 0 && !text.includes('%'), text)
    }),
    { numRuns: 2000 }
  )
})

test('what is printed reads back as the same bytes, and prints the same', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    sparse()
  )
  fc.assert(
    fc.property(bytes, (ip) => {
      const text = formatIp(ip)
      const back = parseIp(text)!
      assert.deepEqual(back.length === ip.length ? back : Uint8Array.from([...ip.slice(0, 12), ...back]), ip)
      assert.equal(formatIp(back), text.includes('.') || back.length === 16 ? text : formatIp(ip.slice(12)))
    })
  )
})

test('IPv6 is printed as RFC 5952 says', () => {
  const table = [
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::1.2.3.4', '::102:304']
  ] as const
  for (const [given, want] of table) assert.equal(formatIp(parseIp(given)!), want)
})

test('every interface is meant by zeros alone, however they are written', () => {
  for (const host of ['0.0.0.0', '::', '0:0::0', '::ffff:0.0.0.0', '::0.0.0.0']) assert.ok(isUnspecified(host), host)
  for (const host of ['', '0', '00.0.0.0', '0.0.0.1', '::1', '::ffff:0.0.0.1', 'example.org'])
    assert.equal(isUnspecified(host), false, host)
})

test('a network is the first bits of an IP; what is no IP is a network of its own', () => {
  const table = [
    ['10.1.2.3', '10.1.0.0/16'],
    ['::ffff:10.1.2.3', '10.1.0.0/16'],
    ['2001:db8:1:2::3', '2001:db8:1::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['10.1.2', '10.1.2'],
    ['example.org', 'example.org'],
    ['', '']
  ] as const
  for (const [ip, want] of table) assert.equal(ipNetwork(ip, 16, 48), want)
})

/** IPv6 with many zeros. */
function sparse() {
  return fc
    .array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 })
    .map((bytes) => Uint8Array.from(bytes))
}
