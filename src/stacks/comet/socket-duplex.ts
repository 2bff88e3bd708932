/** A node:net socket as a ByteDuplex. */
import type { Socket } from 'node:net'
import type { ByteDuplex, ByteDuplexHandlers } from './byte-duplex.ts'

/**
 * A connected socket, dialled or accepted, in the turn of the event loop in which it connected (or made with `pauseOnConnect`), before anything was
 * read of it. The caller gives it away: it must not listen for `data` nor write.
 */
export function socketDuplex(socket: Socket): ByteDuplex {
  let handlers: ByteDuplexHandlers | undefined
  const end = (error?: Error) => {
    const told = handlers
    handlers = undefined
    told?.onEnd(error)
  }
  // Go does so on every connection: small frames must not wait for an acknowledgement
  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => {
    // plain arrays: views of a Buffer would be Buffers, which compare and print otherwise
    handlers?.onChunk(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length))
    free(chunk)
  })
  socket.on('drain', () => handlers?.onDrain())
  socket.on('end', () => end())
  // stays for good: a late error without a listener would end the process
  socket.on('error', (error) => end(error))
  socket.on('close', () => end())
  socket.pause()
  return {
    remoteAddress: socket.remoteAddress ?? '',
    remotePort: socket.remotePort ?? 0,
    get writableLength() {
      return socket.writableLength
    },
    open(given) {
      handlers = given
      if (socket.destroyed) queueMicrotask(() => end(socket.errored ?? undefined))
      else socket.resume()
    },
    write: (bytes) => socket.write(bytes),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    end: (taken) => void socket.end(taken),
    destroy() {
      handlers = undefined
      socket.destroy()
    }
  }
}

/**
 * Frees a chunk's memory now: 64 KiB each, left to the garbage collector, would make it run in full a dozen times a second. Rejected: one buffer for all chunks, which
 * node:net has for dialled sockets only (`onread`).
 */
function free({ buffer, length }: Buffer): void {
  // never memory that others share
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0)
}
