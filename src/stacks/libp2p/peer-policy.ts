/**
 * `peerPolicy()`: the rules by which connections become peers, as an object a libp2p node and a switch share. It is made before the node, because the
 * node wants a connection gater and connection manager options at its own making; the switch binds itself to it later. A composition root: it joins the
 * pure policy of the switch with libp2p's hooks.
 */
import type { ConnectionGater } from '@libp2p/interface'
import type { ConnectionManagerInit } from 'libp2p'
import { InvalidOptionError } from '../../errors.ts'
import type { PeerPolicyOptions } from '../../interface/policy.ts'
import { type CheckedPolicy, checkPolicy, type Rules } from '../../switch/rules.ts'

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
  return new BindablePolicy({ ...options })
}

/** The policy as the service sees it. */
export class BindablePolicy implements PeerPolicy {
  readonly options: PeerPolicyOptions
  readonly checked: CheckedPolicy
  #rules: Rules | undefined

  constructor(options: PeerPolicyOptions) {
    this.checked = checkPolicy(options)
    this.options = options
  }

  connectionGater(user: ConnectionGater = {}): ConnectionGater {
    return user
  }

  connectionManager(user: ConnectionManagerInit = {}): ConnectionManagerInit {
    return user
  }

  bind(rules: Rules): void {
    if (this.#rules !== undefined)
      throw new InvalidOptionError('policy', 'a policy that another switch has', 'a policy of its own for each switch')
    this.#rules = rules
  }
}

/** The policy given to `comet()`. Throws if it was not made by `peerPolicy`. */
export function bindable(policy: PeerPolicy | undefined): BindablePolicy {
  if (policy === undefined) return new BindablePolicy({})
  if (policy instanceof BindablePolicy) return policy
  throw new InvalidOptionError('policy', policy, 'what peerPolicy() returns')
}
