/** A stack whose remotes are a test's puppets: what a link says and when, who answers a dial, who comes in. */
import type { PeerId } from '@libp2p/interface'
import { PeerRefusedError } from '../../src/errors.ts'
import { netAddressFromParts } from '../../src/identity/net-address.ts'
import { createNodeInfo } from '../../src/identity/node-info.ts'
import { nodeKeyFromSeed } from '../../src/identity/node-key.ts'
import type { Link, LinkSink, LinkTraits } from '../../src/interface/link.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import type { NodeInfo } from '../../src/interface/node-info.ts'
import type { AdmissionVerdict, DialOptions, Stack, StackHost } from '../../src/interface/stack.ts'
import type { StopReason } from '../../src/interface/stop-reason.ts'

export interface Puppet {
  readonly id: string
  readonly peerId: PeerId
  readonly nodeInfo: NodeInfo
  readonly address: NetAddress
}

/** A remote node that exists as its name only. */
export function puppet(n: number, network = 'chain', channels: readonly number[] = [0x10]): Puppet {
  const { id, peerId } = nodeKeyFromSeed(new Uint8Array(32).fill(n))
  const address = netAddressFromParts(id, `10.0.${n}.1`, 26656)
  const nodeInfo = createNodeInfo({
    id,
    listenAddr: address.dialString(),
    network,
    version: '1',
    channels: Uint8Array.from(channels),
    moniker: `puppet ${n}`,
    protocolVersion: { p2p: 8n, block: 11n, app: 0n },
    other: { txIndex: 'off', rpcAddress: '' }
  })
  return { id, peerId, nodeInfo, address }
}

export class FakePeerLink implements Link {
  readonly stack = 'fake'
  readonly traits: LinkTraits = { quantumBytes: 65_536, overheadBytes: 0, splits: true }
  readonly remoteId: string
  readonly remotePeerId: PeerId
  readonly nodeInfo: NodeInfo
  readonly socketAddr: NetAddress
  readonly remoteIP: string
  readonly outbound: boolean
  sink: LinkSink | undefined
  closed: { reason: StopReason; flushed: boolean } | undefined
  /** What `probe` answers. */
  alive = true
  probes = 0

  constructor(remote: Puppet, outbound: boolean) {
    this.remoteId = remote.id
    this.remotePeerId = remote.peerId
    this.nodeInfo = remote.nodeInfo
    this.socketAddr = remote.address
    this.remoteIP = remote.address.host
    this.outbound = outbound
  }

  serves(channelId: number): boolean {
    return this.nodeInfo.channels.includes(channelId)
  }
  start(sink: LinkSink): void {
    this.sink = sink
  }
  writable(): boolean {
    return true
  }
  write(): void {}
  consumed(): void {}
  async flushed(): Promise<boolean> {
    return true
  }
  async probe(): Promise<boolean> {
    this.probes++
    return this.alive
  }
  async close(reason: StopReason, flushed: boolean): Promise<void> {
    this.closed ??= { reason, flushed }
  }
  stats(): { sentBytes: number; receivedBytes: number } {
    return { sentBytes: 0, receivedBytes: 0 }
  }
}

export class FakeStack implements Stack {
  readonly name: string
  readonly log: string[] = []
  host: StackHost | undefined
  /** Who answers at an address; nobody refuses. */
  answer: (address: NetAddress) => Puppet | Promise<Puppet> = () => {
    throw new PeerRefusedError('inbound-full', 'remote', 'nobody is told')
  }
  /** Between hello and the remote's verdict. */
  verdict: (remote: Puppet) => void | Promise<void> = () => {}
  /** Called by `start`, awaited. */
  onStart: () => void | Promise<void> = () => {}
  readonly links: FakePeerLink[] = []

  constructor(name = 'fake') {
    this.name = name
  }

  dials(): boolean {
    return true
  }
  async start(host: StackHost): Promise<void> {
    this.log.push('start')
    await this.onStart()
    this.host = host
    this.log.push('started')
  }
  async stop(): Promise<void> {
    this.log.push('stop')
    this.host = undefined
  }
  listenAddrs(): string[] {
    return []
  }
  async dial(address: NetAddress, { authenticated, signal }: DialOptions): Promise<Link> {
    const remote = await this.answer(address)
    const ours = authenticated({ id: remote.id, peerId: remote.peerId, ip: remote.address.host })
    if (!ours.allow) throw new PeerRefusedError(ours.refusal, 'us', ours.detail)
    await this.verdict(remote)
    signal.throwIfAborted()
    return this.#link(remote, true)
  }
  /** A remote says hello. */
  async comes(remote: Puppet): Promise<FakePeerLink | Extract<AdmissionVerdict, { allow: false }>> {
    if (this.host === undefined) throw new Error('the stack does not run')
    const verdict = await this.host.admit({ ...remote, ip: remote.address.host })
    if (!verdict.allow) return verdict
    const link = this.#link(remote, false)
    verdict.admission.accept(link)
    return link
  }
  #link(remote: Puppet, outbound: boolean): FakePeerLink {
    const link = new FakePeerLink(remote, outbound)
    this.links.push(link)
    return link
  }
}
