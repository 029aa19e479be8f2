import { type ChildProcess, execFile } from 'node:child_process'
import { join } from 'node:path'
import { type BackupNews, backupHeader, backupHeaderOf } from '../../contract/backupNews.ts'
import { hostBundle } from '../paths.ts'
import { sentence } from '../terminal.ts'
import { dueAt, noteState, type State, scheduleOf, stateOf } from './schedule.ts'

type Say = (level: string, message: string) => void

/** How often it is looked at what is due, in milliseconds. */
const every = 15_000

/**
 * Makes backups of a data folder that is being served, as its schedule says; a schedule that is changed counts from then on.
 * What fails is told, noted, and tried again an hour later.
 *
 * @returns what ends that, where one that is being made is left to the next start; and headers by which the worker is told
 * what came of them
 */
export function keepSchedule(
  data: string,
  say: Say,
): { end: () => void; tells: () => Record<string, string> } {
  let child: ChildProcess | undefined
  let stopped = false
  let wrong = ''
  let news: BackupNews | null = null
  const look = async () => {
    const schedule = await scheduleOf(data)
    const state = await stateOf(data)
    news = schedule && newsOf(state)
    if (!schedule || stopped || Date.now() < dueAt(schedule, state)) return
    const began = Date.now()
    const { file, failure } = await make()
    if (stopped) return
    if (file) {
      news = { madeAt: began, failed: false }
      await noteState(data, { madeAt: began, file })
      say('info', `Backed up to ${file}, and verified.`)
      if (failure) say('error', `The oldest backups were not removed: ${failure}`)
    } else {
      news = { ...newsOf(state), failed: true }
      await noteState(data, { ...state, failedAt: began, failure })
      say('error', `The backup failed: ${failure} It is tried again in an hour.`)
    }
  }
  const make = () =>
    new Promise<{ file: string; failure: string }>((resolve) => {
      const script = join(hostBundle, 'scheduledBackup.js')
      child = execFile(process.execPath, [script, data], (error, stdout, stderr) => {
        child = undefined
        const failure = stderr.trim().split('\n').at(-1) || error?.message || ''
        resolve({ file: stdout, failure: error ? failure : '' })
      })
    })
  const run = async () => {
    await look()
      .then(() => {
        wrong = ''
      })
      .catch((error) => {
        const now = sentence(error)
        if (now !== wrong) say('error', `The schedule of backups cannot be kept: ${now}`)
        wrong = now
      })
    if (!stopped) timer = setTimeout(run, every).unref()
  }
  let timer = setTimeout(run, 1000).unref()
  return {
    tells(): Record<string, string> {
      if (!news) return {}
      return { [backupHeader]: backupHeaderOf(news) }
    },
    end() {
      stopped = true
      clearTimeout(timer)
      child?.kill('SIGKILL')
    },
  }
}

const newsOf = ({ madeAt, failedAt }: State): BackupNews => ({
  madeAt: madeAt ?? null,
  failed: failedAt !== undefined,
})
