import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../src/cli/run.ts'
import { readConfig } from '../../src/node/config.ts'
import { fakeTerminal } from './fake-terminal.ts'

// spec/identity-and-addresses.md section 2: the golden key
const KEY_FILE =
  '{"priv_key":{"type":"tendermint/PrivKeyEd25519","value":"1NdUv6vE+S9+oP/tySnSzwURaMnfYw9avUSwdc9IHrs+2Ks/RcjfUlMJicluOW8jwuoITyHzglLvEkFCtIyiYg=="}}'
const HEX = 'bedc24428f061f201a9f8f26b9b59927fad6b08e'
const PEER_ID = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'
const PUBLIC_HEX = '3ed8ab3f45c8df52530989c96e396f23c2ea084f21f38252ef124142b48ca262'
const PUBLIC_BASE64 = Buffer.from(PUBLIC_HEX, 'hex').toString('base64')
const OTHER_PEER_ID = '12D3KooWFB2H82aLwKLGJ2DvvHHBeLcdF6Cx7ZNNedukTbTgWrxd'
const OTHER_HEX = '9383a265b8320d1df9811e756a02b971375209f2'

async function home(t: TestContext, config?: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'comet-id-'))
  t.after(() => rm(dir, { recursive: true }))
  await mkdir(join(dir, 'config'))
  await writeFile(join(dir, 'config', 'node_key.json'), KEY_FILE)
  if (config !== undefined) await writeFile(join(dir, 'config', 'config.toml'), config)
  return dir
}

async function id(...args: string[]): Promise<{ code: number; printed: string; warned: string }> {
  const terminal = fakeTerminal()
  const code = await run(['id', ...args], terminal)
  return { code, printed: terminal.printed.join('\n'), warned: terminal.warned.join('\n') }
}

test('a home has one key, and an address in every form that somebody may want; which of them somebody listens on is said', async (t) => {
  const p2p = '[p2p]\nladdr = "tcp://0.0.0.0:26656"\nexternal_address = "1.2.3.4:5"\n'
  const hex = `persistent_peers  ${HEX}@1.2.3.4:5`
  const tcp = `libp2p TCP        /ip4/1.2.3.4/tcp/5/p2p/${PEER_ID}`
  const quic = [`bootstrap_peers   ${PEER_ID}@1.2.3.4:5`, `libp2p QUIC       /ip4/1.2.3.4/udp/5/quic-v1/p2p/${PEER_ID}`]
  const ours = 'only where this library runs the node:'
  for (const [config, addresses] of [
    [p2p, [hex, ours, tcp, 'only with enabled = true in [p2p.libp2p] of config.toml:', ...quic]],
    [`${p2p}[p2p.libp2p]\nenabled = true`, [...quic, ours, hex, tcp]]
  ] as const) {
    const ids = [`node id           ${HEX}`, `PeerId            ${PEER_ID}`, `public key        ${PUBLIC_BASE64}`]
    const printed = [...ids, '', ...addresses].join('\n')
    assert.deepEqual(await id('--home', await home(t, config)), { code: 0, warned: '', printed })
  }
  const dir = await home(t, p2p)
  const json = JSON.parse((await id('--home', dir, '--json', '--address', '[::1]:7')).printed)
  assert.equal(json.publicKeyHex, PUBLIC_HEX)
  assert.equal(json.libp2pEnabled, false)
  assert.deepEqual(json.addresses, [
    {
      persistentPeer: `${HEX}@[::1]:7`,
      bootstrapPeer: `${PEER_ID}@[::1]:7`,
      tcp: `/ip6/::1/tcp/7/p2p/${PEER_ID}`,
      quic: `/ip6/::1/udp/7/quic-v1/p2p/${PEER_ID}`
    }
  ])
})

test('a home that lets the system choose its port still has its ids, and it is said why there is no address', async (t) => {
  const dir = await home(t, '[p2p]\nladdr = "tcp://0.0.0.0:0"\n')
  const { code, printed } = await id('--home', dir)
  assert.equal(code, 0)
  assert.match(
    printed,
    new RegExp(`^node id           ${HEX}\nPeerId            ${PEER_ID}\npublic key .*\n\nno addresses: .*port 0`)
  )
  assert.deepEqual(JSON.parse((await id('--home', dir, '--json')).printed).addresses, [])
})

test('a node that listens everywhere is named by the addresses this machine has, never by 0.0.0.0', async (t) => {
  const { code, printed } = await id('--home', await home(t), '--json')
  assert.equal(code, 0)
  const { addresses } = JSON.parse(printed)
  assert.ok(addresses.length > 0)
  assert.ok(!printed.includes('0.0.0.0'))
})

test('a home without a key gets one only when asked to', async (t) => {
  const dir = await home(t)
  const path = join(dir, 'config', 'node_key.json')
  await rm(path)
  const { code, warned } = await id('--home', dir)
  assert.equal(code, 1)
  assert.equal(warned, `there is no ${path}; --init makes one`)
  await assert.rejects(readFile(path))
  const made = JSON.parse((await id('--home', dir, '--init', '--json')).printed)
  assert.equal(JSON.parse((await id('--home', dir, '--json')).printed).peerId, made.peerId)
})

test('a key or a config that cannot be read is one line', async (t) => {
  const dir = await home(t, 'p2p = 1')
  assert.match((await id('--home', dir)).warned, /^comet-libp2p: .*config\.toml: p2p: expected a table, found 1$/)
  await writeFile(join(dir, 'config', 'config.toml'), '')
  await writeFile(join(dir, 'config', 'node_key.json'), '{}')
  const { code, warned } = await id('--home', dir)
  assert.deepEqual([code, warned], [1, 'comet-libp2p: priv_key: missing'])
})

test('persistent_peers become bootstrap_peers with the keys of their nodes, in every form of a key', async (t) => {
  const dir = await home(t)
  const list = join(dir, 'keys.txt')
  await writeFile(list, `${OTHER_PEER_ID}\n${PUBLIC_HEX}\n`)
  const entry = (host: string, peerId: string) => `  { host = "${host}", id = "${peerId}", persistent = true }`
  for (const key of [
    PEER_ID,
    PUBLIC_HEX,
    PUBLIC_HEX.toUpperCase(),
    PUBLIC_BASE64,
    `${PEER_ID}@9.9.9.9:9`,
    join(dir, 'config', 'node_key.json'),
    list
  ]) {
    const { code, printed, warned } = await id('--persistent-peers', ` ${HEX}@1.2.3.4:5 ,`, '--key', key)
    assert.deepEqual([code, warned], [0, ''], key)
    assert.equal(printed, `bootstrap_peers = [\n${entry('1.2.3.4:5', PEER_ID)}\n]`)
  }
  const both = await id('--persistent-peers', `tcp://${HEX}@h.example:5,${OTHER_HEX}@[::1]:6`, '--key', list)
  assert.equal(
    both.printed,
    `bootstrap_peers = [\n${entry('h.example:5', PEER_ID)},\n${entry('[::1]:6', OTHER_PEER_ID)}\n]`
  )
  // what it prints is what config.toml takes
  await writeFile(join(dir, 'config', 'config.toml'), `[p2p.libp2p]\nenabled = true\n${both.printed}`)
  assert.deepEqual((await readConfig(dir)).policy.persistentPeers, [
    `${PEER_ID}@h.example:5`,
    `${OTHER_PEER_ID}@[::1]:6`
  ])
})

test('a hex id whose key nobody told cannot be translated: it is named, and the rest is translated', async () => {
  const { code, printed, warned } = await id(
    '--persistent-peers',
    `${HEX}@1.2.3.4:5,${OTHER_HEX}@1.2.3.4:6`,
    '--key',
    PEER_ID
  )
  assert.equal(code, 1)
  assert.ok(printed.includes(PEER_ID) && !printed.includes(OTHER_HEX))
  assert.match(warned, new RegExp(`^no key known for ${OTHER_HEX}: it is a hash of the key`))
  const json = JSON.parse((await id('--persistent-peers', `${OTHER_HEX}@1.2.3.4:6`, '--json')).printed)
  assert.deepEqual(json, { bootstrapPeers: [], unknown: [OTHER_HEX] })
})

test('bootstrap_peers and multiaddrs become persistent_peers without any key', async () => {
  const { code, printed } = await id('--bootstrap-peers', `${PEER_ID}@1.2.3.4:5,/ip6/::1/udp/6/quic-v1/p2p/${PEER_ID}`)
  assert.deepEqual([code, printed], [0, `persistent_peers = "${HEX}@1.2.3.4:5,${HEX}@[::1]:6"`])
  const { code: wrong, warned } = await id('--bootstrap-peers', '/ip4/1.2.3.4/tcp/5')
  assert.equal(wrong, 2)
  assert.match(
    warned,
    /^comet-libp2p: --bootstrap-peers: invalid address .*: it does not name an id, a host and a port$/
  )
})

test('a file of keys that cannot be read is said to be that, and not to be a wrong key', async (t) => {
  const dir = await home(t)
  const { code, warned } = await id('--persistent-peers', `${HEX}@1.2.3.4:5`, '--key', dir)
  assert.equal(code, 2)
  assert.match(warned, /^comet-libp2p: --key: EISDIR/)
})

test('a key that is none is refused by its flag', async (t) => {
  const file = join(await home(t), 'config', 'node_key.json')
  for (const key of ['x', HEX, PUBLIC_HEX.slice(2), '12D3KooW', 'x'.repeat(10_000), 'x\0', `${file}/x`])
    assert.match(
      (await id('--persistent-peers', `${HEX}@1.2.3.4:5`, '--key', key)).warned,
      /^comet-libp2p: --key: .*expected a PeerId/,
      key
    )
})
