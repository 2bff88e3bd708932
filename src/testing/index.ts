/** comet-libp2p/testing: a network in memory, and traces of what a switch calls on a reactor. */
export {
  createMemoryNetwork,
  type MemoryNetworkInit,
  type MemorySwitchOptions,
  type TestNetwork
} from './memory-network.ts'
export { assertReactorGrammar, ReactorGrammarError } from './reactor-grammar.ts'
export { type ReactorCall, type RecordedCall, recordCalls } from './record-calls.ts'
