/** Calls to another process: the harness asks, a worker answers. One call at a time per worker is enough. */
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

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
  readonly #name: string
  readonly #send: (request: Request) => void
  readonly #waiting = new Map<number, { resolve(value: any): void; reject(error: Error): void }>()
  #last = 0
  #ended: Error | undefined

  /** `send` carries a request to the worker; its responses come to `answered`. */
  constructor(child: ChildProcess, name: string, send: (request: Request) => void) {
    this.#name = name
    this.#send = send
    const end = (error: Error): void => {
      this.#ended ??= error
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    }
    child.on('error', end)
    child.on('exit', (code, signal) => end(new Error(`${name}: the process ended (${code ?? signal})`)))
  }

  answered({ id, result, error }: Response): void {
    const waiter = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiter?.resolve(result)
    else waiter?.reject(new Error(`${this.#name}: ${error}`))
  }

  call<T>(call: string, argument?: unknown): Promise<T> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    const id = ++this.#last
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#send({ id, call, argument })
    })
  }
}

/** Of a worker that was forked and serves as above. */
export function messageCaller(child: ChildProcess, name: string): Caller {
  const caller = new Caller(child, name, (request) => child.send(request))
  child.on('message', (response: Response) => caller.answered(response))
  return caller
}

/** Of a worker that reads requests and writes responses as lines of JSON, on stdin and stdout: the Go end, interop/go/benchpeer. */
export function lineCaller(child: ChildProcess, name: string): Caller {
  const { stdin, stdout } = child as { stdin: Writable; stdout: Readable }
  const caller = new Caller(child, name, (request) => stdin.write(`${JSON.stringify(request)}\n`))
  createInterface({ input: stdout }).on('line', (text) => caller.answered(JSON.parse(text) as Response))
  // that it has gone is what `exit` says
  stdin.on('error', () => {})
  return caller
}
