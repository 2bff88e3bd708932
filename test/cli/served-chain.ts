/** The recorded chain, offered as the `node` command finds one: by a node of this library, and by an RPC that answers as CometBFT's does. */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { TestContext } from 'node:test'
import { loadRecording } from '../../src/cli/recording.ts'
import { createNode } from '../../src/node/create-node.ts'
import { BlocksyncReactor } from '../../src/reactors/blocksync/blocksync-reactor.ts'
import { FollowerReactor } from '../../src/reactors/consensus/follower-reactor.ts'
import { MempoolReactor } from '../../src/reactors/mempool/mempool-reactor.ts'

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/chain/${name}`, import.meta.url), 'utf8'))

export interface ServedChain {
  mempool: MempoolReactor
  /** A multiaddr. */
  address: string
  /** `id@host:port` on the classic stack, where it has that. */
  classic: string
}

export async function serveChain(t: TestContext, withClassic = false): Promise<ServedChain> {
  const { store, genesis } = await loadRecording()
  const mempool = new MempoolReactor()
  const node = await createNode({
    network: genesis.chainId,
    moniker: 'server',
    stacks: withClassic ? ['libp2p', 'comet'] : ['libp2p'],
    listen: ['/ip4/127.0.0.1/tcp/0', ...(withClassic ? ['tcp://127.0.0.1:0'] : [])],
    reactors: {
      MEMPOOL: mempool,
      BLOCKSYNC: new BlocksyncReactor({ store }),
      CONSENSUS: new FollowerReactor({ height: store.height() })
    }
  })
  t.after(() => node.stop())
  const classic = node.switch.netInfo().listeners.find((one) => one.startsWith('tcp://'))
  return {
    mempool,
    address: String(node.libp2p?.getMultiaddrs()[0]),
    classic: `${node.nodeKey.id}@${classic?.slice('tcp://'.length)}`
  }
}

type Answer = (path: string, query: URLSearchParams) => unknown

/** An RPC on loopback; `answer` gives the `result`, or the whole body where that is a string. */
export async function serveRpc(t: TestContext, answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    const result = answer(pathname.slice(1), searchParams)
    response.end(
      typeof result === 'string' ? result : JSON.stringify({ jsonrpc: '2.0', id: -1, ...(result as object) })
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

/** What a CometBFT node of the recorded chain answers. */
export function chainAnswers(): Answer {
  const genesis = fixture('genesis.json')
  const sets: Array<{ height: number; validators: Array<{ pub_key: string; power: number }> }> =
    fixture('validators.json')
  return (path, query) => {
    if (path === 'status') return { result: { node_info: { network: genesis.chain_id } } }
    if (path === 'genesis') return { result: { genesis } }
    if (path !== 'validators') return { error: { code: -32601, message: 'Method not found' } }
    const { validators } = sets.findLast(({ height }) => height <= Number(query.get('height')))!
    return {
      result: { validators: validators.map(rpcValidator), count: `${validators.length}`, total: `${validators.length}` }
    }
  }
}

function rpcValidator({ pub_key, power }: { pub_key: string; power: number }) {
  return { pub_key: { type: 'tendermint/PubKeyEd25519', value: pub_key }, voting_power: String(power) }
}
