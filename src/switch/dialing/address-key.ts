import type { NetAddress } from '../../interface/net-address.ts'

/** What a node is known by before its id is: the id where the address names one, else the address itself. */
export function addressKey(address: NetAddress): string {
  return address.id === '' ? String(address) : address.id
}
