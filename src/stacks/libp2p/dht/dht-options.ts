/** The options of a network's DHT, checked once at the door and filled with their defaults. */
import type { Multiaddr } from '@multiformats/multiaddr'
import { InvalidAddressError, InvalidOptionError } from '../../../errors.ts'
import { parseNetAddress } from '../../../identity/net-address.ts'
import type { Clock, Random } from '../../../interface/clock.ts'
import type { NetAddress } from '../../../interface/net-address.ts'
import type { NodeId } from '../../../interface/node-info.ts'
import { assertMethods, assertNames, assertObject, CLOCK_METHODS, namesOf } from '../../../util/check.ts'
import { systemClock } from '../../../util/clock.ts'

export interface CometDhtInit {
  /** Chain id, the same as the switch's: each network has a DHT of its own. */
  network: string
  /**
   * `server`: answers questions and keeps who is there; a network needs some, and each should be reachable by all. `client`: only asks, and is found all the same if
   * it listens. @default 'server'
   */
  mode?: 'client' | 'server'
  /** Multiaddrs that end in `/p2p/…`: who is asked first, as long as nobody else is known. Any peer of ours that is a server will do as well. @default [] */
  bootstrap?: string[]
  /** Tell others that we are there. False: a node that finds and is not found. @default true */
  provide?: boolean
  /** As Go's `addr_book_strict`: addresses of local networks are neither taken nor told. @default true */
  strict?: boolean
  clock?: Clock
  random?: Random
}

/** The options with every default filled in. */
export interface CheckedDhtInit extends Required<Omit<CometDhtInit, 'bootstrap'>> {
  /** The addresses of each. */
  readonly bootstrap: ReadonlyMap<NodeId, Multiaddr[]>
}

const NAMES = namesOf<CometDhtInit>({
  network: true,
  mode: true,
  bootstrap: true,
  provide: true,
  strict: true,
  clock: true,
  random: true
})

/** Throws `InvalidOptionError` or `InvalidAddressError` naming the field; `at`, as 'dht.': where what is said of the DHT alone stands among the options of the caller. */
export function checkedDhtInit(init: CometDhtInit, at = ''): CheckedDhtInit {
  assertObject('options', init)
  assertNames('', init, NAMES)
  const { network, mode = 'server', bootstrap = [], provide = true, strict = true } = init
  const { clock = systemClock, random = Math.random } = init
  // a lone surrogate has no UTF-8
  if (typeof network !== 'string' || network === '' || !network.isWellFormed())
    throw new InvalidOptionError('network', network, 'a chain id')
  if (mode !== 'client' && mode !== 'server') throw new InvalidOptionError(`${at}mode`, mode, "'client' or 'server'")
  if (!Array.isArray(bootstrap)) throw new InvalidOptionError(`${at}bootstrap`, bootstrap, 'an array of multiaddrs')
  if (typeof provide !== 'boolean') throw new InvalidOptionError(`${at}provide`, provide, 'a boolean')
  if (typeof strict !== 'boolean') throw new InvalidOptionError('strict', strict, 'a boolean')
  assertMethods('clock', clock, CLOCK_METHODS)
  if (typeof random !== 'function') throw new InvalidOptionError('random', random, 'a function')
  return { network, mode, bootstrap: bootstrapPeers(bootstrap, `${at}bootstrap`), provide, strict, clock, random }
}

function bootstrapPeers(addresses: readonly string[], field: string): ReadonlyMap<NodeId, Multiaddr[]> {
  const peers = new Map<NodeId, Multiaddr[]>()
  for (const [i, text] of addresses.entries()) {
    const { id, multiaddr } = parsed(text, `${field}[${i}]`)
    if (id === '' || multiaddr === undefined)
      throw new InvalidOptionError(`${field}[${i}]`, text, 'a multiaddr that ends in /p2p and a PeerId')
    peers.set(id, [...(peers.get(id) ?? []), multiaddr])
  }
  return peers
}

function parsed(text: string, field: string): NetAddress {
  try {
    return parseNetAddress(text)
  } catch (err) {
    if (err instanceof InvalidAddressError) err.message = `${field}: ${err.message}`
    throw err
  }
}
