/** The door, the reactors and the test network run in a browser: esbuild bundles them for one and nothing of Node.js may be left in. */
import assert from 'node:assert/strict'
import { builtinModules } from 'node:module'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const BUILTINS = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)])

async function bundle(entry: string): Promise<{ asked: string[]; bytes: number }> {
  const asked: string[] = []
  const noBuiltins: Plugin = {
    name: 'no-builtins',
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ path, importer }) => {
        if (!BUILTINS.has(path)) return undefined
        asked.push(`${path} from ${importer}`)
        return { path, external: true }
      })
    }
  }
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
    plugins: [noBuiltins]
  })
  return { asked, bytes: outputFiles[0]?.contents.byteLength ?? 0 }
}

for (const entry of ['../src/index.ts', '../src/reactors/index.ts', '../src/testing/index.ts'])
  test(`${entry} bundles for a browser without a Node.js built-in`, async (t) => {
    const { asked, bytes } = await bundle(entry)
    t.diagnostic(`${(bytes / 1024).toFixed(0)} KiB minified`)
    assert.deepEqual(asked, [])
    assert.ok(bytes > 10_000)
  })

test('the check notices a built-in', async () => {
  const { asked } = await bundle('../src/node/ed25519.ts')
  assert.ok(asked.some((path) => path.startsWith('node:crypto')))
})
