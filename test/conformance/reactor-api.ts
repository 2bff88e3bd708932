/**
 * The reactor API over real switches (contract.md, "What the names promise"; requirements ): the same for every stack, with the same names as
 * there. It assumes no memory and no fake clock, and that nodes are reached by address only.
 */
import { describe, test } from 'node:test'
import { type Check, Net, type ReactorSuiteInit } from './reactor-given.ts'
import { lifecycleChecks } from './reactor-lifecycle.ts'
import { messageChecks } from './reactor-messages.ts'
import { peerChecks } from './reactor-peers.ts'
import { stopChecks } from './reactor-stops.ts'

export type { NetUnderTest, NodeOptions, NodeUnderTest, ReactorSuiteInit } from './reactor-given.ts'

export function reactorSuite(name: string, init: ReactorSuiteInit): void {
  const check: Check = (title, body) => {
    test(title, { timeout: init.timeoutMs }, async () => {
      const net = new Net(await init.setup())
      let failed = true
      try {
        await body(net)
        failed = false
      } finally {
        // the body's failure says more than that of what it left unfinished
        await net.end().catch((err) => {
          if (!failed) throw err
        })
      }
    })
  }

  describe(`reactors on ${name}`, () => {
    lifecycleChecks(check, init)
    stopChecks(check, init)
    messageChecks(check, init)
    peerChecks(check, init)
  })
}
