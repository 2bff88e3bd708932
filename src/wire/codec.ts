/**
 * Every message of CometBFT v0.38 to v0.40 between bytes and plain objects: the door of this folder. Each codec is a `MessageType`
 * (`typeName`, `encode`, `decode`); its name is that of its type in camelCase. Bytes are gogoproto's to the last one (vectors in test/fixtures/vectors),
 * 64-bit integers are bigint, times are `{ seconds, nanos }`, bytes are views into what was decoded. `encode` throws `EncodeError` naming the
 * field, `decode` throws `DecodeError` naming the type.
 */
export * from './block.ts'
export * from './canonical.ts'
export * from './chain-types.ts'
export * from './channel-messages.ts'
export * from './consensus-message.ts'
export * from './params.ts'
