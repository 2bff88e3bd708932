/** What the bench starts of Go is built from interop/go with the machine's own Go, at once when that has been done before. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const GO_DIR = fileURLToPath(new URL('../interop/go', import.meta.url))

/** Runs `go` with these arguments there. Undefined if that worked, else why not, for people. `what`: what would have been built. */
export function goBuild(what: string, ...args: string[]): string | undefined {
  try {
    execFileSync('go', args, { cwd: GO_DIR, stdio: 'pipe' })
    return undefined
  } catch (err) {
    const { code, stderr } = err as NodeJS.ErrnoException & { stderr?: Buffer }
    if (code === 'ENOENT') return 'Go is not installed'
    return `${what} cannot be built: ${stderr?.toString().trim().split('\n').at(-1) ?? String(err)}`
  }
}
