import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const megabyte = 1_000_000

/** The most that the database's log takes before it is written over from its start (4 MB), and as much once more. */
const reserved = 8 * megabyte

/** With less than this left the disk is full. */
const scarce = 4 * megabyte

/** How often the disk is looked at, in milliseconds: where nothing is posted, nothing else asks. */
const every = 1000

/** The space left on the disk of a data folder. */
export interface Room {
  /** Whether there is room for what is new. It looks at the disk. */
  isLeft(): Promise<boolean>
  /** Gives the reserve back. */
  release(): Promise<void>
}

/**
 * Keeps some of the disk for those who read. In workerd each query of D1 writes a bookmark, so where nothing can be
 * written nothing can be read. A file in the data folder holds that space. Once the disk is full the file is removed,
 * and what is new has to wait until there is space for it again.
 *
 * @param say is told when the disk is full, and when there is room again
 */
export async function reserveRoom(
  data: string,
  say: (level: string, message: string) => void,
): Promise<Room> {
  const file = join(data, 'reserve')
  let held = false
  let full = false

  const look = async () => {
    const { bavail, bsize, blocks } = await statfs(data)
    // Some file systems do not say.
    const free = blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize
    if (held && free < scarce) held = await drop()
    else if (!held && free > reserved + 2 * scarce) held = await take().catch(drop)
  }
  const take = () => writeFile(file, Buffer.alloc(reserved), { mode: 0o600 }).then(() => true)
  const drop = () => rm(file, { force: true }).then(() => false)
  const tell = () => {
    if (full === !held) return
    full = !held
    if (full) say('error', 'The disk is full: comments can be read, nothing new is taken. Make room on it.')
    else say('info', 'There is room on the disk again: comments are taken.')
  }

  let looking: Promise<void> | undefined
  const isLeft = async () => {
    looking ??= look()
      .then(tell)
      // What cannot be looked at is as it was.
      .catch(() => {})
      .finally(() => {
        looking = undefined
      })
    await looking
    return !full
  }

  await drop()
  await isLeft()
  const timer = setInterval(isLeft, every)
  return {
    isLeft,
    async release() {
      clearInterval(timer)
      await looking
      await drop()
    },
  }
}
