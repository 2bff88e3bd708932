/** Whom the book is told that an address comes from. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts, parseNetAddress } from '../../../src/identity/net-address.ts'
import { sourceAt, sourceOf } from '../../../src/reactors/pex/source-of.ts'
import { keyOf } from './records.ts'

const { id, peerId } = keyOf(1)

function source(dialled: string, remoteIP: string) {
  const address = dialled === '' ? netAddressFromParts(id, remoteIP, 0) : parseNetAddress(dialled)
  return String(sourceOf({ id: () => id, remoteIP: () => remoteIP, socketAddr: () => address }))
}

test('a peer is a source by its IP, by whatever name it was dialled', () => {
  assert.equal(source(`/dns4/n.example.org/tcp/4001/p2p/${peerId}`, '44.1.1.1'), `${id}@44.1.1.1:4001`)
  assert.equal(source(`/ip4/44.1.1.1/tcp/4001/p2p/${peerId}`, '44.1.1.1'), `/ip4/44.1.1.1/tcp/4001/p2p/${peerId}`)
  assert.equal(source(`${id}@n.example.org:26656`, ''), `${id}@n.example.org:26656`)
})

test('a peer dialled by what has no port is a source that a book can read again, of the group of its IP', () => {
  for (const dialled of [`/p2p/${peerId}`, `/dnsaddr/n.example.org/p2p/${peerId}`, ''])
    for (const [ip, host] of [
      ['44.1.1.1', '44.1.1.1'],
      ['2602:100::1', '[2602:100::1]']
    ] as const) {
      const text = source(dialled, ip)
      assert.equal(text, `${id}@${host}:1`)
      assert.equal(parseNetAddress(text).host, ip)
    }
  assert.equal(source(`/p2p/${peerId}`, ''), `/p2p/${peerId}`)
})

test('so is who has refused us, whether its id is known or not', () => {
  const at = (dialled: string, ip: string) => String(sourceAt(parseNetAddress(dialled), ip))
  assert.equal(at(`${id}@n.example.org:26656`, '44.1.1.1'), `${id}@44.1.1.1:26656`)
  assert.equal(at('/dns4/n.example.org/tcp/4001', '2602:100::1'), '[2602:100::1]:4001')
  assert.equal(at(`/dnsaddr/n.example.org/p2p/${peerId}`, '44.1.1.1'), `${id}@44.1.1.1:1`)
  for (const known of [`${id}@44.1.1.1:26656`, '/dns4/n.example.org/tcp/4001']) assert.equal(at(known, ''), known)
})
