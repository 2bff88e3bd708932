import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decide,
  type PolicyLimits,
  type PolicyQuestion,
  type PolicyState
} from '../../../src/switch/admission/policy.ts'

const NOW = 1_000_000
const OWN = '0'.repeat(40)
const A = 'a'.repeat(40)
const PERSISTENT = 'b'.repeat(40)
const UNCONDITIONAL = 'c'.repeat(40)

interface Given {
  question: PolicyQuestion
  running?: boolean
  inbound?: number
  outbound?: number
  peers?: string[]
  ips?: Record<string, string>
  banned?: Record<string, number>
  pending?: { global: number; ip: number; prefix: number }
  allowDuplicateIP?: boolean
}

function ask(given: Given): string {
  const state: PolicyState = {
    ownId: OWN,
    running: given.running ?? true,
    inbound: given.inbound ?? 0,
    outbound: given.outbound ?? 0,
    hasPeer: (id) => given.peers?.includes(id) ?? false,
    hasIP: (ip, except) => Object.entries(given.ips ?? {}).some(([id, at]) => at === ip && id !== except),
    bannedUntil: (id) => given.banned?.[id],
    pending: given.pending ?? { global: 0, ip: 0, prefix: 0 }
  }
  const limits: PolicyLimits = {
    maxNumInboundPeers: 2,
    maxNumOutboundPeers: 1,
    allowDuplicateIP: given.allowDuplicateIP ?? false,
    pending: { global: 4, perIP: 2, perPrefix: 3 },
    isPersistent: (id) => id === PERSISTENT,
    isUnconditional: (id) => id === UNCONDITIONAL
  }
  const verdict = decide(given.question, state, limits, NOW)
  return verdict.allow ? 'allow' : verdict.refusal
}

const inbound = (id: string, ip = '1.2.3.4'): PolicyQuestion => ({ stage: 'peer', direction: 'inbound', id, ip })
const outbound = (id: string, ip = '1.2.3.4'): PolicyQuestion => ({ stage: 'peer', direction: 'outbound', id, ip })
const pending: PolicyQuestion = { stage: 'pending', ip: '1.2.3.4' }

const TABLE: Array<{ name: string; given: Given; want: string }> = [
  { name: 'a stranger finds a free inbound slot', given: { question: inbound(A) }, want: 'allow' },
  {
    name: 'R-68: inbound is full at its own maximum',
    given: { question: inbound(A), inbound: 2 },
    want: 'inbound-full'
  },
  {
    name: 'R-68: a full outbound side does not refuse inbound',
    given: { question: inbound(A), outbound: 9 },
    want: 'allow'
  },
  {
    name: 'R-68: outbound is full at its own maximum',
    given: { question: { stage: 'dial', id: A }, outbound: 1 },
    want: 'outbound-full'
  },
  { name: 'an outbound peer holds the slot of its dial', given: { question: outbound(A), outbound: 1 }, want: 'allow' },
  {
    name: 'D-15: a persistent peer is admitted over the limit',
    given: { question: inbound(PERSISTENT), inbound: 2 },
    want: 'allow'
  },
  {
    name: 'D-15: an unconditional peer is admitted over the limit',
    given: { question: inbound(UNCONDITIONAL), inbound: 9 },
    want: 'allow'
  },
  {
    name: 'D-15: a persistent peer is dialled over the limit',
    given: { question: { stage: 'dial', id: PERSISTENT }, outbound: 1 },
    want: 'allow'
  },
  {
    name: 'a banned node is refused inbound',
    given: { question: inbound(A), banned: { [A]: NOW + 1 } },
    want: 'banned'
  },
  {
    name: "a node that a user's own book bans for ever is refused",
    given: { question: inbound(A), banned: { [A]: Number.POSITIVE_INFINITY } },
    want: 'banned'
  },
  {
    name: 'a banned node is refused outbound',
    given: { question: { stage: 'dial', id: A }, banned: { [A]: NOW + 1 } },
    want: 'banned'
  },
  {
    name: 'a banned node is refused before anybody knows what it wants',
    given: { question: { stage: 'screen', id: A }, banned: { [A]: NOW + 1 } },
    want: 'banned'
  },
  {
    name: 'a connection is not refused because peers are many',
    given: { question: { stage: 'screen', id: A }, inbound: 9, outbound: 9 },
    want: 'allow'
  },
  { name: 'a ban ends', given: { question: inbound(A), banned: { [A]: NOW } }, want: 'allow' },
  {
    name: 'D-6: a ban does not hold against a persistent peer',
    given: { question: inbound(PERSISTENT), banned: { [PERSISTENT]: NOW + 1 } },
    want: 'allow'
  },
  {
    name: 'D-6: a ban does not hold against an unconditional peer',
    given: { question: inbound(UNCONDITIONAL), banned: { [UNCONDITIONAL]: NOW + 1 } },
    want: 'allow'
  },
  {
    name: 'R-38: an id that is a peer is a duplicate',
    given: { question: inbound(A), peers: [A] },
    want: 'duplicate-id'
  },
  {
    name: 'R-38: also for a persistent one',
    given: { question: inbound(PERSISTENT), peers: [PERSISTENT] },
    want: 'duplicate-id'
  },
  {
    name: 'a second node on an IP is refused',
    given: { question: inbound(A), ips: { [PERSISTENT]: '1.2.3.4' } },
    want: 'duplicate-ip'
  },
  {
    name: 'unless duplicate IPs are allowed',
    given: { question: inbound(A), ips: { [PERSISTENT]: '1.2.3.4' }, allowDuplicateIP: true },
    want: 'allow'
  },
  {
    name: 'an address without an IP has no duplicate',
    given: { question: inbound(A, ''), ips: { [PERSISTENT]: '' } },
    want: 'allow'
  },
  {
    name: 'a dial to an IP in use is refused',
    given: { question: { stage: 'dial', ip: '1.2.3.4' }, ips: { [A]: '1.2.3.4' } },
    want: 'duplicate-ip'
  },
  {
    name: 'an unconditional peer may share an IP',
    given: { question: inbound(UNCONDITIONAL), ips: { [A]: '1.2.3.4' } },
    want: 'allow'
  },
  { name: 'we are no peer of ours', given: { question: inbound(OWN) }, want: 'self' },
  {
    name: 'a switch that does not run admits nobody',
    given: { question: inbound(PERSISTENT), running: false },
    want: 'stopping'
  },
  {
    name: 'D-15: a connection before authentication has room',
    given: { question: pending, pending: { global: 3, ip: 1, prefix: 2 } },
    want: 'allow'
  },
  {
    name: 'D-15: not when all together are too many',
    given: { question: pending, pending: { global: 4, ip: 0, prefix: 0 } },
    want: 'pending-full'
  },
  {
    name: 'D-15: not when its IP has too many',
    given: { question: pending, pending: { global: 2, ip: 2, prefix: 2 } },
    want: 'pending-full'
  },
  {
    name: 'D-15: not when its network has too many',
    given: { question: pending, pending: { global: 3, ip: 0, prefix: 3 } },
    want: 'pending-full'
  },
  { name: 'D-15: unauthenticated connections take no slot', given: { question: pending, inbound: 2 }, want: 'allow' }
]

for (const { name, given, want } of TABLE) test(name, () => assert.equal(ask(given), want))

test('a refusal says what was found', () => {
  const verdict = decide(
    inbound(A),
    {
      ownId: OWN,
      running: true,
      inbound: 2,
      outbound: 0,
      hasPeer: () => false,
      hasIP: () => false,
      bannedUntil: () => undefined,
      pending: { global: 0, ip: 0, prefix: 0 }
    },
    {
      maxNumInboundPeers: 2,
      maxNumOutboundPeers: 1,
      allowDuplicateIP: false,
      pending: { global: 1, perIP: 1, perPrefix: 1 },
      isPersistent: () => false,
      isUnconditional: () => false
    },
    NOW
  )
  assert.deepEqual(verdict, { allow: false, refusal: 'inbound-full', detail: '2 of 2 inbound slots taken' })
})
