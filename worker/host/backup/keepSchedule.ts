import { type ChildProcess, execFile } from 'node:child_process'
import { join } from 'node:path'
import { hostBundle } from '../paths.ts'
import { sentence } from '../terminal.ts'
import { dueAt, noteState, scheduleOf, stateOf } from './schedule.ts'

type Say = (level: string, message: string) => void

/** How often it is looked at what is due, in milliseconds. */
const every = 15_000

/**
 * Makes backups of a data folder that is being served, as its schedule says; a schedule that is changed counts from then on.
 * What fails is told, noted, and tried again an hour later.
 *
 * @returns what ends that. A backup that is being made then is not: the next start makes it.
 */
export function keepSchedule(data: string, say: Say): () => void {
  let child: ChildProcess | undefined
  let stopped = false
  let wrong = ''
  const look = async () => {
    const schedule = await scheduleOf(data)
    const state = await stateOf(data)
    if (!schedule || stopped || Date.now() < dueAt(schedule, state)) return
    const began = Date.now()
    const { file, failure } = await make()
    if (stopped) return
    if (file) {
      await noteState(data, { madeAt: began, file })
      say('info', `Backed up to ${file}, and verified.`)
    } else {
      await noteState(data, { ...state, failedAt: began, failure })
      say('error', `The backup failed: ${failure} It is tried again in an hour.`)
    }
  }
  const make = () =>
    new Promise<{ file?: string; failure: string }>((resolve) => {
      const script = join(hostBundle, 'scheduledBackup.js')
      child = execFile(process.execPath, [script, data], (error, stdout, stderr) => {
        child = undefined
        const failure = stderr.trim().split('\n').at(-1) || error?.message || ''
        resolve(error ? { failure } : { file: stdout, failure: '' })
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
  return () => {
    stopped = true
    clearTimeout(timer)
    child?.kill('SIGKILL')
  }
}
