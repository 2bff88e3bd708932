/**
 * What a hostile peer of the classic stack does: programs of interop/go/hostile with their arguments, and the answer that CometBFT itself gives
 * (classic-hostile-go.test.ts). `ends`: the victim closes the connection. One table, so that every victim is asked the same.
 */

export interface CometAttack {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Whether the victim ends the connection; where the attacker does so itself it is `undefined`. */
  readonly ends: boolean | undefined
  /** How far the attacker sees the handshake come; `any`: the victim may close before it has said who it is. @default 'done' */
  readonly handshake?: 'none' | 'fails' | 'done' | 'any'
}

/** Both write one frame of 1044 bytes after a key of 35 (spec/secret-connection.md section 3). */
const KEY_BYTES = 35
const AUTH_BYTES = 1044
const LOW_ORDER_KEY = `220a20${'00'.repeat(32)}`
const ANOTHER_ID = '00'.repeat(20)

const cut = (after: number, how: 'reset' | 'close' | 'hang') => ['--cut-after', String(after), '--cut', how]

export const COMET_ATTACKS: readonly CometAttack[] = [
  // half handshakes: the victim gives up after its own timeout
  ...[
    { name: 'says nothing', after: 0 },
    { name: 'stops in the middle of its ephemeral key', after: 17 },
    { name: 'stops after its ephemeral key', after: KEY_BYTES },
    { name: 'stops in the middle of its proof of identity', after: KEY_BYTES + 500 }
  ].map(
    ({ name, after }): CometAttack => ({
      name,
      command: 'comet-peer',
      args: cut(after, 'hang'),
      ends: true,
      handshake: 'fails'
    })
  ),
  // it has the victim's NodeInfo by then, so to itself its handshake looks done
  {
    name: 'stops before its NodeInfo',
    command: 'comet-peer',
    args: cut(KEY_BYTES + AUTH_BYTES, 'hang'),
    ends: true
  },
  {
    name: 'resets in the middle of its proof of identity',
    command: 'comet-peer',
    args: cut(KEY_BYTES + 500, 'reset'),
    ends: undefined,
    handshake: 'fails'
  },

  // false handshakes
  { name: 'random bytes first', command: 'comet-raw', args: ['--random', '2000'], ends: true, handshake: 'none' },
  { name: 'a key of low order', command: 'comet-raw', args: ['--hex', LOW_ORDER_KEY], ends: true, handshake: 'none' },
  {
    name: 'an ephemeral key announced as 268 MB',
    command: 'comet-raw',
    args: ['--hex', 'ffffff7f'],
    ends: true,
    handshake: 'none'
  },
  ...['wrong', 'short', 'none'].map(
    (signature): CometAttack => ({
      name: `proof of identity, signature: ${signature}`,
      command: 'comet-peer',
      args: ['--signature', signature],
      ends: true,
      handshake: 'fails'
    })
  ),
  {
    name: 'a key of another kind',
    command: 'comet-peer',
    args: ['--key-type', 'secp256k1'],
    ends: true,
    handshake: 'fails'
  },

  // authenticated, and not who it should be
  {
    name: 'NodeInfo with an id that is not its own',
    command: 'comet-peer',
    args: ['--claim-id', ANOTHER_ID],
    ends: true
  },
  { name: 'NodeInfo of another network', command: 'comet-peer', args: ['--network', 'another-network'], ends: true },
  { name: 'NodeInfo of another block protocol', command: 'comet-peer', args: ['--block-version', '10'], ends: true },
  { name: 'NodeInfo without a channel in common', command: 'comet-peer', args: ['--info-channels', '77'], ends: true },
  {
    name: 'NodeInfo announced as 34 GB',
    command: 'comet-peer',
    args: ['--info-hex', 'ffffffff7f'],
    ends: true,
    handshake: 'any'
  },

  // packets that are none
  { name: 'random bytes in frames', command: 'comet-packets', args: ['--random', '5000'], ends: true },
  {
    name: 'random bytes where frames are due',
    command: 'comet-packets',
    args: ['--random', '1044', '--unsealed'],
    ends: true
  },
  { name: 'an empty packet', command: 'comet-packets', args: ['--hex', '00'], ends: true },
  { name: 'a packet announced as 64 KB', command: 'comet-packets', args: ['--hex', 'ffff03'], ends: true },
  {
    name: 'packets with more data than is allowed',
    command: 'comet-message',
    args: ['--packet-bytes', '1100', '--bytes', '3000'],
    ends: true
  },
  { name: 'an unknown channel', command: 'comet-message', args: ['--channel', '0x99'], ends: true },
  {
    name: 'a message without end',
    command: 'comet-message',
    args: ['--channel', '0x20', '--eof=false', '--bytes', '5000000'],
    ends: true
  },
  {
    name: 'a message that cannot be decoded',
    command: 'comet-message',
    args: ['--channel', '0x40', '--hex', '0a'],
    ends: true
  },
  {
    name: 'a reset in the middle of a message',
    command: 'comet-message',
    args: ['--bytes', '100000', ...cut(30_000, 'reset')],
    ends: undefined
  },

  // odd, but allowed
  { name: 'quiet', command: 'comet-peer', args: [], ends: false },
  {
    name: 'a message in 10,000 packets',
    command: 'comet-message',
    args: ['--packet-bytes', '1', '--bytes', '9994'],
    ends: false
  },
  { name: '10,000 packets without data', command: 'comet-message', args: ['--empty', '10000'], ends: false },
  { name: '5,000 pings', command: 'comet-pings', args: ['--count', '5000'], ends: false }
]
