import { InvalidAddressError, InvalidOptionError } from '../../errors.ts'
import { parseNetAddress } from '../../identity/net-address.ts'
import type { NetAddress } from '../../interface/net-address.ts'

/** Reads addresses given under that name, all or none. Throws `InvalidOptionError` or `InvalidAddressError`, which say which of them it was. */
export function parseAddresses(field: string, given: readonly Parameters<typeof parseNetAddress>[0][]): NetAddress[] {
  return checkedArray(field, given).map((address, i) => {
    try {
      return parseNetAddress(address)
    } catch (err) {
      if (err instanceof InvalidAddressError) err.message = `${field}[${i}]: ${err.message}`
      throw err
    }
  })
}

export function checkedArray<T>(field: string, value: readonly T[]): readonly T[] {
  if (!Array.isArray(value)) throw new InvalidOptionError(field, value, 'an array')
  return value
}
