/**
 * Switches that meet in memory (contract.md, "Tests and simulations"): the whole library but for the wire, at the speed of one process, with a network that a test
 * can cut. A composition root: it puts the switch and the memory stack together.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { InvalidOptionError } from '../errors.ts'
import { nodeKeyFromSeed } from '../identity/node-key.ts'
import type { PeerPolicyOptions } from '../interface/policy.ts'
import type { Switch } from '../interface/switch.ts'
import type { SwitchOptions } from '../options.ts'
import { MemoryNetwork, type MemoryNetworkInit } from '../stacks/memory/network.ts'
import { MEMORY_PORT, MemoryStack } from '../stacks/memory/stack.ts'
import { POLICY_OPTIONS, SWITCH_OPTIONS } from '../switch/option-names.ts'
import { CometSwitch } from '../switch/switch.ts'
import { assertNames, namesOf } from '../util/check.ts'
import { seededRandom } from '../util/prng.ts'

export type { MemoryNetworkInit } from '../stacks/memory/network.ts'

export interface MemorySwitchOptions extends SwitchOptions, PeerPolicyOptions {
  /** The host in its address, `<id>@<host>:26656`. @default the moniker where it can be one, else a name of its own */
  host?: string
}

/** A network in memory and what a test may do to it. */
export interface TestNetwork {
  /**
   * A switch on this network, not started: add reactors, then start. Its key and chance derive from the network's seed and the number of switches
   * before it. Its address is known at once: `sw.nodeInfo().netAddress()`.
   */
  createSwitch(options: MemorySwitchOptions): Switch
  /** Both see the connection lost, within the call. They may connect again. */
  cut(a: Switch, b: Switch): void
  /** It loses all its connections within the call and cannot be connected with until `heal`. */
  isolate(sw: Switch): void
  /** Nobody is isolated any more. */
  heal(): void
}

const NETWORK_OPTIONS = namesOf<MemoryNetworkInit>({ seed: true, latencyMs: true, jitterMs: true, clock: true })

/** Throws `InvalidOptionError` naming the field. */
export function createMemoryNetwork(init: MemoryNetworkInit = {}): TestNetwork {
  const network = new MemoryNetwork(init)
  assertNames('', init, NETWORK_OPTIONS)
  const stacks = new WeakMap<Switch, MemoryStack>()
  let count = 0

  const stackOf = (field: string, sw: Switch): MemoryStack => {
    const stack = stacks.get(sw)
    if (stack === undefined) throw new InvalidOptionError(field, sw, 'a switch that this network created')
    return stack
  }

  return {
    createSwitch(options) {
      if (typeof options !== 'object' || options === null)
        throw new InvalidOptionError('options', options, 'an object with at least `network`')
      assertNames('', options, [...SWITCH_OPTIONS, ...POLICY_OPTIONS, 'host'])
      if (options.host !== undefined && typeof options.host !== 'string')
        throw new InvalidOptionError('host', options.host, 'a host name')
      const nth = count
      const nodeKey = nodeKeyFromSeed(sha256(new TextEncoder().encode(`memory network ${network.seed}, node ${nth}`)))
      const stack = new MemoryStack({ network, nodeKey, host: options.host ?? freeHost(network, options.moniker, nth) })
      try {
        const random = seededRandom(network.seed + nth + 1)
        const defaults = { clock: network.clock, random }
        const sw = new CometSwitch({ ...defaults, ...options, nodeKey, stacks: [stack], policy: options })
        stacks.set(sw, stack)
        count++
        return sw
      } catch (err) {
        network.unregister(stack)
        throw err
      }
    },
    cut(a, b) {
      network.cut(stackOf('a', a), stackOf('b', b))
    },
    isolate(sw) {
      network.isolate(stackOf('sw', sw))
    },
    heal() {
      network.heal()
    }
  }
}

/** What a moniker must look like to be a host too; it is not mistaken for an IP address. */
const HOST = /^[a-z][a-z0-9-]*$/i

function freeHost(network: MemoryNetwork, moniker: string | undefined, nth: number): string {
  if (typeof moniker === 'string' && HOST.test(moniker) && !network.has(moniker, MEMORY_PORT)) return moniker
  let name = `node-${nth}`
  while (network.has(name, MEMORY_PORT)) name += '-'
  return name
}
