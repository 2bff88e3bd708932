/** `comet-libp2p bridge`: a node that is a peer of a classic and of an lp2p network, and carries what either says to the other. */
import { Bridge, bridgeSwitchOptions } from '../bridge/bridge.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import type { Logger } from '../interface/logger.ts'
import { createNode } from '../node/create-node.ts'
import { systemClock } from '../util/clock.ts'
import { askChain } from './ask-chain.ts'
import { BRIDGE_HELP, type BridgeFlags, readBridgeFlags } from './bridge-flags.ts'
import { bridgeFailures, bridgeJson, bridgeLine, bridgePicture } from './bridge-view.ts'
import { showLive } from './display.ts'
import { openLog } from './log-file.ts'
import { INTERRUPTED_EXIT_CODE, RunTime } from './run-time.ts'
import type { Terminal } from './terminal.ts'

const clock = systemClock

/** The exit code: 0 if what was asked for happened. */
export async function bridge(args: readonly string[], terminal: Terminal): Promise<number> {
  const flags = readBridgeFlags(args)
  if (flags === undefined) {
    terminal.print(BRIDGE_HELP)
    return 0
  }
  const log = await openLog(flags.log)
  try {
    return await runBridge(flags, log.logger, terminal)
  } finally {
    await log.close()
  }
}

async function runBridge(flags: BridgeFlags, logger: Logger, terminal: Terminal): Promise<number> {
  const network = await networkOf(flags, terminal.interrupted)
  if (terminal.interrupted.aborted) return INTERRUPTED_EXIT_CODE
  const joined = new Bridge({ pairs: flags.pairs, clock, logger })
  const node = await createNode({
    ...bridgeSwitchOptions,
    stacks: ['libp2p', 'comet'],
    listen: [...flags.listen],
    reactors: joined.reactors(),
    moniker: 'comet-libp2p bridge',
    // order matters to who hears a chain's messages at second hand (spec/bridge.md)
    goInFlight: 1,
    // nobody else has anything to say here; halves may be neighbours
    maxNumInboundPeers: 0,
    maxNumOutboundPeers: 0,
    unconditionalPeerIDs: halves(flags),
    allowDuplicateIP: true,
    logger,
    ...(network === undefined ? {} : { network }),
    ...(flags.home === undefined ? {} : { home: flags.home })
  })
  const time = new RunTime(terminal, clock, flags.seconds)
  const view = () => {
    const remainingMs = time.remainingMs()
    return {
      elapsedMs: time.elapsedMs(),
      ...(remainingMs === undefined ? {} : { remainingMs }),
      network: node.switch.nodeInfo().network,
      id: node.nodeKey.id,
      peerId: String(node.nodeKey.peerId),
      listen: node.switch.netInfo().listeners,
      pairs: joined.status()
    }
  }
  joined.start(node.switch)
  const display = showLive({
    terminal,
    clock,
    json: flags.json,
    view,
    picture: bridgePicture,
    line: bridgeLine,
    toJson: bridgeJson
  })
  try {
    await time.over
  } finally {
    time.stop()
    display.end()
  }
  const last = view()
  await joined.stop()
  await node.stop()
  const cutShort = time.cutShort ? [`interrupted before ${flags.seconds} seconds had passed`] : []
  const failures = [...cutShort, ...(flags.seconds === undefined ? [] : bridgeFailures(last))]
  if (flags.json) terminal.print(JSON.stringify(bridgeJson(last, failures)))
  for (const failure of failures) terminal.warn(failure)
  if (failures.length === 0) return 0
  return time.cutShort ? INTERRUPTED_EXIT_CODE : 1
}

/** Undefined: the home's genesis names it, or Ctrl-C came while the classic nodes were asked. */
async function networkOf({ network, home, pairs }: BridgeFlags, signal: AbortSignal): Promise<string | undefined> {
  if (network !== undefined || home !== undefined) return network
  try {
    const classic = pairs.map((pair) => parseNetAddress(pair.classic))
    return await askChain(classic, clock, signal)
  } catch (err) {
    if (signal.aborted) return undefined
    throw err
  }
}

/** Neither limits nor bans may part them. */
function halves({ pairs }: BridgeFlags): string[] {
  return [...new Set(pairs.flatMap(({ classic, lp2p }) => [classic, lp2p]).map((text) => parseNetAddress(text).id))]
}
