/** One of the hostile peers of the classic stack against whatever listens at an address: a Go node or one of ours. */
import assert from 'node:assert/strict'
import type { CometAttack } from '../comet-attacks.ts'
import type { Stage } from '../stage.ts'

const TIMEOUT_MS = 90_000
/** Go gives a handshake 3 s; so must the victim. */
const WATCH = '6s'

export interface Attacker {
  /** 40 hex digits; a key that is not ed25519 has another. */
  readonly nodeId: string
  /** From which it came to the victim. */
  readonly port: number
}

/** Plays it to its end and asserts that it ended as the table says. */
export async function attack(stage: Stage, target: string, one: CometAttack): Promise<Attacker> {
  const { name, command, args, ends, handshake } = one
  const hostile = stage.hostile(command, ['--target', target, '--watch', WATCH, '--secret', name, ...args])
  const { nodeId } = await hostile.listening()
  const { local } = await hostile.event('connected')
  const { connected } = await hostile.event('end', TIMEOUT_MS)
  const of = (event: string) => hostile.events.find((found) => found.event === event)
  if (handshake !== 'none' && handshake !== 'any') assert.equal(of('handshake')?.ok, handshake !== 'fails', name)
  assert.equal(connected, ends === false, name)
  assert.equal(of('closed') !== undefined, ends === true, name)
  const reached = of(handshake === 'fails' ? 'handshake' : 'closed')
  stage.figure(name, { endsAfterMs: reached?.ms ?? 'stays', error: reached?.error ?? '' })
  return { nodeId, port: Number(String(local).split(':').at(-1)) }
}
