/** Transactions as people type them: text, or bytes in hex or base64. */
import { UsageError } from './flags.ts'

/** `0x6b3d76` or `hex:6b3d76`, `base64:az12`, `text:k=v`; anything else is text. Throws `UsageError` for an empty one, or digits that are none. */
export function parseTx(flag: string, text: string): Uint8Array {
  const bytes = read(flag, text)
  if (bytes.length === 0) throw new UsageError(`${flag}: a transaction has at least one byte`)
  return bytes
}

function read(flag: string, text: string): Uint8Array {
  const [, prefix, hex] = /^(0x|hex:)(.*)$/i.exec(text) ?? []
  if (hex !== undefined) {
    if (!/^([0-9a-f]{2})*$/i.test(hex))
      throw new UsageError(`${flag}: expected pairs of hex digits after ${prefix}, found ${shown(text)}`)
    return Buffer.from(hex, 'hex')
  }
  const base64 = /^base64:(.*)$/.exec(text)?.[1]
  if (base64 !== undefined) {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
      throw new UsageError(`${flag}: expected base64 after base64:, found ${shown(text)}`)
    return Buffer.from(base64, 'base64')
  }
  return new TextEncoder().encode(text.startsWith('text:') ? text.slice('text:'.length) : text)
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}

/** How a transaction is shown: as text where it is some, else as hex. */
export function showTx(tx: Uint8Array): string {
  const head = tx.subarray(0, 64)
  return head.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? new TextDecoder().decode(head)
    : `0x${Buffer.from(head).toString('hex')}`
}
