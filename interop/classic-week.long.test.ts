/** Only on demand (`npm run interop classic-week.long`): 50,000 messages of 64 KB each way, 3 GB in each direction, and packets of that size. */
import { filling, titleOf, WEEK_TIMEOUT_MS, type Week, week } from './helpers/scenes/week.ts'
import { stageTest } from './helpers/stage.ts'

const LARGE: Week = {
  packetBytes: 65_536,
  payloadBytes: filling(1, 65_536),
  messages: 50_000,
  ping: { pingIntervalMs: 1_000, pongTimeoutMs: 900 }
}

stageTest(titleOf(LARGE), WEEK_TIMEOUT_MS, (stage) => week(stage, LARGE))
