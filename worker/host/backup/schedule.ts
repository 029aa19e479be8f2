import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readKept, writeKept } from '../serve/keptFile.ts'
import { Refusal } from '../terminal.ts'

const hour = 3_600_000

/** How often a server makes a backup by itself, in milliseconds. */
export const periods = { hourly: hour, daily: 24 * hour, weekly: 7 * 24 * hour } as const
export type Period = keyof typeof periods

/** `backup-schedule.json`: what the server of a data folder does by itself. */
export interface Schedule {
  every: Period
  /** So many of those that it made are kept. */
  keep: number
  /** The folder they are in, an absolute path, or `s3://BUCKET/FOLDER`. */
  to: string
}

/** `backup-state.json`: what came of it last. */
export interface State {
  /** When the newest was made that was found whole, in milliseconds since the epoch. */
  madeAt?: number
  file?: string
  /** When it was tried last in vain, since then, and why. */
  failedAt?: number
  failure?: string
}

/** How many are kept, as the command line says it. @throws Refusal */
export function keepOf(given: string): number {
  if (!/^[1-9]\d{0,3}$/.test(given))
    throw new Refusal(`--keep takes a number from 1 to 9999, not "${given}".`)
  return Number(given)
}

export const scheduleFile = (data: string) => join(data, 'backup-schedule.json')
const stateFile = (data: string) => join(data, 'backup-state.json')

/** A folder's schedule; null where it has none. @throws Refusal where the file is damaged */
export async function scheduleOf(data: string): Promise<Schedule | null> {
  const file = scheduleFile(data)
  const found = (await readKept(file, 'Remove it, and say the schedule anew.')) as Partial<Schedule> | null
  if (!found) return null
  const { every, keep, to } = found
  if (!every || !Object.hasOwn(periods, every) || !Number.isInteger(keep) || typeof to !== 'string')
    throw new Refusal(`${file} is damaged. Remove it, and say the schedule anew.`)
  return { every, keep: keep as number, to }
}

/** Sets a folder's schedule; null ends it. */
export const setSchedule = (data: string, schedule: Schedule | null): Promise<void> =>
  schedule ? writeKept(scheduleFile(data), schedule) : rm(scheduleFile(data), { force: true })

/** What came of a folder's schedule. A file that cannot be read says nothing. */
export const stateOf = async (data: string): Promise<State> =>
  ((await readKept(stateFile(data), '').catch(() => null)) ?? {}) as State

export const noteState = (data: string, state: State): Promise<void> => writeKept(stateFile(data), state)

/** When the next is due, in milliseconds since the epoch; an hour after one that failed it is tried again. */
export function dueAt({ every }: Schedule, { madeAt, failedAt }: State): number {
  const next = madeAt === undefined ? 0 : madeAt + periods[every]
  return failedAt === undefined ? next : Math.max(next, failedAt + hour)
}
