import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRoutableHost, isValidHost } from '../../src/address-book/routability.ts'

test('R-77: a valid host may be somebody; names count', () => {
  for (const host of ['8.8.8.8', '10.0.0.1', '127.0.0.1', '2602:100::1', 'seed.example.com', 'a'])
    assert.equal(isValidHost(host), true, host)
  for (const host of ['', '0.0.0.0', '::', '255.255.255.255', '2001:db8::1'])
    assert.equal(isValidHost(host), false, host)
})

test('routable is a public IP, or a name that means the same to everybody', () => {
  for (const host of ['8.8.8.8', '2602:100::1', 'seed.example.com', 'latest.org.'])
    assert.equal(isRoutableHost(host), true, host)
  const elsewhere = ['localhost', 'node.localhost', 'printer.local', 'db.internal', 'nas.lan', 'validator']
  for (const host of ['127.0.0.1', '10.0.0.1', '169.254.0.1', '::1', 'fc00::1', ...elsewhere])
    assert.equal(isRoutableHost(host), false, host)
})
