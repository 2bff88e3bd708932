/** What of an address book is damaged is kept, under a name beside it: for both stores that are files. */
import { rename, stat } from 'node:fs/promises'

/** The n-th name for what is set aside, from 0. */
export function asideOf(path: string, n: number): string {
  return `${path}.damaged${n === 0 ? '' : `-${n}`}`
}

/** Moves a file or directory to a name that nothing has: what an earlier damage left is kept as well. `book`: whose name it is called by. Resolves with the new path. */
export async function moveAside(path: string, book = path): Promise<string> {
  for (let n = 0; ; n++) {
    const aside = asideOf(book, n)
    if (await exists(aside)) continue
    await rename(path, aside)
    return aside
  }
}

/** Rejects where it cannot be told. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw err
  }
}
