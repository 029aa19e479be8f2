import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { root } from './paths.ts'

/** Fingerprints of files and folders taken together; each is read once. */
export function fingerprints() {
  const known = new Map<string, string>()
  return async (paths: string[]) => {
    const all = createHash('sha256')
    for (const path of paths) {
      const hash = known.get(path) ?? (await fingerprint(path))
      known.set(path, hash)
      all.update(hash)
    }
    return all.digest('hex')
  }
}

async function fingerprint(path: string) {
  const hash = createHash('sha256')
  const names = (await files(join(root, path))).sort()
  const contents = await Promise.all(names.map((name) => readFile(name)))
  for (const [at, name] of names.entries())
    hash
      .update(`${relative(root, name)}\0`)
      .update(contents[at] as Buffer)
      .update('\0')
  return hash.digest('hex')
}

/** All files in a folder, or the one at a path; whole paths. */
export async function files(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return null
    throw error
  })
  if (!entries) return [path]
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
