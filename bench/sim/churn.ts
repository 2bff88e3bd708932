/** Nodes come and go all the time: is everybody at its outbound target all the same, and does anything grow without end? */
import type { PeerBook } from '../../src/interface/address-book.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { quantile } from '../stats.ts'
import { Hosts } from './hosts.ts'
import { type Share, Tally } from './tally.ts'
import { type Identity, LATENCY_MS, type SimNode, World } from './world.ts'

export interface ChurnInit {
  readonly nodes: number
  readonly seed: number
  /** Simulated, after the nodes have been started over one minute. */
  readonly minutes: number
  /** The share of the nodes that leaves, and is replaced, in a simulated minute. */
  readonly churn: number
  /** The share of hosts left behind that do not answer at all; at the others a dial is refused at once. */
  readonly silent: number
  /** The ceiling: nobody ever dials a node that is gone. */
  readonly allKnowing?: boolean
  /** Called after each simulated minute. */
  readonly progress?: (line: string) => void
}

export interface ChurnResult {
  readonly seed: number
  readonly nodes: number
  readonly livesCounted: number
  /** Of these, how many were at their target for less than `AT_TARGET` of their time; and how many no choice of addresses could have kept there. */
  readonly livesBelow: number
  readonly livesBelowAnyway: number
  readonly meanShare: number
  /** Of all nodes that were there for a minute after their first one. */
  readonly worstShare: number
  readonly p01Share: number
  readonly p10Share: number
  readonly medianShare: number
  /** Mean of outbound peers over target. */
  readonly meanFill: number
  readonly lostPerNodeMinute: number
  readonly dialsPerNodeMinute: number
  /** Of all dials, those that came to nothing. */
  readonly dialsFailed: number
  readonly gapMedianMs: number
  readonly gapP90Ms: number
  readonly gapP99Ms: number
  readonly maxBook: number
  readonly maxBans: number
  /** Ids that a node has met: its switch keeps a score for each of them at most. */
  readonly maxMet: number
  readonly idsEver: number
  readonly timersLeft: number
}

/** Issue 5, section 5. */
export const AT_TARGET = 0.99
/** Two round trips: no peer that was lost is replaced sooner, whoever is dialled. */
const DIAL_MS = 4 * LATENCY_MS
/** Others begin with them; they stay. */
const SEEDS = 4
/** Connections of a seed are short, and many. */
const SEED_INBOUND = 400
const TARGET = 10
/** How those go that do not say goodbye, and how many of the newcomers have been there before. */
const CRASH_SHARE = 0.5
const RETURN_SHARE = 1 / 3
const MAX_AWAY = 500
/** A share of a shorter time says little. */
const LEAST_COUNTED_MS = 60_000

export async function churn(init: ChurnInit): Promise<ChurnResult> {
  const { nodes: wanted, seed, minutes, progress } = init
  const world = new World(seed)
  const { clock, random } = world
  const hosts = new Hosts(random)
  const tallies = new Map<SimNode, Tally>()
  const finished: Share[] = []
  const away: Identity[] = []
  const leaving = new Set<Promise<void>>()
  const max = { book: 0, bans: 0, met: 0 }
  let ids = 0

  const seeds: string[] = []
  for (let i = 0; i < SEEDS; i++) {
    const node = await world.start(world.identity(hosts.next()), {
      pex: { seedMode: true },
      policy: { maxNumInboundPeers: SEED_INBOUND }
    })
    seeds.push(node.address)
  }
  const join = async (identity: Identity) => {
    const tally = new Tally(clock, () => Math.min(TARGET, tallies.size - 1))
    const node = await world.start(identity, {
      pex: { seeds },
      policy: { maxNumOutboundPeers: TARGET },
      ...(init.allKnowing === true && { seenBook: (book: PeerBook) => knowing(book, world) }),
      reactors: { TALLY: tally }
    })
    tallies.set(node, tally)
  }
  const fresh = () => {
    ids++
    return world.identity(hosts.next())
  }
  const leave = () => {
    const all = [...tallies]
    const [node, tally] = all[Math.floor(random() * all.length)]!
    tallies.delete(node)
    finished.push(tally.share())
    max.met = Math.max(max.met, tally.met)
    // its identity alone, or nothing of what it was would ever be freed
    away.push({ key: node.key, host: node.host, store: node.store })
    if (away.length > MAX_AWAY) away.shift()
    const stop = world.stop(node, { crash: random() < CRASH_SHARE, silent: random() < init.silent })
    leaving.add(stop)
    void stop.finally(() => leaving.delete(stop))
  }
  const look = () => {
    for (const tally of tallies.values()) max.met = Math.max(max.met, tally.met)
    for (const { book } of world.nodes) {
      max.book = Math.max(max.book, book.size())
      max.bans = Math.max(max.bans, book.banned().length)
    }
  }

  for (let i = 0; i < wanted; i++) {
    await join(fresh())
    await clock.run(60_000 / wanted)
  }
  const { dials } = world
  const before = { ...dials }
  const step = 60_000 / (wanted * init.churn)
  const end = clock.now() + minutes * 60_000
  for (let next = clock.now(), minute = clock.now(); clock.now() < end; next += step) {
    await clock.run(next - clock.now())
    leave()
    const returns = random() < RETURN_SHARE ? away.splice(Math.floor(random() * away.length), 1)[0] : undefined
    // one who has just gone may not have stopped yet
    const back = returns !== undefined && !world.network.has(returns.host, 26_656) ? returns : undefined
    await join(back ?? fresh())
    if (clock.now() - minute < 60_000) continue
    minute = clock.now()
    look()
    const outbound = [...tallies.values()].reduce((sum, tally) => sum + tally.outbound, 0)
    progress?.(
      `seed ${seed}: ${((clock.now() - 60_000) / 60_000).toFixed(1)} min, ${(outbound / tallies.size).toFixed(2)} outbound, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`
    )
  }
  look()
  const shares = [...finished, ...[...tallies.values()].map((tally) => tally.share())]
  const after = { ...dials }
  await world.end()
  await Promise.all(leaving)
  const counted = shares.filter(({ ms }) => ms >= LEAST_COUNTED_MS)
  const each = counted.map(({ ms, atTargetMs }) => atTargetMs / ms)
  const total = sum(shares.map(({ ms }) => ms))
  const gaps = shares.flatMap(({ gapsMs }) => gapsMs)
  return {
    seed,
    nodes: wanted,
    livesCounted: counted.length,
    livesBelow: each.filter((share) => share < AT_TARGET).length,
    livesBelowAnyway: counted.filter(({ ms, lost }) => 1 - (lost * DIAL_MS) / ms < AT_TARGET).length,
    meanShare: sum(shares.map(({ atTargetMs }) => atTargetMs)) / total,
    worstShare: Math.min(...each),
    p01Share: quantile(each, 0.01),
    p10Share: quantile(each, 0.1),
    medianShare: quantile(each, 0.5),
    meanFill: sum(shares.map(({ peerMs }) => peerMs)) / total / TARGET,
    lostPerNodeMinute: sum(shares.map(({ lost }) => lost)) / (total / 60_000),
    dialsPerNodeMinute: (after.tried - before.tried) / (wanted * minutes),
    dialsFailed: (after.failed - before.failed) / (after.tried - before.tried),
    gapMedianMs: quantile(gaps, 0.5),
    gapP90Ms: quantile(gaps, 0.9),
    gapP99Ms: quantile(gaps, 0.99),
    maxBook: max.book,
    maxBans: max.bans,
    maxMet: max.met,
    idsEver: ids + SEEDS,
    timersLeft: clock.pending
  }
}

/** The book, but it never picks a node that is gone. */
function knowing(book: PeerBook, world: World): PeerBook {
  const lives = ({ host, port }: NetAddress) => world.network.has(host, port) && !world.silent.has(host)
  return new Proxy(book, {
    get(target, name) {
      if (name === 'pickAddress')
        return (bias: number) => {
          const address = target.pickAddress(bias)
          return address !== undefined && lives(address) ? address : undefined
        }
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
