/** A structured logger, as CometBFT's libs/log: a sentence and key-value pairs. Pino and console fit with a thin wrapper. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
  /** The same logger with fields that go with every line. */
  child(fields: Record<string, unknown>): Logger
}
