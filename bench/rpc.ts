/** Calls over the channel that `child_process.fork` gives: the harness asks, a worker answers. One call at a time per worker is enough. */
import type { ChildProcess } from 'node:child_process'

export type Handlers = Record<string, (argument: any) => unknown>

interface Request {
  id: number
  call: string
  argument: unknown
}

interface Response {
  id: number
  result?: unknown
  error?: string
}

/** In the worker: answers calls until the harness goes away. */
export function serve(handlers: Handlers): void {
  process.on('message', (request: Request) => {
    void answer(handlers, request).then((response) => process.send?.(response))
  })
  process.on('disconnect', () => process.exit(0))
}

async function answer(handlers: Handlers, { id, call, argument }: Request): Promise<Response> {
  try {
    const handler = handlers[call]
    if (handler === undefined) throw new Error(`no handler ${call}`)
    return { id, result: await handler(argument) }
  } catch (err) {
    return { id, error: err instanceof Error ? (err.stack ?? err.message) : String(err) }
  }
}

/** In the harness: one worker's calls. All that wait reject when the worker ends. */
export class Caller {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve(value: any): void; reject(error: Error): void }>()
  #last = 0
  #ended: Error | undefined

  constructor(child: ChildProcess, name: string) {
    this.#child = child
    child.on('message', ({ id, result, error }: Response) => {
      const waiter = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiter?.resolve(result)
      else waiter?.reject(new Error(`${name}: ${error}`))
    })
    const end = (error: Error): void => {
      this.#ended ??= error
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    }
    child.on('error', end)
    child.on('exit', (code, signal) => end(new Error(`${name}: the process ended (${code ?? signal})`)))
  }

  call<T>(call: string, argument?: unknown): Promise<T> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    const id = ++this.#last
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#child.send({ id, call, argument } satisfies Request)
    })
  }
}
