import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts, parseNetAddress } from '../../../src/identity/net-address.ts'
import { DialHistory, LINE_LOST_MS, MAX_DIAL_ATTEMPTS, STRETCH_MS } from '../../../src/reactors/pex/dial-history.ts'

const node = (n: number, host = `20.0.0.${n}`) => netAddressFromParts(n.toString(16).padStart(40, '0'), host, 26_656)
const DEAD = node(1)
const ALIVE = node(2)
const NONE = { dials: [], tests: [] }

/** Fails once, and has another dial come through right after. */
function failOnce(history: DialHistory, now: number, address = DEAD) {
  history.failed(address, now)
  return history.reached(ALIVE, now + 1)
}

test('what was never dialled may be dialled', () => {
  assert.equal(new DialHistory(() => 0).verdict(DEAD, 0, false), 'dial')
})

test('R-81: after the n-th failure the wait is 2^n s and up to a second more', () => {
  for (const [random, jitter] of [
    [0, 0],
    [0.5, 500]
  ] as const) {
    const history = new DialHistory(() => random)
    let now = 0
    for (let n = 1; n <= MAX_DIAL_ATTEMPTS; n++) {
      failOnce(history, now)
      const wait = 2 ** n * 1_000 + jitter
      assert.equal(history.verdict(DEAD, now + wait - 1, false), 'too-early', `after ${n}`)
      assert.equal(history.verdict(DEAD, now + wait, false), 'dial', `after ${n}`)
      now += wait
    }
  }
})

test('R-81: more than 16 failures exhaust an address, but not a persistent one, whose wait may be capped', () => {
  const history = new DialHistory(() => 0)
  for (let n = 0; n < MAX_DIAL_ATTEMPTS; n++) failOnce(history, n * 1_000)
  assert.notEqual(history.verdict(DEAD, 1e12, false), 'exhausted')
  failOnce(history, 20_000)
  assert.equal(history.attempts(DEAD), 17)
  assert.equal(history.verdict(DEAD, 1e12, false), 'exhausted')
  assert.equal(history.verdict(DEAD, 20_000 + 59_999, true, 60_000), 'too-early')
  assert.equal(history.verdict(DEAD, 20_000 + 60_000, true, 60_000), 'dial')
  assert.equal(history.verdict(DEAD, 20_000 + 60_000, true), 'too-early')
})

test('a dial that comes through forgets the failures of its address', () => {
  const history = new DialHistory(() => 0)
  failOnce(history, 0)
  history.reached(DEAD, 10)
  assert.equal(history.attempts(DEAD), 0)
  assert.equal(history.verdict(DEAD, 10, false), 'dial')
})

test('D-21: a failure is held back until another dial comes through, and tells the book then', () => {
  const history = new DialHistory(() => 0)
  assert.deepEqual(history.reached(ALIVE, 0), NONE)
  history.failed(DEAD, 10)
  history.failed(DEAD, 20)
  assert.equal(history.attempts(DEAD), 0)
  // however often in one go: that it failed again says nothing more
  assert.deepEqual(history.reached(ALIVE, 30), { dials: [DEAD], tests: [] })
  assert.equal(history.attempts(DEAD), 1)
  assert.deepEqual(history.reached(ALIVE, 40), NONE)
})

for (const outageMs of [60_000, 120_000, 240_000, 600_000])
  test(`D-21: after ${outageMs / 60_000} min without an uplink nobody is penalised, and everybody may be dialled at once`, () => {
    const history = new DialHistory(() => 0)
    const all = Array.from({ length: 50 }, (_, i) => node(10 + i))
    history.reached(ALIVE, 0)
    for (let now = 0; now <= outageMs; now += 3_000)
      for (const address of all) if (history.verdict(address, now, false) === 'dial') history.failed(address, now)
    for (const address of all) history.testFailed(address, outageMs)
    assert.deepEqual(history.reached(ALIVE, outageMs + 1), NONE)
    for (const address of all) {
      assert.equal(history.attempts(address), 0)
      assert.equal(history.verdict(address, outageMs + 1, false), 'dial')
    }
  })

test('D-21: the time counts from the first failure, so that a node that dials once an hour still learns who is gone', () => {
  for (const [gap, counted] of [
    [STRETCH_MS, 1],
    [STRETCH_MS + 1, 0]
  ] as const) {
    const history = new DialHistory(() => 0)
    history.reached(ALIVE, 0)
    history.failed(DEAD, 3_600_000)
    history.failed(DEAD, 3_600_000 + gap)
    assert.equal(history.reached(ALIVE, 3_600_000 + gap).dials.length, counted)
  }
})

test('D-21: who has been a peer all the while shows that our line was there, however long nobody else came through', () => {
  for (const [companySince, counted] of [
    [999, 1],
    [1_000, 0],
    [500_000, 0]
  ] as const) {
    const history = new DialHistory(
      () => 0,
      () => companySince
    )
    history.failed(DEAD, 1_000)
    assert.equal(history.reached(ALIVE, 600_000).dials.length, counted, `a peer since ${companySince}`)
  }
})

/** A history whose peers are far, and the oldest of them so old. */
function withCompany(companySince = Number.POSITIVE_INFINITY) {
  const company = { since: companySince }
  const history = new DialHistory(
    () => 0,
    (near) => (near ? Number.POSITIVE_INFINITY : company.since)
  )
  return { history, company }
}

test('D-21: who was a peer before a failure, and still is when a dead line would have ended him, proves it as a success does', () => {
  for (const [companySince, at, counted] of [
    [999, LINE_LOST_MS - 1, 0],
    [999, LINE_LOST_MS, 1],
    [1_000, LINE_LOST_MS, 0],
    [Number.POSITIVE_INFINITY, LINE_LOST_MS, 0]
  ] as const) {
    const { history } = withCompany(companySince)
    history.failed(DEAD, 1_000)
    history.testFailed(DEAD, 1_000)
    const what = `a peer since ${companySince}, ${at} ms later`
    const { dials, tests } = history.outlasted(1_000 + at)
    assert.deepEqual([dials.length, tests.length, history.attempts(DEAD)], [counted, counted, counted], what)
    assert.deepEqual(history.outlasted(1_000 + at), NONE, what)
  }
})

test('R-81: failures that are outlasted count one by one, so that the waits grow as ever and 16 are the end', () => {
  const { history } = withCompany(-1)
  const dials: number[] = []
  let now = 0
  for (; history.verdict(DEAD, now, false) !== 'exhausted'; now += 30_000) {
    history.outlasted(now)
    if (history.verdict(DEAD, now, false) !== 'dial') continue
    history.failed(DEAD, now)
    dials.push(now)
  }
  assert.equal(dials.length, MAX_DIAL_ATTEMPTS + 1)
  for (const [i, at] of dials.entries()) if (i > 0) assert.ok(at - (dials[i - 1] ?? 0) >= 2 ** i * 1_000, `${i}`)
})

test('D-21: what failed before there was company does not count once there is', () => {
  const { history, company } = withCompany()
  for (let now = 0; now < 600_000; now += 3_000)
    if (history.verdict(DEAD, now, false) === 'dial') history.failed(DEAD, now)
  history.testFailed(DEAD, 0)
  company.since = 600_000
  history.failed(DEAD, 600_001)
  assert.deepEqual(history.outlasted(600_001 + LINE_LOST_MS), { dials: [DEAD], tests: [] })
  assert.equal(history.attempts(DEAD), 1)
})

test('D-21: nor does what fails in the last two minutes of peers that a dead line has already cut off', () => {
  const { history, company } = withCompany(-1)
  history.failed(node(3), 0)
  // the line goes down
  for (const n of [4, 5, 6]) history.failed(node(n), 90_000 + n)
  assert.deepEqual(history.outlasted(LINE_LOST_MS), { dials: [node(3)], tests: [] })
  company.since = Number.POSITIVE_INFINITY
  assert.deepEqual(history.outlasted(600_000), NONE)
  assert.deepEqual(history.reached(ALIVE, 600_000), NONE)
})

test('D-21: after failures were outlasted, the next ones have a stretch of their own', () => {
  const { history, company } = withCompany(-1)
  history.failed(node(3), 0)
  history.failed(node(4), LINE_LOST_MS - 1_000)
  assert.deepEqual(history.outlasted(LINE_LOST_MS).dials, [node(3)])
  company.since = Number.POSITIVE_INFINITY
  assert.deepEqual(history.reached(ALIVE, LINE_LOST_MS).dials, [node(4)])
})

test('D-21: nor are those that were outlasted the beginning of what fails later', () => {
  const { history, company } = withCompany(-1)
  history.failed(node(3), 0)
  assert.deepEqual(history.outlasted(LINE_LOST_MS).dials, [node(3)])
  company.since = Number.POSITIVE_INFINITY
  history.failed(node(4), 2 * LINE_LOST_MS)
  assert.deepEqual(history.reached(ALIVE, 2 * LINE_LOST_MS + 1).dials, [node(4)])
})

test('D-21: without company the waits go on growing, however long nobody comes through', () => {
  const { history } = withCompany()
  const dials: number[] = []
  for (let now = 0; now < 3_600_000; now += 30_000) {
    history.outlasted(now)
    if (history.verdict(DEAD, now, false) !== 'dial') continue
    history.failed(DEAD, now)
    dials.push(now)
  }
  assert.ok(dials.length < 12, `${dials.length} dials`)
  assert.equal(history.attempts(DEAD), 0)
})

test('D-21: far peers prove nothing about addresses that are near', () => {
  const { history } = withCompany(-1)
  history.failed(node(3, '192.168.0.7'), 0)
  history.testFailed(node(4, '192.168.0.8'), 0)
  assert.deepEqual(history.outlasted(600_000), NONE)
})

test('D-21: who is near says nothing of those who are far, nor they of him', () => {
  const NEAR = node(3, '192.168.0.7')
  const gone = node(4, '127.0.0.1')
  // whoever lives in our own house is there all the while
  const history = new DialHistory(
    () => 0,
    (near) => (near ? -1 : Number.POSITIVE_INFINITY)
  )
  for (let now = 0; now < 600_000; now += 30_000) {
    history.failed(DEAD, now)
    history.testFailed(node(5), now)
    assert.deepEqual(history.reached(NEAR, now + 1), NONE)
  }
  history.failed(gone, 600_000)
  history.testFailed(gone, 600_000)
  assert.deepEqual(history.reached(ALIVE, 600_001), NONE)
  assert.deepEqual(history.reached(NEAR, 600_002), { dials: [gone], tests: [gone] })
})

test('D-21: failed test dials are held back alike', () => {
  const history = new DialHistory(() => 0)
  history.reached(ALIVE, 0)
  history.testFailed(DEAD, 0)
  history.testFailed(DEAD, 0)
  assert.equal(history.verdict(DEAD, 0, false), 'dial')
  assert.deepEqual(history.reached(ALIVE, 1), { dials: [], tests: [DEAD] })
})

test('a refusal is a wait of at most ten minutes, and never exhausts', () => {
  const history = new DialHistory(() => 0)
  for (let n = 0; n < 40; n++) history.refused(DEAD, n)
  assert.equal(history.attempts(DEAD), 0)
  assert.equal(history.verdict(DEAD, 39 + 599_999, false), 'too-early')
  assert.equal(history.verdict(DEAD, 39 + 600_000, false), 'dial')
})

test('a refusal says that the network works, a dial that we did not begin says nothing', () => {
  for (const [how, attempts] of [
    ['refused', 1],
    ['postponed', 0]
  ] as const) {
    const history = new DialHistory(() => 0)
    history.failed(DEAD, 0)
    history[how](ALIVE, 1)
    assert.equal(history.attempts(DEAD), attempts, how)
  }
})

test('made-up ids at a node’s own ip:port do not spend its attempts', () => {
  const history = new DialHistory(() => 0)
  for (let n = 0; n < 30; n++) failOnce(history, n, node(100 + n, '10.0.0.9'))
  assert.equal(history.verdict(node(9, '10.0.0.9'), 30, false), 'dial')
})

test('multiaddrs without a host are told apart', () => {
  const history = new DialHistory(() => 0)
  const [one, other] = ['QmbFgm5zan8P6eWWmeyfncR5feYEMPbht5b1FW1C37aQ7y', 'x'].map((name) =>
    parseNetAddress(`/unix/${name}`)
  ) as [ReturnType<typeof parseNetAddress>, ReturnType<typeof parseNetAddress>]
  history.failed(one, 0)
  assert.equal(history.verdict(one, 0, false), 'too-early')
  assert.equal(history.verdict(other, 0, false), 'dial')
})

test('the history is bounded, whoever is dialled', () => {
  const history = new DialHistory(() => 0)
  for (let n = 0; n < 10_000; n++) history.failed(node(n, '10.0.0.1'), n)
  assert.equal(history.size, 4_096)
  assert.equal(history.verdict(node(9_999, '10.0.0.1'), 9_999, false), 'too-early')
})
