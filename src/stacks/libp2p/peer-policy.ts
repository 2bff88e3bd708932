/**
 * `peerPolicy()`: the rules by which connections become peers, as an object a libp2p node and a switch share. It is made before the node, because the
 * node wants a connection gater and connection manager options at its own making; the switch binds itself to it later. A composition root: it joins the
 * pure policy of the switch with libp2p's hooks.
 */
import type { ConnectionGater } from '@libp2p/interface'
import { InvalidOptionError } from '../../errors.ts'
import type { Logger } from '../../interface/logger.ts'
import type { PeerPolicyOptions } from '../../interface/policy.ts'
import { type CheckedPolicy, checkPolicy, type Rules } from '../../switch/admission/rules.ts'
import { POLICY_OPTIONS } from '../../switch/option-names.ts'
import { assertMethods, assertNames, assertObject, namesOf } from '../../util/check.ts'
import {
  type AdjustableConnectionManager,
  type ConnectionManagerInit,
  connectionManagerOptions,
  liftLimits
} from './connection-limits.ts'
import { connectionGater } from './gater.ts'
import { PolicyGaterHost } from './gater-host.ts'

/** One policy serves one switch. */
export interface PeerPolicy {
  readonly options: PeerPolicyOptions
  /** For `createLibp2p({ connectionGater })`. Your own gater's hooks are asked first. Left out, the service installs it. */
  connectionGater(user?: ConnectionGater): ConnectionGater
  /**
   * For `createLibp2p({ connectionManager })`: your own options, with those lifted that libp2p would apply before any gater. Left out, the service
   * raises what can be raised at run time and warns.
   */
  connectionManager(user?: ConnectionManagerInit): ConnectionManagerInit
}

/** Throws `InvalidOptionError`, `InvalidAddressError` or `InvalidNodeIdError` naming the field. */
export function peerPolicy(options: PeerPolicyOptions = {}): PeerPolicy {
  if (typeof options !== 'object' || options === null) throw new InvalidOptionError('options', options, 'an object')
  assertNames('', options, POLICY_OPTIONS)
  return new BindablePolicy({ ...options })
}

const HOOKS = namesOf<Required<ConnectionGater>>({
  denyDialPeer: true,
  denyDialMultiaddr: true,
  denyInboundConnection: true,
  denyOutboundConnection: true,
  denyInboundEncryptedConnection: true,
  denyOutboundEncryptedConnection: true,
  denyInboundUpgradedConnection: true,
  denyOutboundUpgradedConnection: true,
  denyInboundRelayReservation: true,
  denyOutboundRelayedConnection: true,
  denyInboundRelayedConnection: true,
  filterMultiaddrForPeer: true
})

/** The policy as the service sees it. */
export class BindablePolicy implements PeerPolicy {
  readonly options: PeerPolicyOptions
  readonly checked: CheckedPolicy
  readonly #host: PolicyGaterHost
  #gaterTaken = false
  #managerTaken = false

  constructor(options: PeerPolicyOptions) {
    this.checked = checkPolicy(options)
    this.options = options
    this.#host = new PolicyGaterHost(this.checked.mode)
  }

  connectionGater(user?: ConnectionGater): ConnectionGater {
    if (user !== undefined) {
      assertObject('connectionGater', user)
      for (const hook of HOOKS) if (user[hook] !== undefined) assertMethods('connectionGater', user, [hook])
    }
    this.#gaterTaken = true
    return connectionGater(this.#host, user)
  }

  connectionManager(user?: ConnectionManagerInit): ConnectionManagerInit {
    if (user !== undefined) assertObject('connectionManager', user)
    this.#managerTaken = true
    return connectionManagerOptions(user)
  }

  /** By the service of the one switch this policy serves: installs what the user left out. */
  bind(rules: Rules, filterTimeoutMs: number, components: BoundComponents, logger: Logger): void {
    if (!this.#host.bind(rules, filterTimeoutMs))
      throw new InvalidOptionError('policy', 'a policy that another switch has', 'a policy of its own for each switch')
    // libp2p looks its gater up at each call; put in its place and not onto it, since the user's object may serve other nodes too
    if (!this.#gaterTaken) components.connectionGater = this.connectionGater(components.connectionGater)
    if (!this.#managerTaken) liftLimits(components.connectionManager, logger)
  }
}

/** What the policy needs of a libp2p node that was made without it. */
export interface BoundComponents {
  connectionGater: ConnectionGater
  readonly connectionManager: AdjustableConnectionManager
}

/** The policy given to `comet()`. Throws if it was not made by `peerPolicy`. */
export function bindable(policy: PeerPolicy | undefined): BindablePolicy {
  if (policy === undefined) return new BindablePolicy({})
  if (policy instanceof BindablePolicy) return policy
  throw new InvalidOptionError('policy', policy, 'what peerPolicy() returns')
}
