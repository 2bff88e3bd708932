/** Why a node stands where it does, in a few lines for its operator. Pure. */
import type { Standing } from '../../interface/switch.ts'
import type { NodeFacts } from './actions.ts'

/** `now`: wall ms. */
export function whyLines(facts: NodeFacts, now: number): string[] {
  const { id, state, peer, ban, entry, slots } = facts
  if (facts.self) return [`${id} is this node.`]
  const exempt = facts.persistent || facts.unconditional
  const lines: string[] = []
  if (peer !== undefined)
    lines.push(
      `${id} is connected: ${peer.direction}, ${peer.stack}, ${peer.address}, for ${span(peer.connectedMs)} ("${peer.moniker}", ${peer.version}).`
    )
  else if (ban !== undefined) lines.push(`${id} is refused until ${time(ban.until)}, in ${span(ban.until - now)}.`)
  else if (state?.state === 'dialing') lines.push(`${id} is being dialled at ${state.address}.`)
  else if (state?.state === 'reconnecting')
    lines.push(
      `${id} was lost and is dialled again at ${state.address}, try ${state.attempts + 1} ${state.until === undefined ? 'soon' : `in ${span(state.until - now)}`}.`
    )
  else if (state?.state === 'bad')
    lines.push(`${id} is given up for now: dialling it keeps failing. It may connect to us all the same.`)
  else if (state !== undefined || entry !== undefined || facts.standing.length > 0)
    lines.push(`${id} is known and not connected.`)
  else lines.push(`${id} is not known: nobody has named it, and it has not come.`)

  if (ban !== undefined)
    lines.push(
      `Banned since ${time(ban.since)}${ban.reason === undefined ? '' : `, because of: ${ban.reason}`}${exempt ? '; as a persistent or unconditional peer it is let in all the same' : ''}.`
    )
  lines.push(...facts.standing.map((one) => standingLine(one, now)))
  if (entry === undefined && state?.state === 'candidate') {
    if (state.attempts > 0) lines.push(`Dials that have failed since it was last a peer: ${state.attempts}.`)
    if (facts.standing.length === 0 && !exempt)
      lines.push('It is not in the address book, so it is dialled when somebody tells of it again, or asks for it.')
  }
  const roles = [facts.persistent && 'persistent', facts.unconditional && 'unconditional', facts.private && 'private']
  const held = roles.filter((role) => role !== false)
  if (held.length > 0) lines.push(`It is ${held.join(', ')} by configuration.`)
  if (entry !== undefined) {
    const reached = entry.lastSuccess === 0 ? 'never reached' : `reached ${span(now - entry.lastSuccess)} ago`
    const failed = entry.attempts === 0 ? '' : `, ${entry.attempts} failed dials since`
    lines.push(
      `Address book: ${entry.kind === 'old' ? 'proven' : 'hearsay'}, ${entry.addresses.join(' and ')}, told by ${entry.source}; ${reached}${failed}${entry.good ? '; called good by a reactor' : ''}.`
    )
  }
  if (facts.score !== 0) lines.push(`Its score is ${facts.score.toFixed(1)} (-100 to 100).`)
  if (peer === undefined && ban === undefined && !exempt && slots.freeOutbound === 0)
    lines.push(
      `No outbound slot is free (${slots.outbound} outbound, ${slots.inbound} inbound peers), so it is not dialled.`
    )
  return lines
}

function standingLine({ why, until }: Standing, now: number): string {
  const end = until === undefined ? '' : ` until ${time(until)}, for another ${span(until - now)}`
  return `Nobody dials it unasked${end}: ${why}.`
}

/** `3 s`, `12 min`, `5 h`, `2 days`. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

function time(wallMs: number): string {
  return new Date(wallMs).toISOString().replace(/\.\d+Z$/, 'Z')
}
