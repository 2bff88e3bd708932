/**
 * An attacker with one /16 and as many ids as he likes: what he gets of the books and the outbound slots of honest nodes, and whether a restart hands any of them over.
 * He connects with everybody he can, answers every request with his own addresses (those where he listens, and new ids at others), and is always there.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { AddressBookOptions } from '../../src/address-book/book-options.ts'
import type { PeerBook } from '../../src/interface/address-book.ts'
import type { Envelope } from '../../src/interface/envelope.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { MAX_ADDRESSES, pexChannel } from '../../src/reactors/pex/channels.ts'
import type { PexAddress, PexMessage } from '../../src/wire/channel-messages.ts'
import { Hosts } from './hosts.ts'
import { type Identity, type SimNode, World } from './world.ts'

export interface EclipseInit {
  readonly honest: number
  /** Nodes of the attacker that listen and connect. */
  readonly attackers: number
  readonly seed: number
  /** Simulated, before the restart. */
  readonly minutes: number
  /** `go`: books and peer exchange without what Go lacks, as far as options go; see README.md. */
  readonly rules: 'ours' | 'go'
  readonly progress?: (line: string) => void
}

export interface EclipseResult {
  readonly seed: number
  /** Of all addresses in the lists that honest nodes got, those of the attacker. */
  readonly gossip: number
  /** Of the entries in an honest node's book. */
  readonly bookMean: number
  readonly bookWorst: number
  readonly bookSizeMean: number
  /** Outbound slots of an honest node that the attacker has, of ten; over time, the most at any look, and after the restart. */
  readonly outboundMean: number
  readonly outboundWorst: number
  readonly outboundAfterRestart: number
  readonly inboundMean: number
  /** Nodes whose outbound peers all were the attacker's at any look, before the restart of all and from a minute after it on. */
  readonly eclipsedBefore: number
  readonly eclipsedAfter: number
}

export const ATTACKER_NETWORK = '66.66'
/** Whoever is told may be anybody's, and all of it is told on. */
const GO_BOOK: AddressBookOptions = Object.freeze({ groupShare: 1, tells: 'all' })
const TARGET = 10
const SEEDS = 4
/** He comes while the network is young. */
const HEAD_START_MS = 30_000
const STEP_MS = 5_000
/** The share of honest nodes that restart in a minute, so that slots become free for him. */
const RESTARTS = 0.1
/** Dials of each of his nodes in a step. */
const DIALS_PER_STEP = 3
const RESTART_MS = 180_000

const isHis = (host: string) => host.startsWith(`${ATTACKER_NETWORK}.`)

/** Tells nothing but his own addresses. */
class Liar extends BaseReactor {
  readonly #list: () => PexAddress[]

  constructor(list: () => PexAddress[]) {
    super('LIAR')
    this.#list = list
  }

  override getChannels() {
    return [pexChannel()]
  }

  override receive({ src, message }: Envelope): void {
    if ((message as PexMessage).type === 'pexRequest')
      src?.trySend({ channelId: 0x00, message: { type: 'pexAddrs', addrs: this.#list() } })
  }
}

export async function eclipse(init: EclipseInit): Promise<EclipseResult> {
  const world = new World(init.seed)
  const { clock, random } = world
  const hosts = new Hosts(random, [ATTACKER_NETWORK])
  const gossip = { his: 0, all: 0 }
  const onList = (addrs: readonly PexAddress[]) => {
    gossip.all += addrs.length
    for (const { ip } of addrs) if (isHis(ip)) gossip.his++
  }
  const start = (identity: Identity, seeds: readonly string[], seedMode = false) =>
    world.start(identity, {
      onList,
      ...(init.rules === 'go' && { book: GO_BOOK, seenBook: asGo }),
      pex: { seeds, seedMode },
      policy: seedMode ? { maxNumInboundPeers: 400 } : { maxNumOutboundPeers: TARGET }
    })

  const seeds: string[] = []
  for (let i = 0; i < SEEDS; i++) seeds.push((await start(world.identity(hosts.next()), [], true)).address)
  let honest: SimNode[] = []
  const attack = attackOn(world, hosts, init.attackers, () => honest)
  for (let i = 0; i < init.honest; i++) {
    honest.push(await start(world.identity(hosts.next()), seeds))
    await clock.run(60_000 / init.honest)
    if (clock.now() >= HEAD_START_MS) await attack.begin()
  }

  const looks: ReturnType<typeof slotsOf>[] = []
  const look = () => honest.map(slotsOf)
  const away: Identity[] = []
  /** Some go, and those that went before are back with their books. */
  const restartSome = async () => {
    for (const identity of away.splice(0)) {
      if (world.network.has(identity.host, 26_656)) away.push(identity)
      else honest.push(await start(identity, seeds))
    }
    const going = RESTARTS * init.honest * (STEP_MS / 60_000)
    for (let left = Math.floor(going + random()); left > 0; left--) {
      const node = honest.splice(Math.floor(random() * honest.length), 1)[0]!
      away.push({ key: node.key, host: node.host, store: node.store })
      void world.stop(node, { crash: false, silent: false })
    }
  }
  for (const end = clock.now() + init.minutes * 60_000; clock.now() < end; ) {
    attack.step()
    await restartSome()
    await clock.run(STEP_MS)
    if (clock.now() % 30_000 !== 0) continue
    looks.push(...look())
    init.progress?.(
      `${clock.now() / 1_000} s: ${(gossip.his / gossip.all).toFixed(2)} of gossip, ${mean(look().map(({ his }) => his)).toFixed(2)} of ${TARGET} slots`
    )
  }
  const books = honest.map(({ book }) => {
    const entries = book.entries()
    return { size: entries.length, his: entries.filter(({ addresses }) => isHis(addresses[0]!.host)).length }
  })
  const said = gossip.his / gossip.all

  // all at once, which is worst: nobody honest is there to be found until it has started
  const identities = honest.map(({ key, host, store }) => ({ key, host, store }))
  const stops = honest.map((node) => world.stop(node, { crash: false, silent: false }))
  honest = []
  await clock.run(10_000)
  await Promise.all(stops)
  for (const identity of identities) {
    honest.push(await start(identity, seeds))
    await clock.run(100)
  }
  const after: typeof looks = []
  for (const end = clock.now() + RESTART_MS; clock.now() < end; ) {
    attack.step()
    await clock.run(STEP_MS)
    if (clock.now() >= end - RESTART_MS + 60_000) after.push(...look())
  }
  await world.end()
  return {
    seed: init.seed,
    gossip: said,
    bookMean: mean(books.map(({ his, size }) => his / size)),
    bookWorst: Math.max(...books.map(({ his, size }) => his / size)),
    bookSizeMean: mean(books.map(({ size }) => size)),
    outboundMean: mean(looks.map(({ his }) => his)),
    outboundWorst: Math.max(...[...looks, ...after].map(({ his }) => his)),
    outboundAfterRestart: mean(after.map(({ his }) => his)),
    inboundMean: mean(looks.map(({ inbound }) => inbound)),
    eclipsedBefore: new Set(looks.filter(isEclipsed).map(({ id }) => id)).size,
    eclipsedAfter: new Set(after.filter(isEclipsed).map(({ id }) => id)).size
  }
}

/** No anchors, and nobody knows which addresses are one owner's. */
function asGo(book: PeerBook): PeerBook {
  return new Proxy(book, {
    get(target, name) {
      if (name === 'groupOf') return undefined
      if (name === 'anchors') return () => []
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
}

/** One that has just been started has nobody yet. */
const isEclipsed = ({ his, outbound }: ReturnType<typeof slotsOf>) => his > 0 && his === outbound

function slotsOf({ sw, key }: SimNode) {
  const peers = sw.peers().list()
  const outbound = peers.filter((peer) => peer.isOutbound())
  return {
    id: key.id,
    outbound: outbound.length,
    his: outbound.filter((peer) => isHis(peer.remoteIP())).length,
    inbound: peers.filter((peer) => !peer.isOutbound() && isHis(peer.remoteIP())).length
  }
}

/** His nodes: each dials whom it finds, and takes whoever comes. */
function attackOn(world: World, hosts: Hosts, count: number, victims: () => readonly SimNode[]) {
  const { random } = world
  const his: SimNode[] = []
  let made = 0
  const list = (): PexAddress[] => {
    const live = his.map(({ key, host }) => ({ id: key.id, ip: host, port: 26_656 }))
    for (let i = live.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[live[i], live[j]] = [live[j]!, live[i]!]
    }
    // ids cost him nothing
    const invented = Array.from({ length: Math.max(0, MAX_ADDRESSES - live.length) }, () => ({
      id: bytesToHex(sha256(new TextEncoder().encode(`his ${made++}`)).subarray(0, 20)),
      ip: `${ATTACKER_NETWORK}.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}`,
      port: 26_656
    }))
    return [...live, ...invented].slice(0, MAX_ADDRESSES)
  }
  const begin = async () => {
    while (his.length < count)
      his.push(
        await world.start(world.identity(hosts.in(ATTACKER_NETWORK)), {
          usesPex: false,
          reactors: { PEX: new Liar(list) },
          policy: { maxNumInboundPeers: 10_000, maxNumOutboundPeers: 10_000 }
        })
      )
  }
  const step = () => {
    const all = victims()
    for (const { sw } of his)
      for (let i = 0; i < DIALS_PER_STEP && all.length > 0; i++)
        // most are full and say so
        sw.dialPeerWithAddress(all[Math.floor(random() * all.length)]!.address).catch(() => undefined)
  }
  return { begin, step }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
