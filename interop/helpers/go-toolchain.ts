/** The Go side's binaries: built from interop/go with the machine's own Go, once per change of the sources (go build knows). */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** CometBFT v0.40.0 asks for it in its go.mod. */
const LEAST_GO = [1, 25] as const
const SOURCES = fileURLToPath(new URL('../go/', import.meta.url))
const BINARIES = fileURLToPath(new URL('../bin/', import.meta.url))

/** What tests start. */
export const COMETNODE = `${BINARIES}cometnode`
export const HOSTILE = `${BINARIES}hostile`

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

/** Builds what has changed: about a minute the first time, under a second after that. */
export async function buildGo(): Promise<void> {
  await run('go', ['build', '-o', BINARIES, './cometnode', './hostile'], {
    cwd: SOURCES,
    maxBuffer: 16 * 1024 * 1024
  })
}
