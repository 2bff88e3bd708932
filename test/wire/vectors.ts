/** Our codecs beside what Go makes of the same messages and bytes (test/fixtures/vectors/README.md). */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { MessageType } from '../../src/interface/channel.ts'
import * as codec from '../../src/wire/codec.ts'

export interface MessageVector {
  type: string
  hex: string
  fields: any
}

export interface Mutant {
  type: string
  hex: string
  /** What Go writes for what it read; undefined: Go refuses the bytes. */
  again?: string
  error?: string
}

/** All codecs of src/wire by the names that Go knows them by. */
export const CODECS: ReadonlyMap<string, MessageType> = new Map(
  Object.values<unknown>(codec)
    .filter((value): value is MessageType => typeof value === 'object' && value !== null && 'typeName' in value)
    .map((value) => [value.typeName, value])
)

export type Verdict = { again: string } | { error: string }

/** What we make of bytes, in the words of Go's verdict. An error other than DecodeError is thrown. */
export function judge(type: MessageType, bytes: Uint8Array): Verdict {
  let message: any
  try {
    message = type.decode(bytes)
  } catch (error) {
    if ((error as Error).name !== 'DecodeError') throw error
    return { error: (error as Error).message }
  }
  // an envelope of nothing that we know cannot be sent: Go writes no bytes for it
  return { again: message.type === 'unknown' ? '' : bytesToHex(type.encode(message)) }
}

/** Undefined if we make of the bytes what Go does, else what differs. */
export function differenceFromGo({ type: name, hex, again, error }: Mutant): string | undefined {
  const type = CODECS.get(name)
  if (type === undefined) return `no codec for ${name}`
  const ours = judge(type, hexToBytes(hex))
  if ('error' in ours) return again === undefined ? undefined : `${name} ${hex}: only we refuse: ${ours.error}`
  if (again === undefined) return `${name} ${hex}: only Go refuses: ${error}`
  if (ours.again === again) return undefined
  // strings that are not UTF-8 are kept as they are by Go, and read as U+FFFD by us
  const readAgain = judge(type, hexToBytes(again))
  if (ours.again.includes(REPLACEMENT) && 'again' in readAgain && readAgain.again === ours.again) return undefined
  return `${name} ${hex}: Go writes ${again}, we ${ours.again}`
}

/** U+FFFD in UTF-8. */
const REPLACEMENT = 'efbfbd'
