import assert from 'node:assert/strict'
import { test } from 'node:test'
import { showLive } from '../../src/cli/display.ts'
import { RunTime } from '../../src/cli/run-time.ts'
import { speaksUnicode, type Terminal } from '../../src/cli/terminal.ts'
import { FakeClock } from '../helpers/fake-clock.ts'
import { type FakeTerminal, fakeTerminal } from './fake-terminal.ts'

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'

function shown(terminal: Terminal, json = false) {
  const clock = new FakeClock()
  let value = 0
  const display = showLive({
    terminal,
    clock,
    json,
    view: () => value,
    picture: (view, { columns }) => [`value ${view}`, `${columns} wide`],
    line: (view) => `line ${view}`,
    toJson: (view) => ({ view })
  })
  return { clock, display, set: (next: number) => (value = next) }
}

/** A terminal on which pictures can be drawn, of a width that the test changes. */
function liveTerminal(): FakeTerminal & { resize(columns: number): void; busy: boolean } {
  let columns = 80
  let resized = () => {}
  return {
    ...fakeTerminal(),
    live: true,
    busy: false,
    size: () => ({ columns, rows: 24 }),
    onResize: (listener) => {
      resized = listener
      return () => (resized = () => {})
    },
    resize: (to) => {
      columns = to
      resized()
    }
  }
}

test('on a terminal a picture is redrawn in place, at once when the size changes, and the last one stays', () => {
  const terminal = liveTerminal()
  const listeners = process.listenerCount('exit')
  const { clock, display, set } = shown(terminal)
  const drawn = terminal.printed
  assert.equal(drawn[0], ENTER)
  assert.ok(drawn[1]?.includes('\u001b[Hvalue 0\u001b[K\r\n80 wide\u001b[K\u001b[J'))
  set(1)
  clock.advance(100)
  assert.match(drawn.at(-1) ?? '', /value 1/)
  terminal.resize(40)
  assert.match(drawn.at(-1) ?? '', /40 wide/)
  set(2)
  display.end()
  assert.deepEqual(drawn.slice(-2), [LEAVE, 'value 2\n40 wide'])
  const after = drawn.length
  clock.advance(10_000)
  terminal.resize(50)
  assert.equal(drawn.length, after)
  assert.equal(clock.pending, 0)
  assert.equal(process.listenerCount('exit'), listeners)
})

test('a terminal that does not keep up gets fewer pictures', () => {
  const terminal = liveTerminal()
  const { clock, display } = shown(terminal)
  terminal.busy = true
  const before = terminal.printed.length
  clock.advance(1_000)
  assert.equal(terminal.printed.length, before)
  terminal.busy = false
  clock.advance(100)
  assert.equal(terminal.printed.length, before + 1)
  display.end()
})

test('elsewhere there is a line a second, or an object', () => {
  for (const [json, want] of [
    [false, 'line 7'],
    [true, '{"view":7}']
  ] as const) {
    const terminal = fakeTerminal()
    const { clock, display, set } = shown(terminal, json)
    set(7)
    clock.advance(2_500)
    assert.deepEqual(terminal.printed, [want, want])
    display.end()
    clock.advance(10_000)
    assert.equal(terminal.printed.length, 2)
    assert.equal(clock.pending, 0)
  }
})

test('a command runs until its seconds have passed or Ctrl-C, whatever comes first', async () => {
  const clock = new FakeClock()
  const timed = new RunTime(fakeTerminal(), clock, 5)
  clock.advance(4_000)
  assert.deepEqual([timed.signal.aborted, timed.elapsedMs(), timed.remainingMs()], [false, 4_000, 1_000])
  clock.advance(1_000)
  await timed.over
  assert.equal(timed.cutShort, false)

  const terminal = fakeTerminal()
  const cut = new RunTime(terminal, clock, 5)
  terminal.interrupt()
  await cut.over
  assert.equal(cut.cutShort, true)
  cut.stop()

  const endless = new RunTime(terminal, clock, undefined)
  assert.deepEqual([endless.signal.aborted, endless.remainingMs(), endless.cutShort], [true, undefined, false])
  assert.equal(clock.pending, 0)
})

test('block glyphs are for terminals that can show them', () => {
  const table: Array<[env: Record<string, string>, unicode: boolean]> = [
    [{}, true],
    [{ LANG: 'en_GB.UTF-8' }, true],
    [{ LANG: 'C' }, true],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{ LC_ALL: 'de_DE@euro', LANG: 'en_GB.UTF-8' }, false],
    [{ TERM: 'linux', LANG: 'en_GB.UTF-8' }, false]
  ]
  for (const [env, unicode] of table) assert.equal(speaksUnicode(env), unicode, JSON.stringify(env))
})
