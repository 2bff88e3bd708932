import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseConfig, readConfig } from '../../src/node/config.ts'

const HEX = 'bedc24428f061f201a9f8f26b9b59927fad6b08e'
const PEER_ID = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'
const OTHER_PEER_ID = '16Uiu2HAmNt4G6MjXTVwSz5HoajXdpbApHvwBNCc5WX6peH3rosN9'

test('an empty file means the defaults of CometBFT', () => {
  assert.deepEqual(parseConfig(''), {
    genesisFile: 'config/genesis.json',
    nodeKeyFile: 'config/node_key.json',
    laddr: 'tcp://0.0.0.0:26656',
    libp2pEnabled: false,
    bootstrapPeers: [],
    policy: { persistentPeers: [], unconditionalPeerIDs: [], privatePeerIDs: [] },
    classic: {},
    pex: { seeds: [], addrBookFile: 'config/addrbook.json' }
  })
})

test('every key that is ours is read, every other left alone', () => {
  const config = parseConfig(`
moniker = "a name"
genesis_file = "/etc/genesis.json"
node_key_file = "key.json"
log_level = 7
[p2p]
laddr = "127.0.0.1:1234"
external_address = "tcp://example.org:26656"
persistent_peers = " ${HEX}@10.0.0.1:26656 ,, /dns4/example.org/tcp/443/wss/p2p/${PEER_ID},"
unconditional_peer_ids = "${HEX},${PEER_ID}"
private_peer_ids = "${HEX}"
max_num_inbound_peers = 0
max_num_outbound_peers = 7
allow_duplicate_ip = true
persistent_peers_max_dial_period = "1m30s"
pex = true
seeds = "${HEX}@10.0.0.9:26656"
seed_mode = false
addr_book_file = "data/book.json"
addr_book_strict = false
upnp = "not a boolean, but not ours either"
send_rate = 5120000
recv_rate = 0
flush_throttle_timeout = "10ms"
max_packet_msg_payload_size = 1024
handshake_timeout = "20s"
dial_timeout = "0s"
[rpc]
laddr = "tcp://127.0.0.1:26657"
`)
  assert.deepEqual(config, {
    moniker: 'a name',
    genesisFile: '/etc/genesis.json',
    nodeKeyFile: 'key.json',
    laddr: 'tcp://127.0.0.1:1234',
    externalAddress: 'example.org:26656',
    libp2pEnabled: false,
    bootstrapPeers: [],
    policy: {
      persistentPeers: [`${HEX}@10.0.0.1:26656`, `/dns4/example.org/tcp/443/wss/p2p/${PEER_ID}`],
      unconditionalPeerIDs: [HEX, PEER_ID],
      privatePeerIDs: [HEX],
      maxNumInboundPeers: 0,
      maxNumOutboundPeers: 7,
      allowDuplicateIP: true,
      persistentPeersMaxDialPeriod: 90_000
    },
    classic: {
      sendRate: 5_120_000,
      recvRate: 0,
      flushThrottleMs: 10,
      maxPacketMsgPayloadSize: 1024,
      handshakeTimeoutMs: 20_000
    },
    pex: {
      pex: true,
      seeds: [`${HEX}@10.0.0.9:26656`],
      seedMode: false,
      addrBookFile: 'data/book.json',
      addrBookStrict: false
    }
  })
})

const BOOTSTRAP = `
bootstrap_peers = [
  { host = "tcp://10.0.0.1:26656", id = "${PEER_ID}", persistent = true, private = true },
  { host = "example.org:1", id = "${OTHER_PEER_ID}", unconditional = true },
  { host = "10.0.0.3:26656", id = "${PEER_ID}", unconditional = true }
]`

test('bootstrap peers of Go lp2p count where it is enabled, the first entry of an id alone', () => {
  const { policy, bootstrapPeers, libp2pEnabled } = parseConfig(`[p2p.libp2p]\nenabled = true${BOOTSTRAP}`)
  assert.equal(libp2pEnabled, true)
  assert.deepEqual(bootstrapPeers, [`${OTHER_PEER_ID}@example.org:1`])
  assert.deepEqual(policy, {
    persistentPeers: [`${PEER_ID}@10.0.0.1:26656`],
    unconditionalPeerIDs: [OTHER_PEER_ID],
    privatePeerIDs: [PEER_ID]
  })
  const disabled = parseConfig(`[p2p.libp2p]\nenabled = false${BOOTSTRAP}`)
  assert.deepEqual(disabled.bootstrapPeers, [])
  assert.deepEqual(disabled.policy.persistentPeers, [])
})

test('what is wrong is named by file, section and key', () => {
  const table: Array<[string, string]> = [
    ['moniker = 7', 'moniker'],
    ['p2p = 3', 'p2p'],
    ['[p2p]\nladdr = ""', 'p2p.laddr'],
    ['[p2p]\nladdr = "tcp://0.0.0.0"', 'p2p.laddr'],
    ['[p2p]\nladdr = "tcp://0.0.0.0:70000"', 'p2p.laddr'],
    ['[p2p]\nladdr = 26656', 'p2p.laddr'],
    ['[p2p]\nexternal_address = "1.2.3.4:0"', 'p2p.external_address'],
    [`[p2p]\npersistent_peers = "${HEX}@1.2.3.4:1,nonsense"`, 'p2p.persistent_peers[1]'],
    [`[p2p]\nseeds = "${HEX}@1.2.3.4"`, 'p2p.seeds[0]'],
    ['[p2p]\npex = 1', 'p2p.pex'],
    ['[p2p]\naddr_book_file = 1', 'p2p.addr_book_file'],
    ['[p2p]\npersistent_peers = ["a"]', 'p2p.persistent_peers'],
    ['[p2p]\nunconditional_peer_ids = "abc"', 'p2p.unconditional_peer_ids[0]'],
    [`[p2p]\nprivate_peer_ids = "${HEX},${HEX}0"`, 'p2p.private_peer_ids[1]'],
    ['[p2p]\nmax_num_inbound_peers = -1', 'p2p.max_num_inbound_peers'],
    ['[p2p]\nmax_num_outbound_peers = 1.5', 'p2p.max_num_outbound_peers'],
    ['[p2p]\nallow_duplicate_ip = "yes"', 'p2p.allow_duplicate_ip'],
    ['[p2p]\npersistent_peers_max_dial_period = "soon"', 'p2p.persistent_peers_max_dial_period'],
    ['[p2p]\npersistent_peers_max_dial_period = 10', 'p2p.persistent_peers_max_dial_period'],
    ['[p2p]\nsend_rate = -1', 'p2p.send_rate'],
    ['[p2p]\nrecv_rate = "fast"', 'p2p.recv_rate'],
    ['[p2p]\nflush_throttle_timeout = 10', 'p2p.flush_throttle_timeout'],
    ['[p2p]\nhandshake_timeout = "-1s"', 'p2p.handshake_timeout'],
    ['[p2p]\nlibp2p = []', 'p2p.libp2p'],
    ['[p2p.libp2p]\nenabled = 1', 'p2p.libp2p.enabled'],
    ['[p2p.libp2p]\nenabled = true\nbootstrap_peers = "x"', 'p2p.libp2p.bootstrap_peers'],
    ['[p2p.libp2p]\nenabled = true\nbootstrap_peers = ["x"]', 'p2p.libp2p.bootstrap_peers[0]'],
    ['[p2p.libp2p]\nenabled = true\nbootstrap_peers = [{ host = "a:1" }]', 'p2p.libp2p.bootstrap_peers[0].id'],
    [
      `[p2p.libp2p]\nenabled = true\nbootstrap_peers = [{ host = "a:1", id = "${HEX}" }]`,
      'p2p.libp2p.bootstrap_peers[0].id'
    ],
    [
      `[p2p.libp2p]\nenabled = true\nbootstrap_peers = [{ host = "1.1.1.1", id = "${PEER_ID}" }]`,
      'p2p.libp2p.bootstrap_peers[0].host'
    ]
  ]
  for (const [text, field] of table)
    assert.throws(() => parseConfig(text, 'f.toml'), { name: 'InvalidOptionError', field: `f.toml: ${field}` }, text)
  assert.throws(() => parseConfig('[p2p\nx', 'f.toml'), { name: 'InvalidOptionError', field: 'f.toml' })
})

test('a home without a config.toml has the defaults; a wrong one is named by its path', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'comet-config-'))
  t.after(() => rm(home, { recursive: true }))
  assert.equal((await readConfig(home)).laddr, 'tcp://0.0.0.0:26656')
  await mkdir(join(home, 'config'))
  const path = join(home, 'config', 'config.toml')
  await writeFile(path, 'moniker = []')
  await assert.rejects(readConfig(home), { name: 'InvalidOptionError', field: `${path}: moniker` })
})
