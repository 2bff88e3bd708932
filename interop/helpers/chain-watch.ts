/**
 * Looks at all Go nodes of a chain while a test asks this and that of them. A node that Go's own lp2p has lost (go-wedge.ts) is named in the figures and no longer
 * asked: three of four validators of equal power go on. Where the whole chain stands, whoever waits for it fails then and not at a deadline.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { GoNode } from './go-node.ts'
import { noneGoesOn, type Place, type Sight, stillSince, wedgedByGo } from './go-wedge.ts'
import type { Stage } from './stage.ts'
import { GivenUpError } from './until.ts'

const POLL_MS = 500
/** The bridge's own watchdog pairs anew after 10 s, and may have to more than once. No test leaves a chain alone for so long. */
const CHAIN_STILL_MS = 45_000
/** So many looks are kept: the longest of the times above. */
const MAX_SIGHTS = (CHAIN_STILL_MS / POLL_MS) * 2

export class ChainWatch {
  readonly #stage: Stage
  readonly #nodes: readonly GoNode[]
  readonly #places: ReadonlyMap<GoNode, Place>
  readonly #wedged = new Set<GoNode>()
  #sights: Sight[] = []
  #ended = false

  /** Looks from now on until the stage is cleared. `bridged` are those that the bridge has as peers. */
  constructor(stage: Stage, nodes: readonly GoNode[], bridged: readonly GoNode[]) {
    this.#stage = stage
    this.#nodes = nodes
    this.#places = new Map(
      nodes.map((node) => {
        const neighbours = nodes.filter((other) => other !== node && [node, other].every(isLp2p))
        const lp2pNeighbours = neighbours.map(({ name }) => name)
        return [node, { name: node.name, bridged: bridged.includes(node), lp2pNeighbours }]
      })
    )
    const looking = this.#look()
    stage.defer(async () => {
      this.#ended = true
      await looking
    })
  }

  /** Those that Go has not lost. */
  get sound(): GoNode[] {
    return this.#nodes.filter((node) => !this.#wedged.has(node))
  }

  /** What each of them answers that is sound to the end. */
  async all<T>(ask: (node: GoNode) => Promise<T>, among: readonly GoNode[] = this.#nodes): Promise<T[]> {
    const answers = await Promise.all(
      among.map(async (node) => {
        if (this.#wedged.has(node)) return []
        try {
          return [await ask(node)]
        } catch (error) {
          if (this.#wedged.has(node)) return []
          throw error
        }
      })
    )
    return answers.flat() as T[]
  }

  async heights(): Promise<number[]> {
    return await this.all((node) => node.rpc.height())
  }

  /** Settles when all sound nodes are there. */
  async reach(height: number, timeoutMs?: number, among?: readonly GoNode[]): Promise<void> {
    await this.all((node) => node.reaches(height, timeoutMs), among)
  }

  /** A node that is to be started afresh is judged afresh. */
  forget(node: GoNode): void {
    this.#wedged.delete(node)
    this.#sights = []
    node.rpc.giveUp(undefined)
  }

  async #look(): Promise<void> {
    while (!this.#ended) {
      const at = performance.now()
      const heights: Record<string, number> = {}
      await Promise.all(
        this.sound.map(async (node) => {
          const height = await node.rpc.height().catch(() => undefined)
          if (height !== undefined) heights[node.name] = height
        })
      )
      this.#sights.push({ at, heights })
      if (this.#sights.length > MAX_SIGHTS) this.#sights.shift()
      this.#judge()
      await pause(POLL_MS)
    }
  }

  #judge(): void {
    const last = this.#sights.at(-1)?.heights
    for (const node of this.sound) {
      if (!wedgedByGo(this.#places.get(node)!, this.#sights)) continue
      const since = stillSince(node.name, this.#sights)?.at ?? 0
      this.#stage.figure('wedged by Go itself', {
        node: node.name,
        stillS: (performance.now() - since) / 1_000,
        heights: last
      })
      this.#wedged.add(node)
      node.rpc.giveUp(new GivenUpError(`${node.name} is wedged by Go itself`))
    }
    const names = this.sound.map(({ name }) => name)
    if (!noneGoesOn(names, this.#sights, CHAIN_STILL_MS)) return
    const error = new GivenUpError(`no block for ${CHAIN_STILL_MS} ms: ${JSON.stringify(last)}`)
    for (const node of this.#nodes) node.rpc.giveUp(error)
    this.#ended = true
  }
}

function isLp2p({ stack }: GoNode): boolean {
  return stack === 'libp2p'
}
