/** The one-call examples of finding peers, as far as they can be checked without a network. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { listenPlan } from '../../src/node/listen.ts'

const page = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

for (const path of ['README.md', 'docs/finding-peers.md'])
  test(`the node of ${path} that is a DHT server can be reached on both stacks`, async () => {
    const example = /await createNode\(\{[^`]*?dht: [^`]*?\n\}\)/.exec(page(path))?.[0]
    assert.ok(example, 'an example with a DHT')
    const listen = /listen: \[([^\]]*)\]/.exec(example)?.[1]?.match(/[^', ]+/g)
    const plan = await listenPlan({
      stacks: { libp2p: true, classic: true },
      listen: listen === undefined || listen === null ? undefined : [...listen],
      laddr: 'tcp://0.0.0.0:26656',
      quic: false,
      externalAddress: undefined
    })
    assert.deepEqual([plan.classic.length, plan.libp2p.map(String)], [1, ['/ip4/0.0.0.0/tcp/26657']])
  })
