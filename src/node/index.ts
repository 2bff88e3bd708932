/**
 * The `comet-libp2p/node` entry point: what needs Node.js. A whole node in one call, CometBFT homes, and native signature checks.
 */
export { configDefaults, type HomeConfig, parseConfig, readConfig } from './config.ts'
export { type CometNode, type CreateNodeOptions, createNode, type StackName } from './create-node.ts'
export { nativeEd25519Verifier } from './ed25519.ts'
export { loadOrCreateNodeKey, readNodeKey, resolveHome } from './home.ts'
export type { TransportName } from './transports.ts'
