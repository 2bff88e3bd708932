/** The `bridge` command's flags and pictures; what it does is in test/bridge and interop/bridge.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bridge } from '../../src/cli/bridge.ts'
import { readBridgeFlags } from '../../src/cli/bridge-flags.ts'
import { type BridgeView, bridgeFailures, bridgeJson, bridgeLine, bridgePicture } from '../../src/cli/bridge-view.ts'
import { widthOf } from '../../src/cli/text.ts'
import { type FakeTerminal, fakeTerminal } from './fake-terminal.ts'
import { serveChain } from './served-chain.ts'

const CLASSIC = `${'d'.repeat(40)}@127.0.0.1:26656`
const PEER_ID = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'
const LP2P = `${PEER_ID}@127.0.0.1:26666`
const MULTIADDR = `/ip4/127.0.0.1/udp/26666/quic-v1/p2p/${PEER_ID}`
const PAIR = ['--classic', CLASSIC, '--lp2p', LP2P]

test('each pair is one address of either kind, in order; Go must be told where to find its peers', () => {
  const flags = readBridgeFlags([...PAIR, '--classic', CLASSIC, '--lp2p', MULTIADDR, '--network', 'chain'])
  assert.deepEqual(flags?.pairs, [
    { classic: CLASSIC, lp2p: LP2P },
    { classic: CLASSIC, lp2p: MULTIADDR }
  ])
  assert.equal(flags?.listen.length, 2)
  assert.equal(flags?.seconds, undefined)
})

for (const { args, says } of [
  { args: ['--network', 'c'], says: /^--classic: expected the address/ },
  { args: ['--classic', CLASSIC, '--network', 'c'], says: /^--lp2p: expected one for each --classic, found 0 for 1/ },
  { args: [...PAIR, '--lp2p', LP2P, '--network', 'c'], says: /found 2 for 1/ },
  { args: [...PAIR, '--network', ''], says: /^--network: expected the chain id, found ""/ },
  { args: ['--classic', LP2P, '--lp2p', LP2P, '--network', 'c'], says: /^--classic: expected hex id@host:port/ },
  { args: ['--classic', CLASSIC, '--lp2p', CLASSIC, '--network', 'c'], says: /^--lp2p: expected PeerId@host:port/ },
  {
    args: ['--classic', CLASSIC, '--lp2p', '/ip4/127.0.0.1/udp/1/quic-v1', '--network', 'c'],
    says: /^--lp2p: expected an address that names its node/
  },
  { args: ['--classic', 'nowhere', '--lp2p', LP2P], says: /^--classic: / },
  { args: ['--classic', CLASSIC, '--lp2p', 'nowhere', '--network', ''], says: /^--lp2p: / },
  { args: [...PAIR, '--network', 'c', '--seconds', 'soon'], says: /^--seconds: / }
])
  test(`a wrong command line is a UsageError that names the flag: ${args.join(' ').slice(0, 60)}`, () => {
    assert.throws(() => readBridgeFlags(args), { name: 'UsageError', message: says })
  })

test('without --network the classic node is asked for the chain, and without a home none is needed', {
  timeout: 30_000
}, async (t) => {
  const { classic } = await serveChain(t, true)
  const terminal = fakeTerminal()
  const watching: FakeTerminal = {
    ...terminal,
    print(text) {
      terminal.print(text)
      terminal.interrupt()
    }
  }
  const args = ['--classic', classic, '--lp2p', LP2P, '--listen', 'tcp://127.0.0.1:0', '--json']
  assert.equal(await bridge([...args, '--listen', '/ip4/127.0.0.1/udp/0/quic-v1'], watching), 0)
  assert.equal(JSON.parse(terminal.printed[0] as string).network, 'recorded-main')
})

test('where no classic node tells the chain, it says so and what would help', async () => {
  const nobody = `${'d'.repeat(40)}@127.0.0.1:1`
  await assert.rejects(bridge(['--classic', nobody, '--lp2p', LP2P], fakeTerminal()), {
    name: 'ChainUnknownError',
    message: new RegExp(`^the chain id is not known, --network can name it: ${nobody}: connect ECONNREFUSED`)
  })
})

test('--help says what it is for', async () => {
  const terminal = fakeTerminal()
  assert.equal(await bridge(['--help'], terminal), 0)
  assert.match(terminal.printed.join('\n'), /join a classic network and an lp2p network/)
})

const channel = (id: number, messages: number, dropped = 0) => ({ id, messages, bytes: messages * 100, dropped })

function view(given: Partial<BridgeView['pairs'][0]> = {}): BridgeView {
  return {
    elapsedMs: 61_000,
    remainingMs: 5_000,
    network: 'chain',
    id: 'b'.repeat(40),
    peerId: PEER_ID,
    listen: ['tcp://0.0.0.0:41001', `/ip4/0.0.0.0/udp/41002/quic-v1/p2p/${PEER_ID}`],
    pairs: [
      {
        state: 'relaying',
        since: 0,
        classic: {
          address: CLASSIC,
          id: 'd'.repeat(40),
          connected: true,
          height: 1_234n,
          sent: [channel(0x20, 12_345, 7), channel(0x22, 5), channel(0x60, 0)]
        },
        lp2p: {
          address: LP2P,
          id: 'e'.repeat(40),
          connected: true,
          height: undefined,
          sent: [channel(0x20, 0), channel(0x22, 6), channel(0x60, 0)]
        },
        pairings: 2,
        lastEnd: 'the lp2p half left',
        ...given
      }
    ]
  }
}

test('the picture shows both halves, their heights and a column for each channel in use', () => {
  const lines = bridgePicture(view(), { columns: 100, rows: 30 }, { color: false, unicode: true })
  const text = lines.join('\n')
  assert.match(text, /relaying, joined 2 times/)
  assert.match(text, /● classic .*height 1,234/)
  assert.match(text, /channel +0x20 +0x22$/m)
  assert.match(text, /classic → lp2p +12,345 +5$/m)
  assert.match(text, /lp2p → classic +0 +6$/m)
  assert.match(text, /not relayed +7 +0$/m)
  assert.doesNotMatch(text, /0x60/)
  assert.match(text, /ends in .*listens on tcp:\/\/0\.0\.0\.0:41001, \/ip4\/0\.0\.0\.0\/udp\/41002\/quic-v1$/)
  for (const { columns, rows } of [
    { columns: 40, rows: 6 },
    { columns: 20, rows: 3 }
  ]) {
    const small = bridgePicture(view(), { columns, rows }, { color: true, unicode: false })
    assert.equal(small.length <= rows && small.every((line) => widthOf(line) <= columns), true)
  }
})

test('a pair that does not relay says why, in the picture and at the end', () => {
  const broken = view({ state: 'waiting', lastEnd: 'dialling took too long\u001b[2J' })
  const text = bridgePicture(broken, { columns: 100, rows: 30 }, { color: false, unicode: true }).join('\n')
  assert.match(text, /waiting.*: dialling took too long/)
  assert.equal(text.includes('\u001b'), false, 'what a remote says moves no cursor')
  assert.equal(bridgeFailures(broken).length, 1)
  assert.deepEqual(bridgeFailures(view()), [])
})

test('a line for pipes, an object for programs', () => {
  assert.match(bridgeLine(view()), /relaying, heights 1,234 and \?, 12,350 messages to lp2p, 6 to classic/)
  const json = JSON.parse(JSON.stringify(bridgeJson(view(), [])))
  assert.equal(json.pairs[0].classic.height, 1_234)
  assert.equal('height' in json.pairs[0].lp2p, false)
  assert.equal(json.ok, true)
})
