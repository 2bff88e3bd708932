/** The options of a switch, checked once at the door and filled with their defaults. */
import { InvalidOptionError } from '../errors.ts'
import { type SwitchOptions, switchDefaults } from '../options.ts'
import { assertMethods, assertObject, assertTimer, CLOCK_METHODS, LOGGER_METHODS } from '../util/check.ts'
import { systemClock } from '../util/clock.ts'
import { nullLogger } from '../util/logger.ts'

type Defaulted =
  | 'moniker'
  | 'version'
  | 'appVersion'
  | 'rpcAddress'
  | 'reactors'
  | 'delivery'
  | 'callbackTimeoutMs'
  | 'startTimeoutMs'
  | 'dialTimeoutMs'
  | 'handshakeTimeoutMs'
  | 'filterTimeoutMs'
  | 'logger'
  | 'clock'
  | 'random'

export type CheckedSwitchOptions = Required<Pick<SwitchOptions, Defaulted>> &
  Pick<SwitchOptions, 'network' | 'externalAddress' | 'addressBook'>

const DURATIONS = [
  'callbackTimeoutMs',
  'startTimeoutMs',
  'dialTimeoutMs',
  'handshakeTimeoutMs',
  'filterTimeoutMs'
] as const

/** p2p/node_info.go: what a node says of itself is printable ASCII. */
const PRINTABLE = /^[\x20-\x7e]*$/

/** Throws `InvalidOptionError` naming the field. */
export function checkSwitchOptions(init: SwitchOptions): CheckedSwitchOptions {
  if (typeof init !== 'object' || init === null) throw new InvalidOptionError('options', init, 'an object')
  const options: CheckedSwitchOptions = {
    network: init.network,
    moniker: init.moniker ?? switchDefaults.moniker,
    version: init.version ?? switchDefaults.version,
    appVersion: init.appVersion ?? 0n,
    rpcAddress: init.rpcAddress ?? '',
    reactors: init.reactors ?? {},
    delivery: init.delivery ?? switchDefaults.delivery,
    callbackTimeoutMs: init.callbackTimeoutMs ?? switchDefaults.callbackTimeoutMs,
    startTimeoutMs: init.startTimeoutMs ?? switchDefaults.startTimeoutMs,
    dialTimeoutMs: init.dialTimeoutMs ?? switchDefaults.dialTimeoutMs,
    handshakeTimeoutMs: init.handshakeTimeoutMs ?? switchDefaults.handshakeTimeoutMs,
    filterTimeoutMs: init.filterTimeoutMs ?? switchDefaults.filterTimeoutMs,
    logger: init.logger ?? nullLogger,
    clock: init.clock ?? systemClock,
    random: init.random ?? Math.random,
    ...(init.externalAddress === undefined ? {} : { externalAddress: init.externalAddress }),
    ...(init.addressBook === undefined ? {} : { addressBook: init.addressBook })
  }
  // nothing of ours is on the way of a call that fails later, so what cannot work is found here
  assertMethods('logger', options.logger, LOGGER_METHODS)
  assertMethods('clock', options.clock, CLOCK_METHODS)
  if (options.addressBook !== undefined)
    assertMethods('addressBook', options.addressBook, ['bannedUntil', 'markBad', 'markGood', 'addPrivateIDs', 'banned'])
  if (typeof options.random !== 'function') throw new InvalidOptionError('random', options.random, 'a function')
  const { network, moniker } = options
  // types/genesis.go MaxChainIDLen
  if (typeof network !== 'string' || network === '' || new TextEncoder().encode(network).length > 50)
    throw new InvalidOptionError('network', network, 'a chain id of 1 to 50 bytes')
  if (typeof moniker !== 'string' || !PRINTABLE.test(moniker) || moniker.trim() === '')
    throw new InvalidOptionError('moniker', moniker, 'printable ASCII, not only spaces')
  for (const field of ['version', 'rpcAddress'] as const) {
    const text: unknown = options[field]
    if (typeof text !== 'string' || !PRINTABLE.test(text) || (text !== '' && text.trim() === ''))
      throw new InvalidOptionError(field, text, 'printable ASCII, empty or not only spaces')
  }
  if (typeof options.appVersion !== 'bigint' || options.appVersion < 0n)
    throw new InvalidOptionError('appVersion', options.appVersion, 'a bigint >= 0')
  if (options.delivery !== 'sender' && options.delivery !== 'reactor')
    throw new InvalidOptionError('delivery', options.delivery, "'sender' or 'reactor'")
  for (const field of DURATIONS) assertTimer(field, options[field])
  assertObject('reactors', options.reactors, 'reactors by name')
  return options
}
