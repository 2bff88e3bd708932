/** What all parts of peer exchange that act have in common. */
import type { PeerBook } from '../../interface/address-book.ts'
import type { Clock, Random } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { Switch } from '../../interface/switch.ts'
import type { Background } from './background.ts'

export interface PexParts {
  readonly switch: Switch
  readonly book: PeerBook
  readonly clock: Clock
  readonly random: Random
  /** Safe. */
  readonly logger: Logger
  readonly background: Background
  /** Aborts when the reactor stops. */
  readonly signal: AbortSignal
}
