/** Runs every example against the built package, then the packed one installed into an empty project. Fails if any of them does. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))

function run(command, args, cwd) {
  console.log(`$ ${command} ${args.join(' ')}`)
  execFileSync(command, args, { cwd, stdio: 'inherit', timeout: 120_000 })
}

for (const file of readdirSync(here)
  .filter((name) => name.endsWith('.ts'))
  .sort())
  run(process.execPath, [join(here, file)], root)

/** What a new user writes first, types included. */
const CONSUMER = `
import { BaseReactor, comet, peerPolicy, type Switch } from 'comet-libp2p'
import { BlocksyncReactor, FollowerReactor, MempoolReactor } from 'comet-libp2p/reactors'
import { createNode } from 'comet-libp2p/node'
import { assertReactorGrammar, createMemoryNetwork, recordCalls } from 'comet-libp2p/testing'

const network = createMemoryNetwork({ seed: 1 })
const [a, b]: Switch[] = ['a', 'b'].map((moniker) => network.createSwitch({ network: 'my-chain', moniker, allowDuplicateIP: true }))
const channels = [{ id: 1, priority: 1, messageType: { typeName: 'Bytes', encode: (m: Uint8Array) => m, decode: (m: Uint8Array) => m } }]
class Empty extends BaseReactor {
  override getChannels() {
    return channels
  }
}
const reactor = new Empty('EMPTY')
const calls = recordCalls(reactor)
a!.addReactor('EMPTY', reactor)
b!.addReactor('EMPTY', new Empty('EMPTY'))
await a!.start()
await b!.start()
await a!.dialPeerWithAddress(b!.nodeInfo().netAddress())
await a!.stop()
await b!.stop()
assertReactorGrammar(calls)
for (const part of [comet, peerPolicy, createNode, MempoolReactor, BlocksyncReactor, FollowerReactor])
  if (typeof part !== 'function') throw new Error('an entry point lacks a part')
console.log('the packed package works:', calls.map(({ call }) => call).join(' '))
`

const dir = mkdtempSync(join(tmpdir(), 'comet-libp2p-'))
try {
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', dir], { cwd: root, encoding: 'utf8' })
  )
  const [{ filename }] = Array.isArray(packed) ? packed : Object.values(packed)
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  run('npm', ['install', '--silent', '--no-save', join(dir, filename), 'typescript@~6.0.3', '@types/node@24'], dir)
  writeFileSync(join(dir, 'consumer.ts'), CONSUMER)
  run(
    'npx',
    [
      '--no-install',
      'tsc',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      'node',
      '--skipLibCheck',
      'consumer.ts'
    ],
    dir
  )
  run(process.execPath, ['consumer.js'], dir)
  run(process.execPath, [join(dir, 'node_modules', 'comet-libp2p', 'dist', 'src', 'cli', 'main.js'), '--help'], dir)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
