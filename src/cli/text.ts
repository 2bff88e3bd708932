/**
 * Words, numbers, bars and colours of the terminal pictures. Pure. A line is a string with SGR codes in it and nothing else that moves the cursor; every
 * glyph used here is one column wide, so a line's width is its length without the codes.
 */

/** How to write: colours or none, block glyphs or plain ASCII. */
export interface TextStyle {
  readonly color: boolean
  readonly unicode: boolean
}

/** Room for a picture. */
export interface PictureSize {
  readonly columns: number
  readonly rows: number
}

/** The terminal's own 16 colours, so that any theme stays readable. */
const SGR = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const
export type Ink = keyof typeof SGR

export function paint(style: TextStyle, ink: Ink, text: string): string {
  return style.color && text !== '' ? `\u001b[${SGR[ink]}m${text}\u001b[0m` : text
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what it finds
const CODES = /(\u001b\[[\d;]*m)/g

/** Columns that a line takes. */
export function widthOf(line: string): number {
  return [...line.replace(CODES, '')].length
}

/** Exactly `columns` wide: cut, or filled with spaces. Colours end with the line. */
export function fit(line: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const width = widthOf(line)
  if (width <= columns) {
    const fill = ' '.repeat(columns - width)
    return align === 'left' ? line + fill : fill + line
  }
  return cut(line, columns)
}

/** At most `columns` wide. */
export function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line
  let out = ''
  let room = columns
  let colored = false
  for (const part of line.split(CODES)) {
    if (part.startsWith('\u001b')) {
      out += part
      colored = part !== '\u001b[0m'
      continue
    }
    const glyphs = [...part].slice(0, room)
    out += glyphs.join('')
    room -= glyphs.length
    if (room === 0) break
  }
  return colored ? `${out}\u001b[0m` : out
}

/** A progress bar of exactly `columns`, in halves of one; `fraction` outside 0..1 is taken as the nearer end. Lines, not blocks: bars of rows below one another stay apart. */
export function bar(style: TextStyle, fraction: number, columns: number, ink: Ink): string {
  const done = Math.min(Math.max(Number.isFinite(fraction) ? fraction : 0, 0), 1) * columns
  const [full, half, rest] = style.unicode ? ['━', '╸', '─'] : ['#', '', '.']
  const head = full.repeat(Math.floor(done)) + (done % 1 >= 0.5 ? half : '')
  return `${paint(style, ink, head)}${paint(style, 'dim', rest.repeat(columns - head.length))}`
}

const LEVELS = { unicode: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'], ascii: ['_', '.', '-', '=', '+', '*', '#', '@'] }

/** The last `columns` values as a row of columns, scaled to the largest of them; fewer values stand at the right. */
export function sparkline(style: TextStyle, values: readonly number[], columns: number): string {
  const shown = values.slice(-columns)
  const max = Math.max(...shown, 0)
  const levels = style.unicode ? LEVELS.unicode : LEVELS.ascii
  const glyphs = shown.map(
    (value) => levels[max === 0 ? 0 : Math.round((Math.max(value, 0) / max) * (levels.length - 1))]
  )
  return ' '.repeat(columns - shown.length) + glyphs.join('')
}

/** 1234567 -> "1,234,567". */
export function count(value: number | bigint): string {
  return String(typeof value === 'bigint' ? value : Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** As `count`, but never wider than seven columns: 1234567 -> "1.23M". */
export function brief(value: number): string {
  return value < 999_999.5 ? count(value) : `${(value / 1e6).toFixed(2)}M`
}

/** 1234567 -> "1.2 MB". */
export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let unit = 0
  let scaled = value
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000
    unit++
  }
  return `${unit === 0 || scaled >= 99.95 ? Math.round(scaled) : scaled.toFixed(1)} ${units[unit]}`
}

/** A number per second: one digit below ten, none above. */
export function rate(value: number): string {
  return value >= 0.05 && value < 9.95 ? value.toFixed(1) : count(value)
}

/** 0.42 ms, 4.2 ms, 42 ms, 4.2 s. */
export function milliseconds(ms: number): string {
  if (ms < 0.995) return `${ms.toFixed(2)} ms`
  if (ms < 9.95) return `${ms.toFixed(1)} ms`
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** 75_000 -> "1:15", 3_675_000 -> "1:01:15". */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** What came from outside, made safe to print: no control characters, at most `most` characters. */
export function printable(text: string, most: number): string {
  const clean = [...text].map((glyph) => (/[\p{L}\p{N}\p{P}\p{S} ]/u.test(glyph) && isNarrow(glyph) ? glyph : '.'))
  return clean.length > most ? `${clean.slice(0, most - 1).join('')}~` : clean.join('')
}

/** PeerIds cut to their beginning and end: 12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK -> 12D3Koo…FKGPZK. */
export function shortIds(text: string, style: TextStyle): string {
  return text.replace(
    /\b(12D3Koo|16Uiu2H)[1-9A-HJ-NP-Za-km-z]{30,}([1-9A-HJ-NP-Za-km-z]{6})\b/g,
    `$1${style.unicode ? '…' : '..'}$2`
  )
}

/** East Asian wide glyphs and emoji take two columns and would break the layout; beyond Latin, Greek and Cyrillic nothing is needed. */
function isNarrow(glyph: string): boolean {
  return glyph.codePointAt(0)! < 0x530 || glyph === '…'
}
