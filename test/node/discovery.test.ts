/** Nodes of createNode that find one another: by peer exchange on both stacks, by what they remember, by what their config.toml says; and their operators' commands. */
import assert from 'node:assert/strict'
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { bootstrap } from '@libp2p/bootstrap'
import { run } from '../../src/cli/run.ts'
import type { Logger } from '../../src/interface/logger.ts'
import { type CometNode, type CreateNodeOptions, createNode, type StackName } from '../../src/node/create-node.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { BanList } from '../../src/switch/admission/ban-list.ts'
import { systemClock } from '../../src/util/clock.ts'
import { fakeTerminal } from '../cli/fake-terminal.ts'
import { settle } from '../helpers/fake-clock.ts'

type AnyNode = CometNode<readonly StackName[]>

const LISTEN = { libp2p: '/ip4/127.0.0.1/tcp/0', comet: 'tcp://127.0.0.1:0' } as const
/** So that no test waits for the half minute of a real network. */
const QUICK = { ensurePeriodMs: 500, minRequestIntervalMs: 100 }

/** Tells when peers come. */
class Company extends BaseReactor {
  readonly #waiting = new Set<() => void>()
  constructor() {
    super('Company')
  }
  override addPeer(): void {
    for (const look of this.#waiting) look()
  }
  async until(condition: () => boolean): Promise<void> {
    while (!condition())
      await new Promise<void>((resolve) => {
        const look = () => {
          this.#waiting.delete(look)
          resolve()
        }
        this.#waiting.add(look)
      })
  }
}

async function node(t: TestContext, stack: StackName, options: Partial<CreateNodeOptions<readonly StackName[]>> = {}) {
  const company = new Company()
  const made: AnyNode = await createNode<readonly StackName[]>({
    network: 'chain',
    stacks: [stack],
    listen: [LISTEN[stack]],
    allowDuplicateIP: true,
    addrBookStrict: false,
    pex: QUICK,
    reactors: { COMPANY: company },
    ...options
  })
  t.after(() => made.stop())
  const knows = async (...others: readonly { readonly id: string }[]) => {
    await company.until(() => others.every(({ id }) => made.switch.peers().has(id)))
    // peer exchange is told of a peer after the owner's reactors
    await settle()
  }
  const address =
    made.libp2p === undefined ? String(made.switch.nodeInfo().netAddress()) : String(made.libp2p.getMultiaddrs()[0])
  return { ...made, id: made.nodeKey.id, address, knows, until: (condition: () => boolean) => company.until(condition) }
}

for (const stack of ['comet', 'libp2p'] as const)
  test(`R-77, R-78: three nodes on ${stack}, two of which know only the first, find each other`, async (t) => {
    const a = await node(t, stack)
    const b = await node(t, stack, { persistentPeers: [a.address] })
    const c = await node(t, stack, { seeds: [a.address] })
    await Promise.all([a.knows(b, c), b.knows(a, c), c.knows(a, b)])
    assert.deepEqual(
      c.switch
        .peers()
        .list()
        .map((peer) => peer.stack()),
      [stack, stack]
    )
  })

test('whom a libp2p module discovers is a candidate: dialled without a word of anybody else, unless discovery is off', async (t) => {
  const a = await node(t, 'libp2p', { pex: false })
  const found = { pex: false, peerDiscovery: [bootstrap({ list: [a.address], timeout: 10 })] }
  const b = await node(t, 'libp2p', found)
  await b.knows(a)
  assert.equal(b.switch.peers().get(a.id)?.isOutbound(), true)
  const silent = await node(t, 'libp2p', { ...found, discovery: 'off' })
  await new Promise<void>((resolve) =>
    silent.libp2p!.addEventListener('peer:discovery', () => resolve(), { once: true })
  )
  await settle(20)
  assert.deepEqual(silent.switch.numPeers(), { outbound: 0, inbound: 0, dialing: 0 })
})

test('a node on both stacks has one entry for a node that it knows on both, and tells each side only what it can dial', async (t) => {
  const both = { stacks: ['libp2p', 'comet'] as const, listen: [LISTEN.libp2p, LISTEN.comet] }
  const a = await node(t, 'libp2p', both)
  const b = await node(t, 'libp2p', { ...both, seeds: [a.address] })
  await b.knows(a)
  const classic = await node(t, 'comet', { seeds: [String(a.switch.nodeInfo().netAddress())] })
  const modern = await node(t, 'libp2p', { seeds: [a.address] })
  await Promise.all([classic.knows(a, b), modern.knows(a, b)])
  assert.deepEqual(
    new Set(
      classic.switch
        .peers()
        .list()
        .map((peer) => peer.stack())
    ),
    new Set(['comet'])
  )
  assert.deepEqual(
    new Set(
      modern.switch
        .peers()
        .list()
        .map((peer) => peer.stack())
    ),
    new Set(['libp2p'])
  )
  assert.ok(!classic.switch.peers().has(modern.id) && !modern.switch.peers().has(classic.id))
})

test('a node remembers whom it knew: started again without a word of anybody, it is back among them', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'comet-book-'))
  t.after(() => rm(home, { recursive: true }))
  const a = await node(t, 'comet')
  const b = await node(t, 'comet', { persistentPeers: [a.address] })
  const first = await node(t, 'comet', { home, seeds: [a.address] })
  await first.knows(a, b)
  await first.stop()
  await access(join(home, 'data', 'addrbook', 'CURRENT'))
  await assert.rejects(access(join(home, 'config', 'addrbook.json')), { code: 'ENOENT' })
  const again = await node(t, 'comet', { home })
  assert.equal(again.id, first.id)
  await again.knows(a, b)
})

for (const file of ['config.toml', 'addrbook.json'])
  test(`a home with a ${file} is shared with Go: its book is an addrbook.json that Go reads`, async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'comet-book-'))
    t.after(() => rm(home, { recursive: true }))
    await mkdir(join(home, 'config'))
    const text = { 'config.toml': '', 'addrbook.json': '{"key": "5c1f0a9be27d43f86610aa3e", "addrs": []}' }[file]
    await writeFile(join(home, 'config', file), text as string)
    const a = await node(t, 'comet')
    const b = await node(t, 'comet', { home, seeds: [a.address] })
    await b.knows(a)
    await b.stop()
    const book = JSON.parse(await readFile(join(home, 'config', 'addrbook.json'), 'utf8'))
    assert.deepEqual(
      book.addrs.map(({ addr }: { addr: { id: string } }) => addr.id),
      [a.id]
    )
    await assert.rejects(access(join(home, 'data')), { code: 'ENOENT' })
  })

test('config.toml decides where no option does: pex, seeds, where the book is and whom it takes', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'comet-book-'))
  t.after(() => rm(home, { recursive: true }))
  const a = await node(t, 'comet')
  await mkdir(join(home, 'config'))
  const config = (pex: boolean) =>
    writeFile(
      join(home, 'config', 'config.toml'),
      `[p2p]\npex = ${pex}\nseeds = "${a.address}"\naddr_book_file = "data/book.json"\naddr_book_strict = false\n`
    )
  await config(true)
  const asTold = { pex: undefined, addrBookStrict: undefined } as unknown as { pex: boolean }
  const b = await node(t, 'comet', { home, ...asTold })
  await b.knows(a)
  assert.ok(b.switch.nodeInfo().channels.includes(0))
  await b.stop()
  assert.match(await readFile(join(home, 'data', 'book.json'), 'utf8'), new RegExp(a.id))
  // a channel of the user's own, or a book that only bans, is the user's word against a file that Go shares
  const own = new BaseReactor('OWN')
  own.getChannels = () => [
    { id: 0, priority: 1, messageType: { typeName: 'x', encode: () => new Uint8Array(1), decode: () => 'x' } }
  ]
  for (const said of [{ reactors: { OWN: own } }, { addressBook: new BanList(systemClock) }]) {
    const one = await node(t, 'comet', { home, ...asTold, ...said })
    assert.equal(one.switch.reactor('PEX'), undefined)
    await one.stop()
  }
  await config(false)
  const quiet = await node(t, 'comet', { home, ...asTold })
  assert.deepEqual([...quiet.switch.nodeInfo().channels], [])
  assert.equal(quiet.switch.reactor('PEX'), undefined)
})

const TARGET = 3
for (const [by, pex, dht] of [
  ['peer exchange', QUICK, false],
  ['the DHT', false, true],
  ['both', QUICK, true]
] as const)
  test(`ten nodes, one address to begin with: by ${by} all have their outbound peers within seconds`, async (t) => {
    const common = { pex, maxNumOutboundPeers: TARGET }
    const first = await node(t, 'libp2p', { ...common, ...(dht ? { dht: 'server' as const } : {}) })
    const begin = {
      ...(pex === false ? {} : { seeds: [first.address] }),
      ...(dht ? { dht: { mode: 'server' as const, bootstrap: [first.address] } } : {})
    }
    const others = await Promise.all(Array.from({ length: 9 }, () => node(t, 'libp2p', { ...common, ...begin })))
    const all = [first, ...others]
    const started = performance.now()
    // whom everybody dials has nobody left to dial
    await Promise.all(
      all.map((one) => one.until(() => one.switch.numPeers().outbound >= TARGET || one.switch.peers().size === 9))
    )
    t.diagnostic(`${((performance.now() - started) / 1_000).toFixed(1)} s`)
    for (const one of all) assert.ok(one.switch.numPeers().outbound <= TARGET)
  })

test('a node that was told nothing of peer exchange has no channel that its owner did not add', async (t) => {
  const plain = await node(t, 'comet', { pex: false })
  assert.deepEqual([...plain.switch.nodeInfo().channels], [])
})

test('a damaged address book is set aside, and the node starts', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'comet-book-'))
  t.after(() => rm(home, { recursive: true }))
  await mkdir(join(home, 'config'))
  await writeFile(join(home, 'config', 'addrbook.json'), '{"key": "5c1f0a9be27d43f86610aa3e", "addrs": [{]')
  const a = await node(t, 'comet', { home })
  await a.stop()
  assert.match(await readFile(join(home, 'config', 'addrbook.json.damaged'), 'utf8'), /addrs/)
})

test('what is wrong with an option of discovery is named', async () => {
  const base = { network: 'chain', stacks: ['comet'] as const, listen: [] }
  const table: Array<[Record<string, unknown>, RegExp]> = [
    [{ pex: 3 }, /pex: /],
    [{ pex: false, seeds: [`${'ab'.repeat(20)}@127.0.0.1:1`] }, /^seeds: .*pex: false/],
    [{ pex: false, seedMode: true }, /^seedMode: .*pex: false/],
    [{ pex: { ensurePeriod: 3 } }, /ensurePeriod.*ensurePeriodMs/],
    [{ pex: { ensurePeriodMs: -1 } }, /ensurePeriodMs/],
    [{ seeds: ['nobody'] }, /seeds\[0\]/],
    [{ seeds: 'x' }, /seeds/],
    [{ seedMode: 'yes' }, /seedMode/],
    [{ pex: [] }, /^pex: expected a boolean or an object/],
    [{ pex: true, addressBook: null }, /^addressBook: .*null/],
    [{ addressBook: null }, /^addressBook: .*null/],
    [{ pex: true, addrBookFile: '' }, /^addrBookFile: /],
    [{ pex: true, addrBookFile: 'a\0b.json' }, /^addrBookFile: .*a\\u0000b/],
    [{ addrBookFile: 'a\0b' }, /^addrBookFile: /],
    [{ pex: true, addrBookStrict: 1 }, /^addrBookStrict: .*1$/],
    [{ addrBookStrict: 'no' }, /^addrBookStrict: .*"no"/],
    [{ stacks: ['libp2p'], dht: 'server', addrBookStrict: 'no' }, /^addrBookStrict: /],
    [{ dht: 'yes' }, /dht/],
    [{ dht: 'server' }, /dht.*libp2p/],
    [{ stacks: ['libp2p'], dht: { mode: 'boss' } }, /^dht\.mode/],
    [{ stacks: ['libp2p'], dht: { bootstrap: 'x' } }, /^dht\.bootstrap:/],
    [{ stacks: ['libp2p'], dht: { bootstrap: ['x'] } }, /^dht\.bootstrap\[0\]: .*"x"/],
    [{ stacks: ['libp2p'], dht: { bootstrap: ['/ip4/1.2.3.4/tcp/1'] } }, /^dht\.bootstrap\[0\]/],
    [{ stacks: ['libp2p'], dht: { provide: 1 } }, /^dht\.provide/],
    [{ stacks: ['libp2p'], discovery: 'all' }, /discovery/],
    [{ stacks: ['libp2p'], peerDiscovery: 'mdns' }, /peerDiscovery/],
    [{ stacks: ['libp2p'], peerDiscovery: [{}] }, /peerDiscovery/],
    [{ peerDiscovery: [() => ({})] }, /peerDiscovery.*libp2p/],
    [{ adminSocket: true }, /adminSocket/],
    [{ adminSocket: '' }, /adminSocket/]
  ]
  for (const [wrong, want] of table)
    await assert.rejects(
      createNode({ ...base, ...wrong } as never),
      (err: Error) => err.name.startsWith('Invalid') && want.test(err.message),
      JSON.stringify(wrong)
    )
})

test('peers, bans, book and why: an operator at the command line of a running node', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'comet-op-'))
  t.after(() => rm(home, { recursive: true }))
  const a = await node(t, 'comet', { home, adminSocket: true, moniker: 'a' })
  const b = await node(t, 'comet', { moniker: 'b' })
  const say = async (...words: string[]) => {
    const terminal = fakeTerminal()
    const code = await run([...words, '--home', home], terminal)
    return { code, out: terminal.printed.join('\n'), err: terminal.warned.join('\n') }
  }
  assert.deepEqual(await say('peers'), { code: 0, out: 'no peer is connected', err: '' })
  assert.match((await say('peers', 'dial', b.address)).out, new RegExp(`^connected: ${b.id} out comet`))
  assert.match((await say('peers')).out, /out comet .* b$/)
  assert.match((await say('book')).out, new RegExp(`${b.id} proven`))
  const file = join(home, 'export.json')
  assert.match((await say('book', 'export', file)).out, /1 nodes written/)
  assert.match((await say('why', b.id)).out, /is connected: outbound, comet/)
  assert.match((await say('bans', 'ban', b.id, '--hours', '1', '--reason', 'a test')).out, /a test/)
  assert.match((await say('why', b.id)).out, /is refused until .*\n.*a test/)
  const refused = await say('book', 'import', file)
  assert.match(refused.out, /0 addresses taken, 1 refused as banned/)
  assert.match((await say('peers', 'dial', b.address)).err, /banned/)
  assert.equal((await say('bans', 'unban', b.id)).code, 0)
  assert.match((await say('bans')).out, /nobody is banned/)
  assert.equal((await say('peers', 'drop', b.id)).code, 1)
  for (const wrong of [
    ['peers', 'grow'],
    ['bans', 'ban'],
    ['bans', 'ban', 'x'],
    ['why'],
    ['book', 'export'],
    ['peers', 'dial', 'x']
  ])
    assert.equal((await say(...wrong)).code, 2, wrong.join(' '))
  assert.match((await say('peers', '--json')).out, /^\[\]$/)
  await a.stop()
  assert.match((await say('peers')).err, /no node runs with that home/)
})

test('a DHT that nobody can reach is a warning: beside the classic stack libp2p listens only where it is told to', async (t) => {
  const warned: string[] = []
  const logger: Logger = {
    child: () => logger,
    debug: () => undefined,
    info: () => undefined,
    warn: (message) => void warned.push(message),
    error: (message) => void warned.push(message)
  }
  const { libp2p, comet } = LISTEN
  for (const [options, warns] of [
    [{ dht: 'server', listen: [comet] }, true],
    [{ dht: { bootstrap: [] }, listen: [comet] }, true],
    [{ dht: { mode: 'client', provide: true }, listen: [comet] }, true],
    [{ dht: 'client', listen: [comet] }, false],
    [{ dht: 'server', listen: [comet, libp2p] }, false],
    [{ listen: [comet] }, false]
  ] as const) {
    warned.length = 0
    const made = await createNode({
      network: 'chain',
      stacks: ['libp2p', 'comet'],
      logger,
      ...options,
      listen: [...options.listen]
    } as CreateNodeOptions)
    t.after(() => made.stop())
    assert.deepEqual(
      warned.map((text) => /dht is on and libp2p listens on nothing.*\/ip4\/0\.0\.0\.0\/tcp\/26657/.test(text)),
      warns ? [true] : []
    )
    await made.stop()
  }
})
