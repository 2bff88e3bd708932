/** `--log FILE`: what the nodes log, one line each, appended. Without it nothing is logged: standard output belongs to the picture. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Logger } from '../interface/logger.ts'
import { lineLogger, nullLogger } from '../util/logger.ts'

export interface Log {
  readonly logger: Logger
  /** Settles when all is written. Never rejects. */
  close(): Promise<void>
}

export async function openLog(file: string | undefined): Promise<Log> {
  if (file === undefined) return { logger: nullLogger, close: async () => undefined }
  const stream = createWriteStream(file, { flags: 'a' })
  // a file that cannot be opened is the user's to know; a disk that fills up later only ends the log
  await once(stream, 'open')
  stream.on('error', () => undefined)
  return {
    logger: lineLogger((line) => void stream.write(`${line}\n`)),
    close: () => new Promise((resolve) => stream.end(() => resolve()))
  }
}
