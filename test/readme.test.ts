import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

test('the example in the README is the file that CI runs', () => {
  const shown = /<!-- example:(\S+) -->\n```ts\n([\s\S]*?)```\n<!-- \/example -->/.exec(read('README.md'))
  assert.ok(shown)
  assert.equal(shown[2], read(`examples/${shown[1]}`))
})

const pages = ['README.md', 'bench/README.md', 'bench/sim/README.md', 'interop/go/README.md'].concat(
  readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)
)

test('every file that a page of ours links to exists', () => {
  for (const page of pages)
    for (const [, path] of read(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      assert.ok(existsSync(new URL(path as string, new URL(page, root))), `${page}: ${path}`)
})

test('every npm script that a page of ours names exists', () => {
  const { scripts } = JSON.parse(read('package.json'))
  for (const page of pages)
    for (const [, script] of read(page).matchAll(/npm run ([a-z:]+)/g))
      assert.ok(scripts[script as string], `${page}: npm run ${script}`)
})
