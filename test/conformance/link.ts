/**
 * The promises of interface/link.ts and interface/stack.ts, checked on real connections: every stack passes this suite (style.md, 49). It assumes no
 * memory, no fake clock and no particular speed; what depends on the wire is an option of the call.
 */
import { describe, test } from 'node:test'
import { diallingChecks } from './link-dialling.ts'
import { endChecks } from './link-ends.ts'
import { type Check, Given, type LinkSuiteInit } from './link-given.ts'
import { messageChecks } from './link-messages.ts'

export type { LinkSuiteInit, StackPair, StackUnderTest } from './link-given.ts'

export function linkSuite(name: string, init: LinkSuiteInit): void {
  const check = checkOn(init)
  describe(`links of ${name}`, () => {
    diallingChecks(check, init)
    messageChecks(check, init)
    endChecks(check, init)
  })
}

/** Without the checks of how a dial comes to a link: for links whose stack is only a test's. */
export function establishedLinkSuite(name: string, init: LinkSuiteInit): void {
  const check = checkOn(init)
  describe(`established links of ${name}`, () => {
    messageChecks(check, init)
    endChecks(check, init)
  })
}

function checkOn(init: LinkSuiteInit): Check {
  return (title, body) => {
    test(title, { timeout: init.timeoutMs }, async () => {
      const pair = await init.setup()
      const given = new Given(pair)
      try {
        await pair.dialer.stack.start(given.dialerHost)
        await pair.listener.stack.start(given.listenerHost)
        await body(given)
      } finally {
        await given.closeAll()
        await Promise.all([pair.dialer.stack.stop(), pair.listener.stack.stop()])
        await given.listenerHost.until(() => given.listenerHost.settled)
        await pair.teardown()
      }
    })
  }
}
