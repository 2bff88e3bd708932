/**
 * The stacks as people read them. In the API, in options and in JSON CometBFT's own stack is `comet`; in words it is the classic one, as everywhere in the
 * documentation.
 */
import type { StackName } from '../node/create-node.ts'
import { UsageError } from './flags.ts'
import { type Ink, paint, type TextStyle } from './text.ts'
import { splitList } from './translate.ts'

interface Shown {
  readonly name: string
  /** One column wide. */
  readonly dot: { readonly unicode: string; readonly ascii: string }
  readonly ink: Ink
}

const SHOWN: Readonly<Record<StackName, Shown>> = {
  libp2p: { name: 'libp2p', dot: { unicode: '●', ascii: 'o' }, ink: 'cyan' },
  comet: { name: 'classic', dot: { unicode: '◆', ascii: '#' }, ink: 'magenta' }
}

/** In the order in which they are listed. */
export const STACK_NAMES = Object.keys(SHOWN) as readonly StackName[]

/** 'comet' -> "classic". One that is unknown is called as it calls itself. */
export function stackWord(stack: string): string {
  return Object.hasOwn(SHOWN, stack) ? SHOWN[stack as StackName].name : stack
}

export function stackDot(stack: StackName, style: TextStyle): string {
  const { dot, ink } = SHOWN[stack]
  return paint(style, ink, style.unicode ? dot.unicode : dot.ascii)
}

export function paintedStack(stack: StackName, style: TextStyle): string {
  const { name, ink } = SHOWN[stack]
  return paint(style, ink, name)
}

/** How many of these are on each stack, those that are on none left out: [['libp2p', 1], ['comet', 2]]. */
export function countStacks(
  peers: ReadonlyArray<{ readonly stack: string }>
): Array<[stack: StackName, count: number]> {
  return STACK_NAMES.map((stack): [StackName, number] => [
    stack,
    peers.filter((peer) => peer.stack === stack).length
  ]).filter(([, count]) => count > 0)
}

/** "1 libp2p and 2 classic peers", "1 classic peer", "0 peers". */
export function peersText(peers: ReadonlyArray<{ readonly stack: string }>): string {
  const each = countStacks(peers).map(([stack, count]) => `${count} ${stackWord(stack)}`)
  return `${each.join(' and ') || '0'} ${peers.length === 1 ? 'peer' : 'peers'}`
}

/** `--stacks libp2p,comet`. Throws `UsageError`. */
export function readStacks(flag: string, text: string): readonly StackName[] {
  const names = splitList(text)
  const known = names.every((name) => STACK_NAMES.includes(name as StackName))
  if (known && names.length > 0 && new Set(names).size === names.length) return names as StackName[]
  throw new UsageError(
    `${flag}: expected libp2p, comet (the classic stack), or both with a comma, found ${JSON.stringify(text)}`
  )
}
