/** What interop/bridge.test.ts excuses, and what it must not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noneGoesOn, type Place, type Sight, wedgeBars, wedgedByGo } from '../../interop/helpers/go-wedge.ts'

const STEP_MS = 1_000
const STEPS = wedgeBars.stillMs / STEP_MS
const [FROM, AHEAD] = [30, wedgeBars.goneOnBy]
const far: Place = { name: 'far', bridged: false, lp2pNeighbours: ['near'] }
const near: Place = { name: 'near', bridged: true, lp2pNeighbours: ['far'] }

/** A node at each look; undefined where it does not answer. */
type Course = (step: number) => number | undefined
const still: Course = () => FROM
const on: Course = (step) => FROM + step
const at =
  (step: number, then: number | undefined, course: Course): Course =>
  (now) =>
    now === step ? then : course(now)

function looks(courses: Record<string, Course>, steps = STEPS): Sight[] {
  return Array.from({ length: steps + 1 }, (_, step) => ({
    at: 5_000 + step * STEP_MS,
    heights: Object.fromEntries(
      Object.entries(courses).flatMap(([name, course]) => {
        const height = course(step)
        return height === undefined ? [] : [[name, height]]
      })
    )
  }))
}

const JUDGED: ReadonlyArray<{ why: string; place?: Place; sights: Sight[]; want: boolean }> = [
  { why: 'it stands still and its neighbour goes on', sights: looks({ far: still, near: on }), want: true },
  { why: 'it went on before', sights: looks({ far: (step) => Math.min(step, 5), near: on }, STEPS + 5), want: true },
  {
    why: 'one of two neighbours goes on',
    place: { ...far, lp2pNeighbours: ['near', 'other'] },
    sights: looks({ far: still, near: still, other: on }),
    want: true
  },
  {
    why: 'its neighbour was restarted and goes on',
    sights: looks({ far: still, near: at(0, undefined, (step) => FROM + 2 * step) }),
    want: true
  },
  { why: 'the bridge is at it', place: near, sights: looks({ near: still, far: on }), want: false },
  { why: 'its neighbour stands still as well', sights: looks({ far: still, near: still, other: on }), want: false },
  {
    why: 'its links are classic',
    place: { ...far, lp2pNeighbours: [] },
    sights: looks({ far: still, near: on }),
    want: false
  },
  {
    why: 'not for long enough',
    sights: looks({ far: still, near: (step) => FROM + 2 * step }, STEPS - 1),
    want: false
  },
  {
    why: 'its neighbour is hardly ahead',
    sights: looks({ far: still, near: (step) => FROM + Math.min(step, AHEAD - 1) }),
    want: false
  },
  { why: 'it made one block', sights: looks({ far: at(0, FROM - 1, still), near: on }), want: false },
  { why: 'it did not answer in between', sights: looks({ far: at(5, undefined, still), near: on }), want: false },
  { why: 'it does not answer', sights: looks({ far: () => undefined, near: on }), want: false },
  {
    why: 'its neighbour does not answer any more',
    sights: looks({ far: still, near: at(STEPS, undefined, on) }),
    want: false
  },
  {
    why: 'its neighbour was ahead from the start and stands still',
    sights: looks({ far: still, near: () => FROM + 2 * AHEAD }),
    want: false
  },
  { why: 'its neighbour still comes after it', sights: looks({ far: still, near: (step) => step }), want: false },
  { why: 'nobody has looked', sights: [], want: false }
]

for (const { why, place = far, sights, want } of JUDGED)
  test(`${want ? 'wedged by Go' : 'not excused'}: ${why}`, () => {
    assert.equal(wedgedByGo(place, sights), want)
  })

for (const { why, sights, want } of [
  { why: 'all stand still', sights: looks({ far: still, near: still }), want: true },
  { why: 'one makes a block', sights: looks({ far: still, near: at(STEPS, FROM + 1, still) }), want: false },
  { why: 'one was not there at first', sights: looks({ far: still, near: at(0, undefined, still) }), want: false },
  { why: 'not for long enough', sights: looks({ far: still, near: still }, STEPS - 1), want: false },
  { why: 'nobody has looked', sights: [], want: false }
])
  test(`${want ? 'the chain stands' : 'the chain does not stand'}: ${why}`, () => {
    assert.equal(noneGoesOn(['far', 'near'], sights, wedgeBars.stillMs), want)
  })
