/** A disk that is full for a while, on the stores of an address book that `createNode` opens: the node goes on, and nothing is lost. */
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { nodeOn } from './book-node.ts'

const SCRIPT = fileURLToPath(new URL('full-disk-process.ts', import.meta.url))

function hasPrlimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'])
    return true
  } catch {
    return false
  }
}

const skip = hasPrlimit() ? false : 'prlimit (util-linux) is not here'

for (const name of ['addrbook.json', 'addrbook'])
  for (const when of ['later', 'from the start'])
    test(`a disk that is full ${when}: ${name} has everything once there is room again`, { skip }, async (t) => {
      const dir = await mkdtemp(join(tmpdir(), 'full-'))
      t.after(() => rm(dir, { recursive: true, force: true }))
      const path = join(dir, name)
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, path, when])
      const [before = '', after = ''] = stdout.split('room\n')
      assert.match(before, /log: .*address book/, 'it says that it was not saved')
      const size = Number(/^size (\d+)$/m.exec(after)?.[1])
      assert.equal(size, when === 'later' ? 339 : 300)
      assert.doesNotMatch(after, /log: /)
      const { node, book } = await nodeOn(path)
      assert.equal(book.size(), size)
      await node.stop()
    })
