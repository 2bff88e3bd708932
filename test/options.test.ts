/** Every public door names an option that does not exist, and what is of the wrong type, in an error of its own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressBook } from '../src/address-book/address-book.ts'
import { toMultiaddr } from '../src/identity/net-address.ts'
import { BlocksyncReactor } from '../src/reactors/blocksync/blocksync-reactor.ts'
import { MemoryBlockStore } from '../src/reactors/blocksync/memory-block-store.ts'
import { FollowerReactor } from '../src/reactors/consensus/follower-reactor.ts'
import { MempoolReactor } from '../src/reactors/mempool/mempool-reactor.ts'
import { peerPolicy } from '../src/stacks/libp2p/peer-policy.ts'
import { assertReactorGrammar } from '../src/testing/reactor-grammar.ts'

const mistyped: Array<[nearest: string, make: () => unknown]> = [
  ['maxTxs', () => new MempoolReactor({ maxTx: 5 } as object)],
  ['announceIntervalMs', () => new FollowerReactor({ announceInterval: 5 } as object)],
  ['verifier', () => new BlocksyncReactor({ store: new MemoryBlockStore(), verifyer: {} } as never)],
  ['maxBans', () => createAddressBook({ maxBan: 5 } as object)]
]
for (const [nearest, make] of mistyped)
  test(`an option that is not ${nearest} but nearly so is refused by name`, async () => {
    await assert.rejects(async () => make(), {
      name: 'InvalidOptionError',
      message: new RegExp(`the nearest is .*${nearest}\\)`)
    })
  })

const wrong: Array<[field: RegExp, name: string, call: () => unknown]> = [
  [/^connectionGater: .*null/, 'InvalidOptionError', () => peerPolicy().connectionGater(null as never)],
  [/^connectionGater: .*5/, 'InvalidOptionError', () => peerPolicy().connectionGater(5 as never)],
  [
    /^connectionGater.denyDialPeer: .*5/,
    'InvalidOptionError',
    () => peerPolicy().connectionGater({ denyDialPeer: 5 } as never)
  ],
  [/^connectionManager: .*null/, 'InvalidOptionError', () => peerPolicy().connectionManager(null as never)],
  [/^connectionManager: .*5/, 'InvalidOptionError', () => peerPolicy().connectionManager(5 as never)],
  [/^invalid address "x"/, 'InvalidAddressError', () => toMultiaddr('x' as never, 'tcp')],
  [/^calls\[0\]: .*null/, 'InvalidOptionError', () => assertReactorGrammar([null] as never)]
]
for (const [message, name, call] of wrong)
  test(`what is of the wrong type is named: ${message.source}`, () => assert.throws(call, { name, message }))
