/** What both kinds of libp2p links say of the node at their other end. */
import type { Connection, PeerId } from '@libp2p/interface'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId, NodeInfo } from '../../interface/node-info.ts'

export interface RemoteInit {
  readonly connection: Connection
  readonly outbound: boolean
  readonly remoteId: NodeId
  readonly nodeInfo: NodeInfo
  readonly socketAddr: NetAddress
  readonly remoteIP: string
}

export abstract class Remote {
  readonly stack = 'libp2p'
  readonly outbound: boolean
  readonly remoteId: NodeId
  readonly remotePeerId: PeerId
  readonly nodeInfo: NodeInfo
  readonly socketAddr: NetAddress
  readonly remoteIP: string

  constructor(init: RemoteInit) {
    this.outbound = init.outbound
    this.remoteId = init.remoteId
    this.remotePeerId = init.connection.remotePeer
    this.nodeInfo = init.nodeInfo
    this.socketAddr = init.socketAddr
    this.remoteIP = init.remoteIP
  }
}
