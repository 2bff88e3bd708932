/**
 * The classic stack beside CometBFT's own, and mixed with it: pairs of processes in the same rounds. Go's ends are `interop/go/benchpeer`, CometBFT's Switch with the
 * default packet size and rates that no machine reaches; it answers the calls of worker.ts, so that the same harness measures all. Go's own bench was rejected
 * as the reference here: both of its nodes share a process, and its messages pass a codec. The bare loop of `npm run bench` is there too: what can be had without Go.
 */
import { spawn } from 'node:child_process'
import { BENCHPEER } from '../../interop/helpers/go-toolchain.ts'
import type { Figures, Line, Load, RunOptions } from '../cell.ts'
import { NETWORK } from '../ends/comet-node.ts'
import { sendQueue } from '../ends/ours.ts'
import { goBuild } from '../go-build.ts'
import { measureInTurns, type Pair, startWorker, type Worker } from '../harness.ts'
import { summary } from '../report.ts'
import { lineCaller } from '../rpc.ts'
import { significant } from '../stats.ts'

export const GO_CLASSIC_SIZES_KB = [1, 64, 512]

/** Sender to receiver. */
const WAYS = ['goToGo', 'oursToGo', 'goToOurs', 'oursToOurs', 'bareToBare'] as const
type Way = (typeof WAYS)[number]

/** Why it cannot run here; undefined if it can: the Go end then is built. */
export function benchpeerMissing(): string | undefined {
  return goBuild('the Go end', 'build', '-o', '../bin/', './benchpeer')
}

/** One line for a size. The ratios are to Go with Go: of our sender, of our receiver, of both, and of the bare loop. */
export async function goClassicLine(sizeKB: number, options: RunOptions): Promise<Line> {
  const load: Load = { wire: 'classic', size: sizeKB * 1024, channels: 1, discipline: 'saturate' }
  const results = await measureWays(load, options)
  const figures = Object.fromEntries(
    WAYS.map((way) => [way, summary(results.get(way) as Figures[], 'msgsPerSecond')])
  ) as Record<Way, Figures>
  const ratio = (way: Way): number =>
    significant((figures[way].msgsPerSecond as number) / (figures.goToGo.msgsPerSecond as number), 3)
  return {
    cell: `go-classic-${sizeKB}KB`,
    stack: 'classic',
    size: load.size,
    channels: load.channels,
    ratioSending: ratio('oursToGo'),
    ratioReceiving: ratio('goToOurs'),
    ratioBoth: ratio('oursToOurs'),
    ratioBare: ratio('bareToBare'),
    ...figures,
    rounds: options.rounds
  }
}

async function measureWays(load: Load, options: RunOptions): Promise<Map<Way, Figures[]>> {
  const started: Worker[] = []
  const start = async (way: Way, role: 'receiver' | 'sender'): Promise<Worker> => {
    const go = role === 'receiver' ? way.endsWith('ToGo') : way.startsWith('go')
    const variant = way === 'bareToBare' ? 'ceiling' : 'ours'
    const worker = go ? startBenchpeer(load, role) : await startWorker({ role, variant, load })
    started.push(worker)
    await worker.call('ready')
    return worker
  }
  try {
    const pairs = await Promise.all(
      WAYS.map(async (variant): Promise<Pair<Way>> => {
        const [receiver, sender] = [await start(variant, 'receiver'), await start(variant, 'sender')]
        await sender.call('connect', await receiver.call('addresses'))
        return { variant, receiver, sender }
      })
    )
    return await measureInTurns(pairs, load, options)
  } finally {
    for (const worker of started) worker.end()
  }
}

function startBenchpeer({ size, channels }: Load, role: string): Worker {
  const flags = { size, channels, queue: sendQueue(size), network: NETWORK }
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`)
  const child = spawn(BENCHPEER, ['serve', ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const caller = lineCaller(child, `Go ${role}`)
  return {
    call: (call, argument) => caller.call(call, argument),
    end: () => {
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
    }
  }
}

/** One line for people. */
export function goClassicText(of: Line): string {
  const way = (name: Way): string => {
    const { msgsPerSecond, MBPerSecond } = of[name] as Figures
    return `${Math.round(msgsPerSecond as number).toLocaleString('en-US')} msg/s ${MBPerSecond} MB/s`
  }
  return [
    `${of.size / 1024} KB`.padEnd(8),
    of.stack.padEnd(12),
    `Go -> Go ${way('goToGo')}`,
    `ours -> Go ${way('oursToGo')} (${of.ratioSending} x)`,
    `Go -> ours ${way('goToOurs')} (${of.ratioReceiving} x)`,
    `ours -> ours ${way('oursToOurs')} (${of.ratioBoth} x)`,
    `bare loop ${way('bareToBare')} (${of.ratioBare} x)`
  ].join('  ')
}
