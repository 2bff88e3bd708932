/** A terminal that keeps what is written to it. */
import type { Terminal } from '../../src/cli/terminal.ts'

export interface FakeTerminal extends Terminal {
  readonly printed: string[]
  readonly warned: string[]
  interrupt(): void
}

export function fakeTerminal(): FakeTerminal {
  const interrupt = new AbortController()
  const printed: string[] = []
  const warned: string[] = []
  return {
    printed,
    warned,
    print: (text) => void printed.push(text),
    warn: (text) => void warned.push(text),
    write: (text) => void printed.push(text),
    busy: false,
    live: false,
    style: { color: false, unicode: true },
    size: () => ({ columns: 80, rows: 24 }),
    onResize: () => () => undefined,
    interrupted: interrupt.signal,
    interrupt: () => interrupt.abort()
  }
}
