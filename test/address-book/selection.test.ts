import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clampBias, newWanted, picksOld, sample, selectionSize } from '../../src/address-book/selection.ts'
import { seededRandom } from '../../src/util/prng.ts'

for (const [size, want] of [
  [0, 0],
  [1, 1],
  [32, 32],
  [33, 32],
  [139, 32],
  [140, 32],
  [144, 33],
  [1000, 230],
  [1087, 250],
  [100_000, 250]
] as const)
  test(`R-75: of a book of ${size}, ${want} are told`, () => {
    assert.equal(selectionSize(size), want)
  })

test('D-25: bias 0 picks old ones only, 100 new ones only, 50 by the square roots of their numbers', () => {
  const random = seededRandom(1)
  const share = (nOld: number, nNew: number, bias: number) => {
    let old = 0
    for (let i = 0; i < 10_000; i++) if (picksOld(nOld, nNew, bias, random)) old++
    return old / 10_000
  }
  assert.equal(share(1, 10_000, 0), 1)
  assert.equal(share(10_000, 1, 100), 0)
  assert.ok(Math.abs(share(100, 400, 50) - 1 / 3) < 0.02)
  assert.equal(share(0, 5, 0), 0)
})

test('a bias is clamped to 0..100, and anything else is 0', () => {
  assert.deepEqual([-5, 0, 30, 100, 101, Number.NaN].map(clampBias), [0, 0, 30, 100, 100, 0])
})

test('new ones fill an answer where old ones do not', () => {
  assert.deepEqual(
    [newWanted(32, 100, 30), newWanted(32, 5, 30), newWanted(32, 0, 0), newWanted(32, 100, 0)],
    [10, 27, 32, 0]
  )
})

test('a sample has nobody twice, and the preferred ones sooner', () => {
  const random = seededRandom(3)
  let preferred = 0
  for (let run = 0; run < 500; run++) {
    const chosen = sample(
      Array.from({ length: 40 }, (_, i) => i),
      10,
      random,
      (i) => i < 20
    )
    assert.equal(new Set(chosen).size, 10)
    preferred += chosen.filter((i) => i < 20).length
  }
  const share = preferred / 5_000
  assert.ok(share > 0.6 && share < 0.8, String(share))
})
