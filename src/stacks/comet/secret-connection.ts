/**
 * The handshake of SecretConnection (spec secret-connection section 3; p2p/conn/secret_connection.go MakeSecretConnection): ephemeral keys in clear, then each
 * side proves its identity inside the encryption. Both sides run the same code and write without waiting for the other. Deviates from Go where nothing honest
 * can notice: keys of a wrong length are refused (D-13), our own ephemeral key sent back is refused before anything is signed, and messages are
 * bounded at 128 and 256 bytes instead of 1 MiB (honest ones have 34 and 102).
 */
import { verifyZip215 } from '../../chain/ed25519.ts'
import { SecretConnectionError } from '../../errors.ts'
import type { ByteDuplex } from './byte-duplex.ts'
import { defaultPrimitives } from './choose-primitives.ts'
import { delimit } from './delimited.ts'
import {
  type Claim,
  decodeAuthMessage,
  decodeEphemeralMessage,
  encodeAuthMessage,
  encodeEphemeralMessage,
  MAX_AUTH_MESSAGE_BYTES,
  MAX_EPHEMERAL_MESSAGE_BYTES
} from './handshake-messages.ts'
import type { EphemeralKey, Primitives } from './primitives.ts'
import { SecretDuplex } from './secret-duplex.ts'
import { Opener, Sealer } from './secret-frames.ts'
import { compareBytes, deriveSecretKeys } from './secret-keys.ts'
import type { SecureStream } from './secret-stream.ts'

/** What we prove to be: of a `NodeKey`. */
export interface SecretIdentity {
  /** 32 bytes each. */
  readonly publicKey: Uint8Array
  readonly seed: Uint8Array
}

export interface SecretConnectionOptions {
  /** Ends the handshake; there is no timeout inside. CometBFT allows 3 s. */
  readonly signal?: AbortSignal
  /** @default libsodium, or node:crypto where that does not load */
  readonly primitives?: Primitives
  /** For tests: 32 bytes instead of fresh random ones. Wiped. */
  readonly ephemeralSecret?: Uint8Array
}

/**
 * An authenticated stream over `port`, which belongs to it from the call on. Rejects with `SecretConnectionError`, `ConnectionLostError` or the signal's
 * reason; the port is then destroyed and every secret wiped.
 */
export async function secretConnection(
  port: ByteDuplex,
  identity: SecretIdentity,
  options: SecretConnectionOptions = {}
): Promise<SecureStream> {
  const { primitives = defaultPrimitives(), signal } = options
  const stream = new SecretDuplex(port)
  const ephemeral = primitives.ephemeralKey(options.ephemeralSecret)
  try {
    stream.writeClear(delimit(encodeEphemeralMessage(ephemeral.publicKey)))
    const remote = decodeEphemeralMessage(await stream.readDelimited(MAX_EPHEMERAL_MESSAGE_BYTES, signal))
    const challenge = encrypt(stream, primitives, ephemeral, remote)
    const own = { publicKey: identity.publicKey, signature: primitives.sign(identity.seed, challenge) }
    stream.write(delimit(encodeAuthMessage(own)))
    const claim = decodeAuthMessage(await stream.readDelimited(MAX_AUTH_MESSAGE_BYTES, signal))
    verify(primitives, claim, challenge)
    stream.authenticate(claim.publicKey)
    return stream
  } catch (error) {
    stream.destroy()
    throw error
  } finally {
    ephemeral.wipe()
  }
}

/** Switches the stream to frames and returns what both sides must sign. */
function encrypt(
  stream: SecretDuplex,
  primitives: Primitives,
  ephemeral: EphemeralKey,
  remote: Uint8Array
): Uint8Array {
  if (compareBytes(ephemeral.publicKey, remote) === 0)
    throw new SecretConnectionError('reflected-key', 'the remote sent our own ephemeral key')
  const shared = ephemeral.sharedSecret(remote)
  if (shared === undefined)
    throw new SecretConnectionError('low-order-point', 'the shared secret would be known to everybody')
  try {
    const { send, receive, challenge } = deriveSecretKeys(ephemeral.publicKey, remote, shared)
    stream.encrypt(new Sealer(primitives.frameCipher(send)), new Opener(primitives.frameCipher(receive)))
    return challenge
  } finally {
    shared.fill(0)
  }
}

function verify(primitives: Primitives, { publicKey, signature }: Claim, challenge: Uint8Array): void {
  // the library that knows ZIP-215 takes 1.2 ms, so it decides only what the native one refuses
  if (primitives.verify(publicKey, challenge, signature)) return
  if (verifyZip215(publicKey, challenge, signature)) return
  throw new SecretConnectionError('bad-signature', 'the remote does not hold the key it claims')
}
