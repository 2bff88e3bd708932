import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Logger } from '../../src/interface/logger.ts'
import { safeLogger } from '../../src/util/safe-logger.ts'

test('what a logger throws is dropped, in its children too', () => {
  const said: unknown[] = []
  const broken = (...args: unknown[]): never => {
    said.push(args)
    throw new Error('the disk is full')
  }
  const logger: Logger = { debug: broken, info: broken, warn: broken, error: broken, child: broken }
  const safe = safeLogger(logger).child({ part: 1 })
  for (const level of ['debug', 'info', 'warn', 'error'] as const) safe[level]('a sentence', { field: 1 })
  assert.deepEqual(said, [[{ part: 1 }], ...Array(4).fill(['a sentence', { field: 1 }])])
})

test('what a logger fails at later is nobody’s unhandled rejection', async () => {
  const later = (async () => {
    throw new Error('the disk is full')
  }) as unknown as Logger['info']
  const logger: Logger = { debug: later, info: later, warn: later, error: later, child: () => logger }
  safeLogger(logger).error('a sentence')
  // node:test fails a test that leaves a rejection behind
  await new Promise((resolve) => setImmediate(resolve))
})
