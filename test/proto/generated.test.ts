import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

function check(root: string) {
  return spawnSync(process.execPath, [join(root, 'scripts/generate-proto.mjs'), '--check'], { encoding: 'utf8' })
}

test('the generated module is what the .proto files give', () => {
  const { status, stderr } = check(ROOT)
  assert.equal(status, 0, stderr)
})

test('the check notices a .proto file that was changed without generating', (t) => {
  const copy = mkdtempSync(join(ROOT, 'node_modules/.proto-'))
  t.after(() => rmSync(copy, { recursive: true }))
  for (const dir of ['scripts', 'src/proto']) cpSync(join(ROOT, dir), join(copy, dir), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const proto = join(copy, 'src/proto/mempool.proto')
  writeFileSync(proto, readFileSync(proto, 'utf8').replace('repeated bytes txs = 1;', 'repeated bytes txs = 2;'))
  const { status, stderr } = check(copy)
  assert.equal(status, 1)
  assert.match(stderr, /messages\.js is not what/)
})
