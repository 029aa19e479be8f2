import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { note, Refusal, sentence } from '../terminal.ts'
import { bucketAt } from './bucket.ts'
import { kindOf } from './keptBackups.ts'
import { sized } from './manifest.ts'
import { inWorkplace } from './workplace.ts'

/** What a backup in a bucket says of itself without being read: whose it is, and what it holds, in words. */
interface Label {
  instance: string
  holds: string
}

/** A backup that lies in a bucket. */
interface Sent extends Label {
  name: string
  bytes: number
}

/** So many backups are looked at together. */
const atOnce = 8

/** Sends a backup that was proved to a bucket. @returns its address there */
async function sendBackup(place: string, file: string, label: Label): Promise<string> {
  const name = basename(file)
  await bucketAt(place)
    .send(file, name, { ...label })
    .catch((error) => {
      throw new Refusal(`${sentence(error)} Nothing was sent, and no backup is kept.`)
    })
  return `${place.replace(/\/+$/, '')}/${name}`
}

/** The backups in a bucket, the newest first. Files that are none are left out. */
export async function sentTo(place: string): Promise<Sent[]> {
  const bucket = bucketAt(place)
  const files = (await bucket.list()).filter(({ name }) => kindOf(name) !== null)
  const sent: Sent[] = []
  for (let start = 0; start < files.length; start += atOnce)
    sent.push(
      ...(await Promise.all(
        files.slice(start, start + atOnce).map(async (file) => {
          const { instance = '', holds = '' } = await bucket.labelsOf(file.name)
          return { ...file, instance, holds }
        }),
      )),
    )
  const madeAt = ({ name }: Sent) => /\d{4}-.*Z/.exec(name)?.[0] ?? ''
  return sent.sort((a, b) => (madeAt(a) < madeAt(b) ? 1 : -1))
}

/** Removes the oldest of an instance's backups of a kind in a bucket, so that so many are kept. Others stay. */
export async function removeOldestSent(
  place: string,
  { instance, kind, keep }: { instance: string; kind: string; keep: number },
): Promise<void> {
  const theirs = (await sentTo(place)).filter((one) => kindOf(one.name) === kind && one.instance === instance)
  for (const { name } of theirs.slice(keep)) await bucketAt(place).remove(name)
}

/** Works on a copy of a backup that lies in a bucket. @throws Refusal */
export async function withCopy<Result>(
  from: string,
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  const [, place = '', name = ''] = /^(.*)\/([^/]*)$/.exec(from) ?? []
  if (kindOf(name) === null)
    throw new Refusal(`${from} names no backup: backup list --to ${place} tells those.`)
  return inWorkplace(tmpdir(), async (folder) => {
    const file = join(folder, name)
    await bucketAt(place).get(name, file)
    note(`Got ${from}.`)
    return work(file)
  })
}

/** Makes a backup where nobody keeps it, and sends it. @param make writes the file into a folder @returns its address, and whose it is */
export const sending = (
  place: string,
  make: (folder: string) => Promise<{ file: string; label: Label }>,
): Promise<{ address: string; instance: string }> => {
  // What cannot be reached is told before anything is made.
  bucketAt(place)
  return inWorkplace(tmpdir(), async (work) => {
    const folder = join(work, 'backup')
    await mkdir(folder, { mode: 0o700 })
    const { file, label } = await make(folder)
    return { address: await sendBackup(place, file, label), instance: label.instance }
  })
}

/** Whether backups can be sent to a bucket, and removed there. @throws Refusal that says why not */
export async function proveAccess(place: string): Promise<void> {
  const [bucket, name] = [bucketAt(place), 'hankyo-access.txt']
  await inWorkplace(tmpdir(), async (folder) => {
    const file = join(folder, name)
    await writeFile(file, 'Hankyo tried whether it may write and remove here.\n')
    await bucket.send(file, name, {})
    await bucket.remove(name)
  })
}

/** A line about each backup of a bucket. @throws Refusal where nothing is there */
export async function listedIn(place: string): Promise<string[]> {
  return (await sentTo(place)).map(({ name, bytes, holds }) => [name, sized(bytes), holds].join('\t'))
}
