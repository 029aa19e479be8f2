import { basename } from 'node:path'
import { Refusal } from '../terminal.ts'
import { keptIn } from './keptBackups.ts'
import { usualPlace } from './makeBackup.ts'
import { inWords, sized } from './manifest.ts'
import { isBucket } from './place.ts'
import { dueAt, scheduleOf, stateOf } from './schedule.ts'

const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** The backups of a data folder, a line each, and its schedule. @param given the folder or bucket they are in, if not the usual one */
export async function listed(data: string, given: string | undefined): Promise<string> {
  const schedule = await scheduleOf(data)
  const folder = given ?? schedule?.to ?? usualPlace(data)
  const lines = isBucket(folder)
    ? await (await import('./bucketBackups.ts')).listedIn(folder)
    : (await keptIn(folder)).map(
        ({ file, bytes, manifest }) => `${basename(file)}\t${sized(bytes)}\t${inWords(manifest)}`,
      )
  if (!schedule && lines.length === 0) throw new Refusal(`There is no backup in ${folder}, and no schedule.`)
  const head = `In ${folder}:`
  return [head, ...lines, ...(schedule ? await stateInWords(data) : ['No schedule.'])].join('\n')

  async function stateInWords(of: string): Promise<string[]> {
    const state = await stateOf(of)
    const { every, keep } = schedule as NonNullable<typeof schedule>
    return [
      `Schedule: ${every}, ${keep} kept; the next ${state.madeAt ? `after ${time(dueAt({ every, keep, to: folder }, state))} UTC` : 'as soon as the server runs'}.`,
      ...(state.failedAt ? [`The last one failed at ${time(state.failedAt)} UTC: ${state.failure}`] : []),
    ]
  }
}
