/** Validator sets from a CometBFT node's RPC: `/validators`, page by page (rpc/core/consensus.go). Any node will do, also an untrusted one. */
import { ValidatorSet } from '../../chain/validator-set.ts'
import { InvalidOptionError } from '../../errors.ts'
import type { ValidatorSource } from './validator-source.ts'

export interface RpcValidatorSourceOptions {
  /** @default the platform's */
  fetch?: typeof globalThis.fetch
}

/** The most that Go gives at once. */
const PER_PAGE = 100
/** 10,000 validators. */
const MAX_PAGES = 100
/** A page of 100 validators is about 30 KB; ML-DSA keys make it 300 KB. Ours. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024

/** The node answered with something that is no page of validators. */
export class RpcResponseError extends Error {
  static override readonly name = 'RpcResponseError'
  override readonly name = 'RpcResponseError'
}

/** `url`: where the RPC listens, as `http://host:26657`. */
export function rpcValidatorSource(
  url: string | URL,
  { fetch = globalThis.fetch }: RpcValidatorSourceOptions = {}
): ValidatorSource {
  const base = parseUrl(url)
  return async ({ height, signal }) => {
    const entries: unknown[] = []
    for (let page = 1; page <= MAX_PAGES; page++) {
      const at = new URL('validators', base)
      at.search = new URLSearchParams({
        height: String(height),
        page: String(page),
        per_page: String(PER_PAGE)
      }).toString()
      const { validators, total } = readPage(await getText(fetch, at, signal))
      entries.push(...validators)
      if (entries.length >= total || validators.length === 0) return ValidatorSet.fromJSON(entries)
    }
    throw new RpcResponseError(`${base.origin}: more than ${MAX_PAGES} pages of validators`)
  }
}

function parseUrl(url: string | URL): URL {
  try {
    const parsed = new URL(String(url))
    if (!parsed.pathname.endsWith('/')) parsed.pathname += '/'
    if (parsed.protocol === 'http:' || parsed.protocol === 'https:') return parsed
  } catch {
    // falls through to the error below
  }
  throw new InvalidOptionError('url', url, 'an http or https URL')
}

async function getText(fetch: typeof globalThis.fetch, url: URL, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal, redirect: 'error' })
  // an error has a body, too: Go answers 500 with JSON for a height it does not have
  if (!response.ok) {
    await response.body?.cancel()
    throw new RpcResponseError(`${url.origin} answered ${response.status}`)
  }
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > MAX_PAGE_BYTES) {
      await reader.cancel()
      throw new RpcResponseError(`${url.origin}: a page of validators is longer than ${MAX_PAGE_BYTES} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}

function readPage(text: string): { validators: unknown[]; total: number } {
  let result: { validators?: unknown; total?: unknown } | undefined
  try {
    result = JSON.parse(text)?.result
  } catch (cause) {
    throw new RpcResponseError('the answer to /validators is not JSON', { cause })
  }
  const total = Number(result?.total)
  if (!Array.isArray(result?.validators) || !Number.isSafeInteger(total))
    throw new RpcResponseError('the answer to /validators lists none')
  return { validators: result.validators, total }
}
