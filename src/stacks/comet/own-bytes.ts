/**
 * Memory for messages that are handed up. Short ones lie side by side in slabs: a Uint8Array of its own for each costs three times as much (measured), and a
 * view of the network's chunk, which is cheaper still, keeps 64 KiB alive for a vote of 200 bytes that somebody remembers. Neither is zeroed first.
 */

/** As Node.js does for its own short buffers: what one kept message keeps alive at most beside itself. */
const SLAB_BYTES = 8 * 1024
/** Longer ones get memory of their own. */
const MAX_IN_SLAB_BYTES = SLAB_BYTES / 4

let slab = new ArrayBuffer(0)
let used = 0

/** So many bytes, not zeroed, in memory of their own. */
export function uninitialised(length: number): Uint8Array {
  // no Buffer goes up: what reaches reactors is the same on every stack
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)
}

/** A copy of `source[from..to)` that belongs to whoever gets it. */
export function ownBytes(source: Uint8Array, from: number, to: number): Uint8Array {
  const length = to - from
  let bytes: Uint8Array
  if (length > MAX_IN_SLAB_BYTES) bytes = uninitialised(length)
  else {
    if (used + length > slab.byteLength) {
      slab = uninitialised(SLAB_BYTES).buffer as ArrayBuffer
      used = 0
    }
    bytes = new Uint8Array(slab, used, length)
    used += length
  }
  bytes.set(source.subarray(from, to))
  return bytes
}
