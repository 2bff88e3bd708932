/**
 * Counts inbound connections that have not yet authenticated: all, per IP, per /24 (IPv4) or /48 (IPv6) (requirements D-15). Memory is bounded by
 * the global budget: an entry exists only while a connection is counted.
 */

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

/** The /24 of an IPv4 (also IPv4-mapped) and the /48 of an IPv6 literal; anything else is its own prefix. */
export function ipPrefix(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(ip)
  if (v4?.[1] !== undefined) return v4[1]
  if (!ip.includes(':')) return ip
  const [head = '', tail] = ip.toLowerCase().split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const right = tail === '' ? [] : tail.split(':')
    while (left.length + right.length < 8) left.push('0')
    left.push(...right)
  }
  return left
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
