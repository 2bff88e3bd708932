/**
 * Runs the commands of a page in docs/: every ```sh block, in order, in one shell, so that what one block starts or defines is there in the next. A ```text block
 * right below one is what it printed. `sh` blocks need nothing but this library, `sh go` ones real CometBFT nodes.
 */
import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface DocBlock {
  /** Of the fence, from 1: errors name it. */
  readonly line: number
  readonly needsGo: boolean
  readonly commands: string
  /** What the page says it prints; '' where it shows nothing. */
  readonly output: string
}

export interface DocShell {
  /** Where the commands run. */
  readonly cwd: string
  /** Programs by name that the page uses: each a command line that the arguments go behind. */
  readonly programs: Readonly<Record<string, readonly string[]>>
  readonly env?: Readonly<Record<string, string>>
  /** The whole page gets so long. */
  readonly timeoutMs: number
}

/** Between the output of two blocks; no command prints it. */
const SEPARATOR = '\u001e'
const KILL_GRACE_MS = 5_000

/** `comet-libp2p`, from the sources. */
export const OWN_COMMAND: readonly string[] = [
  process.execPath,
  fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
]

/** Throws for a block of commands that nobody would run. */
export function docBlocks(markdown: string): DocBlock[] {
  const fences = [...markdown.matchAll(/^```(\S*)(?: (\S+))?\n([\s\S]*?)^```\n/gm)]
  return fences.flatMap(([whole, language, kind, commands = ''], i) => {
    const at = fences[i]!.index
    const line = markdown.slice(0, at).split('\n').length
    if (language === 'bash' || language === 'console' || (language === 'sh' && ![undefined, 'go'].includes(kind)))
      throw new Error(`line ${line}: a block of commands is \`\`\`sh or \`\`\`sh go, found ${whole.split('\n')[0]}`)
    if (language !== 'sh') return []
    const next = fences[i + 1]
    const adjacent = next?.[1] === 'text' && markdown.slice(at + whole.length, next.index).trim() === ''
    return [{ line, needsGo: kind === 'go', commands, output: adjacent ? (next[3] ?? '') : '' }]
  })
}

/** What each block printed, errors included. Rejects if one fails, or all take too long; everything they started has then ended. */
export async function runDoc(blocks: readonly DocBlock[], shell: DocShell): Promise<string[]> {
  const bin = join(shell.cwd, '.bin')
  await mkdir(bin, { recursive: true })
  for (const [name, command] of Object.entries(shell.programs)) {
    const words = command.map((word) => `'${word}'`).join(' ')
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${words} "$@"\n`)
    await chmod(join(bin, name), 0o755)
  }
  const script = [
    'set -eo pipefail',
    // what was started in the background ends with the page
    `trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT`,
    ...blocks.flatMap(({ commands }) => [`printf '${SEPARATOR}'`, commands])
  ].join('\n')
  const { code, printed } = await bash(script, shell, `${bin}:${process.env.PATH}`)
  const outputs = printed.split(SEPARATOR).slice(1)
  if (code === 0) return outputs
  const why = code === null ? `took longer than ${shell.timeoutMs} ms` : `failed with ${code}`
  throw new Error(`the block of line ${blocks[outputs.length - 1]?.line} ${why}:\n${outputs.at(-1)}`)
}

function bash(script: string, { cwd, env, timeoutMs }: DocShell, path: string) {
  return new Promise<{ code: number | null; printed: string }>((resolve, reject) => {
    // a group of its own, so that all of it can be ended
    const child = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
      cwd,
      env: { ...process.env, ...env, PATH: path },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true
    })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (printed += text))
    const signal = (name: NodeJS.Signals) => {
      try {
        process.kill(-child.pid!, name)
      } catch {
        // all of it has ended
      }
    }
    let late: NodeJS.Timeout | undefined
    let over = false
    const timer = setTimeout(() => {
      over = true
      signal('SIGTERM')
      late = setTimeout(() => signal('SIGKILL'), KILL_GRACE_MS)
    }, timeoutMs)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      clearTimeout(late)
      resolve({ code: over ? null : code, printed })
    })
  })
}

/** What differs from run to run: keys, ports, times, and how far a chain is. */
const VARIABLE: ReadonlyArray<readonly [found: RegExp, name: string]> = [
  [/\b[0-9a-f]{40}\b/g, '<node id>'],
  [/\b12D3KooW[1-9A-HJ-NP-Za-km-z]{44}\b/g, '<PeerId>'],
  [/[A-Za-z0-9+/]{43}=/g, '<key>'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>'],
  [/\/(tcp|udp)\/\d+/g, '/$1/<port>'],
  [/^\d+:\d\d /gm, '<time> '],
  [/block [\d,]+ of [\d,]+/g, 'block <n> of <n>'],
  [/\b[\d,.]+\/s/g, '<n>/s'],
  [/heights [\d,]+ and [\d,]+/g, 'heights <n> and <n>'],
  [/[\d,]+ messages to lp2p, [\d,]+ to classic/g, '<n> messages to lp2p, <n> to classic']
]

/** Two outputs are the same if these are equal. */
export function withoutVariables(output: string): string {
  return VARIABLE.reduce((text, [found, name]) => text.replace(found, name), output).trim()
}
