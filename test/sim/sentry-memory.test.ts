/** A validator behind two sentries, on the memory stack: what peer exchange and hello tell of it, message by message; and what netInfo does. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { World } from '../../bench/sim/world.ts'
import { nodeInfoToJson } from '../../src/identity/node-info.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { pexChannel } from '../../src/reactors/pex/channels.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { secretsOfAddress, secretsOfKey, seenOf } from './secrets.ts'

const VALIDATOR_HOST = '93.44.55.66'
const MINUTE = 60_000

/** Asks everybody for addresses, and keeps what is said, as bytes. */
class Listener extends BaseReactor {
  readonly heard = new Map<string, Uint8Array[]>()

  constructor() {
    super('LISTENER')
  }

  override getChannels() {
    return [pexChannel()]
  }

  override addPeer(peer: Peer): void {
    this.#keep(peer, new TextEncoder().encode(JSON.stringify(nodeInfoToJson(peer.nodeInfo()))))
    this.ask(peer)
  }

  filterMsgBytes(_channelId: number, peer: Peer, bytes: Uint8Array): undefined {
    this.#keep(peer, bytes.slice())
  }

  ask(peer: Peer): void {
    peer.trySend({ channelId: 0x00, message: { type: 'pexRequest' } })
  }

  #keep(peer: Peer, bytes: Uint8Array): void {
    this.heard.set(peer.id(), [...(this.heard.get(peer.id()) ?? []), bytes])
  }
}

async function sentries(t: TestContext, { isPrivate }: { readonly isPrivate: boolean }) {
  const world = new World(5)
  t.after(() => world.end())
  const who = world.identity(VALIDATOR_HOST)
  const { id } = who.key
  const others = await Promise.all(
    ['61.1.0.1', '62.2.0.1', '63.3.0.1'].map((host) =>
      world.start(world.identity(host), { reactors: { TEXT: new TextReactor() } })
    )
  )
  const guards = await Promise.all(
    ['71.1.0.1', '72.2.0.1'].map((host) =>
      world.start(world.identity(host), {
        reactors: { TEXT: new TextReactor() },
        policy: {
          persistentPeers: [`${id}@${VALIDATOR_HOST}:26656`],
          unconditionalPeerIDs: [id],
          ...(isPrivate && { privatePeerIDs: [id] })
        },
        pex: { seeds: others.map(({ address }) => address) }
      })
    )
  )
  const validator = await world.start(who, {
    usesPex: false,
    reactors: { TEXT: new TextReactor() },
    policy: { persistentPeers: guards.map(({ address }) => address) }
  })
  await world.clock.run(2 * MINUTE)
  const listener = new Listener()
  const outsider = await world.start(world.identity('81.1.0.1'), {
    usesPex: false,
    reactors: { TEXT: new TextReactor(), PEX: listener },
    policy: { persistentPeers: [...guards, ...others].map(({ address }) => address) }
  })
  // more often than once in ten seconds is a nuisance
  for (let i = 0; i < 20; i++) {
    await world.clock.run(15_000)
    for (const peer of outsider.sw.peers()) listener.ask(peer)
  }
  assert.ok(guards.every(({ sw }) => sw.peers().has(id)) && guards.every(({ key }) => listener.heard.has(key.id)))
  return { validator, others, guards, heard: listener.heard }
}

const secretsOf = ({ key, sw }: Awaited<ReturnType<World['start']>>) => [
  ...secretsOfKey(key),
  ...secretsOfAddress(sw.nodeInfo().netAddress())
]

test('neither sentries nor those they talk to say a byte of the validator in five minutes of questions', async (t) => {
  const { validator, others, heard } = await sentries(t, { isPrivate: true })
  assert.deepEqual(seenOf(secretsOf(validator), heard), [])
  for (const other of others) assert.notDeepEqual(seenOf(secretsOf(other), heard), [], 'others are told of')
})

test('where the sentries do not hold it private, they tell: this test can see', async (t) => {
  const { validator, heard } = await sentries(t, { isPrivate: false })
  const seen = seenOf(secretsOf(validator), heard)
  for (const what of ['hex id', 'host'])
    assert.ok(
      seen.some((one) => one.startsWith(what)),
      `${what}: ${seen}`
    )
})

// the switch's own JSON: nothing here sends it anywhere, but whoever serves it as /net_info tells
test('netInfo of a sentry does not name the validator', async (t) => {
  const { validator, guards } = await sentries(t, { isPrivate: true })
  const said = new TextEncoder().encode(JSON.stringify(guards.map(({ sw }) => sw.netInfo())))
  assert.deepEqual(seenOf(secretsOf(validator), new Map([['netInfo', [said]]])), [])
})
