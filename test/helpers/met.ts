import type { TestContext } from 'node:test'

/** Waits for what no event tells, no longer than the test may take. */
export async function met(t: TestContext, what: string, question: () => boolean): Promise<void> {
  while (!question()) {
    if (t.signal.aborted) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
