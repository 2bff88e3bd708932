/** `comet-libp2p node` against a node of this library that serves the recorded chain; against Go it is held by interop/. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../src/cli/run.ts'
import { createNode } from '../../src/node/create-node.ts'
import { MempoolReactor } from '../../src/reactors/mempool/mempool-reactor.ts'
import { start } from './command.ts'
import { type FakeTerminal, fakeTerminal } from './fake-terminal.ts'
import { chainAnswers, serveChain, serveRpc } from './served-chain.ts'

/** Runs it until what it shows satisfies `enough`, then presses Ctrl-C. */
async function runUntil(
  args: string[],
  enough: (shown: any) => boolean
): Promise<{ code: number; final: any; terminal: FakeTerminal }> {
  const terminal = fakeTerminal()
  let final: any
  const watching: FakeTerminal = {
    ...terminal,
    print(text) {
      final = JSON.parse(text)
      if (enough(final)) terminal.interrupt()
    }
  }
  const code = await run(['node', ...args, '--json'], watching)
  return { code, final, terminal }
}

async function temporary(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'comet-cli-'))
  t.after(() => rm(dir, { recursive: true }))
  return dir
}

const caughtUp = ({ blocks }: any) => blocks?.height === 329

test('it learns the chain from an RPC, verifies all its blocks over every change of validators, and keeps them', {
  timeout: 60_000
}, async (t) => {
  const { address } = await serveChain(t)
  const rpc = await serveRpc(t, chainAnswers())
  const data = join(await temporary(t), 'data')
  const first = await runUntil(['--peer', address, '--rpc', rpc, '--data', data], caughtUp)
  assert.equal(first.code, 0, first.terminal.warned.join())
  assert.deepEqual([first.final.final, first.final.ok], [true, true])
  assert.deepEqual([first.final.network, first.final.peers[0].name], ['recorded-main', 'server'])
  assert.deepEqual([first.final.blocks.verified, first.final.blocks.state], [329, 'following'])
  // the second run has key and blocks from the first
  const second = await runUntil(
    ['--peer', address, '--rpc', rpc, '--data', data],
    ({ blocks }) => blocks.state === 'following'
  )
  assert.equal(second.code, 0, second.terminal.warned.join())
  assert.equal(second.final.id, first.final.id)
  assert.deepEqual([second.final.blocks.verified, second.final.blocks.height], [0, 329])
})

test('on the classic stack it syncs just the same', { timeout: 60_000 }, async (t) => {
  const { classic } = await serveChain(t, true)
  const rpc = await serveRpc(t, chainAnswers())
  const { code, final, terminal } = await runUntil(['--peer', classic, '--rpc', rpc, '--stacks', 'comet'], caughtUp)
  assert.equal(code, 0, terminal.warned.join())
  assert.deepEqual([final.stacks, final.peers[0].name, final.peers[0].stack], [['comet'], 'server', 'comet'])
  assert.match(final.listen.join(' '), /^tcp:\/\/127\.0\.0\.1:\d+$/)
})

test('a peer on the classic stack is asked for its chain where nothing else names it', {
  timeout: 60_000
}, async (t) => {
  const { classic } = await serveChain(t, true)
  const { code, final, terminal } = await runUntil(
    ['--peer', classic, '--stacks', 'comet'],
    ({ peers }) => peers.length === 1
  )
  assert.equal(code, 0, terminal.warned.join())
  assert.equal(final.network, 'recorded-main')
})

test('with both stacks, each form of --peer chooses its own, and it listens on both', {
  timeout: 60_000
}, async (t) => {
  const [one, other] = [await serveChain(t, true), await serveChain(t)]
  const args = [
    '--stacks',
    'libp2p,comet',
    '--network',
    'recorded-main',
    '--peer',
    one.classic,
    '--peer',
    other.address
  ]
  const { code, final } = await runUntil(args, ({ peers }) => peers.length === 2)
  assert.equal(code, 0)
  const stacks = final.peers.map(({ address, stack }: any) => `${address} on ${stack}`).sort()
  assert.deepEqual(stacks, [`${other.address} on libp2p`, `${one.classic} on comet`].sort())
  assert.match(final.listen.join(' '), /^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/\w+ tcp:\/\/127\.0\.0\.1:\d+$/)
})

test('transactions go from the command line to the peer, and those of the peer are seen', {
  timeout: 60_000
}, async (t) => {
  const { address, mempool } = await serveChain(t)
  const arrived: string[] = []
  mempool.onTx(({ tx, from }) => {
    if (from !== undefined) arrived.push(Buffer.from(tx).toString())
  })
  await mempool.submit(Buffer.from('of the peer'))
  const { code, final } = await runUntil(
    ['--peer', address, '--network', 'recorded-main', '--tx', 'a=1', '--tx', '0x623d32', '--tx', 'base64:Yz0z'],
    ({ submitted, transactions }) => submitted.sent === 3 && transactions.seen === 4
  )
  assert.equal(code, 0)
  assert.equal(final.blocks, undefined)
  assert.deepEqual(
    final.submitted.latest.map(({ text, state, peers }: any) => [text, state, peers]),
    [
      ['a=1', 'sent', 1],
      ['b=2', 'sent', 1],
      ['c=3', 'sent', 1]
    ]
  )
  assert.ok(final.transactions.latest.includes('of the peer'))
  assert.deepEqual(arrived.toSorted(), ['a=1', 'b=2', 'c=3'])
})

test('lines of standard input are transactions, and a line that is none makes the command fail', {
  timeout: 60_000
}, async (t) => {
  const { address, mempool } = await serveChain(t)
  const run = start(t, ['node', '--peer', address, '--network', 'recorded-main', '--tx', '-'])
  const arrived = new Promise<string>((resolve) => mempool.onTx(({ tx }) => resolve(Buffer.from(tx).toString())))
  run.process.stdin?.write('0xnone\n\nk=v\n')
  assert.equal(await arrived, 'k=v')
  run.process.kill('SIGINT')
  const { code, stderr } = await run.finished
  assert.equal(code, 1)
  assert.match(
    stderr,
    /^1 transaction was refused: standard input: expected pairs of hex digits after \S+, found ".*none"$/m
  )
})

test('without a source of validators it stops before the first change, and says what would help', {
  timeout: 60_000
}, async (t) => {
  const { address } = await serveChain(t)
  const genesis = new URL('../fixtures/chain/genesis.json', import.meta.url).pathname
  const { code, final, terminal } = await runUntil(
    ['--peer', address, '--genesis', genesis],
    ({ blocks }) => blocks.state === 'needs-validators'
  )
  assert.equal(code, 1)
  assert.equal(final.blocks.height, 32)
  assert.match(terminal.warned.join(), /stopped at block 32 of 329: the validators change there/)
})

test('nobody there: the exit code says so, and why', { timeout: 60_000 }, async () => {
  const terminal = fakeTerminal()
  const nobody = '/ip4/127.0.0.1/tcp/1/p2p/12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'
  assert.equal(await run(['node', '--peer', nobody, '--network', 'x', '--seconds', '1', '--tx', 'a'], terminal), 1)
  const [peer = '', tx = ''] = terminal.warned
  assert.ok(peer.startsWith('no peer was there; '), peer)
  assert.ok(peer.includes(nobody), peer)
  assert.equal(tx, '1 transaction was handed to no peer')
})

test('a hex id where nobody listens on TCP: the error says how a Go node with libp2p is dialled', {
  timeout: 60_000
}, async () => {
  const terminal = fakeTerminal()
  const nobody = `${'a'.repeat(40)}@127.0.0.1:1`
  assert.equal(await run(['node', '--peer', nobody, '--network', 'x', '--seconds', '1'], terminal), 1)
  assert.match(terminal.warned.join(), /ECONNREFUSED.*listens on UDP only and is dialled as PeerId@host:port/)
})

test('what cannot work is said before anything starts', async (t) => {
  const dir = await temporary(t)
  await writeFile(join(dir, 'no.json'), '{"chain_id":""}')
  const rpc = await serveRpc(t, chainAnswers())
  const nothing = await serveRpc(t, () => 'this is no CometBFT')
  const peer = ['--peer', '/ip4/127.0.0.1/tcp/1']
  const table: Array<[args: string[], code: number, line: RegExp]> = [
    [[], 2, /^--peer: expected at least one address/],
    [['--peer', 'x'], 2, /^--peer: invalid address "x"/],
    [peer, 2, /^--network: expected a chain id/],
    [[...peer, '--network', 'x', '--stacks', 'tcp'], 2, /^--stacks: expected libp2p, comet .*, found "tcp"/],
    [[...peer, '--network', 'x', '--stacks', 'comet,comet'], 2, /^--stacks: /],
    [[...peer, '--network', 'x', '--stacks', ','], 2, /^--stacks: /],
    [[...peer, '--network', 'x', '--stacks', 'comet'], 1, /'libp2p' is not among the stacks/],
    [[...peer, '--rpc', rpc, '--network', 'y'], 2, /^--network: "y" is not the chain of the genesis, "recorded-main"/],
    [[...peer, '--rpc', 'ftp://x'], 2, /^--rpc: expected an address/],
    [[...peer, '--rpc', 'http://127.0.0.1:1'], 1, /^cannot ask http:\/\/127.0.0.1:1\/genesis: fetch failed/],
    [[...peer, '--rpc', nothing], 1, /the answer is not JSON/],
    [[...peer, '--genesis', join(dir, 'none.json')], 2, /^--genesis: ENOENT.*none.json/],
    [[...peer, '--genesis', join(dir, 'no.json')], 2, /^--genesis: genesis.chain_id/],
    [[...peer, '--network', 'x', '--trust', '5'], 2, /^--trust: expected <height>:/],
    [[...peer, '--network', 'x', '--trust', `0:${'a'.repeat(64)}`], 2, /^--trust: expected <height>:/],
    [[...peer, '--network', 'x', '--trust', `5:${'a'.repeat(64)}`], 2, /^--trust: needs the genesis/],
    [[...peer, '--network', 'x', '--tx', ''], 2, /^--tx: a transaction has at least one byte/],
    [[...peer, '--network', 'x', '--tx', '0x1'], 2, /^--tx: expected pairs of hex digits/],
    [[...peer, '--network', 'x', '--tx', '0xzz'], 2, /^--tx: expected pairs of hex digits after 0x, found "0xzz"/],
    [[...peer, '--network', 'x', '--listen', 'here'], 2, /^--listen: .*"here"/],
    [[...peer, '--network', 'x', '--log', join(dir, 'no', 'log')], 1, /ENOENT/],
    [[...peer, '--network', 'x', '--seconds', 'x'], 2, /^--seconds: /]
  ]
  for (const [args, code, line] of table) {
    const terminal = fakeTerminal()
    assert.equal(await run(['node', ...args], terminal), code, args.join(' '))
    assert.match((terminal.warned[0] ?? '').replace('comet-libp2p: ', ''), line, args.join(' '))
    assert.equal(terminal.warned.length, 1)
  }
})

test('with a seed alone it finds the others, remembers them, and answers its operator', {
  timeout: 60_000
}, async (t) => {
  const common = { network: 'found', listen: ['tcp://127.0.0.1:0'], stacks: ['comet'] as const, allowDuplicateIP: true }
  const finding = { addrBookStrict: false, pex: { ensurePeriodMs: 500, minRequestIntervalMs: 10_500 } }
  const seed = await createNode({ ...common, ...finding, reactors: { POOL: new MempoolReactor() } })
  t.after(() => seed.stop())
  const other = await createNode({
    ...common,
    ...finding,
    persistentPeers: [String(seed.switch.nodeInfo().netAddress())],
    reactors: { POOL: new MempoolReactor() }
  })
  t.after(() => other.stop())
  const data = join(await temporary(t), 'data')
  const operator = fakeTerminal()
  let asked: Promise<number> | undefined
  const { code, final } = await runUntil(
    [
      ...['--seed', String(seed.switch.nodeInfo().netAddress()), '--network', 'found', '--stacks', 'comet'],
      ...['--lan', '--data', data, '--listen', 'tcp://127.0.0.1:0']
    ],
    ({ peers }) => {
      if (peers.length < 1) return false
      asked ??= run(['why', seed.nodeKey.id, '--socket', join(data, 'comet-libp2p.sock')], operator)
      return operator.printed.length > 0
    }
  )
  assert.equal(code, 0)
  assert.equal(await asked, 0)
  assert.match(operator.printed.join(), /is connected: outbound, comet/)
  assert.ok(final.peers.length >= 1)
  assert.match(await readFile(join(data, 'addrbook.json'), 'utf8'), new RegExp(seed.nodeKey.id))
})
