/**
 * Runs one cell: a pair of processes per variant, a warm-up, then rounds in which every variant is measured in turn (A B C A B C ...), so that what
 * else the machine does falls on all of them. A figure is the median of its rounds.
 *
 * A measurement: the sender starts, 100 ms later the receiver counts for the given time by its own clock, the sender stops, and all that was sent must
 * have arrived before the next one begins. CPU time is that of each process in the same span.
 */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Cell, Figures, Load, RunOptions, Variant } from './cell.ts'
import { messageCaller } from './rpc.ts'
import { quantile } from './stats.ts'
import type { Measured, Role, WorkerSpec } from './worker.ts'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))
/** After the sender's start, so that pipes are full when counting begins. */
const RAMP_MS = 100
/** What was sent arrives within this, or counts as lost. */
const QUIET_TIMEOUT_MS = 20_000

export interface Worker {
  call<T>(call: string, argument?: unknown): Promise<T>
  end(): void
}

/** A process of its own; ready when this resolves. */
export async function startWorker(spec: WorkerSpec, execArgv: string[] = []): Promise<Worker> {
  const child = fork(WORKER, [JSON.stringify(spec)], { execArgv: ['--no-warnings', ...execArgv] })
  const caller = messageCaller(child, `${spec.variant} ${spec.role}`)
  await caller.call('ready')
  return {
    call: (call, argument) => caller.call(call, argument),
    end: () => {
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
    }
  }
}

/** The processes of one variant. */
export interface Pair<Name extends string = Variant> {
  readonly variant: Name
  readonly receiver: Worker
  readonly sender: Worker
  /** What stands between them, whose CPU time is told as `viaCpuUs`. */
  readonly via?: Worker
}

/** Sender and receiver of a variant, connected. What was started is added to `started`, for the caller to end. */
export async function startPair(load: Load, variant: Variant, started: Worker[]): Promise<Pair> {
  const start = async (role: Role): Promise<Worker> => {
    const worker = await startWorker({ role, variant, load })
    started.push(worker)
    return worker
  }
  if (load.wire === 'memory') {
    const both = await start('both')
    await both.call('connect', [])
    return { variant, receiver: both, sender: both }
  }
  const [receiver, sender] = await Promise.all([start('receiver'), start('sender')])
  await sender.call('connect', await receiver.call('addresses'))
  return { variant, receiver, sender }
}

/** Figures per variant and round, of a throughput or latency cell. */
export async function measurePairs(cell: Cell, options: RunOptions): Promise<Map<Variant, Figures[]>> {
  const started: Worker[] = []
  try {
    const pairs = await Promise.all(cell.variants.map((variant) => startPair(cell.load, variant, started)))
    const results = await measureInTurns(pairs, cell.load, options)
    if (options.profileDir !== undefined) await profile(pairs[0] as Pair, cell, options.seconds, options.profileDir)
    return results
  } finally {
    for (const worker of started) worker.end()
  }
}

/** The warm-up and the rounds. Connected pairs are given, and stay. */
export async function measureInTurns<Name extends string>(
  pairs: readonly Pair<Name>[],
  load: Load,
  { rounds, seconds, warmUpSeconds }: RunOptions
): Promise<Map<Name, Figures[]>> {
  for (const pair of pairs) await measure(pair, load, warmUpSeconds)
  const results = new Map<Name, Figures[]>(pairs.map(({ variant }) => [variant, []]))
  for (let round = 0; round < rounds; round++)
    for (const pair of pairs) results.get(pair.variant)?.push(await measure(pair, load, seconds))
  return results
}

async function measure({ receiver, sender, via }: Pair<string>, load: Load, seconds: number): Promise<Figures> {
  await sender.call('start')
  await pause(RAMP_MS)
  await sender.call('cpuStart')
  await via?.call('cpuStart')
  const seen = await receiver.call<Measured>('measure', seconds * 1_000)
  const viaCpuSeconds = await via?.call<number>('cpuStop')
  const senderCpuSeconds = await sender.call<number>('cpuStop')
  const sent = await sender.call<number>('stop')
  const lost = sent - (await quiet(receiver, sent))
  const viaCpu: Figures = viaCpuSeconds === undefined ? {} : { viaCpuUs: (viaCpuSeconds * 1e6) / seen.messages }
  return { ...rates(seen, senderCpuSeconds, load), ...viaCpu, lost }
}

/** Waits until `sent` messages have arrived in all; the number that has. */
async function quiet(receiver: Worker, sent: number): Promise<number> {
  const deadline = performance.now() + QUIET_TIMEOUT_MS
  for (;;) {
    const { messages } = await receiver.call<{ messages: number }>('counts')
    if (messages >= sent || performance.now() > deadline) return messages
    await pause(5)
  }
}

function rates(seen: Measured, senderCpuSeconds: number, { discipline }: Load): Figures {
  const { seconds, messages, bytes, latencies } = seen
  const throughput = {
    msgsPerSecond: messages / seconds,
    MBPerSecond: bytes / 1e6 / seconds,
    senderCpuUs: (senderCpuSeconds * 1e6) / messages,
    receiverCpuUs: (seen.cpuSeconds * 1e6) / messages
  }
  if (discipline !== 'urgent' && discipline !== 'idle') return throughput
  const { MBPerSecond, msgsPerSecond } = throughput
  const times = { p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99), maxMs: Math.max(...latencies) }
  return { msgsPerSecond, MBPerSecond, ...times }
}

/** One more measurement, with CPU profiles of all its processes in `dir`. */
export async function profile(pair: Pair<string>, cell: Cell, seconds: number, dir: string): Promise<void> {
  const { receiver, sender, via, variant } = pair
  const all = [
    { role: 'sender', worker: sender },
    ...(receiver === sender ? [] : [{ role: 'receiver', worker: receiver }]),
    ...(via === undefined ? [] : [{ role: 'via', worker: via }])
  ]
  await sender.call('start')
  await pause(RAMP_MS)
  for (const { worker } of all) await worker.call('profileStart')
  await pause(seconds * 1_000)
  for (const { worker, role } of all)
    await worker.call('profileStop', join(dir, `${cell.name}.${variant}.${role}.cpuprofile`))
  await sender.call('stop')
}
