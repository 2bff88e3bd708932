/**
 * Memory that frames are sealed and opened in, used again and again: fresh memory for all that passes is a third of what a busy connection costs, as the
 * garbage collector frees it late, and in the biggest way it has, and the kernel maps it page by page (measured: 64 KB messages, 12 full collections a second). Views of each
 * frame are made once, for the same reason. One of each is kept for the process, because they are in use only within a call.
 */
import { PLAIN_FRAME_BYTES, SEALED_FRAME_BYTES } from './primitives.ts'

/** p2p/conn/secret_connection.go dataMaxSize. */
export const MAX_FRAME_DATA_BYTES = 1024
/** What stands before the data. */
export const FRAME_LENGTH_BYTES = 4
/** As many as a slice of the outbox fills, with what its packets add; and more than a chunk of the socket (64 KiB) completes. Ours. */
export const MEMORY_FRAMES = 68

/** Frames one after the other, as they are on the wire. */
export class SealedMemory {
  readonly bytes: Uint8Array
  /** By frame: `PLAIN_FRAME_BYTES`, and with the tag. */
  readonly plain: readonly Uint8Array[]
  readonly sealed: readonly Uint8Array[]

  constructor(frames: number) {
    // not filled with zeros, because a sealer writes every byte; a plain array, because slices of a Buffer share its memory
    this.bytes = new Uint8Array(Buffer.allocUnsafeSlow(frames * SEALED_FRAME_BYTES).buffer)
    this.plain = views(this.bytes, frames, SEALED_FRAME_BYTES, PLAIN_FRAME_BYTES)
    this.sealed = views(this.bytes, frames, SEALED_FRAME_BYTES, SEALED_FRAME_BYTES)
  }
}

/** Data of frames, joined, with room for the length of the next before it. */
export class PlainMemory {
  readonly bytes: Uint8Array
  /** Where frame `i` is opened if all before it were full: its length lies over the end of their data. */
  readonly full: readonly Uint8Array[]

  constructor(frames: number) {
    this.bytes = new Uint8Array(FRAME_LENGTH_BYTES + frames * MAX_FRAME_DATA_BYTES)
    this.full = views(this.bytes, frames, MAX_FRAME_DATA_BYTES, PLAIN_FRAME_BYTES)
  }
}

function views(bytes: Uint8Array, frames: number, every: number, length: number): Uint8Array[] {
  return Array.from({ length: frames }, (_, i) => bytes.subarray(i * every, i * every + length))
}

let spareSealed: SealedMemory | undefined
let sparePlain: PlainMemory | undefined

/** For at least `frames`; the caller's until given back, which it need not be. */
export function takeSealed(frames: number): SealedMemory {
  if (frames > MEMORY_FRAMES) return new SealedMemory(frames)
  const taken = spareSealed ?? new SealedMemory(MEMORY_FRAMES)
  spareSealed = undefined
  return taken
}

/** Nobody reads or writes it any more. */
export function giveSealed(memory: SealedMemory): void {
  if (memory.sealed.length === MEMORY_FRAMES) spareSealed = memory
}

/** As `takeSealed`. */
export function takePlain(frames: number): PlainMemory {
  if (frames > MEMORY_FRAMES) return new PlainMemory(frames)
  const taken = sparePlain ?? new PlainMemory(MEMORY_FRAMES)
  sparePlain = undefined
  return taken
}

/** Nobody reads or writes it any more. */
export function givePlain(memory: PlainMemory): void {
  if (memory.full.length === MEMORY_FRAMES) sparePlain = memory
}
