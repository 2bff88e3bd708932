/**
 * `npm start`: the demo, from the sources. npm puts the Node.js of the dev dependencies first; where that was not installed, an old system one would only
 * say that it does not know the extension .ts.
 */
// types are stripped without a flag from here on
const LEAST = [22, 18]

const found = process.versions.node.split('.').map(Number)
if (found[0] < LEAST[0] || (found[0] === LEAST[0] && found[1] < LEAST[1])) {
  console.error(`npm start needs Node.js ${LEAST.join('.')} or newer; this is ${process.version} (${process.execPath})`)
  console.error('`npm ci` installs one for this project, unless it is told to leave out dev dependencies or scripts')
  process.exitCode = 1
} else {
  await import('../src/cli/main.ts')
}
