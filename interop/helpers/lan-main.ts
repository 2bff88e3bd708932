/**
 * Runs in a network namespace of its own and makes a LAN there: a bridge, and for each node that is asked for a namespace with a cable to it. Nothing of it is
 * seen outside. The nodes' lines go to stdout. All end with stdin.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { LanNodeInit } from './lan-events.ts'

const NODE = fileURLToPath(new URL('lan-node.ts', import.meta.url))
const inits = JSON.parse(process.argv[2] ?? '[]') as LanNodeInit[]
const ip = (...args: string[]) => execFileSync('ip', args)

ip('link', 'add', 'lan', 'type', 'bridge')
ip('link', 'set', 'lan', 'up')
const children: ChildProcess[] = []
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

await Promise.all(inits.map((init, i) => plugIn(init, `cable${i}`, `10.44.0.${i + 1}`)))
process.stdin.resume()
await once(process.stdin, 'end')
for (const { stdin } of children) stdin?.end()
await Promise.all(children.map((child) => child.exitCode === null && once(child, 'exit')))

/** Settles when the node is on the LAN. */
async function plugIn(init: LanNodeInit, cable: string, address: string): Promise<void> {
  const args = ['--net', process.execPath, NODE, cable, address, JSON.stringify(init)]
  const child = spawn('unshare', args, { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  child.once('exit', (code) => {
    if (code !== 0) process.exit(1)
  })
  const lines = createInterface({ input: child.stdout })
  await once(lines, 'line')
  lines.on('line', (line) => process.stdout.write(`${line}\n`))
  ip('link', 'add', `port-${cable}`, 'type', 'veth', 'peer', 'name', cable)
  ip('link', 'set', `port-${cable}`, 'master', 'lan', 'up')
  // `unshare` has become the node: it is the same process
  ip('link', 'set', cable, 'netns', String(child.pid))
  child.stdin.write('go\n')
}
