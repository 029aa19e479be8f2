import { lstat, mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../terminal.ts'
import { sized } from './manifest.ts'

const prefix = '.hankyo-unfinished-'

/** Those that this process works in now. */
const open = new Set<string>()

/**
 * Works in a folder that is removed at the end, however that ends; only its owner can read it. Those that a killed process
 * of this user left in the same place are removed, too.
 *
 * @param parent where it is made; it is made itself where it is not there
 * @throws Refusal where nothing can be written, or the disk becomes full
 */
export async function inWorkplace<Result>(
  parent: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  let folder: string | undefined
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 })
    await clear(parent)
    folder = await mkdtemp(join(parent, `${prefix}${process.pid}-`))
    open.add(folder)
    return await work(folder)
  } catch (error) {
    throw inWords(error, parent)
  } finally {
    if (folder) {
      await rm(folder, { recursive: true, force: true })
      open.delete(folder)
    }
  }
}

async function clear(parent: string) {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue
    const id = Number.parseInt(name.slice(prefix.length), 10)
    const path = join(parent, name)
    const isLeft = id === process.pid ? !open.has(path) : !isAlive(id)
    if (isLeft && (await isOwn(path))) await rm(path, { recursive: true, force: true })
  }
}

/** Whether a file is this user's: in a folder for all, others' stay. */
const isOwn = async (path: string) =>
  lstat(path).then(
    ({ uid }) => !process.getuid || uid === process.getuid(),
    () => false,
  )

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function inWords(error: unknown, folder: string): unknown {
  if (error instanceof Refusal) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || /database or disk is full/.test(message))
    return new Refusal(`The disk of ${folder} is full. Nothing was changed.`)
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(code))
    return new Refusal(`Cannot write in ${folder} (${code}).`)
  return error
}

/** Refuses early what a disk has no room for. Some file systems do not say. */
export async function needRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(folder)
  if (blocks > 0 && bavail * bsize < bytes)
    throw new Refusal(
      `The disk of ${folder} has ${sized(bavail * bsize)} left, and this takes up to ${sized(bytes)}. Nothing was changed.`,
    )
}

/** Tells how far some work has come, at most every two seconds. @param say is told a line */
export function progress(what: string, whole: number, say: (line: string) => void) {
  let done = 0
  let told = Date.now()
  return (more: number) => {
    done += more
    if (Date.now() - told < 2000) return
    told = Date.now()
    const share = whole === 0 ? 100 : Math.min(100, Math.floor((100 * done) / whole))
    say(`${what}: ${share} %`)
  }
}
