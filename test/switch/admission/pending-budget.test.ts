import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ipPrefix, PendingBudget } from '../../../src/switch/admission/pending-budget.ts'

test('D-15: connections are counted together, by IP and by /24', () => {
  const budget = new PendingBudget()
  const closeFirst = budget.open('10.0.0.1')
  budget.open('10.0.0.1')
  budget.open('10.0.0.2')
  budget.open('10.0.1.1')
  assert.deepEqual(budget.counts('10.0.0.1'), { global: 4, ip: 2, prefix: 3 })
  closeFirst()
  closeFirst()
  assert.deepEqual(budget.counts('10.0.0.1'), { global: 3, ip: 1, prefix: 2 })
})

for (const { ip, want } of [
  { ip: '192.168.7.9', want: '192.168.7.0/24' },
  { ip: '::ffff:192.168.7.9', want: '192.168.7.0/24' },
  { ip: '::ffff:c0a8:709', want: '192.168.7.0/24' },
  { ip: '2001:db8:1:2::3', want: '2001:db8:1::/48' },
  { ip: '2001:0db8:0001:ffff:0:0:0:1', want: '2001:db8:1::/48' },
  { ip: '::1', want: '::/48' },
  { ip: 'fe80::1%eth0', want: 'fe80::/48' },
  { ip: '2001:db8::', want: '2001:db8::/48' },
  { ip: 'somewhere', want: 'somewhere' }
])
  test(`the network of ${ip} is ${want}`, () => assert.equal(ipPrefix(ip), want))
