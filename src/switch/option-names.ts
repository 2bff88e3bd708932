/** The names of the options that switch and policy have, whoever takes them: each of their doors refuses what is not among its own (util/check.ts). */
import type { PeerPolicyOptions } from '../interface/policy.ts'
import type { SwitchOptions } from '../options.ts'
import { namesOf } from '../util/check.ts'

export const SWITCH_OPTIONS = namesOf<SwitchOptions>({
  network: true,
  moniker: true,
  version: true,
  appVersion: true,
  rpcAddress: true,
  externalAddress: true,
  reactors: true,
  delivery: true,
  callbackTimeoutMs: true,
  startTimeoutMs: true,
  dialTimeoutMs: true,
  handshakeTimeoutMs: true,
  filterTimeoutMs: true,
  addressBook: true,
  logger: true,
  clock: true,
  random: true
})

export const POLICY_OPTIONS = namesOf<PeerPolicyOptions>({
  mode: true,
  maxNumInboundPeers: true,
  maxNumOutboundPeers: true,
  persistentPeers: true,
  unconditionalPeerIDs: true,
  privatePeerIDs: true,
  allowDuplicateIP: true,
  persistentPeersMaxDialPeriod: true,
  pending: true,
  refusalSlots: true,
  filterConnection: true,
  filterPeer: true
})
