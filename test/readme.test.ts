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

test('every file that the README and the pages of docs/ link to exists', () => {
  const pages = ['README.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)]
  for (const page of pages)
    for (const [, path] of read(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      assert.ok(existsSync(new URL(path as string, new URL(page, root))), `${page}: ${path}`)
})

test('every npm script the README names exists', () => {
  const { scripts } = JSON.parse(read('package.json'))
  for (const [, script] of read('README.md').matchAll(/npm run ([a-z:]+)/g))
    assert.ok(scripts[script as string], script)
})
