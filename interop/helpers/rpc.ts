/** What the tests ask of a CometBFT node's RPC (rpc/core), answers narrowed to what they use. */
import type { GivenUpError } from './until.ts'

interface Answer<T> {
  result?: T
  error?: { message: string; data?: string }
}

export interface RpcBlock {
  block_id: { hash: string }
  block: {
    header: { height: string; validators_hash: string }
    data: { txs: string[] }
    evidence: { evidence: Array<{ type: string; value: { vote_a?: { height: string; validator_address: string } } }> }
  }
}

export interface RpcPeer {
  node_info: { id: string }
  is_outbound: boolean
  /** With the classic stack as Go's ConnectionStatus has it. */
  connection_status: Record<string, unknown>
  remote_ip: string
}

export interface RpcNetInfo {
  listening: boolean
  listeners: string[]
  n_peers: string
  peers: RpcPeer[]
}

export interface RpcStatus {
  node_info: Record<string, unknown>
  sync_info: { latest_block_height: string }
}

const TIMEOUT_MS = 15_000

export class Rpc {
  readonly url: string
  #givenUp: GivenUpError | undefined

  constructor(url: string) {
    this.url = url
  }

  /** From now on every call rejects with `error`, and so ends whoever waits for this node; undefined takes it back. */
  giveUp(error: GivenUpError | undefined): void {
    this.#givenUp = error
  }

  /** Rejects with what the node said was wrong, or with fetch's error where it does not listen. */
  async call<T>(method: string, params: Record<string, unknown> = {}): Promise<T> {
    if (this.#givenUp !== undefined) throw this.#givenUp
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(TIMEOUT_MS)
    })
    const { result, error } = (await response.json()) as Answer<T>
    if (error !== undefined) throw new Error(`${method}: ${error.message} ${error.data ?? ''}`)
    return result as T
  }

  async status(): Promise<RpcStatus> {
    return await this.call('status')
  }

  async height(): Promise<number> {
    return Number((await this.status()).sync_info.latest_block_height)
  }

  async block(height: number): Promise<RpcBlock> {
    return await this.call('block', { height: String(height) })
  }

  async netInfo(): Promise<RpcNetInfo> {
    return await this.call('net_info')
  }

  /** Settles once the node's mempool has it; rejects if the application said no. */
  async submit(tx: string): Promise<void> {
    const { code, log } = await this.call<{ code: number; log: string }>('broadcast_tx_sync', {
      tx: Buffer.from(tx).toString('base64')
    })
    if (code !== 0) throw new Error(`the application refused ${tx}: ${log}`)
  }

  /** How many transactions wait in the node's mempool. */
  async pending(): Promise<number> {
    return Number((await this.call<{ total: string }>('num_unconfirmed_txs')).total)
  }

  /** The transactions of the blocks `from` to `to`, as text. */
  async txs(from: number, to: number): Promise<string[]> {
    const found: string[] = []
    for (let height = from; height <= to; height++)
      for (const tx of (await this.block(height)).block.data.txs) found.push(Buffer.from(tx, 'base64').toString())
    return found
  }
}
