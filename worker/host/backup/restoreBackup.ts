import { existsSync } from 'node:fs'
import { copyFile, mkdir, realpath, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ErasedBefore } from '../../commands/eraseAgain.ts'
import { lastServed, noteServed, occupy, prepare } from '../serve/dataFolder.ts'
import { databaseFiles } from '../serve/inventory.ts'
import { run } from '../serve/sqlite.ts'
import { note, Refusal } from '../terminal.ts'
import { manifestIn } from './archive.ts'
import { erasedSince, leaveErased, readErased } from './erasedLog.ts'
import { inWords, type Manifest, several } from './manifest.ts'
import { bringUpToDate, layOut, type Opened, refuseNewer } from './proof.ts'
import { scheduleFile } from './schedule.ts'
import { swapOf } from './swap.ts'
import { inWorkplace } from './workplace.ts'

interface Asked {
  file: string
  /** Whether whoever asks knows that the folder's data is put aside. */
  yes: boolean
  /** A file that says what else was erased since the backup. */
  erased?: string | undefined
  /** Whether the databases are brought up to date: not where an older program is to open them. */
  isMigrated?: boolean
}

/** What became of a restore. */
export interface Restored extends Opened {
  manifest: Manifest
  /** Where the folder is that was there before; null where it held nothing. */
  aside: string | null
}

/**
 * Puts a backup into a data folder that nobody serves. What is there is kept, beside it or in it. Until all is proved
 * nothing of it is touched.
 *
 * What was erased since is erased again.
 *
 * @throws Refusal where the backup is damaged or of a newer program, a server runs, or nobody said that data may be put aside
 */
export async function restoreBackup(folder: string, asked: Asked): Promise<Restored> {
  const manifest = await manifestIn(asked.file)
  if (asked.isMigrated ?? true) await refuseNewer(manifest)
  const isNew = !existsSync(folder)
  await prepare(folder)
  try {
    return await restoreInto(folder, manifest, asked)
  } catch (error) {
    if (isNew) await rmdir(folder).catch(() => {})
    throw error
  }
}

async function restoreInto(
  folder: string,
  manifest: Manifest,
  { file, yes, erased, isMigrated = true }: Asked,
): Promise<Restored> {
  // Where it is a link, what it leads to is replaced.
  const data = await realpath(folder)
  await refuseOthers(data)
  const occupied = await occupy(data)
  try {
    await refuseUnasked(data, { manifest, yes })
    const swap = await swapOf(data)
    return await inWorkplace(swap.workplace, async (workplace) => {
      const fresh = join(workplace, 'data')
      await mkdir(fresh, { mode: 0o700 })
      await layOut(file, manifest, fresh)
      note('The backup is whole.')
      const since = await erasedSince(data, fresh)
      if (!since)
        note(
          `What was erased in ${data} since the backup cannot be read: erase it again, by --erased FILE or by hand.`,
        )
      await leaveErased(fresh, joined(since, erased && (await readErased(erased))))
      const opened = isMigrated ? await bringUpToDate(fresh, manifest) : { migrations: 0, erased: 0 }
      const last = await lastServed(data)
      if (existsSync(scheduleFile(data))) await copyFile(scheduleFile(data), scheduleFile(fresh))
      const aside = await swap.replace(fresh, new Date())
      if (last) await noteServed(data, last)
      return { manifest, ...opened, aside }
    })
  } finally {
    await occupied.release()
  }
}

const joined = (...logs: (ErasedBefore | null | undefined | '')[]): ErasedBefore => ({
  authors: logs.flatMap((log) => (log ? log.authors : [])),
  comments: logs.flatMap((log) => (log ? log.comments : [])),
})

/** Files that root writes could not be opened by the server any more. */
export async function refuseOthers(data: string) {
  const { uid } = await stat(data)
  if (process.getuid?.() === 0 && uid !== 0)
    throw new Refusal(`${data} is of another user: run this as user ${uid}.`)
}

async function refuseUnasked(data: string, { manifest, yes }: { manifest: Manifest; yes: boolean }) {
  const files = await databaseFiles(data)
  if (files.length === 0 || yes) return
  const sums = await run('sum', files).answer
  const comments = sums.reduce((sum, { tables }) => sum + (tables.comments?.rows ?? 0), 0)
  throw new Refusal(
    `${data} holds ${several(comments, 'comment')}. This puts a backup in their place: ${inWords(manifest)}. What is there is kept aside. Say --yes.`,
  )
}
