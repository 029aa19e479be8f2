import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { manifestIn } from './archive.ts'
import type { Manifest } from './manifest.ts'

/** A backup that lies in a folder. */
export interface Kept {
  file: string
  /** What it is compressed to. */
  bytes: number
  manifest: Manifest
}

/** The names that backups get, with what they were made for. */
const named = /^hankyo-(?:([a-z-]+)-)?\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.(?:tar\.gz|jsonl)$/

/** What a backup was made for by its name: '' by hand, `scheduled`, `before-upgrade`, `remote`; null where it is none of ours. */
export const kindOf = (name: string): string | null => {
  const found = named.exec(name)
  return found && (found[1] ?? '')
}

/** The backups of a folder, the newest first. Files that are none are left out. */
export async function keptIn(folder: string): Promise<Kept[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.tar.gz'))
  const all = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      return Promise.all([manifestIn(file), stat(file)])
        .then(([manifest, { size }]) => [{ file, bytes: size, manifest }])
        .catch(() => [])
    }),
  )
  return all.flat().sort((a, b) => (a.manifest.madeAt < b.manifest.madeAt ? 1 : -1))
}

/** Removes the oldest of an instance's scheduled backups in a folder, so that so many are kept. Others stay. */
export async function removeOldest(
  folder: string,
  { instance, keep }: { instance: string; keep: number },
): Promise<void> {
  const theirs = (await keptIn(folder)).filter(
    ({ file, manifest }) => kindOf(basename(file)) === 'scheduled' && manifest.instance === instance,
  )
  for (const { file } of theirs.slice(keep)) await rm(file, { force: true })
}
