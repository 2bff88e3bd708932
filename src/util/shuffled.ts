import type { Random } from '../interface/clock.ts'

/** The same items in random order, every order as likely as any other. */
export function shuffled<T>(items: Iterable<T>, random: Random): T[] {
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T]
  }
  return mixed
}
