/**
 * Under what a node of the DHT counts that tells us something, by where it is connected from: keys cost nothing, so they are no measure of how many somebody is. Who is connected
 * through a relay, by a name that leads to no IP that is known, or no longer, is one with all others of that kind. Pure. Rejected: one for each relay, as there are public ones without number.
 */
import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { groupOf } from '../../../identity/groups.ts'
import { socketOf } from '../connections.ts'

/** The one that all are who have no IP. */
export const NO_IP = 'no IP'

type Connected = ReadonlyArray<{ readonly remoteAddr: Multiaddr }>

/** Whose word it is: the network's that has a public IP of his; in a local network, where nothing else tells nodes apart, the node's own. */
export function tellerOf(id: PeerId, connections: Connected): string {
  let teller: string = NO_IP
  for (const connection of connections) {
    const { ip } = socketOf(connection)
    if (ip === '') continue
    const group = groupOf(ip, true)
    if (group !== 'local' && group !== 'unroutable') return group
    teller = String(id)
  }
  return teller
}

/** Whose a provider record is: the network of addresses, a local one too. */
export function networkOf(connections: Connected): string {
  const ip = connections.map((one) => socketOf(one).ip).find((one) => one !== '')
  return ip === undefined ? NO_IP : groupOf(ip, false)
}
