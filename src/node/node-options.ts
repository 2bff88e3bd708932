/** The options of createNode, sorted to those who take them. What an option leaves out comes from the home's config.toml. */
import type { PeerPolicyOptions } from '../interface/policy.ts'
import type { SwitchOptions } from '../options.ts'
import type { CometStackOptions } from '../stacks/comet/stack-options.ts'
import { LIBP2P_OPTIONS, type Libp2pOptions } from '../stacks/libp2p/service.ts'
import { POLICY_OPTIONS, SWITCH_OPTIONS } from '../switch/option-names.ts'
import type { ClassicConfig, HomeConfig } from './config.ts'

/** The home may say which network it is. */
const SERVICE_OPTIONS = [...SWITCH_OPTIONS.filter((name) => name !== 'network'), ...LIBP2P_OPTIONS]

const CLASSIC_OPTIONS = [
  'sendRate',
  'recvRate',
  'flushThrottleMs',
  'maxPacketMsgPayloadSize',
  'pingIntervalMs',
  'pongTimeoutMs',
  'dialTimeoutMs',
  'handshakeTimeoutMs'
] as const satisfies ReadonlyArray<keyof CometStackOptions>

/** What createNode takes of all of them; it has some of its own. */
export const SHARED_OPTIONS: readonly string[] = [
  ...SWITCH_OPTIONS,
  ...LIBP2P_OPTIONS,
  ...POLICY_OPTIONS,
  ...CLASSIC_OPTIONS
]

/** What users say about the classic stack alone. */
export type ClassicOptions = Omit<
  Pick<CometStackOptions, (typeof CLASSIC_OPTIONS)[number]>,
  'dialTimeoutMs' | 'handshakeTimeoutMs'
>

/** What a `CometStack` takes, but for key, addresses, clock and logger. */
export function classicOptions(
  options: ClassicOptions & Pick<SwitchOptions, 'dialTimeoutMs' | 'handshakeTimeoutMs'>,
  config: ClassicConfig = {}
): CometStackOptions {
  return { ...config, ...pick(options as CometStackOptions, CLASSIC_OPTIONS) }
}

/** A list given as an option replaces the one of config.toml. */
export function policyOptions(options: PeerPolicyOptions, config?: HomeConfig): PeerPolicyOptions {
  return { mode: 'exclusive', ...config?.policy, ...pick(options, POLICY_OPTIONS) }
}

/** What `comet()` takes, but for the network and the policy. */
export function serviceOptions(
  options: Omit<SwitchOptions, 'network'> & Libp2pOptions,
  config?: HomeConfig
): Omit<SwitchOptions, 'network'> & Libp2pOptions {
  return {
    ...(config?.moniker === undefined ? {} : { moniker: config.moniker }),
    ...(config?.externalAddress === undefined ? {} : { externalAddress: config.externalAddress }),
    ...pick(options, SERVICE_OPTIONS)
  }
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const picked: Partial<Pick<T, K>> = {}
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key]
  return picked as Pick<T, K>
}
