/**
 * Changes to a config.toml that CometBFT has written. It writes one key a line, so a line is what is replaced; parsing and writing the whole would lose
 * the comments that a reader of a failed test's home wants. What is not there is an error: a version that has no such setting must not pass in silence.
 */

/** Section (`''` for the top) to key to value. */
export type ConfigChanges = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>

/** Later ones win, key by key. */
export function mergeConfigChanges(...all: readonly ConfigChanges[]): ConfigChanges {
  const merged: Record<string, Record<string, string | number | boolean>> = {}
  for (const changes of all)
    for (const [section, values] of Object.entries(changes)) merged[section] = { ...merged[section], ...values }
  return merged
}

/** The text with all changes made. Throws where a section or a key is not in it. */
export function changeConfig(text: string, changes: ConfigChanges): string {
  const lines = text.split('\n')
  for (const [section, values] of Object.entries(changes)) {
    const from = section === '' ? 0 : lines.indexOf(`[${section}]`) + 1
    if (from === 0 && section !== '') throw new Error(`config.toml has no section [${section}]`)
    const next = lines.findIndex((line, i) => i >= from && line.startsWith('['))
    for (const [key, value] of Object.entries(values)) {
      const at = lines.findIndex((line, i) => i >= from && (next < 0 || i < next) && line.startsWith(`${key} = `))
      if (at < 0) throw new Error(`config.toml has no ${key} in section [${section}]`)
      lines[at] = `${key} = ${JSON.stringify(value)}`
    }
  }
  return lines.join('\n')
}

/** The text with these as libp2p's bootstrap peers, all persistent. */
export function setBootstrapPeers(text: string, peers: readonly { host: string; peerId: string }[]): string {
  const section = '[p2p.libp2p]\n'
  if (!text.includes(section)) throw new Error(`config.toml has no section ${section.trim()}`)
  const entries = peers.map(({ host, peerId }) => `{ host = "${host}", id = "${peerId}", persistent = true }`)
  // CometBFT glues an empty list onto the comment before it, so the line is put right under the section's name
  const without = text.replace(/^bootstrap_peers = \[[^\]]*\]\n/m, '')
  return without.replace(section, `${section}bootstrap_peers = [${entries.join(', ')}]\n`)
}
