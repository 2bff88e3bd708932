/**
 * Makes src/proto/messages.js and messages.d.ts from src/proto/*.proto with protobufjs' pbjs.
 *
 *   node scripts/generate-proto.mjs                 writes them
 *   node scripts/generate-proto.mjs --check         exit code 1 if what is committed differs from what would be written
 *
 * pbjs' decoders differ from Go's (gogoproto) in three places, which are edited here; each edit fails if it finds nothing to do. What still differs: we refuse tags and
 * packed lists that are longer than they should be and ends of groups that were not begun; we read a bad time that a good one replaces.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROTO = fileURLToPath(new URL('../src/proto', import.meta.url))
const FILES = ['messages.js', 'messages.d.ts']
/** A root of our own: protobufjs keeps generated types in a global table, where 'default' is everybody's. */
const ROOT = 'comet-libp2p'
const FLAGS = ['no-create', 'no-verify', 'no-convert', 'no-delimited', 'no-typeurl', 'no-service']

const EDITS = [
  {
    why: 'a known field with the wrong wire type is an error in Go, not an unknown field',
    from: /if \(wireType !== (\d)\)\s+break;/g,
    to: 'if (wireType !== $1) throw $Error("wrong wire type");'
  },
  {
    why: 'a oneof member that occurs twice is replaced in Go, not merged',
    from: /(message\.(\w+) = \$root\.[\w.]+\.decode\(reader, reader\.size\(\), \$undefined, _depth \+ 1), message\.\2\);(\s+message\.\w+ = "\2";)/g,
    to: '$1);$3'
  },
  {
    why: 'a time that occurs twice is replaced in Go (stdtime, stdduration), not merged',
    from: /(message\.(\w+) = \$root\.tendermint\.types\.(?:Timestamp|Duration)\.decode\(reader, reader\.size\(\), \$undefined, _depth \+ 1), message\.\2\);/g,
    to: '$1);'
  }
]

const HEAD = '// Generated from src/proto/*.proto by scripts/generate-proto.mjs. Do not edit.\n'

function generate() {
  const require = createRequire(import.meta.url)
  const pbjs = join(dirname(require.resolve('protobufjs-cli/package.json')), 'bin', 'pbjs')
  const protos = readdirSync(PROTO)
    .filter((name) => name.endsWith('.proto'))
    .sort()
  const dir = mkdtempSync(join(tmpdir(), 'proto-'))
  try {
    const run = (...more) =>
      execFileSync(
        process.execPath,
        [
          pbjs,
          '-t',
          'static-module',
          '-w',
          'esm',
          '-r',
          ROOT,
          '-p',
          PROTO,
          ...FLAGS.map((flag) => `--${flag}`),
          ...more,
          ...protos
        ],
        { cwd: PROTO, stdio: ['ignore', 'ignore', 'inherit'] }
      )
    run('--no-comments', '-o', join(dir, 'messages.js'))
    // declarations are made from the comments that the module itself does without
    run('-d', '-o', join(dir, 'commented.js'))
    return {
      // four spaces of indentation become one: a third of the size, and a diff still reads
      'messages.js':
        HEAD +
        edited(readFileSync(join(dir, 'messages.js'), 'utf8')).replace(/^(?: {4})+/gm, (spaces) =>
          ' '.repeat(spaces.length / 4)
        ),
      'messages.d.ts': HEAD + readFileSync(join(dir, 'commented.d.ts'), 'utf8')
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function edited(text) {
  for (const { why, from, to } of EDITS) {
    const next = text.replace(from, to)
    if (next === text) throw new Error(`nothing to edit (has pbjs changed?): ${why}`)
    text = next
  }
  return text
}

const isCheck = process.argv[2] === '--check'
const made = generate()
for (const name of FILES) {
  const path = join(PROTO, name)
  if (!isCheck) writeFileSync(path, made[name])
  else if (readFileSync(path, 'utf8') !== made[name]) {
    console.error(`src/proto/${name} is not what src/proto/*.proto give: run node scripts/generate-proto.mjs`)
    process.exitCode = 1
  }
}
