/** Makes dist/: compiled sources, and beside them what is not compiled. */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
// the module protobufjs generates is JavaScript already
for (const file of ['messages.js', 'messages.d.ts']) copyFileSync(`src/proto/${file}`, `dist/src/proto/${file}`)
chmodSync('dist/src/cli/main.js', 0o755)
