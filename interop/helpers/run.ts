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
const all = readdirSync(TESTS)
  .filter((name) => name.endsWith(ENDING))
  .map((name) => name.slice(0, -ENDING.length))
  .sort()
const names = all.filter((name) => (wanted.length === 0 ? !name.endsWith(ON_DEMAND) : wanted.includes(name)))
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`No test file of interop/ is called ${unknown.join(', ')}.\n`)
  process.exit(1)
}
if (wanted.length === 0)
  process.stdout.write(`only by their names: ${all.filter((name) => name.endsWith(ON_DEMAND)).join(', ')}\n`)
const tests = spawn(
  process.execPath,
  ['--test', '--test-concurrency=1', '--test-reporter=spec', ...names.map((name) => `${TESTS}${name}${ENDING}`)],
  { stdio: 'inherit' }
)
tests.once('exit', (code) => process.exit(code ?? 1))
