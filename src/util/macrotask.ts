/**
 * Runs something in a turn of its own, after I/O had its chance: what a microtask is not. `setImmediate` where there is one (Node.js);
 * elsewhere a MessageChannel, because nested `setTimeout(0)` is held back to 4 ms in browsers. Neither keeps a process alive by itself
 * longer than its one turn.
 */

interface WithImmediate {
  setImmediate?(fn: () => void): unknown
}

/** Calls `fn` once, in a later turn of the event loop; calls keep their order. */
export const macrotask: (fn: () => void) => void = choose()

function choose(): (fn: () => void) => void {
  const immediate = (globalThis as WithImmediate).setImmediate
  if (immediate !== undefined) return (fn) => void immediate(fn)
  if (typeof MessageChannel === 'undefined') return (fn) => void setTimeout(fn, 0)
  const { port1, port2 } = new MessageChannel()
  const waiting: Array<() => void> = []
  // one message per call: `waiting` never holds more than has been asked for and not yet run
  port1.onmessage = () => waiting.shift()?.()
  return (fn) => {
    waiting.push(fn)
    port2.postMessage(0)
  }
}
