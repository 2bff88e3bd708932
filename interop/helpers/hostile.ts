/** One of the programs of interop/go/hostile, and the events it prints. */
import { createInterface } from 'node:readline'
import { Child } from './child.ts'
import { HOSTILE } from './go-toolchain.ts'
import { until } from './until.ts'

export interface HostileEvent {
  event: string
  at_ms: number
  [field: string]: unknown
}

export class Hostile {
  readonly child: Child
  readonly events: HostileEvent[] = []

  constructor(command: string, args: readonly string[], logFile: string) {
    this.child = new Child({ name: command, command: HOSTILE, args: [command, ...args], logFile, stdio: 'pipe-stdout' })
    const lines = createInterface({ input: this.child.process.stdout! })
    lines.on('line', (line) => this.events.push(JSON.parse(line)))
  }

  /** The first event of that name; rejects at once where the program ended without it. */
  async event(name: string, timeoutMs = 20_000): Promise<HostileEvent> {
    return await until(
      `hostile ${this.child.name} says ${name}`,
      () => {
        const found = this.events.find(({ event }) => event === name)
        if (found !== undefined) return found
        throw new Error(`said ${this.events.map(({ event }) => event).join(', ')}`)
      },
      { timeoutMs }
    )
  }

  /** Where it listens and who it is; `address` is id@host:port, of a comet-* program with `--secret` or one with `--stack comet`. */
  async listening(): Promise<{ peerId: string; multiaddr: string; nodeId: string; address: string; host: string }> {
    const { peer_id, multiaddr, node_id, address, host } = await this.event('listening')
    return {
      peerId: String(peer_id),
      multiaddr: String(multiaddr),
      nodeId: String(node_id),
      address: String(address),
      host: String(host)
    }
  }
}
