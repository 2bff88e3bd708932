/** Issue 4 section 4: 1,000 transactions each way on the classic stack. */
import { transactionsBothWays } from './helpers/scenes/transactions.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 90_000

for (const version of ['v0.38', 'v0.40', 'v1.0'] as const)
  stageTest(
    `1,000 transactions of our mempool are in the blocks of ${version}, and 1,000 of its own are in our mempool`,
    BODY_TIMEOUT_MS,
    (stage) => transactionsBothWays(stage, { version, stack: 'comet' })
  )
