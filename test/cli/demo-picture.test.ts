import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoLine, demoPicture } from '../../src/cli/demo-picture.ts'
import { type DemoNodeView, type DemoView, demoFailures, demoJson } from '../../src/cli/demo-view.ts'
import { widthOf } from '../../src/cli/text.ts'

const PLAIN = { color: false, unicode: true }

function node(name: string, given: Partial<DemoNodeView> = {}): DemoNodeView {
  return {
    name,
    id: 'a'.repeat(40),
    address: '/ip4/127.0.0.1/tcp/1',
    peers: 3,
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

const SERVER = node('node 1', { state: 'serving', height: 330, target: 330, blocksPerSecond: 0, syncedInMs: undefined })

function view(given: Partial<DemoView> = {}): DemoView {
  return {
    elapsedMs: 75_000,
    phase: 'gossip',
    chainId: 'recorded-main',
    lastBlock: 329,
    chainTxs: 1_258,
    nodes: [SERVER, node('node 2'), node('node 3'), node('node 4')],
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
    ' comet-libp2p  4 nodes on js-libp2p: TCP, Noise, Yamux                               1:15 ',
    ' chain recorded-main · 329 blocks, 1,258 transactions · every commit verified',
    '',
    ' node    peers  block                          blocks/s  state                txs   txs/s',
    ' node 1  ●●●      330  ━━━━━━━━━━━━━━━━━━━━━━         –  has them all      12,345     100',
    ' node 2  ●●●      329  ━━━━━━━━━━━━━━━━━━━━━━       165  synced in 2.0 s   12,345     100',
    ' node 3  ●●●      329  ━━━━━━━━━━━━━━━━━━━━━━       165  synced in 2.0 s   12,345     100',
    ' node 4  ●●●      329  ━━━━━━━━━━━━━━━━━━━━━━       165  synced in 2.0 s   12,345     100',
    '',
    ' transactions  12,345 sent · 12,340 on all 4 nodes · 5 on the way · 100/s',
    ' time to all                    █▅▃  2.1 ms in the middle · 99 of 100 within 8.6 ms',
    ' latest        node2/12339=5f  from node 2, everywhere after 2.2 ms',
    '',
    ' Ctrl-C ends it'
  ])
})

test('a node that syncs shows how far it is and how long it will take; one that failed, that', () => {
  const syncing = { state: 'syncing', height: 164, syncedInMs: undefined, txs: 0, txsPerSecond: 0 } as const
  const nodes = [
    SERVER,
    node('node 2', { ...syncing, etaMs: 3_000, peers: 1 }),
    node('node 3', { ...syncing, error: 'boom' })
  ]
  const lines = demoPicture(view({ phase: 'syncing', nodes, txs: NO_TXS }), { columns: 90, rows: 24 }, PLAIN)
  assert.equal(lines[6], ' node 2  ●○       164  ━━━━━━━━━━╸───────────       165  0:03 to go             0       0')
  assert.equal(lines[7], ' node 3  ●●       164  ━━━━━━━━━━╸───────────       165  failed                 0       0')
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

test('narrow terminals lose the rates first, then the peers, then the bars', () => {
  const header = (columns: number) => demoPicture(view(), { columns, rows: 24 }, PLAIN)[4]?.trim().split(/\s+/)
  assert.deepEqual(header(80), ['node', 'peers', 'block', 'blocks/s', 'state', 'txs', 'txs/s'])
  assert.deepEqual(header(70), ['node', 'peers', 'block', 'blocks/s', 'state', 'txs'])
  assert.deepEqual(header(60), ['node', 'peers', 'block', 'state', 'txs'])
  assert.deepEqual(header(52), ['node', 'block', 'state', 'txs'])
  assert.match(demoPicture(view(), { columns: 80, rows: 24 }, PLAIN)[6] ?? '', /━{10}/)
})

test('before anything has started there is a picture, too', () => {
  const empty = view({ phase: 'starting', nodes: [], txs: NO_TXS, chainId: '', lastBlock: 0, chainTxs: 0 })
  assert.ok(demoPicture(empty, { columns: 80, rows: 24 }, PLAIN).includes(' transactions  nodes are starting'))
  assert.equal(demoLine(empty), '1:15 starting: ')
})

test('the plain line says the same', () => {
  assert.equal(
    demoLine(view()),
    '1:15 gossip: node 1 330/329 3 peers, node 2 329/329 3 peers, node 3 329/329 3 peers, node 4 329/329 3 peers; 12,340 of 12,345 txs on every node, 100/s, median 2.1 ms'
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
  const [server, second] = json.nodes as Array<Record<string, unknown>>
  assert.deepEqual([server?.syncedInSeconds, second?.syncedInSeconds, second?.height], [undefined, 2, 329])
  assert.deepEqual(demoJson(view(), ['x']).failures, ['x'])
  assert.deepEqual(
    [demoJson(view(), ['x']).ok, demoJson(view(), []).ok, demoJson(view(), []).final],
    [false, true, true]
  )
})
