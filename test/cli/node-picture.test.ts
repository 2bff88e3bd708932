import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeAddresses, nodeLine, nodePicture } from '../../src/cli/node-picture.ts'
import { type NodeView, nodeFailures, nodeJson } from '../../src/cli/node-view.ts'
import { widthOf } from '../../src/cli/text.ts'

const PLAIN = { color: false, unicode: true }
const PEER_ID = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'

function view(given: Partial<NodeView> = {}): NodeView {
  return {
    elapsedMs: 34_000,
    network: 'interop',
    id: 'bedc24428f061f201a9f8f26b9b59927fad6b08e',
    peerId: PEER_ID,
    stacks: ['libp2p', 'comet'],
    listen: [`/ip4/127.0.0.1/udp/55807/quic-v1/p2p/${PEER_ID}`, 'tcp://127.0.0.1:55808'],
    peers: [
      {
        id: 'd'.repeat(40),
        name: '',
        address: `${PEER_ID}@127.0.0.1:46829`,
        stack: 'libp2p',
        outbound: true,
        height: 479,
        receivedBytes: 237_400,
        sentBytes: 999
      },
      {
        id: 'e'.repeat(40),
        name: 'a node',
        address: `${'e'.repeat(40)}@1.2.3.4:5`,
        stack: 'comet',
        outbound: false,
        receivedBytes: 12_345_678,
        sentBytes: 0
      }
    ],
    missing: [
      {
        address: `${PEER_ID}@127.0.0.1:9`,
        attempts: 3,
        error: `connecting to ${PEER_ID}@127.0.0.1:9 took longer than 3000 ms`
      }
    ],
    blocks: {
      state: 'syncing',
      base: 1,
      height: 231,
      target: 462,
      blocksPerSecond: 75.4,
      etaMs: 3_000,
      verified: 231,
      txs: 12
    },
    txs: { seen: 34, perSecond: 4.8, pool: 17, latest: ['a=1', 'b=2'] },
    own: [
      { text: 'hello=world', state: 'in a block', peers: 1, height: 464 },
      { text: 'k=v', state: 'sent', peers: 2 },
      { text: '', state: 'refused', peers: 0, reason: 'expected pairs of hex digits' }
    ],
    ownCounts: { waiting: 0, sent: 1, 'in a block': 1, refused: 1 },
    joined: true,
    caughtUp: false,
    ...given
  }
}

test('the picture of a node that syncs', () => {
  assert.deepEqual(nodePicture(view(), { columns: 100, rows: 30 }, PLAIN), [
    '',
    ' comet-libp2p node  interop  bedc24428f061f201a9f8f26b9b59927fad6b08e                          0:34 ',
    ` PeerId ${PEER_ID}`,
    '',
    ' peers         ● dddddddddddd     127.0.0.1:46829  block 479  libp2p, we dialled, 237 KB in, 999 B o',
    '               ● a node           1.2.3.4:5  classic, it dialled, 12.3 MB in, 0 B out',
    '               ○ 12D3Koo…FKGPZK@127.0.0.1:9  not connected, tried 3 times: connecting to 12D3Koo…FKG',
    '',
    ` blocks        ${'━'.repeat(35)}╸${'─'.repeat(35)}  231 of 462`,
    '               syncing, 231 verified with 12 transactions, 75 blocks/s, 0:03 to go',
    '',
    ' transactions  34 seen · 4.8/s · 17 waiting for a block',
    ' latest        b=2',
    '               a=1',
    '',
    ' submitted     1 sent · 1 in a block · 1 refused',
    '                                                         refused: expected pairs of hex digits',
    '               k=v                                       sent to 2 peers',
    '               hello=world                               in block 464',
    '',
    ' Ctrl-C ends it; listens on /ip4/127.0.0.1/udp/55807/quic-v1 and tcp://127.0.0.1:55808'
  ])
})

test('each state of the blocks says what it means', () => {
  const line = (blocks: NodeView['blocks']) =>
    nodePicture(view({ blocks }), { columns: 100, rows: 30 }, PLAIN).join('\n')
  const at = { base: 1, height: 5, target: 9, blocksPerSecond: 0, verified: 5, txs: 0 }
  assert.match(line({ ...at, state: 'waiting' }), /waiting for a peer that has blocks/)
  assert.match(line({ ...at, state: 'following' }), /has all that can be proven, 5 verified/)
  assert.match(line({ ...at, state: 'needs-validators' }), /nobody names them; --rpc would/)
  assert.match(line({ ...at, state: 'failed', error: 'dis\u001bk' }), /failed: dis\.k/)
  assert.match(
    nodePicture({ ...view(), blocks: undefined } as never, { columns: 100, rows: 30 }, PLAIN).join('\n'),
    /not synced: no genesis/
  )
})

test('whatever the size of the terminal and whatever strangers call themselves, the picture fits and moves no cursor', () => {
  const nasty = view({
    network: '\u001b[2J'.repeat(20),
    peers: Array.from({ length: 40 }, () => ({ ...view().peers[0]!, name: '\u001b]0;x\u0007日本'.repeat(9) })),
    txs: { seen: 1e9, perSecond: 1e6, pool: 1e6, latest: ['\u001b[31m\r\n'] }
  })
  for (const columns of [20, 40, 80, 110, 200])
    for (const rows of [8, 16, 24, 60])
      for (const style of [PLAIN, { color: false, unicode: false }, { color: true, unicode: true }]) {
        const lines = nodePicture(nasty, { columns, rows }, style)
        assert.ok(lines.length <= rows, `${columns}x${rows}`)
        for (const line of lines) assert.ok(widthOf(line) <= columns, `${columns}x${rows}: ${line}`)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        assert.doesNotMatch(lines.join('').replace(/\u001b\[\d+m/g, ''), /[\u0000-\u001f\u007f]/)
        if (!style.unicode) assert.match(lines.join(''), /^[ -~]*$/)
      }
})

test('the plain line says the same in short', () => {
  assert.equal(
    nodeLine(view()),
    '0:34 interop: 1 libp2p and 1 classic peers, block 231 of 462 syncing 75/s, 34 transactions seen, 1 sent, 1 in a block, 1 refused'
  )
})

test('before the lines it says under which addresses others can dial it', () => {
  assert.deepEqual(nodeAddresses(view()), [
    `this node is /ip4/127.0.0.1/udp/55807/quic-v1/p2p/${PEER_ID}`,
    'this node is bedc24428f061f201a9f8f26b9b59927fad6b08e@127.0.0.1:55808'
  ])
  assert.deepEqual(nodeAddresses(view({ listen: [] })), [
    `this node is bedc24428f061f201a9f8f26b9b59927fad6b08e (${PEER_ID}) and does not listen`
  ])
})

test('what was asked for and did not happen is a failure', () => {
  const fine = { ownCounts: { waiting: 0, sent: 3, 'in a block': 2, refused: 0 }, caughtUp: true, own: [] } as const
  const blocks = view().blocks!
  const table: Array<[given: Partial<NodeView>, want: string[]]> = [
    [{}, []],
    [{ caughtUp: false }, ['has verified block 231 of 462 only']],
    [{ caughtUp: false, blocks: undefined as never }, []],
    [{ blocks: { ...blocks, state: 'failed', error: 'disk' } }, ['block sync failed at block 231 of 462: disk']],
    [
      { blocks: { ...blocks, state: 'needs-validators' } },
      ['stopped at block 231 of 462: the validators change there, and nobody names them; --rpc would']
    ],
    [
      {
        joined: false,
        missing: [
          { address: 'a', attempts: 1 },
          { address: 'b', attempts: 1, error: 'no' }
        ]
      },
      ['no peer was there; a: no answer; b: no']
    ],
    [{ ownCounts: { ...fine.ownCounts, waiting: 1 } }, ['1 transaction was handed to no peer']],
    [
      { ownCounts: { ...fine.ownCounts, refused: 2 }, own: view().own },
      ['2 transactions were refused: expected pairs of hex digits']
    ]
  ]
  for (const [given, want] of table) assert.deepEqual(nodeFailures(view({ ...fine, ...given })), want)
  // who stops it has not waited for the rest
  assert.deepEqual(nodeFailures(view({ ...fine, caughtUp: false }), true), [])
  assert.deepEqual(
    [nodeJson(view()).final, nodeJson(view(), []).ok, nodeJson(view(), ['x']).ok],
    [undefined, true, false]
  )
})
