/** `npm run sim`: the simulations of peer finding, and what they must come to. Exits 1 where a bar is missed. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type ChurnInit, type ChurnResult, churn } from './churn.ts'
import { type EclipseInit, type EclipseResult, eclipse } from './eclipse.ts'
import { type Bar, churnTable, eclipseTable, verdicts } from './report.ts'

const USAGE = `npm run sim -- [--only churn|eclipse] [--nodes N] [--seeds N] [--minutes N] [--quick] [--json]

  --only     one of the two; default both
  --nodes    of the churn; default 1000. The eclipse has half as many honest ones, 200 at least
  --seeds    runs with seeds 1 to N; default 5 for the churn, and 2 for the eclipse at most
  --minutes  simulated, after the nodes have started; default 5 (churn) and 12 (eclipse)
  --quick    100 nodes, one seed, 4 minutes
  --json     one JSON object per run`

type Job =
  | { readonly kind: 'churn'; readonly init: ChurnInit }
  | { readonly kind: 'eclipse'; readonly init: EclipseInit }
type Done =
  | { readonly kind: 'churn'; readonly silent: number; readonly ceiling: boolean; readonly result: ChurnResult }
  | { readonly kind: 'eclipse'; readonly rules: 'ours' | 'go'; readonly result: EclipseResult }

/** A share of the nodes that leaves in a minute: issue 5, section 5. */
const CHURN = 0.2
/** Hosts left behind: in a run with the first seed half of them do not answer at all; in another one nobody dials them, which is the ceiling. */
const VARIANTS = [
  { silent: 0, allKnowing: false },
  { silent: 0.5, allKnowing: false },
  { silent: 0, allKnowing: true }
]
const LEAST_HONEST = 200
const MAX_HEAP_MB = 6_000

if (isMainThread) await main()
else parentPort!.postMessage(await work(workerData as Job))

async function work(job: Job): Promise<Done> {
  const progress = (line: string) => console.error(`  ${line}`)
  if (job.kind === 'churn')
    return {
      kind: 'churn',
      silent: job.init.silent,
      ceiling: job.init.allKnowing === true,
      result: await churn({ ...job.init, progress })
    }
  return { kind: 'eclipse', rules: job.init.rules, result: await eclipse({ ...job.init, progress }) }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      nodes: { type: 'string' },
      seeds: { type: 'string' },
      minutes: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false }
    }
  })
  if (values.help) return console.log(USAGE)
  const { quick, only, json } = values
  const nodes = whole('--nodes', values.nodes, quick ? 100 : 1_000)
  const seeds = whole('--seeds', values.seeds, quick ? 1 : 5)
  const minutes = values.minutes === undefined ? undefined : whole('--minutes', values.minutes, 1)
  // fewer would have books too small to be shared out by sixteenths
  const honest = Math.max(LEAST_HONEST, nodes >> 1)
  const jobs: Job[] = []
  if (only !== 'eclipse')
    for (const [i, variant] of VARIANTS.entries())
      for (let seed = 1; seed <= (i === 0 ? seeds : 1); seed++)
        jobs.push({
          kind: 'churn',
          init: { nodes, seed, minutes: minutes ?? (quick ? 4 : 5), churn: CHURN, ...variant }
        })
  if (only !== 'churn')
    for (const rules of ['ours', 'go'] as const)
      for (let seed = 1; seed <= Math.min(2, seeds); seed++)
        jobs.push({
          kind: 'eclipse',
          init: {
            rules,
            honest,
            attackers: Math.ceil(honest * 0.4),
            seed,
            minutes: minutes ?? (quick ? 4 : 12)
          }
        })
  const begun = performance.now()
  const done = await inParallel(jobs, (one) => {
    if (json) console.log(JSON.stringify(one))
  })
  const churns = done.filter((one) => one.kind === 'churn')
  const eclipses = done.filter((one) => one.kind === 'eclipse')
  const bars: Bar[] = verdicts(churns, eclipses)
  if (!json) for (const line of [...churnTable(churns), ...eclipseTable(eclipses)]) console.log(line)
  for (const { met, text } of bars) console.error(`${met ? 'met   ' : 'MISSED'} ${text}`)
  console.error(`${((performance.now() - begun) / 60_000).toFixed(1)} min of real time`)
  if (bars.some(({ met }) => !met)) process.exitCode = 1
}

/** Each in a thread with a heap of its own, as many at a time as there are cores, but for one where there are more than two. */
async function inParallel(jobs: readonly Job[], onDone: (done: Done) => void): Promise<Done[]> {
  const results: Done[] = []
  const waiting = [...jobs.entries()]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [i, job] = next
      const done = await inThread(job)
      results[i] = done
      onDone(done)
    }
  }
  const lanes = Math.max(1, Math.min(jobs.length, availableParallelism() - (availableParallelism() > 2 ? 1 : 0)))
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}

function inThread(job: Job): Promise<Done> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB }
    })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function whole(flag: string, text: string | undefined, byDefault: number): number {
  const value = text === undefined ? byDefault : Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Error(`${flag}: expected a whole number above 0, found ${text}`)
}
