/**
 * Issue 5 section 3: what the ordinary mDNS module of libp2p discovers is a candidate, and policy decides. mDNS speaks to everybody on the network, so the nodes are on one
 * that is made for them: a bridge and a network namespace each, out of which nothing gets.
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { LanEvent, LanNodeInit } from './helpers/lan-events.ts'
import { within } from './helpers/until.ts'

const UNSHARE = ['--map-root-user', '--net']
/** It takes 4 s where nothing else runs. */
const WITHIN_MS = 60_000

function whyNot(): string | undefined {
  const make = 'ip link add lan type bridge && ip link add port0 type veth peer name cable0 && unshare --net true'
  const { error, status, stderr } = spawnSync('unshare', [...UNSHARE, 'sh', '-c', make])
  if (error === undefined && status === 0) return undefined
  return `needs unshare and ip, which make a bridge in a network namespace: ${error?.message ?? String(stderr).trim()}`
}

class Lan {
  readonly events: LanEvent[] = []
  #look = () => {}

  constructor(t: TestContext, nodes: readonly LanNodeInit[]) {
    const main = fileURLToPath(new URL('helpers/lan-main.ts', import.meta.url))
    const child = spawn('unshare', [...UNSHARE, process.execPath, main, JSON.stringify(nodes)], {
      stdio: ['pipe', 'pipe', 'inherit']
    })
    const exited = once(child, 'exit')
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.events.push(JSON.parse(line))
      this.#look()
    })
    t.after(async () => {
      child.stdin.end()
      assert.deepEqual(await exited, [0, null], 'the nodes stop in good order')
    })
  }

  /** Settles as soon as it is so. A failure says what was heard. */
  async until(what: string, met: () => boolean): Promise<void> {
    const soon = new Promise<void>((resolve) => {
      this.#look = () => met() && resolve()
      this.#look()
    })
    await within(what, soon, WITHIN_MS).catch((err: Error) => {
      err.message += `\n${this.events.map((event) => JSON.stringify(event)).join('\n')}`
      throw err
    })
  }

  of<K extends LanEvent['is']>(name: string, is: K): Array<Extract<LanEvent, { is: K }>> {
    return this.events.filter((one): one is Extract<LanEvent, { is: K }> => one.name === name && one.is === is)
  }

  /** Names instead of ids of either kind, each once and in order. */
  names(ids: Iterable<string>): string[] {
    const all = this.events.filter((one) => one.is === 'ready')
    const name = (id: string) => all.find((one) => id === one.id || id.includes(one.peerId))?.name ?? id
    return [...new Set([...ids].map(name))].sort()
  }

  peers(name: string): string[] {
    return this.names(this.of(name, 'peers').at(-1)?.ids ?? [])
  }

  discovered(name: string): string[] {
    return this.names(this.of(name, 'discovered').map(({ peerId }) => peerId))
  }

  /** Whom it has dialled, and why they are no peers. */
  refused(name: string, error: string): string[] {
    return this.names(
      this.of(name, 'refused')
        .filter((one) => one.error === error)
        .map(({ address }) => address)
    )
  }
}

test('nodes on one LAN that know nobody find each other by mDNS; another network is found, and is no peer', {
  skip: whyNot()
}, async (t) => {
  const friends = ['a', 'b', 'c']
  const lan = new Lan(t, [
    ...friends.map((name): LanNodeInit => ({ name, network: 'ours', discovery: 'any' })),
    { name: 'foreign', network: 'theirs', discovery: 'any' },
    // it hears of everybody and dials nobody; nobody may dial it
    { name: 'deaf', network: 'ours', discovery: 'off', maxNumInboundPeers: 0 }
  ])
  const others = (name: string) => friends.filter((one) => one !== name)
  const everybody = [...friends, 'foreign', 'deaf']
  await lan.until(
    'all have found and judged all others',
    () =>
      everybody.every((name) => lan.discovered(name).length === everybody.length - 1) &&
      friends.every((name) => lan.peers(name).length === others(name).length) &&
      friends.every((name) => lan.refused(name, 'PeerRefusedError').includes('deaf')) &&
      lan.refused('foreign', 'IncompatiblePeerError').length >= friends.length
  )
  for (const name of friends) assert.deepEqual(lan.peers(name), others(name), name)
  assert.deepEqual(lan.of('foreign', 'peers'), [], 'the foreign one has had no peer at any time')
  assert.deepEqual(lan.of('deaf', 'peers'), [])
  const dialled = lan.of('deaf', 'connection').filter(({ outbound }) => outbound)
  assert.deepEqual(dialled, [], 'discovery is off')
})
