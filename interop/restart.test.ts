/** Issue 3 section 7: after kill -9 and restart of either side, blocks and transactions go on within 40 s. */
import { RESTARTS, restart, titleOf } from './helpers/scenes/restart.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 150_000
const SIDE = { version: 'v0.40', stack: 'libp2p' } as const

for (const one of RESTARTS) stageTest(titleOf(one), BODY_TIMEOUT_MS, (stage) => restart(stage, SIDE, one))
