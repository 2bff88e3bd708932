import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FlowMonitor } from '../../src/util/flow-monitor.ts'

/**
 * What the Go code says (CometBFT v0.40 libs/flowrate, New(0, 0) at 7 ms, its clock() set by hand), step by step:
 * now ms, bytes | Bytes, Samples, InstRate, CurRate, AvgRate, PeakRate, Duration ms, Idle ms
 */
const GO: ReadonlyArray<readonly number[]> = [
  [10, 500, 0, 0, 0, 0, 0, 0, 0, 0],
  [60, 0, 0, 0, 0, 0, 0, 0, 0, 40],
  [105, 1000, 1500, 1, 15000, 15000, 15000, 15000, 100, 0],
  [160, 300, 1500, 1, 15000, 15000, 15000, 15000, 100, 0],
  [214, 0, 1800, 2, 2500, 13587, 8182, 15000, 220, 60],
  [215, 1, 1800, 2, 2500, 13587, 8182, 15000, 220, 0],
  [330, 4096, 5897, 3, 34142, 15911, 17344, 34142, 340, 0],
  [1000, 0, 5897, 4, 0, 8224, 5897, 34142, 1000, 660],
  [1015, 70000, 5897, 4, 0, 8224, 5897, 34142, 1000, 0],
  [1105, 1, 75898, 5, 700010, 74056, 68998, 700010, 1100, 0],
  [1210, 0, 75898, 6, 0, 65682, 62211, 700010, 1220, 120],
  [9999, 5, 75903, 7, 1, 11, 7590, 700010, 10000, 0]
]

test('the figures are those of the Go code, on its coarse clock', () => {
  const monitor = new FlowMonitor(7)
  for (const [now = 0, n = 0, ...want] of GO) {
    monitor.update(n, now)
    const { bytes, samples, instRate, curRate, avgRate, peakRate, duration, idle, ...rest } = monitor.status(now)
    assert.deepEqual([bytes, samples, instRate, curRate, avgRate, peakRate, duration, idle], want, `at ${now} ms`)
    assert.deepEqual(rest, { start: 0, bytesRem: 0, timeRem: 0, progress: 0, active: true })
  }
})

test('a look ends a sample that is due, and moves no byte', () => {
  const monitor = new FlowMonitor(0)
  monitor.update(1_000, 20)
  assert.equal(monitor.status(80).samples, 0)
  const { samples, bytes, idle } = monitor.status(100)
  assert.deepEqual([samples, bytes, idle], [1, 1_000, 80])
})

const waits: Array<{ name: string; rate: number; sent: number; now: number; want: number }> = [
  { name: 'no limit', rate: 0, sent: 1e9, now: 20, want: 0 },
  { name: 'a negative limit is none', rate: -1, sent: 1e9, now: 20, want: 0 },
  { name: 'nothing sent', rate: 5_120_000, sent: 0, now: 20, want: 0 },
  { name: 'just below the share of a sample', rate: 5_120_000, sent: 511_999, now: 20, want: 0 },
  { name: 'the share is used up: until the sample ends', rate: 5_120_000, sent: 512_000, now: 20, want: 80 },
  { name: 'on the coarse clock', rate: 5_120_000, sent: 512_000, now: 29, want: 80 },
  { name: 'more than the share waits no longer', rate: 5_120_000, sent: 10_000_000, now: 60, want: 40 },
  { name: 'the sample is over', rate: 5_120_000, sent: 10_000_000, now: 95, want: 0 },
  { name: 'at least one byte a sample', rate: 1, sent: 0, now: 20, want: 0 },
  { name: 'and no more than that', rate: 1, sent: 1, now: 20, want: 80 }
]
for (const { name, rate, sent, now, want } of waits)
  test(`a rate limit waits: ${name}`, () => {
    const monitor = new FlowMonitor(0)
    monitor.update(sent, 10)
    assert.equal(monitor.waitMs(rate, now), want)
  })

test('a sender that asks before each packet, and waits as told, keeps to the rate', () => {
  const monitor = new FlowMonitor(0)
  let [now, sent] = [0, 0]
  while (now < 10_000) {
    for (let wait = monitor.waitMs(1_000_000, now); wait > 0; wait = monitor.waitMs(1_000_000, now)) now += wait
    monitor.update(10_000, now)
    sent += 10_000
    now += 0.5
  }
  assert.ok(Math.abs(sent - 10_000_000) <= 200_000, `${sent} bytes in 10 s at 1 MB/s`)
})
