/**
 * `npm run interop`: builds the Go side and runs interop/*.test.ts one file after another (two Go nodes and ours fill two cores). Arguments are names of
 * test files without their ending, to run only those; what is called `.long` is run only by its name.
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildGo, missingGo } from './go-toolchain.ts'

const TESTS = fileURLToPath(new URL('../', import.meta.url))
const ENDING = '.test.ts'
const ON_DEMAND = '.long'

const missing = await missingGo()
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`)
  process.exit(1)
}
process.stdout.write('building the Go side ... ')
const started = performance.now()
try {
  await buildGo()
} catch (error) {
  process.stderr.write(`\nThe Go side does not build:\n${(error as { stderr?: string }).stderr ?? error}\n`)
  process.exit(1)
}
process.stdout.write(`${Math.round((performance.now() - started) / 1000)} s\n`)

const wanted = process.argv.slice(2)
const files = readdirSync(TESTS)
  .filter((name) => name.endsWith(ENDING) && isWanted(name.slice(0, -ENDING.length)))
  .sort()
if (files.length === 0) {
  process.stderr.write(`No test file of interop/ is called ${wanted.join(', ')}.\n`)
  process.exit(1)
}
const tests = spawn(
  process.execPath,
  ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files.map((name) => `${TESTS}${name}`)],
  { stdio: 'inherit' }
)
tests.once('exit', (code) => process.exit(code ?? 1))

function isWanted(name: string): boolean {
  return wanted.length === 0 ? !name.endsWith(ON_DEMAND) : wanted.includes(name)
}
