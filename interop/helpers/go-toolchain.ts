/**
 * The Go side's binaries: built from interop/go with the machine's own Go, once per change of the sources (go build knows). The node of each version of
 * CometBFT is its own upstream command, a `tool` of a module of its own, since one module cannot require two versions.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** CometBFT v0.40.0 asks for it in its go.mod. */
const LEAST_GO = [1, 25] as const
const SOURCES = fileURLToPath(new URL('../go/', import.meta.url))
const BINARIES = fileURLToPath(new URL('../bin/', import.meta.url))
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024

const COMETBFT = 'github.com/cometbft/cometbft/cmd/cometbft'
/** Where each version is pinned, below interop/go, and the package of its command. */
const NODES = {
  // published under CometBFT's name, but its module still calls itself by the old one
  'v0.34': { module: 'v034', command: 'github.com/tendermint/tendermint/cmd/cometbft' },
  'v0.37': { module: 'v037', command: COMETBFT },
  'v0.38': { module: 'v038', command: COMETBFT },
  'v0.40': { module: '.', command: COMETBFT },
  'v1.0': { module: 'v10', command: COMETBFT }
} as const

export type GoVersion = keyof typeof NODES
export const GO_VERSIONS = Object.keys(NODES) as readonly GoVersion[]

/** The node of that version: upstream's own commands, such as `init` and `start`. */
export function nodeBinary(version: GoVersion): string {
  return `${BINARIES}cometbft-${version}`
}

/** What tests start beside nodes. */
export const HOSTILE = `${BINARIES}hostile`
export const EVIDENCE = `${BINARIES}evidence`
/** What the bench starts. */
export const BENCHPEER = `${BINARIES}benchpeer`

/** Why the interop tests cannot run here; undefined if they can. */
export async function missingGo(): Promise<string | undefined> {
  const least = LEAST_GO.join('.')
  const needs = `The interop tests need Go ${least} or newer: they run against real CometBFT nodes built from its Go module`
  let version: string
  try {
    version = (await run('go', ['env', 'GOVERSION'], { cwd: SOURCES })).stdout.trim()
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string }
    return code === 'ENOENT' ? `${needs}, and there is no \`go\` on the PATH.` : `${needs}; \`go env\` says: ${stderr}`
  }
  const [, major = '0', minor = '0'] = /^go(\d+)\.(\d+)/.exec(version) ?? []
  // a development version (devel go1.27-…) is taken at its word
  if (version.startsWith('devel')) return undefined
  const older = Number(major) < LEAST_GO[0] || (Number(major) === LEAST_GO[0] && Number(minor) < LEAST_GO[1])
  return older ? `${needs}, and the one on the PATH is ${version}.` : undefined
}

/** Builds what has changed: about five minutes on two cores the first time, a few seconds after that. One after another: each build takes all cores. */
export async function buildGo(): Promise<void> {
  await build('.', BINARIES, './hostile', './evidence', './benchpeer')
  for (const version of GO_VERSIONS) await build(NODES[version].module, nodeBinary(version), NODES[version].command)
}

async function build(module: string, output: string, ...what: string[]): Promise<void> {
  await run('go', ['build', '-o', output, ...what], { cwd: `${SOURCES}${module}`, maxBuffer: MAX_OUTPUT_BYTES })
}
