/**
 * The `comet-libp2p/node` entry point: what needs Node.js. A whole node in one call, CometBFT homes, the classic stack, and native signature checks.
 */
export { CometStack, type CometStackInit, type CometStackOptions } from '../stacks/comet/stack.ts'
export { BookFile } from './book-file.ts'
export { type ClassicConfig, configDefaults, type HomeConfig, parseConfig, readConfig } from './config.ts'
export { type CometNode, type CreateNodeOptions, createNode, type StackName } from './create-node.ts'
export { nativeEd25519Verifier } from './ed25519.ts'
export { loadOrCreateNodeKey, readNodeKey, resolveHome } from './home.ts'
export type { ClassicOptions } from './node-options.ts'
export type { DiscoveryOptions, PexTimes } from './peer-exchange.ts'
export type { TransportName } from './transports.ts'
