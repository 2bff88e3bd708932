/** What the comments say is the default is the default. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { policyDefaults } from '../../src/switch/admission/rules.ts'

test('the defaults that PeerPolicyOptions documents are those in force', () => {
  const source = readFileSync(new URL('../../src/interface/policy.ts', import.meta.url), 'utf8')
  const documented = [...source.matchAll(/@default (.+?) \*\/\s+(\w+)\?:/gs)].map(([, value = '', field]) => [
    field,
    // the comment writes a value as the language does
    new Function(`return (${value})`)()
  ])
  const { persistentPeersMaxDialPeriod, refusalSlots, pending, mode, ...limits } = policyDefaults
  assert.deepEqual(Object.fromEntries(documented.filter(([, value]) => typeof value !== 'string')), {
    ...limits,
    persistentPeersMaxDialPeriod,
    pending,
    refusalSlots
  })
  assert.match(source, new RegExp(`@default '${mode}'`))
})
