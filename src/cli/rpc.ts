/** What the `node` command asks a CometBFT node's RPC: which chain it is of, and its genesis. Answers are bounded; the node need not be trusted for more. */
import { UsageError } from './flags.ts'

/** A call, in ms. */
const TIMEOUT_MS = 10_000
/** rpc/core/env.go: Go cuts a larger genesis into chunks of 16 MB. Base64 in JSON makes it 22. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024
/** A gigabyte of genesis. Ours. */
const MAX_CHUNKS = 64

/** The node cannot be asked, or does not answer as CometBFT does. */
export class RpcError extends Error {
  static override readonly name = 'RpcError'
  override readonly name = 'RpcError'
}

/** `http://host:port`; `tcp://`, as config.toml has it, and no scheme at all mean the same. Throws `UsageError`. */
export function rpcUrl(flag: string, text: string): URL {
  const withScheme = text.includes('://') ? text.replace(/^tcp:/, 'http:') : `http://${text}`
  try {
    const url = new URL(withScheme.endsWith('/') ? withScheme : `${withScheme}/`)
    if (url.protocol === 'http:' || url.protocol === 'https:') return url
  } catch {
    // falls through to the error below
  }
  throw new UsageError(`${flag}: expected an address such as http://127.0.0.1:26657, found ${JSON.stringify(text)}`)
}

/** The chain id. Rejects with `RpcError`. */
export async function rpcNetwork(url: URL): Promise<string> {
  const result = await call(url, 'status')
  const network = (result.node_info as { network?: unknown } | undefined)?.network
  if (typeof network !== 'string' || network === '')
    throw new RpcError(`${url.origin}: the answer to /status names no network`)
  return network
}

/** The genesis, parsed JSON. Rejects with `RpcError`. */
export async function rpcGenesis(url: URL): Promise<unknown> {
  try {
    return (await call(url, 'genesis')).genesis
  } catch (err) {
    // Go: "genesis response is large, please use the genesis_chunked API instead"
    if (!(err instanceof RpcError) || !err.message.includes('genesis_chunked')) throw err
  }
  const chunks: Uint8Array[] = []
  for (let total = 1; chunks.length < total; ) {
    const result = await call(url, `genesis_chunked?chunk=${chunks.length}`)
    total = Number(result.total)
    if (!(total >= 1 && total <= MAX_CHUNKS) || typeof result.data !== 'string')
      throw new RpcError(`${url.origin}: the answer to /genesis_chunked is none`)
    chunks.push(Buffer.from(result.data, 'base64'))
  }
  return parse(url, Buffer.concat(chunks).toString('utf8'))
}

async function call(url: URL, path: string): Promise<Record<string, unknown>> {
  const answer = parse(url, await get(new URL(path, url))) as { result?: unknown; error?: unknown } | null
  if (answer?.error !== undefined && answer.error !== null)
    throw new RpcError(`${url.origin} answered /${path}: ${JSON.stringify(answer.error).slice(0, 300)}`)
  if (typeof answer?.result !== 'object' || answer.result === null)
    throw new RpcError(`${url.origin}: the answer to /${path} has no result`)
  return answer.result as Record<string, unknown>
}

async function get(url: URL): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      // leaving the loop cancels the rest
      if (bytes > MAX_ANSWER_BYTES) throw new RpcError(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`)
      chunks.push(chunk)
    }
    // Go answers errors with JSON, too
    return Buffer.concat(chunks).toString('utf8')
  } catch (err) {
    const { message, cause } = err as Error
    const why = cause instanceof Error ? `${message}: ${cause.message}` : message
    throw new RpcError(`cannot ask ${url.origin}${url.pathname}: ${why}`, { cause: err })
  }
}

function parse(url: URL, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RpcError(`${url.origin}: the answer is not JSON`, { cause })
  }
}
