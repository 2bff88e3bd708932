/** The import rules of the house (design/architecture.md), read from the sources themselves. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** Layers from the bottom: a file may import its own place and any lower one. Places on one line never import one another. */
const LAYERS = [
  ['interface'],
  ['errors.ts'],
  ['util', 'proto'],
  // the base class of reactors is everybody's
  ['identity', 'wire', 'options.ts', 'metrics.ts', 'reactors/base-reactor.ts'],
  ['chain'],
  ['outbox'],
  ['switch', 'stacks/libp2p', 'stacks/comet', 'stacks/memory', 'address-book', 'reactors', 'bridge'],
  ['testing', 'index.ts'],
  ['node'],
  ['cli']
]

/** Where parts of one layer are put together; these alone may import their neighbours. */
const COMPOSITION_ROOTS = ['stacks/libp2p/service.ts', 'stacks/libp2p/peer-policy.ts', 'stacks/libp2p/gater-host.ts']

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Run-time imports and type imports of a file; the kind matters only for packages. */
function importsOf(text: string): Array<{ from: string; typeOnly: boolean }> {
  const found: Array<{ from: string; typeOnly: boolean }> = []
  for (const match of text.matchAll(/^\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm))
    found.push({ from: match[3] ?? '', typeOnly: match[2] !== undefined })
  for (const match of text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g))
    found.push({ from: match[1] ?? '', typeOnly: false })
  return found
}

function placeOf(path: string): { layer: number; place: string } {
  for (const [layer, places] of LAYERS.entries())
    for (const place of places) if (path === place || path.startsWith(`${place}/`)) return { layer, place }
  return { layer: -1, place: path }
}

const files = sources(SRC).map((path) => ({
  path: relative(SRC, path).replaceAll('\\', '/'),
  imports: importsOf(readFileSync(path, 'utf8'))
}))

test('every file of src has a place in the house', () => {
  assert.deepEqual(
    files.filter(({ path }) => placeOf(path).layer < 0).map(({ path }) => path),
    []
  )
})

test('a file imports only its own place and lower layers', () => {
  const offences: string[] = []
  for (const { path, imports } of files) {
    const own = placeOf(path)
    for (const { from } of imports) {
      if (!from.startsWith('.')) continue
      const target = relative(SRC, resolve(dirname(join(SRC, path)), from)).replaceAll('\\', '/')
      const other = placeOf(target)
      const allowed =
        other.place === own.place ||
        other.layer < own.layer ||
        (COMPOSITION_ROOTS.includes(path) && other.layer === own.layer)
      if (!allowed) offences.push(`${path} -> ${target}`)
    }
  }
  assert.deepEqual(offences, [])
})

test('only stacks/libp2p and node import @libp2p packages at run time; identity may use crypto and peer-id', () => {
  const offences = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ from, typeOnly }) => !typeOnly && /^(@libp2p\/|libp2p$|@chainsafe\/libp2p)/.test(from))
      .filter(
        ({ from }) =>
          !(path.startsWith('stacks/libp2p/') || path.startsWith('node/')) &&
          !(path.startsWith('identity/') && ['@libp2p/crypto', '@libp2p/peer-id'].some((name) => from.startsWith(name)))
      )
      .map(({ from }) => `${path} -> ${from}`)
  )
  assert.deepEqual(offences, [])
})

test('only stacks/comet, node and cli import Node.js built-ins', () => {
  const offences = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ from }) => from.startsWith('node:') && !/^(stacks\/comet|node|cli)\//.test(path))
      .map(({ from }) => `${path} -> ${from}`)
  )
  assert.deepEqual(offences, [])
})

test('relative imports name the .ts file', () => {
  const offences = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ from }) => from.startsWith('.') && !/\.(ts|js)$/.test(from))
      .map(({ from }) => `${path} -> ${from}`)
  )
  assert.deepEqual(offences, [])
})

test('no file has more than 400 lines', () => {
  const long = sources(SRC).filter((file) => readFileSync(file, 'utf8').split('\n').length > 401)
  assert.deepEqual(long, [])
})
