import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProgressMeter } from '../../../src/reactors/blocksync/progress.ts'

test('the rate is that of the last ten seconds, and the rest of the way follows from it', () => {
  const meter = new ProgressMeter()
  assert.equal(meter.blocksPerSecond(0), 0)
  assert.equal(meter.etaMs(10, 0), undefined)
  assert.equal(meter.etaMs(0, 0), 0)
  for (let ms = 0; ms <= 20_000; ms += 10) meter.count(ms)
  assert.ok(Math.abs(meter.blocksPerSecond(20_000) - 100) < 2, `${meter.blocksPerSecond(20_000)}`)
  for (let ms = 20_020; ms <= 40_000; ms += 20) meter.count(ms)
  const rate = meter.blocksPerSecond(40_000)
  assert.ok(Math.abs(rate - 50) < 2, `${rate}`)
  assert.ok(Math.abs(meter.etaMs(500, 40_000)! - 10_000) < 400)
  assert.equal(meter.blocks, 2001 + 1000)
  assert.ok(meter.blocksPerSecond(60_000) < 30, 'nothing for 20 s')
  assert.ok(meter.blocksPerSecond(80_000) < 1)
})
