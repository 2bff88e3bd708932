/** The pure parts of the bench: what is asked of a run, how its figures are made and judged. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bars, judge, nonsense } from '../../bench/bars.ts'
import type { Cell, Figures, Line, Variant } from '../../bench/cell.ts'
import { cells } from '../../bench/cells/table.ts'
import { parseGoOutput } from '../../bench/comet-bench.ts'
import { EndlessFrames, FrameParser, frame } from '../../bench/framing.ts'
import { chooseCells, parseOptions } from '../../bench/options.ts'
import { closing, line, text } from '../../bench/report.ts'
import { median, quantile } from '../../bench/stats.ts'

test('the median of an even number of values lies between the middle two', () => {
  for (const { given, want } of [
    { given: [3], want: 3 },
    { given: [9, 1, 5], want: 5 },
    { given: [4, 1, 10, 2], want: 3 }
  ])
    assert.equal(median(given), want)
  assert.ok(Number.isNaN(median([])))
})

test('a quantile is a value that was measured, and as many as it says are no larger', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  for (const { q, want } of [
    { q: 0.5, want: 50 },
    { q: 0.99, want: 99 },
    { q: 1, want: 100 },
    { q: 0, want: 1 }
  ])
    assert.equal(quantile(hundred, q), want)
  assert.equal(quantile([1, 2, 3], 0.5), 2)
})

test('options: defaults, the short run, and what was given', () => {
  const { rounds, seconds, short, json } = parseOptions([])
  assert.deepEqual({ rounds, seconds, short, json }, { rounds: 3, seconds: 2, short: false, json: false })
  assert.deepEqual([parseOptions(['--short']).rounds, parseOptions(['--short']).seconds], [1, 0.4])
  assert.equal(parseOptions(['--short', '--rounds', '5']).rounds, 5)
  assert.ok(parseOptions(['--cells', '^tcp']).cells.test('tcp-1KB-1ch'))
})

test('options that make no sense are named', () => {
  for (const { given, field } of [
    { given: ['--rounds', '0'], field: '--rounds' },
    { given: ['--rounds', '1.5'], field: '--rounds' },
    { given: ['--seconds', 'many'], field: '--seconds' },
    { given: ['--seconds', ''], field: '--seconds' },
    { given: ['--cells', '('], field: '--cells' },
    { given: ['--fast'], field: 'arguments' }
  ])
    assert.throws(() => parseOptions(given), { name: 'InvalidOptionError', field })
})

test('a short run has libp2p with every bar, the classic stack with its own and some of every stack; a pattern has the last word', () => {
  const short = chooseCells(cells, parseOptions(['--short']))
  const names = new Set(short.map(({ name }) => name))
  assert.equal(short.length < cells.length, true)
  for (const { cell } of bars.filter(({ issue }) => issue === 3)) assert.ok(names.has(cell), cell)
  for (const cell of ['classic-1KB-1ch', 'classic-heap-per-peer-10ch']) assert.ok(names.has(cell), cell)
  // a bridge is no stack
  const stacks = new Set(cells.filter(({ kind }) => kind !== 'bridge').map(({ stack }) => stack))
  assert.deepEqual(new Set(short.map(({ stack }) => stack)), stacks)
  assert.deepEqual(
    chooseCells(cells, parseOptions(['--short', '--cells', 'tcp-1MB'])).map(({ name }) => name),
    ['tcp-1MB-1ch']
  )
  assert.deepEqual(chooseCells(cells, parseOptions([])), cells)
})

test('endless frames cut anywhere are the messages again for a parser fed with any chunks', () => {
  for (const size of [0, 1, 127, 128, 1_000, 70_000]) {
    const payload = new Uint8Array(size).map((_, i) => i)
    const frames = new EndlessFrames(payload)
    const buffers = [frames.next(65_507), frames.next(65_507), frames.next(11), frames.rest()]
    const bytes = Buffer.concat(buffers)
    const got: Uint8Array[] = []
    const parser = new FrameParser((message) => got.push(message))
    for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7) % 9_973)
      parser.push(bytes.subarray(at, at + step))
    assert.equal(got.length, frames.messages, `size ${size}`)
    assert.ok(got.every((message) => Buffer.compare(message, payload) === 0))
  }
})

test('a frame is a length in base 128 and the message', () => {
  assert.deepEqual([...frame(new Uint8Array(0))], [0])
  assert.deepEqual([...frame(new Uint8Array(300)).subarray(0, 2)], [0xac, 0x02])
})

const cell = cells.find(({ name }) => name === 'tcp-1KB-1ch') as Cell

function rounds(...rates: number[]): Figures[] {
  return rates.map((msgsPerSecond) => ({ msgsPerSecond, MBPerSecond: msgsPerSecond / 1_000, lost: 0 }))
}

function results(ours: Figures[], ceiling: Figures[], naive: Figures[]): Map<Variant, Figures[]> {
  return new Map<Variant, Figures[]>([
    ['ours', ours],
    ['ceiling', ceiling],
    ['naive', naive]
  ])
}

test('a line has the medians, their spread and the ratios', () => {
  const found = line(cell, results(rounds(100, 300, 200), rounds(250, 250, 250), rounds(50, 40, 60)))
  assert.equal(found.msgsPerSecond, 200)
  assert.deepEqual([found.min, found.max], [100, 300])
  assert.deepEqual([found.ratioToCeiling, found.ratioToNaive], [0.8, 4])
  assert.deepEqual([found.size, found.channels, found.stack], [1024, 1, 'libp2p/tcp'])
  assert.match(text(found), /0\.8 x ceiling, 4 x naive/)
})

test('one round that lost something is not covered up by the others', () => {
  const [first, ...others] = rounds(100, 100, 100)
  const found = line(cell, results([{ ...(first as Figures), lost: 7 }, ...others], rounds(100), rounds(100)))
  assert.match(nonsense(found) ?? '', /lost is 7/)
})

test('nonsense is what cannot be true, in any variant', () => {
  const good: Line = { cell: 'x', stack: 's', size: 1, channels: 1, msgsPerSecond: 10, ratioToCeiling: 0.5, lost: 0 }
  assert.equal(nonsense(good), undefined)
  for (const wrong of [
    { msgsPerSecond: 0 },
    { handshakesPerSecond: 0 },
    { p99Ms: Number.NaN },
    { ratioToCeiling: 0.0004 },
    { ceiling: { p50Ms: Number.NaN } },
    { naive: { lost: 1 } }
  ])
    assert.notEqual(nonsense({ ...good, ...wrong }), undefined, JSON.stringify(wrong))
})

test('a bar is met at its value, and missed by a figure that is not there', () => {
  const verdicts = (ratioToCeiling?: number) =>
    judge({ cell: 'c', stack: '', size: 1, channels: 1, ...(ratioToCeiling === undefined ? {} : { ratioToCeiling }) }, [
      { issue: 3, cell: 'c', field: 'ratioToCeiling', atLeast: 0.8 }
    ]).map(({ met }) => met)
  assert.deepEqual(verdicts(0.8), [true])
  assert.deepEqual(verdicts(0.79), [false])
  assert.deepEqual(verdicts(), [false])
})

test('every bar belongs to a cell of the matrix, and the closing lines name, by issue, those that did not run', () => {
  const names = new Set(cells.map(({ name }) => name))
  assert.equal(names.size, cells.length)
  const sentences = closing([])
  assert.deepEqual(
    sentences.filter((_, i) => i % 2 === 0),
    [3, 4].map((issue) => `Bars of issue ${issue} met in this run: 0 of 0`)
  )
  for (const sentence of sentences.filter((_, i) => i % 2 === 1))
    for (const name of sentence.replace('  not run: ', '').split(', ')) assert.ok(names.has(name), name)
})

test('a bar counts for its own issue', () => {
  const classic: Line = { cell: 'bridge-1KB', stack: 's', size: 1, channels: 1, ratioToCeiling: 0.5 }
  const sentences = closing([classic])
  assert.match(sentences[0] as string, /issue 3 .*: 0 of 0/)
  assert.match(sentences[2] as string, /issue 4 .*: 1 of 1/)
  assert.match(sentences[3] as string, /met +bridge-1KB +ratioToCeiling >= 0\.4: 0\.5/)
})

test('a line of a cell that has no naive variant says nothing of it', () => {
  const bridge = cells.find(({ kind }) => kind === 'bridge') as Cell
  const both = new Map<Variant, Figures[]>([
    ['ours', rounds(60)],
    ['ceiling', rounds(100)]
  ])
  const found = line(bridge, both)
  assert.equal(found.ratioToCeiling, 0.6)
  assert.doesNotMatch(text(found), /naive|undefined/)
})

test('a line of the handshake cell is about handshakes', () => {
  const handshake = cells.find(({ kind }) => kind === 'handshake') as Cell
  const both = new Map<Variant, Figures[]>([
    ['ours', [{ handshakesPerSecond: 600, cpuMs: 2, residentP99Ms: 9, lost: 0 }]],
    ['ceiling', [{ handshakesPerSecond: 2_400, cpuMs: 1, lost: 0 }]]
  ])
  const found = line(handshake, both)
  assert.deepEqual([found.handshakesPerSecond, found.ratioToCeiling], [600, 0.25])
  assert.match(text(found), /600 handshakes\/s +2 ms CPU/)
  assert.match(nonsense({ ...found, lost: 1 }) ?? '', /lost is 1/)
})

test("the figures of CometBFT's bench are those of what was received", () => {
  const printed =
    '    bench_test.go:238: [INPUT]: {"messageSize":1024}\n    bench_test.go:241: [OUTPUT]: {"bytesReceivedThroughputSec":6884624.8,"bytesSentThroughputSec":9e9,"messagesReceivedRPS":6723.2,"messagesSentRPS":9e9}\n--- PASS: TestBench (10.53s)\n'
  assert.deepEqual(parseGoOutput(printed), { msgsPerSecond: 6723.2, MBPerSecond: 6.8846248 })
})

test("an answer of CometBFT's bench without figures is an error, not a zero", () => {
  assert.throws(() => parseGoOutput('testing: warning: no tests to run\nPASS\n'), /no \[OUTPUT\]/)
  assert.throws(() => parseGoOutput('[OUTPUT]: {"messagesReceivedRPS":0}'), /received nothing/)
})
