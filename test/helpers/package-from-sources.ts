/** With `node --import` this file, programs that import this package by its name get the sources: examples and pages are tested without a build. */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const root = new URL('../../', import.meta.url)
const { name, exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  name: string
  exports: Record<string, { default: string }>
}
const sources = new Map(
  Object.entries(exports).map(([entry, { default: built }]) => [
    `${name}${entry.slice(1)}`,
    new URL(built.replace('/dist/', '/').replace(/\.js$/, '.ts'), root).href
  ])
)

registerHooks({ resolve: (specifier, context, next) => next(sources.get(specifier) ?? specifier, context) })
