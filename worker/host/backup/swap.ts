import { constants, existsSync } from 'node:fs'
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Files by which a server says that it runs; they are of no use in a folder that is put aside. */
const ofServer = ['server.json', 'workerd.pid', 'reserve']

/** How a data folder is replaced. */
export interface Swap {
  /** Where the new one is made: on the same disk, so that it is moved at once. */
  workplace: string
  /** Puts the old one aside, and the new one in its place. @returns where the old one is; null where it held nothing */
  replace(fresh: string, at: Date): Promise<string | null>
}

/**
 * A data folder is renamed where that is possible. A disk of its own, as containers have it, and a folder in one that the
 * user may not change cannot be: then what is in it is moved into a folder inside of it.
 */
export async function swapOf(data: string): Promise<Swap> {
  const parent = dirname(data)
  const isMovable =
    (await stat(data)).dev === (await stat(parent)).dev &&
    (await access(parent, constants.W_OK).then(
      () => true,
      () => false,
    ))
  return isMovable
    ? { workplace: parent, replace: (fresh, at) => moveFolder(data, fresh, at) }
    : { workplace: data, replace: (fresh, at) => moveContents(data, fresh, at) }
}

const stamp = (at: Date) => at.toISOString().slice(0, 19).replaceAll(':', '-')

async function moveFolder(data: string, fresh: string, at: Date): Promise<string | null> {
  const old = `${data}.before-restore-${stamp(at)}`
  const isEmpty = (await held(data)).length === 0
  await rename(data, old)
  await rename(fresh, data)
  if (isEmpty) await rm(old, { recursive: true })
  else await clear(old)
  return isEmpty ? null : old
}

async function moveContents(data: string, fresh: string, at: Date): Promise<string | null> {
  const old = join(data, `before-restore-${stamp(at)}`)
  const workplace = basename(dirname(fresh))
  const names = (await held(data)).filter((name) => name !== workplace && !name.startsWith('before-restore-'))
  if (names.length > 0) await mkdir(old, { mode: 0o700 })
  for (const name of names) await rename(join(data, name), join(old, name))
  for (const name of await readdir(fresh)) await rename(join(fresh, name), join(data, name))
  return names.length > 0 ? old : null
}

/** What a folder holds besides what a server says of itself. */
const held = async (data: string) => (await readdir(data)).filter((name) => !ofServer.includes(name))

async function clear(folder: string) {
  for (const name of ofServer)
    if (existsSync(join(folder, name))) await rm(join(folder, name), { force: true })
}
