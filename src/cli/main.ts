#!/usr/bin/env node
/**
 * The `comet-libp2p` program. It imports nothing before it has looked at the version of Node.js: on an old one the imports themselves would fail, with a
 * message that says nothing.
 */
// libp2p 3 needs Promise.withResolvers and a global WebSocket
const LEAST_NODE = 22

const found = process.versions.node
if (Number(found.split('.')[0]) < LEAST_NODE) {
  process.stderr.write(`comet-libp2p needs Node.js ${LEAST_NODE} or newer; this is ${found} (${process.execPath})\n`)
  process.exitCode = 1
} else {
  const { run } = await import('./run.ts')
  process.exitCode = await run(process.argv.slice(2))
  // nothing should be left running; if something is, the command is over all the same
  setTimeout(() => process.exit(), 2_000).unref()
}

export {}
