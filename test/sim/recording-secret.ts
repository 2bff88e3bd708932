/**
 * SecretConnection that keeps all that nodes in question have opened, from NodeInfo on: every frame's data, in order. It stands in the process's cryptography, which is
 * where plain text first is; the stack offers no door for that, and needs none. What goes before is one ephemeral key in clear, which is random.
 *
 * A cipher does not know whose it is, but a handshake makes its two and then signs as itself, without a pause between (secret-connection.ts).
 */
import type { TestContext } from 'node:test'
import type { NodeKey } from '../../src/identity/node-key.ts'
import { defaultPrimitives } from '../../src/stacks/comet/choose-primitives.ts'
import type { FrameCipher } from '../../src/stacks/comet/primitives.ts'

type Chunks = Uint8Array[]

/** Until the test ends, what `keys` receive goes to the map that is returned, each connection by a name of its own. */
export function recordSecretConnections(t: TestContext, keys: ReadonlyMap<string, NodeKey>): Map<string, Chunks> {
  const received = new Map<string, Chunks>()
  const primitives = defaultPrimitives()
  const { frameCipher, sign } = primitives
  let unsigned: Chunks[] = []
  const recording = {
    frameCipher(key: Uint8Array): FrameCipher {
      const opened: Chunks = []
      unsigned.push(opened)
      return recordingCipher(frameCipher(key), opened)
    },
    sign(seed: Uint8Array, challenge: Uint8Array): Uint8Array {
      const own = unsigned
      unsigned = []
      for (const [name, key] of keys)
        if (Buffer.from(key.seed).equals(seed))
          // one of the two only seals
          for (const chunks of own) received.set(`${name} ${received.size}`, chunks)
      return sign(seed, challenge)
    }
  }
  Object.assign(primitives, recording)
  t.after(() => void Object.assign(primitives, { frameCipher, sign }))
  return received
}

function recordingCipher(cipher: FrameCipher, opened: Chunks): FrameCipher {
  return {
    seal: (plain, sealed, nonce) => cipher.seal(plain, sealed, nonce),
    open(sealed, plain, nonce) {
      const good = cipher.open(sealed, plain, nonce)
      // a length of four bytes, little endian and never above 1024, goes before
      if (good) opened.push(plain.slice(4, 4 + plain[0]! + plain[1]! * 0x100))
      return good
    },
    wipe: () => cipher.wipe()
  }
}
