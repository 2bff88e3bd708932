/** docs/migration.md, section 4: its commands, in order, move a chain of two real validators from the classic stack to libp2p. Sections 1 to 3: test/docs. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { docBlocks, OWN_COMMAND, runDoc, withoutVariables } from '../test/helpers/doc-commands.ts'
import { missingGo, nodeBinary } from './helpers/go-toolchain.ts'
import { type Stage, stageTest } from './helpers/stage.ts'

const NAME = 'the migration page moves two Go validators to libp2p, command by command'
const PAGE = new URL('../docs/migration.md', import.meta.url)
const SHELL_TIMEOUT_MS = 180_000

const missing = await missingGo()
if (missing === undefined) stageTest(NAME, SHELL_TIMEOUT_MS + 10_000, followThePage)
else test(NAME, { skip: missing })

async function followThePage(stage: Stage): Promise<void> {
  const { nodes } = await stage.goChain({ nodes: [{ stack: 'comet' }, { stack: 'comet' }], timeoutCommitMs: 500 })
  await Promise.all(nodes.map(({ home, name }) => symlink(home, join(stage.dir, name))))
  const blocks = docBlocks(readFileSync(PAGE, 'utf8')).filter(({ needsGo }) => needsGo)
  const programs = { 'comet-libp2p': OWN_COMMAND, cometbft: [nodeBinary('v0.40')] }
  const printed = await runDoc(blocks, { cwd: stage.dir, programs, timeoutMs: SHELL_TIMEOUT_MS })
  for (const [i, { line, output }] of blocks.entries())
    assert.equal(withoutVariables(printed[i] ?? ''), withoutVariables(output), `the block of line ${line}`)
}
