/** Issue 3 section 7: 300 blocks from Go to us and from us to a fresh Go node, and the recorded chain from us. */
import { serveRecording, syncBothWays } from './helpers/scenes/sync.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 150_000
const SIDE = { version: 'v0.40', stack: 'libp2p' } as const

stageTest(
  'we sync 300 blocks from Go over validator changes, and a fresh Go node syncs them from us',
  BODY_TIMEOUT_MS,
  (stage) => syncBothWays(stage, SIDE)
)

stageTest('a fresh Go node syncs the recorded chain from us', BODY_TIMEOUT_MS, (stage) => serveRecording(stage, SIDE))
