/** Only on demand (`npm run interop classic-old.long`): what v0.38 and later go through on every run, with v0.34 and v0.37. */
import { RESTARTS, restart } from './helpers/scenes/restart.ts'
import { transactionsBothWays } from './helpers/scenes/transactions.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 150_000

for (const version of ['v0.34', 'v0.37'] as const) {
  const side = { version, stack: 'comet' } as const
  stageTest(`killed and restarted, we and ${version} are back, whoever dials`, BODY_TIMEOUT_MS, async (stage) => {
    await Promise.all(RESTARTS.map((one) => restart(stage, side, one)))
  })
  stageTest(
    `1,000 transactions of our mempool are in the blocks of ${version}, and 1,000 of its own are in our mempool`,
    BODY_TIMEOUT_MS,
    (stage) => transactionsBothWays(stage, side)
  )
}
