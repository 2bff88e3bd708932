import type { GoVersion } from './go-toolchain.ts'
import { keyOf } from './our-node.ts'

/** kvstore's way to change the validator set. The member has no node, so its power must stay below a third. Power 0 removes it. */
export function validatorTx(keySeed: number, power: number, version: GoVersion = 'v0.40'): string {
  const key = Buffer.from(keyOf(keySeed).publicKey).toString('base64')
  return version === 'v0.34' || version === 'v0.37' ? `val:${key}!${power}` : `val=ed25519!${key}!${power}`
}
