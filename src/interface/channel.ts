/**
 * Channels: what a reactor declares about the messages it exchanges (p2p/conn/connection.go ChannelDescriptor,
 * spec/reactors-and-messages.md section 1).
 */

/** Turns one message type into bytes and back. Any object with these three members will do. */
export interface MessageType<M = any> {
  typeName: string
  encode(message: M): Uint8Array
  decode(bytes: Uint8Array): M
}

/** One channel of a reactor. Frozen when the reactor is added. */
export interface ChannelDescriptor<M = any> {
  /** 0..255, unique within a switch. */
  id: number
  /** >= 1: the share of the link this channel gets while others want it too. */
  priority: number
  /** How many messages wait to be sent, per peer. @default 1 */
  sendQueueCapacity?: number
  /** The longest message accepted, in bytes. @default 22_020_096 */
  recvMessageCapacity?: number
  messageType: MessageType<M>
}
