/** The other side, as a test wants it: answers from a recorded chain, bent in any way. */

import type { BlockResponse } from '../../../src/chain/block-file.ts'
import type { Envelope } from '../../../src/interface/envelope.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import { BaseReactor } from '../../../src/reactors/base-reactor.ts'
import { BLOCKSYNC_CHANNEL, blocksyncChannel } from '../../../src/reactors/blocksync/channels.ts'
import type { BlocksyncMessage } from '../../../src/wire/codec.ts'
import type { RecordedChain } from '../../chain/recorded-chain.ts'

export interface Script {
  base?: bigint
  height?: bigint
  /** Undefined: says nothing. */
  answer?(height: bigint, honest: BlockResponse | undefined): BlocksyncMessage | undefined
  /** Undefined: says nothing. */
  status?(): BlocksyncMessage | undefined
}

export class ScriptedReactor extends BaseReactor {
  /** Heights asked for, in order. */
  readonly requests: bigint[] = []
  readonly #chain: RecordedChain
  readonly #script: Script

  constructor(chain: RecordedChain, script: Script = {}) {
    super('SCRIPTED')
    this.#chain = chain
    this.#script = script
  }

  override getChannels() {
    return [blocksyncChannel]
  }

  override addPeer(peer: Peer): void {
    this.say(peer, this.#status())
  }

  override receive({ src, message }: Envelope): void {
    const asked = message as BlocksyncMessage
    if (asked.type === 'statusRequest') this.say(src!, this.#status())
    if (asked.type !== 'blockRequest') return
    this.requests.push(asked.height)
    const honest = this.#chain.responses[Number(asked.height) - 1]
    this.say(src!, this.#script.answer === undefined ? honest : this.#script.answer(asked.height, honest))
  }

  say(peer: Peer, message: BlocksyncMessage | undefined): void {
    if (message !== undefined) peer.trySend({ channelId: BLOCKSYNC_CHANNEL, message })
  }

  #status(): BlocksyncMessage | undefined {
    if (this.#script.status !== undefined) return this.#script.status()
    const { base = 1n, height = BigInt(this.#chain.last) } = this.#script
    return { type: 'statusResponse', base, height }
  }
}
