/** The chain id where no flag names it: nodes of the classic stack tell theirs to whoever connects. */
import type { Clock } from '../interface/clock.ts'
import type { NetAddress } from '../interface/net-address.ts'
import { askNetwork } from '../stacks/comet/ask-network.ts'

/** Nobody answered. */
export class ChainUnknownError extends Error {
  static override readonly name = 'ChainUnknownError'
  override readonly name = 'ChainUnknownError'
}

/** What the first of `addresses` to answer says, asked in their order. Rejects with `ChainUnknownError`, which says why each did not, or with the signal's reason. */
export async function askChain(addresses: readonly NetAddress[], clock: Clock, signal: AbortSignal): Promise<string> {
  const reasons: string[] = []
  for (const address of addresses) {
    try {
      return await askNetwork(address, { clock, signal })
    } catch (err) {
      signal.throwIfAborted()
      reasons.push((err as Error).message)
    }
  }
  throw new ChainUnknownError(`the chain id is not known, --network can name it: ${reasons.join('; ')}`)
}
