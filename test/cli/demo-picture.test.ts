import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoLine, demoPicture } from '../../src/cli/demo-picture.ts'
import { type DemoNodeView, type DemoPeerView, type DemoView, demoFailures, demoJson } from '../../src/cli/demo-view.ts'
import { widthOf } from '../../src/cli/text.ts'

const PLAIN = { color: false, unicode: true }

function on(name: string, stack: string): DemoPeerView {
  return { name, stack }
}

function node(name: string, given: Partial<DemoNodeView> = {}): DemoNodeView {
  return {
    name,
    id: 'a'.repeat(40),
    stacks: ['comet'],
    addresses: [`${'a'.repeat(40)}@127.0.0.1:1`],
    peers: [on('node 1', 'comet'), on('node 4', 'comet')],
    peersWanted: 2,
    state: 'following',
    height: 329,
    target: 329,
    blocksPerSecond: 165,
    syncedInMs: 2_000,
    txs: 12_345,
    txsPerSecond: 100,
    pool: 2,
    ...given
  }
}

const SERVER = node('node 1', {
  stacks: ['libp2p', 'comet'],
  peers: [on('node 2', 'libp2p'), on('node 3', 'comet'), on('node 4', 'comet')],
  peersWanted: 3,
  state: 'serving',
  height: 330,
  target: 330,
  blocksPerSecond: 0,
  syncedInMs: undefined
})
const MODERN = node('node 2', { stacks: ['libp2p'], peers: [on('node 1', 'libp2p')], peersWanted: 1 })

function view(given: Partial<DemoView> = {}): DemoView {
  return {
    elapsedMs: 75_000,
    phase: 'gossip',
    chainId: 'recorded-main',
    lastBlock: 329,
    chainTxs: 1_258,
    nodes: [SERVER, MODERN, node('node 3'), node('node 4')],
    txs: {
      submitted: 12_345,
      everywhere: 12_340,
      perSecond: 99.6,
      medianMs: 2.12,
      p99Ms: 8.6,
      history: [4, 2, 1],
      last: { text: 'node2/12339=5f', from: 'node 2', ms: 2.2 }
    },
    ...given
  }
}

const NO_TXS = { submitted: 0, everywhere: 0, perSecond: 0, history: [] }

test('the picture of a network that gossips', () => {
  assert.deepEqual(demoPicture(view(), { columns: 90, rows: 24 }, PLAIN), [
    '',
    ' comet-libp2p  4 nodes, two stacks: ● libp2p  ◆ classic                              1:15 ',
    ' chain recorded-main · 329 blocks, 1,258 transactions · every commit verified',
    '',
    ' node    stack    peers  block                 blocks/s  state                txs   txs/s',
    ' node 1  both     ●◆◆      330  ━━━━━━━━━━━━━         –  has them all      12,345     100',
    ' node 2  libp2p   ●        329  ━━━━━━━━━━━━━       165  synced in 2.0 s   12,345     100',
    ' node 3  classic  ◆◆       329  ━━━━━━━━━━━━━       165  synced in 2.0 s   12,345     100',
    ' node 4  classic  ◆◆       329  ━━━━━━━━━━━━━       165  synced in 2.0 s   12,345     100',
    '',
    ' transactions  12,345 sent · 12,340 on all 4 nodes · 5 on the way · 100/s',
    ' time to all                    █▅▃  2.1 ms in the middle · 99 of 100 within 8.6 ms',
    ' latest        node2/12339=5f  from node 2, everywhere after 2.2 ms',
    '',
    ' Ctrl-C ends it'
  ])
})

test('the stacks have names and dots: in a narrow title, without Unicode, and for peers that are not there yet', () => {
  const small = demoPicture(view(), { columns: 50, rows: 24 }, { color: false, unicode: false })
  assert.equal(small[1], ' comet-libp2p  o libp2p  # classic           1:15 ')
  const [first] = view().nodes
  const lines = (peers: DemoPeerView[]) =>
    demoPicture(view({ nodes: [{ ...first!, peers }] }), { columns: 90, rows: 24 }, { color: false, unicode: false })
  assert.match(lines([])[5] ?? '', /^ node 1 {2}both {5}\.\.\. /)
  assert.match(lines([on('node 4', 'comet')])[5] ?? '', /both {5}#\.\. /)
  // who else comes does not push the columns apart
  const many = ['x', 'y', 'z', 'v', 'w', 'u'].map((name) => on(name, 'libp2p'))
  assert.match(lines(many)[5] ?? '', /both {5}ooo /)
})

test('a moment before all blocks are there, and the end, are said in words', () => {
  const soon = node('node 3', { state: 'syncing', height: 320, syncedInMs: undefined, etaMs: 40 })
  const size = { columns: 90, rows: 24 }
  assert.match(demoPicture(view({ nodes: [soon] }), size, PLAIN)[5] ?? '', /under 1 s to go/)
  const ending = (everywhere: number) =>
    demoPicture(view({ phase: 'ending', txs: { ...view().txs, everywhere } }), size, PLAIN).at(-1)
  assert.deepEqual([ending(12_340), ending(12_345)], [' ending: waiting for the last transactions', ' ended'])
})

test('a node that syncs shows how far it is and how long it will take; one that failed, that', () => {
  const syncing = { state: 'syncing', height: 164, syncedInMs: undefined, txs: 0, txsPerSecond: 0 } as const
  const nodes = [
    SERVER,
    node('node 2', { ...syncing, etaMs: 3_000, peers: [on('node 1', 'comet')] }),
    node('node 3', { ...syncing, error: 'boom' })
  ]
  const lines = demoPicture(view({ phase: 'syncing', nodes, txs: NO_TXS }), { columns: 90, rows: 24 }, PLAIN)
  assert.equal(lines[6], ' node 2  classic  ◆○       164  ━━━━━━───────       165  0:03 to go             0       0')
  assert.equal(lines[7], ' node 3  classic  ◆◆       164  ━━━━━━───────       165  failed                 0       0')
  assert.ok(lines.includes(' transactions  they begin when every node has all blocks'))
})

test('whatever the size of the terminal, the picture fits and the nodes are in it', () => {
  for (const columns of [20, 33, 40, 52, 60, 70, 80, 100, 110, 200])
    for (const rows of [8, 10, 14, 15, 24, 60])
      for (const style of [PLAIN, { color: true, unicode: true }, { color: false, unicode: false }]) {
        const lines = demoPicture(view({ remainingMs: 5_000 }), { columns, rows }, style)
        const size = `${columns}x${rows}`
        assert.ok(lines.length <= rows, size)
        for (const line of lines) assert.ok(widthOf(line) <= columns, `${size}: ${line}`)
        for (const { name } of view().nodes)
          assert.ok(
            lines.some((line) => line.includes(name)),
            `${size}: ${name}`
          )
        if (!style.unicode) assert.match(lines.join(''), /^[ -~]*$/)
        if (!style.color) assert.ok(!lines.join('').includes('\u001b'))
      }
})

test('narrow terminals lose the rates first, then the peers, then the stacks, then the bars', () => {
  const header = (columns: number) => demoPicture(view(), { columns, rows: 24 }, PLAIN)[4]?.trim().split(/\s+/)
  assert.deepEqual(header(90), ['node', 'stack', 'peers', 'block', 'blocks/s', 'state', 'txs', 'txs/s'])
  assert.deepEqual(header(80), ['node', 'stack', 'peers', 'block', 'blocks/s', 'state', 'txs'])
  assert.deepEqual(header(70), ['node', 'stack', 'peers', 'block', 'state', 'txs'])
  assert.deepEqual(header(60), ['node', 'stack', 'block', 'state', 'txs'])
  assert.deepEqual(header(52), ['node', 'block', 'state', 'txs'])
  assert.match(demoPicture(view(), { columns: 80, rows: 24 }, PLAIN)[6] ?? '', /━{8}/)
})

test('before anything has started there is a picture, too', () => {
  const empty = view({ phase: 'starting', nodes: [], txs: NO_TXS, chainId: '', lastBlock: 0, chainTxs: 0 })
  assert.ok(demoPicture(empty, { columns: 80, rows: 24 }, PLAIN).includes(' transactions  nodes are starting'))
  assert.equal(demoLine(empty), '1:15 starting: ')
})

test('the plain line says the same', () => {
  assert.equal(
    demoLine(view()),
    '1:15 gossip: node 1 both 330/329 with 1 libp2p and 2 classic peers, node 2 libp2p 329/329 with 1 libp2p peer, node 3 classic 329/329 with 2 classic peers, node 4 classic 329/329 with 2 classic peers; 12,340 of 12,345 txs on every node, 100/s, median 2.1 ms'
  )
})

test('what is missing is a failure, by name', () => {
  const done = { ...view().txs, everywhere: 12_345 }
  const table: Array<[given: Partial<DemoView>, want: string[]]> = [
    [{ txs: done }, []],
    [{}, ['5 of 12345 transactions did not reach every node']],
    [{ txs: NO_TXS }, ['no transaction was sent']],
    [{ txs: NO_TXS, phase: 'starting' }, ['the nodes did not start']],
    [{ txs: done, nodes: [] }, ['the nodes did not start']],
    [
      { txs: NO_TXS, nodes: [SERVER, node('node 2', { height: 7 }), node('node 3', { height: 8, error: 'boom' })] },
      ['node 2 has block 7 of 329', 'node 3 has block 8 of 329: boom']
    ]
  ]
  for (const [given, want] of table) assert.deepEqual(demoFailures(view(given)), want)
})

test('the JSON has numbers where there are numbers, and says at the end whether all went well', () => {
  const json = demoJson(view())
  assert.equal(json.final, undefined)
  assert.deepEqual(json.transactions, {
    submitted: 12_345,
    everywhere: 12_340,
    perSecond: 99.6,
    medianMs: 2.12,
    p99Ms: 8.6
  })
  const [server, second, third] = json.nodes as Array<Record<string, unknown>>
  assert.deepEqual([server?.syncedInSeconds, second?.syncedInSeconds, second?.height], [undefined, 2, 329])
  assert.deepEqual([server?.stacks, second?.stacks, third?.stacks], [['libp2p', 'comet'], ['libp2p'], ['comet']])
  assert.equal(third?.peers, 2)
  assert.deepEqual(third?.connections, [
    { peer: 'node 1', stack: 'comet' },
    { peer: 'node 4', stack: 'comet' }
  ])
  assert.deepEqual(demoJson(view(), ['x']).failures, ['x'])
  assert.deepEqual(
    [demoJson(view(), ['x']).ok, demoJson(view(), []).ok, demoJson(view(), []).final],
    [false, true, true]
  )
})
