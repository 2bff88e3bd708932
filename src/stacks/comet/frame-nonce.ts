/** The nonce of one direction (spec secret-connection section 4): 4 zero bytes, then a little-endian 64-bit counter of frames from 0. */
import { SecretConnectionError } from '../../errors.ts'

const NONCE_BYTES = 12
const MAX_UINT32 = 0xffff_ffff

export class FrameNonce {
  /** What the next frame uses; the same array always. */
  readonly bytes = new Uint8Array(NONCE_BYTES)
  readonly #view = new DataView(this.bytes.buffer)

  /** `used`: frames that went before. */
  constructor(used = 0n) {
    this.#view.setBigUint64(4, used, true)
  }

  /**
   * On to the next frame. Throws `SecretConnectionError` instead of using the last counter, 2^64 - 1, as Go does: what was sealed or opened with it must not be
   * sent or believed.
   */
  advance(): void {
    const low = this.#view.getUint32(4, true)
    if (low < MAX_UINT32) {
      this.#view.setUint32(4, low + 1, true)
      return
    }
    const high = this.#view.getUint32(8, true)
    if (high === MAX_UINT32) throw new SecretConnectionError('nonces-exhausted', '2^64 - 1 frames in one direction')
    this.#view.setUint32(4, 0, true)
    this.#view.setUint32(8, high + 1, true)
  }
}
