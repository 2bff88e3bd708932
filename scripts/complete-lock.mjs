/**
 * Adds to package-lock.json the platform packages that `npm install` left out because the registry at hand does not carry them. `npm ci` wants every
 * optional dependency named, also those of other platforms, which it then does not fetch. Run after `npm install`; changes nothing if nothing is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../package-lock.json', import.meta.url)
const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']
const LIBC = { gnu: 'glibc', musl: 'musl' }

const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const added = []
for (const { dev, optionalDependencies = {} } of Object.values(lock.packages))
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`
    if (lock.packages[key] !== undefined) continue
    const words = name.split(/[-/]/)
    const os = words.filter((word) => OS.includes(word))
    const cpu = words.filter((word) => CPU.includes(word))
    const libc = words.flatMap((word) => LIBC[word] ?? [])
    // without a platform in its name npm would fetch it everywhere
    if (os.length === 0 || cpu.length === 0) throw new Error(`${name}: no platform in its name`)
    lock.packages[key] = {
      version: version.replace(/^[^\d]*/, ''),
      cpu,
      ...(dev ? { dev } : {}),
      ...(libc.length > 0 && os.includes('linux') ? { libc } : {}),
      optional: true,
      os
    }
    added.push(name)
  }
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
if (added.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added.length} platform packages added${added.map((name) => `\n  ${name}`).join('')}`)
