/** Evidence that a validator voted twice: made with its key by interop/go/evidence and handed to a node over RPC. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { GoNode } from './go-node.ts'
import { EVIDENCE } from './go-toolchain.ts'
import { until } from './until.ts'

const run = promisify(execFile)

/** Go gossips evidence every 10 s to a peer that was behind when it first tried, and a block must follow. */
const COMMIT_TIMEOUT_MS = 40_000

export interface DoubleVote {
  /** Of the two votes. */
  readonly height: number
  /** Of the evidence, hex. */
  readonly hash: string
  /** Of the validator, 40 hex digits, as RPC writes it. */
  readonly address: string
}

/** Settles once `told` has taken the evidence into its pool; rejects if it found it invalid. `guilty` is a validator; it need not know. */
export async function reportDoubleVote(guilty: GoNode, told: GoNode): Promise<DoubleVote> {
  const { stdout } = await run(EVIDENCE, ['--home', guilty.home, '--rpc', told.rpc.url])
  return JSON.parse(stdout) as DoubleVote
}

/** Settles with the height at which `node` has that evidence in a block, looking from the height of the votes on. */
export async function evidenceCommitted(node: GoNode, { height, address }: DoubleVote): Promise<number> {
  let next = height
  return await until(
    `${node.name} has evidence against ${address} in a block`,
    async () => {
      const latest = await node.rpc.height()
      for (; next <= latest; next++) {
        const { evidence } = (await node.rpc.block(next)).block.evidence
        const votes = evidence.map(({ value }) => value.vote_a)
        if (votes.some((vote) => vote?.validator_address === address && Number(vote.height) === height)) return next
      }
      throw new Error(`height ${latest}`)
    },
    { timeoutMs: COMMIT_TIMEOUT_MS }
  )
}
