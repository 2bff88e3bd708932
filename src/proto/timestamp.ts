/** A moment as CometBFT writes it (google.protobuf.Timestamp): whole seconds since 1970, negative before, and 0 to 999,999,999 ns after them. */
export interface Timestamp {
  readonly seconds: bigint
  readonly nanos: number
}

/** Go's zero time, 0001-01-01T00:00:00Z: what an absent time decodes to, and what an absent CommitSig carries. */
export const GO_ZERO_TIME: Timestamp = Object.freeze({ seconds: -62_135_596_800n, nanos: 0 })

/** 9999-12-31T23:59:59Z, the last second a Timestamp may name. */
const MAX_SECONDS = 253_402_300_799n
const MAX_NANOS = 999_999_999

/** What is wrong with a time (year 1 to 9999, nanos within a second), undefined if nothing. */
export function timestampFault(time: Timestamp): string | undefined {
  if (time.seconds < GO_ZERO_TIME.seconds || time.seconds > MAX_SECONDS)
    return `seconds ${time.seconds} are outside years 1 to 9999`
  if (!Number.isInteger(time.nanos) || time.nanos < 0 || time.nanos > MAX_NANOS)
    return `nanos ${time.nanos} are not 0 to ${MAX_NANOS}`
  return undefined
}
