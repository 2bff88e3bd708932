/**
 * The port between SecretConnection and the link on top of it: an authenticated connection that carries plain bytes in order (spec secret-connection).
 * Life: `secretConnection()` (secret-connection.ts) gives the stream, authenticated and held. Then `readDelimited` and `write` exchange NodeInfo.
 * Then `start` once, and from there bytes come to `onData` synchronously out of the socket's own event. It ends once, in one of three ways: the
 * remote closed or the connection broke or a frame was bad (`onEnd`), or our `destroy`. Whichever it is, socket and keys are gone when the
 * caller hears of it. Rejected: a Node.js Duplex (a copy, a tick and an object per chunk), and promises on the reading path after `start`.
 */

/** What a started stream reports to. No method may throw. */
export interface SecureStreamHandlers {
  /**
   * Opened plaintext, never empty: the data of all frames that a chunk of the socket (64 KiB) completed, joined. The memory is the receiver's for the call only: it
   * copies what it keeps.
   */
  onData(bytes: Uint8Array): void
  /** `write` has returned false, and the kernel has taken everything since. */
  onDrain(): void
  /**
   * Nothing comes and nothing goes any more. At most once, after the last `onData`; not after our own `destroy`. Without an error the remote closed
   * between two frames, as Go does. `SecretConnectionError`: the remote broke the protocol. `ConnectionLostError`: the connection broke.
   */
  onEnd(error?: Error): void
}

export interface SecureStream {
  /** The remote's proven ed25519 key, 32 bytes. Whether it is the one dialled is the caller's to compare. */
  readonly remoteKey: Uint8Array
  /** IP literal of the socket. */
  readonly remoteAddress: string
  readonly remotePort: number
  /** Aborts when the stream has ended, in whatever way, also before `start`. */
  readonly closed: AbortSignal
  /** Sealed bytes that the kernel has not taken yet. */
  readonly bufferedBytes: number
  /**
   * Before `start` only, one at a time: the next message with a uvarint length before it, without that length. Rejects, and the stream is then
   * destroyed, when the length is above `limitBytes`, when the stream ends before (see `onEnd`), and with the signal's reason.
   */
  readDelimited(limitBytes: number, signal?: AbortSignal): Promise<Uint8Array>
  /** Once. What was held comes in a microtask, the end included if it has come already. Up to 64 KiB are held before; then the socket waits. */
  start(handlers: SecureStreamHandlers): void
  /**
   * Seals `bytes` into frames of their own and hands them to the socket, all within the call: the caller may reuse `bytes` afterwards. Every call begins a frame of
   * 1044 bytes on the wire per 1024 of data, so callers join what they can. True: more is welcome. False: wait for `onDrain` (what was written is
   * on its way all the same), or the stream has ended and `bytes` went nowhere. Empty `bytes` send nothing.
   */
  write(bytes: Uint8Array): boolean
  /** Stops reading the socket. One more chunk may still come. */
  pause(): void
  resume(): void
  /**
   * Says that no more is written; what was written goes out first. Settles when the kernel has taken all of it, or the stream has ended. Never
   * rejects, and takes as long as the remote likes: bound it, then `destroy`. Reading goes on meanwhile.
   */
  end(): Promise<void>
  /** Drops the connection and what it still holds, wipes the keys. May be called at any time, again and again. */
  destroy(): void
}
