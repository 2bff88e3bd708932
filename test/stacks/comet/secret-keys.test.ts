/** Key derivation against Go: golden figures of spec/secret-connection.md (made by Go programs), the rest by whole connections in secret-connection.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { compareBytes, deriveSecretKeys, deriveSessionKeys } from '../../../src/stacks/comet/secret-keys.ts'

const LOWER = hexToBytes('0faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f20')
const UPPER = hexToBytes('7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f13')
const SHARED = hexToBytes('9e004098efc091d4ec2663b4e9f5cfd4d7064571690b4bea97ab146ab9f35056')

test('the keys and the challenge of both sides are those of Go', () => {
  const lower = deriveSecretKeys(LOWER, UPPER, SHARED)
  const upper = deriveSecretKeys(UPPER, LOWER, SHARED)
  const first = '92cae06ce47b2e2a1750c53b950bd310b2b272169fb7fffa38cfd121de33c1f1'
  const second = '046e79fb404e1f3be86e88d9087a970c88ae4d7b68d3577f84c5f20e6fd9852f'
  assert.deepEqual(
    [bytesToHex(lower.receive), bytesToHex(lower.send), bytesToHex(upper.send), bytesToHex(upper.receive)],
    [first, second, first, second]
  )
  for (const { challenge } of [lower, upper])
    assert.equal(bytesToHex(challenge), 'aeeeddd30d4776bbd049fa4791562a50a2a2c939bb34f5f8d5984d3de1b8eaef')
})

test('the session keys of a shared secret are those of Go’s golden file', () => {
  const golden = [
    {
      secret: '9fe4a5a73df12dbd8659b1d9280873fe993caefec6b0ebc2686dd65027148e03',
      lower: true,
      receive: '80a83ad6afcb6f8175192e41973aed31dd75e3c106f813d986d9567a4865eb2f',
      send: '96362a04f628a0666d9866147326898bb0847b8db8680263ad19e6336d4eed9e'
    },
    {
      secret: '0716764b370d543fee692af03832c16410f0a56e4ddb79604ea093b10bb6f654',
      lower: false,
      receive: '84f2b1e8658456529a2c324f46c3406c3c6fecd5fbbf9169f60bed8956a8b03d',
      send: 'cba357ae33d7234520d5742102a2a6cdb39b7db59c14a58fa8aadd310127630f'
    }
  ]
  for (const { secret, lower, receive, send } of golden) {
    const keys = deriveSessionKeys(hexToBytes(secret), lower)
    assert.deepEqual([bytesToHex(keys.receive), bytesToHex(keys.send)], [receive, send])
  }
})

test('both keys are views of one buffer, so that nothing is left when they are wiped', () => {
  const { send, receive } = deriveSecretKeys(LOWER, UPPER, SHARED)
  assert.equal(send.buffer, receive.buffer)
  send.fill(0)
  receive.fill(0)
  assert.ok(new Uint8Array(send.buffer).every((byte) => byte === 0))
})

test('bytes compare as unsigned numbers from the front', () => {
  const table = [
    { a: [1, 2], b: [1, 2], want: 0 },
    { a: [0x80], b: [0x7f], want: 1 },
    { a: [0, 0xff], b: [1, 0], want: -1 }
  ]
  for (const { a, b, want } of table)
    assert.equal(Math.sign(compareBytes(Uint8Array.from(a), Uint8Array.from(b))), want)
})
