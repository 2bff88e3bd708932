/** The installed command `comet-libp2p bridge` in a process of its own, and what it says of itself. */
import { createInterface } from 'node:readline'
import type { PairStatus } from '../../src/bridge/pair.ts'
import { Child } from './child.ts'
import type { GoNode } from './go-node.ts'
import { until } from './until.ts'

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname

/** A line of `--json`, as far as the tests read it. */
interface BridgeReport {
  readonly pairs: ReadonlyArray<Pick<PairStatus, 'state' | 'pairings' | 'lastEnd' | 'classic' | 'lp2p'>>
}

export interface BridgeOptions {
  readonly pairs: ReadonlyArray<{ readonly classic: GoNode; readonly lp2p: GoNode }>
  readonly network: string
  /** Of its key, so that a restarted bridge is the same node. */
  readonly home: string
  readonly logFile: string
}

export class BridgeProcess {
  readonly child: Child
  #last: BridgeReport | undefined

  constructor({ pairs, network, home, logFile }: BridgeOptions) {
    const addresses = pairs.flatMap(({ classic, lp2p }) => [
      '--classic',
      classic.address,
      '--lp2p',
      lp2p.bootstrapAddress
    ])
    const listen = ['--listen', 'tcp://127.0.0.1:0', '--listen', '/ip4/127.0.0.1/udp/0/quic-v1']
    const args = [
      MAIN,
      'bridge',
      ...addresses,
      '--network',
      network,
      '--home',
      home,
      ...listen,
      '--json',
      '--log',
      logFile
    ]
    this.child = new Child({ name: 'bridge', command: process.execPath, args, logFile, stdio: 'pipe-stdout' })
    const { stdout } = this.child.process
    if (stdout !== null) createInterface({ input: stdout }).on('line', (line) => this.#read(line))
  }

  /** What it said last. */
  get report(): BridgeReport | undefined {
    return this.#last
  }

  async relays(): Promise<void> {
    await until('the bridge relays', () => this.#last?.pairs.every(({ state }) => state === 'relaying'))
  }

  kill(): Promise<void> {
    return this.child.kill()
  }

  #read(line: string): void {
    try {
      this.#last = JSON.parse(line) as BridgeReport
    } catch {
      // the last words of a process that was killed
    }
  }
}
