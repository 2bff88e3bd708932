/** Wrong command lines: one line that names the flag, exit code 2. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from '../../src/cli/run.ts'
import { command } from './command.ts'
import { fakeTerminal } from './fake-terminal.ts'

const WRONG: Array<[args: string[], names: string]> = [
  [['--no-such-flag'], '--no-such-flag: there is no such flag'],
  [['-x'], '-x: there is no such flag'],
  [['--seconds'], '--seconds: expected a value'],
  [['--seconds', 'soon'], '--seconds: expected a number above 0'],
  [['--seconds', '0'], '--seconds: expected a number above 0'],
  [['--seconds', '-1'], '--seconds: expected a value'],
  [['--seconds=-1'], '--seconds: expected a number above 0'],
  [['--seconds', '1e3'], '--seconds: expected a number above 0'],
  [['--rate', '1000000'], '--rate: expected a number above 0 and up to 5000'],
  [['--json=yes'], '--json: takes no value'],
  [['demo', 'now'], 'now: expected a flag here'],
  [['dance'], '"dance" is no command'],
  [['toString'], '"toString" is no command'],
  [['id', '--key', 'x'], '--key: only means something together with --persistent-peers'],
  [['id', '--home='], '--home: '],
  [['id', '--address', '1.2.3.4'], '--address: missing port'],
  [['id', '--bootstrap-peers', 'x'], '--bootstrap-peers: invalid address "x"'],
  [['id', '--persistent-peers', 'x', '--bootstrap-peers', 'x'], '--persistent-peers: cannot be given together']
]

test('a wrong command line is one line that names the flag, and exit code 2', async () => {
  for (const [args, names] of WRONG) {
    const terminal = fakeTerminal()
    assert.equal(await run(args, terminal), 2, args.join(' '))
    assert.deepEqual(terminal.printed, [], args.join(' '))
    const [line = '', ...more] = terminal.warned
    assert.ok(line.startsWith(`comet-libp2p: ${names}`), `${args.join(' ')}: ${line}`)
    assert.ok(more.length === 0 && !line.includes('\n'), line)
  }
})

test('the process says so on its error stream and ends with that code', async (t) => {
  const { code, stdout, stderr } = await command(t, ['--no-such-flag'])
  assert.deepEqual(
    { code, stdout, stderr },
    { code: 2, stdout: '', stderr: 'comet-libp2p: --no-such-flag: there is no such flag\n' }
  )
})

test('every command says what it does and takes, with exit code 0', async () => {
  const table = {
    '--help': /usage: comet-libp2p \[command\]/,
    help: /usage: comet-libp2p \[command\]/,
    'demo --help': /--seconds N/,
    'node --help': /--peer ADDRESS[\s\S]*without\s+a genesis nobody notices/,
    'id --help': /--persistent-peers LIST/,
    'bridge --help': /--classic ADDRESS/,
    'peers --help': /peers drop ID/,
    'bans --help': /bans unban ID/,
    'book --help': /book import FILE/,
    'why --help': /why ID/
  }
  for (const [line, want] of Object.entries(table)) {
    const terminal = fakeTerminal()
    assert.equal(await run(line.split(' '), terminal), 0, line)
    const text = terminal.printed.join('\n')
    assert.match(text, want)
    for (const each of text.split('\n')) assert.ok(each.length <= 100, each)
  }
})
