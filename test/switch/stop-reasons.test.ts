import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aftermath,
  GRACEFUL_REST_MS,
  INCOMPATIBLE_AVOID_MS,
  isStopReason,
  isTransient,
  MISBEHAVIOUR_BAN_MS,
  PENALTY_MS,
  PROTOCOL_BAN_MS,
  reasonText,
  restAfter,
  STOPPED_REST_MS
} from '../../src/switch/stop-reasons.ts'

const reason = (kind: string) => ({ kind, message: 'x' })

const TABLE: Array<{
  name: string
  reason: unknown
  by?: 'us' | 'remote'
  persistent?: boolean
  unconditional?: boolean
  want: { reconnect: string; penaltyMs?: number; banMs?: number; avoidMs?: number }
}> = [
  {
    name: 'R-61: a persistent peer is reconnected whatever a reactor gave as reason',
    reason: 'opaque',
    persistent: true,
    want: { reconnect: 'soon' }
  },
  {
    name: 'R-61: and when the connection broke',
    reason: reason('communication'),
    by: 'remote',
    persistent: true,
    want: { reconnect: 'soon' }
  },
  {
    name: 'R-62: a graceful stop of ours suspends reconnecting',
    reason: reason('graceful'),
    persistent: true,
    want: { reconnect: 'never' }
  },
  {
    name: 'the remote leaving gracefully is a loss to a persistent peer',
    reason: reason('graceful'),
    by: 'remote',
    persistent: true,
    want: { reconnect: 'soon' }
  },
  {
    name: 'nothing follows our own shutdown',
    reason: reason('shutdown'),
    persistent: true,
    want: { reconnect: 'never' }
  },
  {
    name: 'a remote that shuts down is dialled again',
    reason: reason('shutdown'),
    by: 'remote',
    persistent: true,
    want: { reconnect: 'soon' }
  },
  {
    name: 'a lost stranger is left to discovery',
    reason: reason('communication'),
    by: 'remote',
    want: { reconnect: 'never' }
  },
  {
    name: 'R-66: a transient fault is tried again for anyone',
    reason: { name: 'ErrorTransient' },
    want: { reconnect: 'soon' }
  },
  { name: 'R-35: an opaque reason has no effect', reason: 42, want: { reconnect: 'never' } },
  {
    name: 'D-20: misbehaviour bans a stranger',
    reason: reason('misbehaviour'),
    want: { reconnect: 'never', banMs: MISBEHAVIOUR_BAN_MS }
  },
  {
    name: 'D-20: a broken protocol bans for a short while',
    reason: reason('protocol'),
    by: 'remote',
    want: { reconnect: 'never', banMs: PROTOCOL_BAN_MS }
  },
  {
    name: 'D-6: misbehaviour of a persistent peer delays its reconnection',
    reason: reason('misbehaviour'),
    persistent: true,
    want: { reconnect: 'later', penaltyMs: PENALTY_MS }
  },
  {
    name: 'D-6: an unconditional peer is never banned',
    reason: reason('misbehaviour'),
    unconditional: true,
    want: { reconnect: 'never' }
  },
  {
    name: 'an incompatible node is left alone for hours',
    reason: reason('incompatible'),
    want: { reconnect: 'never', avoidMs: INCOMPATIBLE_AVOID_MS }
  },
  { name: 'but not a persistent one', reason: reason('incompatible'), persistent: true, want: { reconnect: 'soon' } },
  {
    name: 'our own failing reactor does not cost the peer its place',
    reason: reason('reactor-failure'),
    persistent: true,
    want: { reconnect: 'soon' }
  }
]

for (const { name, reason, by = 'us', persistent = false, unconditional = false, want } of TABLE)
  test(name, () =>
    assert.deepEqual(aftermath({ reason, by, persistent, unconditional }), {
      penaltyMs: 0,
      banMs: 0,
      avoidMs: 0,
      ...want
    })
  )

test('R-65: a reason is ours only with a known kind and a message', () => {
  assert.equal(isStopReason(reason('graceful')), true)
  assert.equal(isStopReason(reason('boredom')), false)
  assert.equal(isStopReason({ kind: 'graceful' }), false)
  assert.equal(isStopReason('graceful'), false)
  assert.equal(isStopReason(null), false)
})

test('a transient fault is found among the causes, and a circle of causes does not hold us', () => {
  assert.equal(isTransient(new Error('x', { cause: { transient: true } })), true)
  const circle: { cause?: unknown } = {}
  circle.cause = circle
  assert.equal(isTransient(circle), false)
})

test('who was stopped rests, for a time and a reason that an operator can read', () => {
  const rest = (why: unknown, persistent = false, by: 'us' | 'remote' = 'us', penaltyMs = 0) =>
    restAfter({ reason: why, by }, persistent, penaltyMs)
  assert.equal(rest(reason('graceful'))?.forMs, GRACEFUL_REST_MS)
  assert.equal(rest(reason('graceful'), true)?.forMs, Number.POSITIVE_INFINITY)
  assert.deepEqual(rest('it bores me'), { forMs: STOPPED_REST_MS, why: 'a reactor has stopped it: it bores me' })
  assert.deepEqual(rest(reason('misbehaviour'), true, 'us', 5), {
    forMs: 5,
    why: 'its reconnection waits, because of misbehaviour: x'
  })
  for (const none of [
    rest('it bores me', true),
    rest(reason('graceful'), false, 'remote'),
    rest(reason('shutdown')),
    rest(reason('duplicate')),
    rest(reason('communication'))
  ])
    assert.equal(none, undefined)
})

test('R-35: a reason is read out whatever it is, and not for ever', () => {
  assert.equal(reasonText({ kind: 'protocol', message: 'a frame of 3 GB' }), 'protocol: a frame of 3 GB')
  assert.equal(reasonText(new Error('boom')), 'boom')
  assert.equal(reasonText('y'.repeat(10_000)).length, 200)
  assert.equal(
    typeof reasonText(
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no')
          }
        }
      )
    ),
    'string'
  )
})
