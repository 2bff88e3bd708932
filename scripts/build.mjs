/** Makes dist/: compiled sources, and beside them what is not compiled. */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
// the module protobufjs generates is JavaScript already
for (const file of ['messages.js', 'messages.d.ts']) copyFileSync(`src/proto/${file}`, `dist/src/proto/${file}`)
// the chain that the demo moves: at the same place relative to the command as in the sources
cpSync('test/fixtures/chain', 'dist/test/fixtures/chain', { recursive: true })
chmodSync('dist/src/cli/main.js', 0o755)
