import { existsSync } from 'node:fs'
import { copyFile, mkdir, realpath, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { occupy } from '../serve/dataFolder.ts'
import { databaseFiles, databases, inspect, settle } from '../serve/inventory.ts'
import { readKept, writeKept } from '../serve/keptFile.ts'
import { note, Refusal } from '../terminal.ts'
import { logFile } from './erasedLog.ts'
import { makeBackup, nameOf, usualPlace } from './makeBackup.ts'
import { several } from './manifest.ts'
import { isBucket } from './place.ts'
import { bringUpToDate, layOut } from './proof.ts'
import { refuseOthers, restoreBackup } from './restoreBackup.ts'
import { scheduleOf } from './schedule.ts'
import { swapOf } from './swap.ts'
import { headline, planOf } from './upgradePlan.ts'
import { inWorkplace } from './workplace.ts'

/** `upgrade.json`: what the last upgrade of a folder began with. */
interface Upgrade {
  /** The path of its backup. */
  backup: string
  /** The version that it was used with, where that was noted. */
  from?: string | undefined
}

const upgradeFile = (data: string) => join(data, 'upgrade.json')

/**
 * Brings the databases of a folder that nobody serves up to date: backs them up, migrates a copy that is made of the backup,
 * verifies it, and puts it in place. Until then nothing is changed.
 *
 * @returns what was done, in words
 * @throws Refusal where a server runs, a migration fails, or there is no room
 */
export async function upgrade(folder: string): Promise<string> {
  const plan = await planOf(folder)
  if (plan.pending.length === 0) return `${headline(plan)} Nothing to do: ${folder} is up to date.`
  const data = await realpath(folder)
  await refuseOthers(data)
  const occupied = await occupy(data)
  try {
    await inspect(data)
    // As a stop does: afterwards no database has a log beside it.
    await settle(data)
    const scheduled = (await scheduleOf(data))?.to
    // It is wanted at once, and may be wanted back.
    const place = scheduled === undefined || isBucket(scheduled) ? usualPlace(data) : scheduled
    const backup = join(place, nameOf(new Date(), 'before-upgrade'))
    const manifest = await makeBackup(data, { file: backup, say: note })
    note(`Backed up to ${backup}.`)
    const { workplace } = await swapOf(data)
    return await inWorkplace(workplace, async (work) => {
      const fresh = join(work, 'data')
      await mkdir(fresh, { mode: 0o700 })
      await layOut(backup, manifest, fresh)
      const { migrations } = await bringUpToDate(fresh, manifest)
      await writeKept(upgradeFile(data), { backup, from: plan.versions.from } satisfies Upgrade)
      for (const file of await databaseFiles(fresh)) await rename(file, join(databases(data), basename(file)))
      await copyFile(join(fresh, 'holdings.json'), join(data, 'holdings.json'))
      return `${headline(plan)} Applied ${several(migrations, 'migration')}, and verified. To go back: npm run upgrade -- --back`
    })
  } finally {
    await occupied.release()
  }
}

/**
 * Puts the backup of the last upgrade back, for the version from before it to open. What is there is kept aside.
 *
 * @param yes whether whoever asks knows that what came since is not in it
 * @throws Refusal where no upgrade is noted, or the backup is damaged
 */
export async function goBack(data: string, yes: boolean): Promise<string> {
  const found = (await readKept(
    upgradeFile(data),
    'Restore the backup by admin -- restore.',
  )) as Upgrade | null
  if (!found?.backup) throw new Refusal(`No upgrade of ${data} is noted: there is nothing to go back to.`)
  const { manifest, aside } = await restoreBackup(data, { file: found.backup, yes, isMigrated: false })
  const left = existsSync(logFile(data))
    ? ` What was erased since is listed in ${logFile(data)}: a version that knows no such file does not erase it again, so do it there by hand.`
    : ''
  return `Went back to ${found.backup}. Start version ${found.from ?? manifest.version} on it: a start of this version would migrate it again. What was there is in ${aside}.${left}`
}
