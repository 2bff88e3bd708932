/**
 * The service contract of CometBFT (libs/service/service.go): what a switch, a reactor and a peer have in common.
 */

/** Something that is started once and stopped once. */
export interface Service {
  /** Starts it. A second start, or a start after a stop, rejects with `AlreadyStartedError` / `AlreadyStoppedError`. */
  start(): Promise<void>
  /** Stops it. Safe to call again: later calls do nothing. */
  stop(): Promise<void>
  /** True from the beginning of a successful start until stop is called. */
  isRunning(): boolean
  /** Aborts when the service is stopped: the same information as `isRunning`, to wait on. */
  quit(): AbortSignal
}
