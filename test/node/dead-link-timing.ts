/** Shared by the dead-link test and its process: the timeouts of both stacks, shortened. */
export const KEEP_ALIVE = {
  pingIntervalMs: 1_000,
  pongTimeoutMs: 700,
  liveness: { intervalMs: 400, looks: 4 }
}

/** A ping that goes out an interval after the last sign of life, and the wait for its pong; libp2p: looks without a byte, the first of which may have been due at once. */
export const NOTICED_MS = {
  comet: KEEP_ALIVE.pingIntervalMs + KEEP_ALIVE.pongTimeoutMs,
  libp2p: KEEP_ALIVE.liveness.intervalMs * (KEEP_ALIVE.liveness.looks + 1)
} as const
