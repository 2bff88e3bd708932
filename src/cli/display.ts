/**
 * Shows what changes: as a picture redrawn in place on a terminal, as lines elsewhere, or as JSON. A picture has the terminal's other screen to itself, so
 * that resizing and leaving are clean; the last one stays on the ordinary screen.
 */
import type { Clock, TimerHandle } from '../interface/clock.ts'
import type { Terminal } from './terminal.ts'
import type { PictureSize, TextStyle } from './text.ts'

export interface DisplayInit<V> {
  readonly terminal: Terminal
  readonly clock: Clock
  readonly json: boolean
  view(): V
  picture(view: V, size: PictureSize, style: TextStyle): string[]
  line(view: V): string
  toJson(view: V): Record<string, unknown>
}

export interface Display {
  /** Ends it, and shows the last state where it stays. */
  end(): void
}

const FRAME_MS = 100
const LINE_MS = 1_000

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
/** Synchronized output, where the terminal knows it: no half-drawn pictures. */
const BEGIN = '\u001b[?2026h\u001b[H'
const FINISH = '\u001b[J\u001b[?2026l'
const TO_END_OF_LINE = '\u001b[K'

export function showLive<V>(init: DisplayInit<V>): Display {
  const { terminal, json } = init
  if (json) return every(init.clock, LINE_MS, () => terminal.print(JSON.stringify(init.toJson(init.view()))))
  if (terminal.live) return livePicture(init)
  return every(init.clock, LINE_MS, () => terminal.print(init.line(init.view())))
}

function livePicture<V>({ terminal, clock, view, picture }: DisplayInit<V>): Display {
  const lines = () => picture(view(), terminal.size(), terminal.style)
  const draw = () => {
    if (terminal.busy) return
    const text = lines().map((line) => line + TO_END_OF_LINE)
    terminal.write(`${BEGIN}${text.join('\r\n')}${FINISH}`)
  }
  const leave = () => terminal.write(LEAVE)
  // whatever ends the process must not leave the terminal without a cursor
  process.once('exit', leave)
  terminal.write(ENTER)
  draw()
  const frames = every(clock, FRAME_MS, draw)
  const offResize = terminal.onResize(draw)
  return {
    end() {
      frames.end()
      offResize()
      process.off('exit', leave)
      leave()
      terminal.print(lines().join('\n'))
    }
  }
}

function every(clock: Clock, ms: number, act: () => void): Display {
  let timer: TimerHandle
  const next = () => {
    timer = clock.setTimeout(() => {
      act()
      next()
    }, ms)
  }
  next()
  return { end: () => clock.clearTimeout(timer) }
}
