/** Issue 4 section 4: after kill -9 and restart of either side, blocks and transactions go on within 40 s, on the classic stack of each version. */
import { RESTARTS, restart } from './helpers/scenes/restart.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 150_000

// the four at once: nearly all of it is waiting for Go's timers
for (const version of ['v0.38', 'v0.40', 'v1.0'] as const)
  stageTest(`killed and restarted, we and ${version} are back, whoever dials`, BODY_TIMEOUT_MS, async (stage) => {
    await Promise.all(RESTARTS.map((one) => restart(stage, { version, stack: 'comet' }, one)))
  })
