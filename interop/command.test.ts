/** Issue 3 section 6: the installed command joins a real Go node: it syncs its chain over a validator change, shows its transactions and submits one. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { stageTest } from './helpers/stage.ts'
import { until } from './helpers/until.ts'
import { validatorTx } from './helpers/validator-tx.ts'

const run = promisify(execFile)
const COMMAND = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const SECONDS = 15
const BLOCKS = 30

/** Of what `--json` prints. */
interface View {
  blocks: { height: number; target: number; verified: number }
  transactions: { seen: number }
  submitted: { latest: Array<{ text: string; state: string; height?: number }> }
  ok: boolean
}

stageTest(
  '`comet-libp2p node` joins a Go node, verifies its blocks, sees a transaction of it and submits one',
  90_000,
  async (stage) => {
    const { first: go } = await stage.runningGoChain({ timeoutCommitMs: 200 })
    await go.rpc.submit(validatorTx(42, 1))
    await go.reaches(BLOCKS)
    const command = run(
      process.execPath,
      [
        COMMAND,
        'node',
        '--peer',
        go.bootstrapAddress,
        '--rpc',
        go.rpc.url,
        '--tx',
        'command=1',
        '--seconds',
        String(SECONDS),
        '--json'
      ],
      { timeout: 60_000 }
    )
    let number = 0
    const gossip = until(
      'the command has ended',
      async () => {
        await go.rpc.submit(`theirs-${number++}=1`)
        return command.child.exitCode !== null
      },
      { timeoutMs: 65_000, pollMs: 200 }
    )
    const { stdout } = await command
    await gossip
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as View
    stage.figure('joined', { ...last.blocks, seen: last.transactions.seen, submitted: last.submitted.latest })
    assert.equal(last.ok, true)
    assert(last.blocks.height >= BLOCKS, `verified up to ${last.blocks.height}`)
    assert(last.transactions.seen > 0)
    const height = await go.includes(['command=1'], BLOCKS, 5_000)
    assert.deepEqual(
      last.submitted.latest.map(({ text, state, height }) => ({ text, state, height })),
      [{ text: 'command=1', state: 'in a block', height }]
    )
  }
)
