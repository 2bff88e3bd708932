/** Issue 3 section 7: 1,000 transactions each way. */
import { transactionsBothWays } from './helpers/scenes/transactions.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 90_000

stageTest(
  "1,000 transactions of our mempool are in Go's blocks, and 1,000 of Go's are in our mempool",
  BODY_TIMEOUT_MS,
  (stage) => transactionsBothWays(stage, { version: 'v0.40', stack: 'libp2p' })
)
