import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bar,
  brief,
  clockTime,
  count,
  cut,
  fit,
  milliseconds,
  paint,
  printable,
  rate,
  shortIds,
  sparkline,
  widthOf
} from '../../src/cli/text.ts'

const PLAIN = { color: false, unicode: true }
const COLOR = { color: true, unicode: true }
const ASCII = { color: false, unicode: false }

test('colours take no columns, and none are written where they are not wanted', () => {
  assert.equal(widthOf(paint(COLOR, 'red', 'abc')), 3)
  assert.equal(paint(PLAIN, 'red', 'abc'), 'abc')
  assert.equal(paint(COLOR, 'red', ''), '')
})

test('a line is cut or filled to its columns, and a cut colour ends', () => {
  assert.equal(fit('abc', 5), 'abc  ')
  assert.equal(fit('abc', 5, 'right'), '  abc')
  assert.equal(fit('abcdef', 4), 'abcd')
  const red = paint(COLOR, 'red', 'abcdef')
  assert.equal(cut(red, 4), '\u001b[31mabcd\u001b[0m')
  assert.equal(cut(`x${red}y`, 7), `x${red}`)
  assert.equal(cut(red, 6), red)
  assert.equal(widthOf(fit(`${red}${red}`, 9)), 9)
})

test('a bar is as wide as asked for, whatever the fraction', () => {
  for (const fraction of [-1, 0, 0.001, 1 / 3, 0.5, 0.99, 1, 2, Number.NaN, Number.POSITIVE_INFINITY])
    for (const style of [PLAIN, ASCII, COLOR])
      assert.equal(widthOf(bar(style, fraction, 17, 'green')), 17, `${fraction}`)
  assert.equal(bar(PLAIN, 0.5, 4, 'green'), '━━──')
  assert.equal(bar(PLAIN, 0.9, 2, 'green'), '━╸')
  assert.equal(bar(ASCII, 0.9, 4, 'green'), '###.')
  // full only when all is there
  assert.equal(bar(PLAIN, 0.9999, 3, 'green'), '━━╸')
})

test('a sparkline shows the latest values at the right, scaled to the largest', () => {
  assert.equal(sparkline(PLAIN, [], 3), '   ')
  assert.equal(sparkline(PLAIN, [0, 0], 3), ' ▁▁')
  assert.equal(sparkline(PLAIN, [100, 0, 4, 8], 3), '▁▅█')
  assert.equal(sparkline(ASCII, [0, 8], 2), '_@')
})

test('numbers, rates and times are short and say enough', () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(count), ['0', '999', '1,000', '1,234,567'])
  assert.equal(count(12345n), '12,345')
  assert.deepEqual([0, 999_999, 1_234_567].map(brief), ['0', '999,999', '1.23M'])
  assert.deepEqual([0, 0.04, 9.9, 9.96, 1234.5].map(rate), ['0', '0', '9.9', '10', '1,235'])
  assert.deepEqual([0, 0.5, 4.21, 42.4, 999.6, 4200].map(milliseconds), [
    '0.00 ms',
    '0.50 ms',
    '4.2 ms',
    '42 ms',
    '1.0 s',
    '4.2 s'
  ])
  assert.deepEqual([-5, 0, 75_000, 3_675_000].map(clockTime), ['0:00', '0:00', '1:15', '1:01:15'])
})

test('ids of 52 digits are cut where a line has many', () => {
  const id = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'
  assert.equal(shortIds(`/ip4/1.2.3.4/tcp/1/p2p/${id}`, PLAIN), '/ip4/1.2.3.4/tcp/1/p2p/12D3Koo…FKGPZK')
  assert.equal(shortIds(`${id}@a:1, ${id}`, ASCII), '12D3Koo..FKGPZK@a:1, 12D3Koo..FKGPZK')
  assert.equal(shortIds('12D3Koo', PLAIN), '12D3Koo')
})

test('text from the network cannot move the cursor, change colours or break the layout', () => {
  assert.equal(printable('key=value', 20), 'key=value')
  assert.equal(printable('\u001b[2Jx\r\n\u0007y\u202e', 20), '.[2Jx...y.')
  assert.equal(printable('日本😀é', 20), '...é')
  assert.equal(printable('abcdefgh', 5), 'abcd~')
})
