import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TrafficMeter } from '../../src/switch/traffic-meter.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

function given() {
  const clock = new FakeClock()
  const link = { sentBytes: 0, receivedBytes: 0, looks: 0 }
  const stats = () => {
    link.looks++
    return { sentBytes: link.sentBytes, receivedBytes: link.receivedBytes }
  }
  return { clock, link, meter: new TrafficMeter({ stats }, clock) }
}

test('while messages pass there is a sample every 100 ms, whoever looks and how many they are', () => {
  const { clock, link, meter } = given()
  for (let i = 0; i < 1_000; i++) {
    clock.advance(1)
    link.sentBytes += 500
    link.receivedBytes += 20
    meter.traffic()
  }
  assert.ok(link.looks <= 12, `${link.looks} looks for 1,000 messages`)
  const { sendMonitor, recvMonitor } = meter.status()
  assert.ok(sendMonitor.samples >= 9, `${sendMonitor.samples} samples`)
  for (const rate of ['instRate', 'curRate', 'avgRate', 'peakRate'] as const) {
    assert.ok(Math.abs(sendMonitor[rate] - 500_000) < 100_000, `${rate} ${sendMonitor[rate]}`)
    assert.ok(Math.abs(recvMonitor[rate] - 20_000) < 4_000, `${rate} ${recvMonitor[rate]}`)
  }
  meter.stop()
})

test('when no byte moves any more there is no timer either; a burst after that counts as what it is', () => {
  const { clock, link, meter } = given()
  meter.traffic()
  clock.advance(300)
  assert.equal(clock.pending, 0)
  clock.advance(60_000)
  meter.traffic()
  link.sentBytes += 1_000_000
  clock.advance(300)
  assert.equal(meter.status().sendMonitor.peakRate, 10_000_000)
  assert.equal(clock.pending, 0)
})

test('bytes that move without messages are seen by the next look', () => {
  const { clock, link, meter } = given()
  clock.advance(10_000)
  link.receivedBytes = 5_000
  const { recvMonitor } = meter.status()
  assert.deepEqual([recvMonitor.bytes, recvMonitor.avgRate, recvMonitor.idle, clock.pending], [5_000, 500, 0, 0])
})

test('the start is a wall time', () => {
  const { clock, meter } = given()
  const started = clock.wall()
  clock.advance(5_000)
  assert.equal(meter.status().sendMonitor.start, started)
})

test('stopped, it samples no more, whatever passes', () => {
  for (const before of ['idle', 'sampling']) {
    const { clock, meter } = given()
    if (before === 'sampling') meter.traffic()
    meter.stop()
    meter.traffic()
    assert.equal(clock.pending, 0, before)
  }
})
