/**
 * Field kinds: how a value of ours becomes what protobufjs' generated classes hold, and back. Values are checked on the way out (a wrong one is an
 * `EncodeError` naming the field) because protobufjs coerces silently; on the way in protobufjs has checked the shape, and kinds add what Go checks.
 * gogoproto's rules (spec/reactors-and-messages.md section 2) are in the kinds: `embedded` is always written, `nullable` only when there, `time` is
 * Go's zero time when absent.
 */
import { DecodeError, describe, EncodeError } from '../errors.ts'
import { type Int64Bits, int64FromBits, int64ToBits, uint64FromBits, uint64ToBits } from './int64.ts'
import { GO_ZERO_TIME, type Timestamp, timestampFault } from './timestamp.ts'

/** One kind. `wire` is undefined where the message itself was absent. */
export interface Field<T> {
  toWire(value: T, field: string): unknown
  fromWire(wire: any, field: string): T
}

/** What embedded kinds need of a message codec (`message.ts`). */
export interface WireForm<T> {
  toWire(value: T, field: string): object
  fromWire(wire: any): T
}

const EMPTY = new Uint8Array(0)

function wrong(field: string, want: string, found: unknown): EncodeError {
  return new EncodeError(`${field}: expected ${want}, found ${describe(found)}`)
}

function integer(min: number, max: number, want: string): Field<number> {
  return {
    toWire(value, field) {
      if (!Number.isInteger(value) || value < min || value > max) throw wrong(field, want, value)
      return value
    },
    fromWire: (wire) => wire ?? 0
  }
}

export const int32 = integer(-(2 ** 31), 2 ** 31 - 1, 'an int32')
export const uint32 = integer(0, 2 ** 32 - 1, 'a uint32')

export const int64: Field<bigint> = { toWire: int64ToBits, fromWire: int64FromBits }
export const uint64: Field<bigint> = { toWire: uint64ToBits, fromWire: uint64FromBits }

export const uint64List: Field<bigint[]> = {
  toWire: (values, field) => list(values, field).map((value) => uint64ToBits(value, field)),
  fromWire: (wire?: Int64Bits[]) => wire?.map(uint64FromBits) ?? []
}

export const bool: Field<boolean> = {
  toWire(value, field) {
    if (typeof value !== 'boolean') throw wrong(field, 'a boolean', value)
    return value
  },
  fromWire: (wire) => wire ?? false
}

/** Go does not check UTF-8; what is not UTF-8 reads as U+FFFD here. */
export const string: Field<string> = {
  toWire(value, field) {
    if (typeof value !== 'string' || !value.isWellFormed()) throw wrong(field, 'a well-formed string', value)
    return value
  },
  fromWire: (wire) => wire ?? ''
}

export const stringList: Field<string[]> = {
  toWire: (values, field) => list(values, field).map((value) => string.toWire(value, field)),
  fromWire: (wire) => (wire === undefined ? [] : [...wire])
}

/** Decoded bytes are views into the message's bytes: no copy, and they keep the message alive. */
export const bytes: Field<Uint8Array> = {
  toWire(value, field) {
    if (!(value instanceof Uint8Array)) throw wrong(field, 'a Uint8Array', value)
    return value
  },
  fromWire: (wire) => (wire === undefined || wire.length === 0 ? EMPTY : wire)
}

export const bytesList: Field<Uint8Array[]> = {
  toWire(values, field) {
    for (const value of list(values, field)) bytes.toWire(value, field)
    return values
  },
  // the array that protobufjs made for this message is handed on; its shared empty one is frozen and is not
  fromWire: (wire) => (wire === undefined || wire.length === 0 ? [] : wire)
}

/** gogoproto `nullable = false`: always written, and all defaults when absent. */
export function embedded<T>(form: WireForm<T>): Field<T> {
  return {
    toWire: (value, field) => form.toWire(value, field),
    fromWire: (wire) => form.fromWire(wire ?? undefined)
  }
}

/** Written only when there; undefined when absent. */
export function nullable<T>(form: WireForm<T>): Field<T | undefined> {
  return {
    toWire: (value, field) => (value === undefined ? undefined : form.toWire(value, field)),
    fromWire: (wire) => (wire == null ? undefined : form.fromWire(wire))
  }
}

export function repeated<T>(form: WireForm<T>): Field<T[]> {
  return {
    toWire: (values, field) => list(values, field).map((value) => form.toWire(value, field)),
    fromWire: (wire) => wire?.map((item: unknown) => form.fromWire(item)) ?? []
  }
}

/** gogoproto `stdtime`, `nullable = false`. */
export const time: Field<Timestamp> = {
  toWire(value, field) {
    if (typeof value !== 'object' || value === null) throw wrong(field, 'a Timestamp', value)
    const wire = { seconds: int64ToBits(value.seconds, `${field}.seconds`), nanos: value.nanos }
    const fault = timestampFault(value)
    if (fault !== undefined) throw new EncodeError(`${field}: ${fault}`)
    return wire
  },
  fromWire(wire, field) {
    if (wire == null) return GO_ZERO_TIME
    const value = { seconds: int64FromBits(wire.seconds), nanos: wire.nanos }
    const fault = timestampFault(value)
    if (fault !== undefined) throw new DecodeError(`${field}: ${fault}`)
    return value
  }
}

function list<T>(values: T[], field: string): T[] {
  if (!Array.isArray(values)) throw wrong(field, 'an array', values)
  return values
}
