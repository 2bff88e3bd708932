import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fineGroupOf, groupOf, hostOfPeer } from '../../src/identity/groups.ts'
import { netAddressFromParts } from '../../src/identity/net-address.ts'

// the first block is Go's own table (p2p/pex/addrbook_test.go, spec section 3)
const LAX: Array<[host: string, group: string]> = [
  ['12.1.2.3', '12.1.0.0'],
  ['2002:0c01:0203::', '12.1.0.0'],
  ['2001:0:1234::f3fe:fdfc', '12.1.0.0'],
  ['64:ff9b::0c01:0203', '12.1.0.0'],
  ['::ffff:0:0c01:0203', '12.1.0.0'],
  ['::ffff:12.1.2.3', '12.1.0.0'],
  ['fd87:d87e:eb43:1234::5678', 'tor:2'],
  ['fd87:d87e:eb43:1345::6789', 'tor:3'],
  ['2602:100::1', '2602:100::'],
  ['2001:470:1f10:a1::2', '2001:470:1000::'],
  ['127.0.0.1', '127.0.0.0'],
  ['seed.example.com', 'names'],
  ['example.org', 'names'],
  ['memory-name', 'names']
]

for (const [host, group] of LAX)
  test(`the group of ${host} is ${group}`, () => {
    assert.equal(groupOf(host, false), group)
  })

const STRICT: Array<[host: string, group: string]> = [
  ['127.0.0.1', 'local'],
  ['::1', 'local'],
  ['0.1.2.3', 'local'],
  ['10.1.2.3', 'unroutable'],
  ['fe80::1234', 'unroutable'],
  ['169.254.1.1', 'unroutable'],
  ['fc00::1', 'unroutable'],
  ['12.1.2.3', '12.1.0.0'],
  ['2602:100::1', '2602:100::']
]

for (const [host, group] of STRICT)
  test(`in strict mode the group of ${host} is ${group}`, () => {
    assert.equal(groupOf(host, true), group)
  })

test('native IPv6 has its /48 as the finer group; what carries IPv4, names and IPv4 have none', () => {
  assert.equal(fineGroupOf('2602:100:7:1::9'), '2602:100:7::/48')
  assert.equal(fineGroupOf('2001:470:1f10:a1::2'), '2001:470:1f10::/48')
  for (const host of ['12.1.2.3', '2002:0c01:0203::', 'seed.example.com', '::1', 'fe80::1'])
    assert.equal(fineGroupOf(host), undefined, host)
})

test('a peer is where its connection leads, whatever name was dialled; without an IP, where its address says', () => {
  const at = (host: string, ip: string) =>
    hostOfPeer({ remoteIP: () => ip, socketAddr: () => netAddressFromParts('0'.repeat(40), host, 1) })
  assert.equal(at('seed.example.com', '12.1.2.3'), '12.1.2.3')
  assert.equal(at('12.1.2.3', '12.1.2.3'), '12.1.2.3')
  assert.equal(at('12.1.2.3', ''), '12.1.2.3')
  assert.equal(at('seed.example.com', 'memory-name'), 'seed.example.com')
})
