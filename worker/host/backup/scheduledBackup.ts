import { rm } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { main } from '../terminal.ts'
import { removeOldest } from './keptBackups.ts'
import { makeBackup, nameOf } from './makeBackup.ts'
import { inWords, type Manifest } from './manifest.ts'
import { isBucket } from './place.ts'
import { scheduleOf } from './schedule.ts'
import { verifyBackup } from './verifyBackup.ts'

/**
 * One backup as the schedule of a data folder asks for it, in a process of its own behind others: it is made, verified,
 * and only then the oldest go. Prints its file, also where those cannot be removed.
 */
async function makeScheduled(data: string): Promise<void> {
  const schedule = await scheduleOf(data)
  if (!schedule) return
  setPriority(10)
  const { to: place, keep } = schedule
  if (isBucket(place)) {
    const { removeOldestSent, sending } = await import('./bucketBackups.ts')
    const { address, instance } = await sending(place, async (folder) => {
      const { file, manifest } = await makeIn(data, folder)
      return { file, label: { instance: manifest.instance, holds: inWords(manifest) } }
    })
    process.stdout.write(address)
    return removeOldestSent(place, { instance, kind: 'scheduled', keep })
  }
  const { file, manifest } = await makeIn(data, place)
  process.stdout.write(file)
  await removeOldest(place, { instance: manifest.instance, keep })
}

/** Makes a backup, and verifies it. @throws what was wrong with it; it is removed then */
async function makeIn(data: string, folder: string): Promise<{ file: string; manifest: Manifest }> {
  const file = join(folder, nameOf(new Date(), 'scheduled'))
  const manifest = await makeBackup(data, { file, say: () => {} })
  try {
    // This program has just read it: it need not be opened to be known.
    await verifyBackup(file, { opens: false, place: folder })
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return { file, manifest }
}

await main(() => makeScheduled(process.argv[2] as string))
