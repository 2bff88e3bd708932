import { keyOf } from './our-node.ts'

/** kvstore's way to change the validator set. The member has no node, so its power must stay below a third. Power 0 removes it. */
export function validatorTx(keySeed: number, power: number): string {
  const key = Buffer.from(keyOf(keySeed).publicKey).toString('base64')
  return `val=ed25519!${key}!${power}`
}
