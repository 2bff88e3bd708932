/**
 * What SecretConnection needs of a TCP socket, small enough that a test can stand in and give it byte by byte. socket-duplex.ts makes one of node:net's.
 */

/** No method may throw. */
export interface ByteDuplexHandlers {
  /** Bytes in order, not empty. They are the receiver's for the call only. */
  onChunk(bytes: Uint8Array): void
  /** `write` has returned false, and all was taken since. */
  onDrain(): void
  /** The remote closed, or with an error the connection broke. At most once, nothing comes after it; not after our own `destroy`. */
  onEnd(error?: Error): void
}

export interface ByteDuplex {
  /** IP literal. */
  readonly remoteAddress: string
  readonly remotePort: number
  /** Bytes written that the kernel has not taken. */
  readonly writableLength: number
  /** Once, before anything else; nothing comes within the call. */
  open(handlers: ByteDuplexHandlers): void
  /** False: more is better not written before `onDrain`. The bytes must not be changed before `writableLength` is 0; if that is so on return, the kernel has copied them. */
  write(bytes: Uint8Array): boolean
  pause(): void
  resume(): void
  /** Closes our direction once all is written; `taken` is called when the kernel has it all, or never. Reading goes on. */
  end(taken: () => void): void
  /** Drops the connection and what is not yet written. May be called again. */
  destroy(): void
}
