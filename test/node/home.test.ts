import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { generateNodeKey, nodeKeyToJson } from '../../src/identity/node-key.ts'
import { inHome, loadOrCreateNodeKey, readNodeKey, resolveHome } from '../../src/node/home.ts'

async function temporary(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'comet-home-'))
  t.after(() => rm(dir, { recursive: true }))
  return dir
}

test('a home begins with ~ as in a shell, and paths in it are relative to it', () => {
  assert.equal(resolveHome('~'), homedir())
  assert.equal(resolveHome('~/.cometbft'), join(homedir(), '.cometbft'))
  assert.equal(resolveHome('/a/../b'), '/b')
  assert.equal(resolveHome('~other'), join(process.cwd(), '~other'))
  assert.equal(inHome('/h', 'config/x.json'), '/h/config/x.json')
  assert.equal(inHome('/h', '/etc/x.json'), '/etc/x.json')
  for (const home of ['', undefined, 7])
    assert.throws(() => resolveHome(home as string), { name: 'InvalidOptionError', field: 'home' })
})

test('a missing node key is made once, with the bytes and the mode that Go gives it, and read ever after', async (t) => {
  const home = await temporary(t)
  const path = join(home, 'config', 'node_key.json')
  assert.equal(await readNodeKey(path), undefined)
  const made = await loadOrCreateNodeKey(path)
  assert.equal(await readFile(path, 'utf8'), nodeKeyToJson(made))
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.equal((await stat(join(home, 'config'))).mode & 0o777, 0o700)
  assert.equal((await loadOrCreateNodeKey(path)).id, made.id)
  assert.deepEqual(await readdir(join(home, 'config')), ['node_key.json'])
})

test('of many that make a key at once, all get the same one', async (t) => {
  const path = join(await temporary(t), 'config', 'node_key.json')
  const keys = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateNodeKey(path)))
  assert.equal(new Set(keys.map(({ id }) => id)).size, 1)
  assert.equal((await readNodeKey(path))?.id, keys[0]?.id)
})

test('a file that is no node key is refused, never replaced, and its content never shown', async (t) => {
  const path = join(await temporary(t), 'node_key.json')
  const { seed } = generateNodeKey()
  const secret = Buffer.from(seed).toString('base64')
  for (const text of [
    '',
    '{',
    '{"priv_key":{}}',
    `{"priv_key":{"type":"tendermint/PrivKeyEd25519","value":"${secret}"}}`
  ]) {
    await writeFile(path, text)
    await assert.rejects(loadOrCreateNodeKey(path), (err: Error) => {
      assert.equal(err.name, 'InvalidKeyError')
      assert.ok(!err.message.includes(secret))
      return true
    })
    assert.equal(await readFile(path, 'utf8'), text)
  }
})

test('a home that cannot be written is an error, not a node without a key', async (t) => {
  const home = await temporary(t)
  await writeFile(join(home, 'config'), 'a file where the directory should be')
  await assert.rejects(loadOrCreateNodeKey(join(home, 'config', 'node_key.json')), { code: 'ENOTDIR' })
})
