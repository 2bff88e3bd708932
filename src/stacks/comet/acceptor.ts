/**
 * From an accepted socket to an inbound link (p2p/transport.go acceptPeers and upgrade; spec/transport-and-switch.md sections 2.1 and 9). Every connection walks
 * alone, so none holds up another; from its first moment to its link or its end it counts in the host's budget of strangers. Refused is who sees the connection
 * closed, as in Go; a node of this library is told why before.
 */
import type { Logger } from '../../interface/logger.ts'
import type { Admission, AdmissionVerdict, StackHost } from '../../interface/stack.ts'
import { delimit } from './delimited.ts'
import { exchangeNodeInfo, type HandshakeComponents, type Proven, part, prove, type Told } from './handshake.ts'
import { HandshakeGate } from './handshake-gate.ts'
import type { CometLink } from './link.ts'
import type { TcpConnection } from './tcp.ts'
import { encodeVerdict } from './verdict.ts'

export interface AcceptorComponents extends HandshakeComponents {
  readonly host: StackHost
  readonly logger: Logger
  /** Aborts when the stack stops: what is half done ends. */
  readonly stopped: AbortSignal
  inboundLink(proven: Proven, told: Told, connection: TcpConnection): CometLink
}

export class Acceptor {
  readonly #components: AcceptorComponents
  readonly #gate: HandshakeGate

  constructor(components: AcceptorComponents) {
    this.#components = components
    this.#gate = new HandshakeGate(components.clock)
  }

  /** Takes over a connection that was just accepted. Never throws. */
  take(connection: TcpConnection): void {
    const { logger } = this.#components
    void this.#run(connection).catch((error) => {
      connection.port.destroy()
      logger.debug('Inbound connection failed', { ip: connection.ip, port: connection.remotePort, error })
    })
  }

  async #run(connection: TcpConnection): Promise<void> {
    const { host, logger, stopped } = this.#components
    const { ip, remotePort: port } = connection
    if (ip === '' || stopped.aborted) return connection.port.destroy()
    const arrival = await host.arrive?.({ ip, port })
    if (arrival?.allow === false) {
      connection.port.destroy()
      logger.debug('Inbound connection refused', { ip, port, refusal: arrival.refusal, detail: arrival.detail })
      return
    }
    try {
      await this.#upgrade(connection)
    } finally {
      arrival?.release()
    }
  }

  async #upgrade(connection: TcpConnection): Promise<void> {
    const { host, stopped } = this.#components
    const enter = (signal: AbortSignal) => this.#gate.enter(connection.ip, signal)
    const proven = await prove(this.#components, connection, stopped, enter)
    const { stream, id, peerId } = proven
    const drop = () => stream.destroy()
    stopped.addEventListener('abort', drop, { once: true })
    try {
      const told = await exchangeNodeInfo(this.#components, proven, host.nodeInfo(), stopped)
      const verdict = await host.admit({
        id,
        peerId,
        ip: connection.ip,
        port: connection.remotePort,
        nodeInfo: told.nodeInfo,
        wire: told.own ? 'own' : 'go',
        simultaneous: told.own ? 'by-id' : 'first-wins',
        addressFiltered: host.arrive !== undefined,
        signal: stream.closed
      })
      if (verdict.allow) this.#accept(verdict.admission, proven, told, connection)
      else await this.#refuse(verdict, proven, told)
    } catch (error) {
      stream.destroy()
      throw error
    } finally {
      stopped.removeEventListener('abort', drop)
    }
  }

  #accept(admission: Admission, proven: Proven, told: Told, connection: TcpConnection): void {
    const { stream } = proven
    if (told.own) stream.write(delimit(encodeVerdict({ accepted: true })))
    if (stream.closed.aborted) admission.abandon()
    else admission.accept(this.#components.inboundLink(proven, told, connection))
  }

  async #refuse(
    { refusal, detail }: Extract<AdmissionVerdict, { allow: false }>,
    { stream, id }: Proven,
    { own }: Told
  ): Promise<void> {
    const { clock, logger } = this.#components
    logger.debug('Inbound peer refused', { peer: id, refusal, detail })
    if (own) stream.write(delimit(encodeVerdict({ accepted: false, refusal, detail })))
    await part(stream, clock)
  }
}
