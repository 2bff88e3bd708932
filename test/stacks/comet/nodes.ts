/**
 * A stack of the barest kind for tests of the classic link: real sockets on loopback, the real handshake, NodeInfo both ways, and no questions asked beyond
 * the host's. Its links are ours; nothing else of it is.
 */
import { once } from 'node:events'
import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net'
import { DialFailedError, PeerRefusedError, WrongIdentityError } from '../../../src/errors.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { nodeIdFromPublicKey, peerIdFromPublicKeyBytes } from '../../../src/identity/node-id.ts'
import { decodeNodeInfo, encodeNodeInfo, MAX_NODE_INFO_BYTES } from '../../../src/identity/node-info.ts'
import { generateNodeKey, type NodeKey } from '../../../src/identity/node-key.ts'
import type { Clock } from '../../../src/interface/clock.ts'
import type { Link } from '../../../src/interface/link.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import type { NodeInfo } from '../../../src/interface/node-info.ts'
import type { DialOptions, Stack, StackHost } from '../../../src/interface/stack.ts'
import { delimit } from '../../../src/stacks/comet/delimited.ts'
import { CometLink } from '../../../src/stacks/comet/link.ts'
import { checkedMConnOptions, type MConnOptions } from '../../../src/stacks/comet/mconn-options.ts'
import { secretConnection } from '../../../src/stacks/comet/secret-connection.ts'
import type { SecureStream } from '../../../src/stacks/comet/secret-stream.ts'
import { socketDuplex } from '../../../src/stacks/comet/socket-duplex.ts'
import { systemClock } from '../../../src/util/clock.ts'

export interface TestStackInit {
  readonly options?: MConnOptions
  readonly clock?: Clock
}

export class TestStack implements Stack {
  readonly name = 'comet'
  readonly key: NodeKey = generateNodeKey()
  readonly sockets = new Set<Socket>()
  readonly #init: TestStackInit
  #server: Server | undefined
  #port = 0
  #host: StackHost | undefined

  constructor(init: TestStackInit = {}) {
    this.#init = init
  }

  address(id = this.key.id): NetAddress {
    return netAddressFromParts(id, '127.0.0.1', this.#port)
  }

  dials(): boolean {
    return true
  }

  async start(host: StackHost): Promise<void> {
    this.#host = host
    const server = createServer((socket) => {
      this.#own(socket)
      void this.#accept(socket).catch(() => socket.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    this.#port = (server.address() as { port: number }).port
    this.#server = server
  }

  async dial(address: NetAddress, options: DialOptions): Promise<Link> {
    const host = this.#host as StackHost
    const socket = connectSocket({ host: address.host, port: address.port })
    this.#own(socket)
    const connected = new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', (cause) => reject(new DialFailedError(`${address}`, { cause })))
    })
    await connected
    const stream = await secretConnection(socketDuplex(socket), this.key, { signal: options.signal })
    const id = nodeIdFromPublicKey(stream.remoteKey)
    if (id !== address.id) throw new WrongIdentityError(`${address} led to ${id}`)
    const verdict = options.authenticated({ id, peerId: peerIdFromPublicKeyBytes(stream.remoteKey), ip: '127.0.0.1' })
    if (!verdict.allow) {
      stream.destroy()
      throw new PeerRefusedError(verdict.refusal, 'us', verdict.detail)
    }
    const nodeInfo = await exchange(stream, host)
    return this.#link(stream, host, nodeInfo, true, address)
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    const server = this.#server
    this.#server = undefined
    if (server !== undefined) await new Promise((resolve) => server.close(resolve))
  }

  listenAddrs(): string[] {
    return [`tcp://127.0.0.1:${this.#port}`]
  }

  async #accept(socket: Socket): Promise<void> {
    const host = this.#host as StackHost
    const stream = await secretConnection(socketDuplex(socket), this.key)
    const id = nodeIdFromPublicKey(stream.remoteKey)
    const nodeInfo = await exchange(stream, host)
    const peerId = peerIdFromPublicKeyBytes(stream.remoteKey)
    const verdict = await host.admit({ id, peerId, ip: stream.remoteAddress, nodeInfo, signal: stream.closed })
    if (!verdict.allow) return stream.destroy()
    const address = netAddressFromParts(id, stream.remoteAddress, stream.remotePort)
    verdict.admission.accept(this.#link(stream, host, nodeInfo, false, address))
  }

  #link(stream: SecureStream, host: StackHost, nodeInfo: NodeInfo, outbound: boolean, address: NetAddress): CometLink {
    return new CometLink({
      stream,
      outbound,
      remoteId: nodeIdFromPublicKey(stream.remoteKey),
      remotePeerId: peerIdFromPublicKeyBytes(stream.remoteKey),
      nodeInfo,
      socketAddr: address,
      channels: host.channels(),
      options: checkedMConnOptions(this.#init.options),
      clock: this.#init.clock ?? systemClock
    })
  }

  #own(socket: Socket): void {
    this.sockets.add(socket)
    socket.once('close', () => this.sockets.delete(socket))
  }
}

async function exchange(stream: SecureStream, host: StackHost): Promise<NodeInfo> {
  stream.write(delimit(encodeNodeInfo(host.nodeInfo())))
  return decodeNodeInfo(await stream.readDelimited(MAX_NODE_INFO_BYTES))
}
