/**
 * Counts inbound connections that have not yet authenticated: all, per IP, per /24 (IPv4) or /48 (IPv6) (requirements D-15). Memory is bounded by
 * the global budget: an entry exists only while a connection is counted.
 */
import { ipNetwork } from '../../identity/ip.ts'

export class PendingBudget {
  #global = 0
  readonly #byIP = new Map<string, number>()
  readonly #byPrefix = new Map<string, number>()

  counts(ip: string): { global: number; ip: number; prefix: number } {
    return { global: this.#global, ip: this.#byIP.get(ip) ?? 0, prefix: this.#byPrefix.get(ipPrefix(ip)) ?? 0 }
  }

  /** Counts one; the returned function uncounts it, once. */
  open(ip: string): () => void {
    const prefix = ipPrefix(ip)
    this.#global++
    add(this.#byIP, ip, 1)
    add(this.#byPrefix, prefix, 1)
    let open = true
    return () => {
      if (!open) return
      open = false
      this.#global--
      add(this.#byIP, ip, -1)
      add(this.#byPrefix, prefix, -1)
    }
  }
}

function add(map: Map<string, number>, key: string, by: number): void {
  const next = (map.get(key) ?? 0) + by
  if (next === 0) map.delete(key)
  else map.set(key, next)
}

/** The /24 of IPv4 (also mapped) or the /48 of IPv6; anything else is a network of its own. */
export function ipPrefix(ip: string): string {
  return ipNetwork(ip, 24, 48)
}
