/** The user's logger, which is told about everything and must not be able to break any of it: what it throws is dropped. */
import type { Logger } from '../interface/logger.ts'

export function safeLogger(logger: Logger): Logger {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: Record<string, unknown>) => {
    try {
      const said: unknown = logger[level](message, fields)
      // one that writes somewhere else and fails there
      if (said instanceof Promise) said.catch(() => undefined)
    } catch {
      // whom should we tell
    }
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child(fields) {
      try {
        return safeLogger(logger.child(fields))
      } catch {
        return safeLogger(logger)
      }
    }
  }
}
