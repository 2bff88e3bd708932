/** Reads what the Go generator wrote (test/fixtures/vectors/README.md). */
import { readFileSync } from 'node:fs'
import { hexToBytes } from '@noble/hashes/utils.js'

export function readVectors<T>(file: string): T[] {
  return parseLines(readFileSync(new URL(`../fixtures/vectors/${file}`, import.meta.url), 'utf8'))
}

/** One JSON object a line, with bigint and bytes revived. */
export function parseLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line, revive))
}

function revive(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('$bigint' in value) return BigInt(value.$bigint as string)
  if ('$hex' in value) return hexToBytes(value.$hex as string)
  return value
}
