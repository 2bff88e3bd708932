import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { ConcurrentList, type ListElement } from '../../../src/reactors/mempool/concurrent-list.ts'

test('a reader at the end is woken by the next element, without polling', async () => {
  const list = new ConcurrentList<number>()
  const cursor = list.cursor()
  assert.equal(cursor.next(), undefined)
  const ready = cursor.ready()
  list.push(7)
  assert.equal(await ready, true)
  assert.equal(cursor.next()?.value, 7)
})

test('a wait ends with its signal and leaves no listener', async () => {
  const list = new ConcurrentList<number>()
  const controller = new AbortController()
  let listeners = 0
  const { signal } = controller
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--
    remove(...args)
  }
  const woken = list.cursor().ready(signal)
  list.push(1)
  assert.equal(await woken, true)
  assert.equal(listeners, 0)

  const end = list.cursor({ fromEnd: true }).ready(signal)
  controller.abort()
  assert.equal(await end, false)
  assert.equal(listeners, 0)
})

test('a reader whose element was removed while it waited goes on behind it, not from the front', async () => {
  const list = new ConcurrentList<string>()
  list.push('a')
  const b = list.push('b')
  const cursor = list.cursor()
  cursor.next()
  cursor.next()
  const ready = cursor.ready()
  list.remove(b)
  list.push('c')
  assert.equal(await ready, true)
  assert.equal(cursor.next()?.value, 'c')
})

test('removing twice is told apart and changes nothing', () => {
  const list = new ConcurrentList<number>()
  const element = list.push(1)
  assert.equal(list.remove(element), true)
  assert.equal(list.remove(element), false)
  assert.equal(list.size, 0)
})

test('a stalled reader keeps alive only what stood before it', async () => {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const list = new ConcurrentList<object>()
  const first = list.push({})
  const later = new WeakRef(list.push({ big: new Uint8Array(1000) }))
  const cursor = list.cursor()
  cursor.next()
  list.remove(first)
  list.remove(later.deref() as ListElement<object>)
  await new Promise(setImmediate)
  gc()
  assert.equal(later.deref(), undefined)
  assert.equal(cursor.next(), undefined)
})

test('readers see exactly what a plain model sees, whatever is pushed and removed meanwhile', () => {
  type Step =
    | { do: 'push' }
    | { do: 'remove'; which: number }
    | { do: 'cursor'; fromEnd: boolean }
    | { do: 'next'; which: number }
    | { do: 'clear' }
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('push' as const) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cursor' as const), fromEnd: fc.boolean() }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('next' as const), which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) }
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const list = new ConcurrentList<number>()
      const elements: ListElement<number>[] = []
      const live = new Set<number>()
      const cursors = [{ real: list.cursor(), last: -1 }]
      for (const action of steps) {
        if (action.do === 'push') {
          live.add(elements.length)
          elements.push(list.push(elements.length))
        } else if (action.do === 'remove' && elements.length > 0) {
          const which = action.which % elements.length
          assert.equal(list.remove(elements[which] as ListElement<number>), live.delete(which))
        } else if (action.do === 'cursor') {
          const last = action.fromEnd ? Math.max(-1, ...live) : -1
          cursors.push({ real: list.cursor({ fromEnd: action.fromEnd }), last })
        } else if (action.do === 'next') {
          const cursor = cursors[action.which % cursors.length] as (typeof cursors)[number]
          const want = [...live].find((value) => value > cursor.last)
          assert.equal(cursor.real.next()?.value, want)
          cursor.last = want ?? cursor.last
        } else if (action.do === 'clear') {
          list.clear()
          live.clear()
        }
        assert.deepEqual([...list], [...live])
        assert.equal(list.size, live.size)
        assert.equal(list.first()?.value, [...live][0])
      }
    }),
    { numRuns: 300 }
  )
})
