import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Peer } from '../../../src/interface/peer.ts'
import { StatusPoll } from '../../../src/reactors/blocksync/status-poll.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

function scene() {
  const clock = new FakeClock()
  let receivedBytes = 0
  let silences = 0
  const peer = { status: () => ({ receivedBytes }) } as unknown as Peer
  const poll = new StatusPoll(clock, () => silences++)
  return {
    clock,
    peer,
    poll,
    receive: (bytes: number) => {
      receivedBytes += bytes
    },
    /** Asks every 10 s and looks every half second; how many silences there were. */
    pass(seconds: number): number {
      for (let i = 0; i < seconds * 2; i++) {
        if (poll.due(peer, 10_000)) poll.asked(peer)
        clock.advance(500)
        poll.check()
      }
      return silences
    }
  }
}

test('a peer that never says anything is silent 3 s after it was first asked, and again after the next question', () => {
  const s = scene()
  assert.equal(s.pass(2.5), 0)
  assert.equal(s.pass(0.5), 1)
  assert.equal(s.pass(7), 1)
  assert.equal(s.pass(3), 2)
})

test('a peer that once answered has 15 s', () => {
  const s = scene()
  s.pass(1)
  s.poll.heard(s.peer)
  // asked again at 10 s
  assert.equal(s.pass(23.5), 0)
  assert.equal(s.pass(0.5), 1)
})

test('a peer whose connection brings anything is not silent', () => {
  const s = scene()
  for (let i = 0; i < 20; i++) {
    s.receive(1)
    assert.equal(s.pass(2), 0)
  }
  assert.equal(s.pass(6), 1)
})

test('a peer that left is neither asked about nor missed', () => {
  const s = scene()
  s.pass(1)
  s.poll.remove(s.peer)
  s.clock.advance(60_000)
  s.poll.check()
  assert.equal(s.pass(0), 0)
})

test('news is worth a question unless it is old or an answer is awaited; what came meanwhile is asked for once', () => {
  const { poll, peer } = scene()
  assert.equal(poll.news(peer, 5n), true, 'never asked')
  poll.asked(peer)
  for (const height of [5n, 6n, 7n]) assert.equal(poll.news(peer, height), false, 'an answer is awaited')
  assert.equal(poll.answered(peer, 6n), true, 'the answer does not cover 7')
  assert.equal(poll.answered(peer, 6n), false, 'once')
  assert.equal(poll.news(peer, 6n), false, 'old')
  assert.equal(poll.news(peer, 7n), true)
  poll.asked(peer)
  poll.news(peer, 8n)
  assert.equal(poll.answered(peer, 8n), false, 'covered')
  poll.remove(peer)
  assert.equal(poll.answered(peer, 1n), false)
})
