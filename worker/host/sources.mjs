import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the built product is made from, by paths from the root. */
const sources = ['package-lock.json', 'wrangler.toml', 'widget', 'worker']

/**
 * A print of the sources as they lie there, by name, length and time of change. It costs a few milliseconds; what it tells
 * apart may still be the same.
 *
 * @param {string} root
 */
export function sourcesOf(root) {
  const print = createHash('sha256')
  /** @param {string} path */
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path))
    print.update(`${path} ${size} ${mtimeMs}\n`)
  }
  /** @param {string} folder */
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) add(path)
    }
  }
  for (const path of sources) {
    if (statSync(join(root, path)).isDirectory()) walk(path)
    else add(path)
  }
  return print.digest('hex')
}

/**
 * Whether the product is built from the sources as they lie there.
 *
 * @param {string} root
 */
export function isBuilt(root) {
  try {
    return readFileSync(join(root, '.hankyo/sources'), 'utf8') === sourcesOf(root)
  } catch {
    return false
  }
}
