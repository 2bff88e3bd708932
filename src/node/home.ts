/**
 * A CometBFT home directory (spec/identity-and-addresses.md section 1): where its files are, and the node key, made at first use. The same files serve a
 * Go node and this one, so what is written here is byte for byte what Go writes.
 */
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { InvalidOptionError } from '../errors.ts'
import { generateNodeKey, type NodeKey, nodeKeyToJson, parseNodeKeyJson } from '../identity/node-key.ts'

/** config/config.go DefaultTendermintDir, under the user's own directory. */
export const DEFAULT_HOME = '~/.cometbft'
/** Where a node with a home opens its door for operators. Ours. */
export const ADMIN_SOCKET = 'comet-libp2p.sock'
/** config/config.go DefaultDirPerm: only the user reads a home. */
const DIRECTORY_MODE = 0o700
/** p2p/key.go NodeKey.SaveAs. */
const KEY_MODE = 0o600

/** The home as an absolute path; `~` is the user's own directory, as a shell would have it. */
export function resolveHome(home: string): string {
  if (typeof home !== 'string' || home === '') throw new InvalidOptionError('home', home, 'a directory')
  return resolve(home === '~' || home.startsWith('~/') ? join(homedir(), home.slice(1)) : home)
}

/** A path of config.toml: relative ones are relative to the home. */
export function inHome(home: string, path: string): string {
  return isAbsolute(path) ? path : join(home, path)
}

/** The text of a file, undefined if there is none. Other failures reject as `node:fs` has them. */
export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw err
  }
}

/** The key of a node_key.json; undefined if the file is not there. Rejects with `InvalidKeyError` if it is not a node key. */
export async function readNodeKey(path: string): Promise<NodeKey | undefined> {
  const text = await readTextFile(path)
  return text === undefined ? undefined : parseNodeKeyJson(text)
}

/** The key of a node_key.json; a fresh one is made and written first if the file is not there. Of several that do so at once, all get the same key. */
export async function loadOrCreateNodeKey(path: string): Promise<NodeKey> {
  const existing = await readNodeKey(path)
  if (existing !== undefined) return existing
  const key = generateNodeKey()
  await mkdir(dirname(path), { recursive: true, mode: DIRECTORY_MODE })
  if (await createFile(path, nodeKeyToJson(key))) return key
  const theirs = await readNodeKey(path)
  if (theirs === undefined) throw new Error(`${path} was removed while it was being read`)
  return theirs
}

/**
 * Writes a file that must not exist, whole or not at all: a half-written key would be fatal at the next start, an overwritten one for ever. False if
 * somebody else made it meanwhile.
 */
async function createFile(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    const file = await open(temporary, 'wx', KEY_MODE)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    return await publish(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** A hard link, unlike a rename, fails where the name is taken. */
async function publish(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (err) {
    const { code } = err as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // file systems without hard links
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw err
    await rename(from, to)
    return true
  }
}
