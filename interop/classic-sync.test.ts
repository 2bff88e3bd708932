/** Issue 4 section 4: 300 blocks from each version to us and from us to a fresh node of that version. */
import { GO_VERSIONS } from './helpers/go-toolchain.ts'
import { serveRecording, syncBothWays } from './helpers/scenes/sync.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 150_000

for (const version of GO_VERSIONS)
  stageTest(
    `we sync 300 blocks from ${version} over validator changes, and a fresh ${version} syncs them from us`,
    BODY_TIMEOUT_MS,
    (stage) => syncBothWays(stage, { version, stack: 'comet' })
  )

stageTest('a fresh v0.40 syncs the recorded chain from us', BODY_TIMEOUT_MS, (stage) =>
  serveRecording(stage, { version: 'v0.40', stack: 'comet' })
)
