import { rm } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { main } from '../terminal.ts'
import { removeOldest } from './keptBackups.ts'
import { makeBackup, nameOf } from './makeBackup.ts'
import { scheduleOf } from './schedule.ts'
import { verifyBackup } from './verifyBackup.ts'

/**
 * One backup as the schedule of a data folder asks for it, in a process of its own behind others: it is made, verified,
 * and only then the oldest go. Prints its file.
 */
async function makeScheduled(data: string): Promise<void> {
  const schedule = await scheduleOf(data)
  if (!schedule) return
  setPriority(10)
  const file = join(schedule.to, nameOf(new Date(), 'scheduled'))
  const { instance } = await makeBackup(data, { file, say: () => {} })
  try {
    // This program has just read it: it need not be opened to be known.
    await verifyBackup(file, { opens: false, place: schedule.to })
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  await removeOldest(schedule.to, { instance, keep: schedule.keep })
  process.stdout.write(file)
}

await main(() => makeScheduled(process.argv[2] as string))
