/**
 * Issue 4 section 4, "a week in a minute": 50,000 messages each way at once, with packets of several sizes and both ends configured alike, with limited rates, and
 * with pings a hundred times as often as usual. classic-week.long has the large messages.
 */
import { filling, titleOf, WEEK_TIMEOUT_MS, type Week, week } from './helpers/scenes/week.ts'
import { stageTest } from './helpers/stage.ts'

const OFTEN = { pingIntervalMs: 1_000, pongTimeoutMs: 900 }
/** Where a limit holds up what is sent for as long. */
const LESS_OFTEN = { pingIntervalMs: 2_000, pongTimeoutMs: 1_800 }

const WEEKS: readonly Week[] = [
  { packetBytes: 64, payloadBytes: filling(3, 64), messages: 50_000, ping: OFTEN },
  { packetBytes: 1_024, payloadBytes: filling(2, 1_024), messages: 50_000, ping: OFTEN },
  { packetBytes: 65_536, payloadBytes: 1_000, messages: 50_000, ping: OFTEN },
  { packetBytes: 65_536, payloadBytes: filling(1, 65_536), messages: 2_000, ping: OFTEN },
  { packetBytes: 1_024, payloadBytes: 100, messages: 50_000, rate: 1_000_000, ping: LESS_OFTEN }
]

for (const one of WEEKS) stageTest(titleOf(one), WEEK_TIMEOUT_MS, (stage) => week(stage, one))
