import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { assets, runtimeOf } from '../paths.ts'
import { type Control, databaseOf, runCron } from './database.ts'
import { pidFile, type Secrets } from './dataFolder.ts'
import type { MailVariables } from './mailSettings.ts'
import { type Launched, launch } from './workerdProcess.ts'

/** Bindings of text that workerd takes from its environment: what a start says, and its secrets. */
export const fromEnvironment = [
  ...(['OPERATOR_KEY', 'TOKEN_SECRET', 'CONTROL_PASSWORD'] as const),
  ...([
    'PUBLIC_URL',
    'HOST_NAMED_BY',
    'ALLOW_PRIVATE_HOSTS',
    'RATE_LIMIT',
    'SIGN_IN',
    'SESSION_DAYS',
    'SERVED_AT',
    'MAIL',
    'MAIL_FROM',
    'MAIL_EVENTS',
  ] as const),
]
/** The folder of mails that are written into files, as workerd knows it. */
export const mailFolder = 'mail:storage'

type Environment = Record<(typeof fromEnvironment)[number], string>

export interface Serving {
  data: string
  secrets: Secrets
  /** Where readers find this instance, if that is not where it listens. */
  publicUrl?: string | undefined
  /** Where it listens, if that is the only way to it. */
  servedAt?: string | undefined
  /** Whether a proxy of one's own stands in front. */
  trustProxy?: boolean
  rateLimit: boolean
  /** Whether the worker may ask services on this machine and in its network. */
  allowPrivateHosts?: boolean
  /** How people may sign in besides by links and passkeys, as JSON. */
  signIn?: string
  /** Days that a session lasts without a visit, if not the usual ones. */
  sessionDays?: number | undefined
  /** How it sends mail; not at all unless it says. */
  mail?: MailVariables
  /** What the worker writes to its console. */
  log: (level: string, message: string) => void
  /** Work on the databases that must be done before the worker is asked anything. */
  before: (db: D1Database, search: D1Database) => Promise<unknown>
  /** The worker listens here, now and after each crash of workerd. */
  listens?: (worker: URL) => void
}

/** The worker as it runs. */
export interface Served {
  /** Where it listens now. */
  worker(): URL
  control(): Control
  dispose(): Promise<void>
}

/**
 * The built worker in workerd, as `runtime.ts` has written it down: with its queue and its dead-letter queue, and D1 in
 * the data folder. Its socket is for `publicServer.ts`. Nobody is told of it before the work on the database is done.
 */
export async function serve(serving: Serving): Promise<Served> {
  const { data, secrets, publicUrl, log, before, listens = () => {} } = serving
  const environment: Environment = {
    ...secrets,
    CONTROL_PASSWORD: randomUUID(),
    PUBLIC_URL: publicUrl ?? '',
    HOST_NAMED_BY: serving.trustProxy ? 'proxy' : 'client',
    ALLOW_PRIVATE_HOSTS: serving.allowPrivateHosts ? 'on' : '',
    RATE_LIMIT: serving.rateLimit ? '' : 'off',
    SIGN_IN: serving.signIn ?? '',
    SESSION_DAYS: serving.sessionDays === undefined ? '' : String(serving.sessionDays),
    SERVED_AT: serving.servedAt ?? '',
    ...{ MAIL: '', MAIL_FROM: '', MAIL_EVENTS: '', ...serving.mail },
  }
  const start = async () => {
    const folders = await foldersOf(data)
    const config = runtimeOf(serving.allowPrivateHosts ?? false)
    return launch({ config, folders, environment, pidFile: pidFile(data), log })
  }

  let stopped = false
  let ready = false
  let running = await start()
  const worker = () => running.ports.worker
  const control = () => ({ url: running.ports.control, password: environment.CONTROL_PASSWORD })
  /** Whoever crashes is started again, and a second later once more. */
  const keepUp = async ({ ended }: Launched): Promise<void> => {
    await ended
    while (!stopped) {
      log('error', 'workerd ended; it is started again.')
      const next = await start().catch((error) => log('error', error.message))
      if (next) {
        running = next
        if (stopped) return running.kill()
        if (ready) listens(worker())
        return keepUp(next)
      }
      await new Promise((later) => setTimeout(later, 1000))
    }
  }
  void keepUp(running)
  const dispose = async () => {
    stopped = true
    await running.kill()
  }
  try {
    await before(databaseOf(control()), databaseOf(control(), 'SEARCH'))
    ready = true
    listens(worker())
  } catch (error) {
    await dispose()
    throw error
  }
  return { worker, control, dispose }
}

/** Where each of the folders lies that workerd knows by name. State lies where `wrangler dev --persist-to` looks for it. */
async function foldersOf(data: string): Promise<Record<string, string>> {
  const state = [
    ...['d1', 'ratelimit'].map((name) => [`${name}:storage`, join(data, 'v3', name)] as const),
    [mailFolder, join(data, 'mail')] as const,
  ]
  for (const [, folder] of state) await mkdir(folder, { recursive: true })
  return { ...Object.fromEntries(state), 'assets:storage:hankyo-files': assets }
}

/** The databases alone, where nothing is served. */
export async function withDatabase<Result>(
  data: string,
  work: (db: D1Database, search: D1Database) => Promise<Result>,
) {
  const secrets = { OPERATOR_KEY: randomUUID(), TOKEN_SECRET: randomUUID() }
  const done: { result?: Result } = {}
  const before = async (db: D1Database, search: D1Database) => {
    done.result = await work(db, search)
  }
  await (await serve({ data, secrets, rateLimit: true, log: () => {}, before })).dispose()
  return done.result as Result
}

/**
 * Calls `scheduled` at each full minute as the cron in `wrangler.toml` says; a slow run makes the next one
 * wait. The local queue lives in memory, so at the start whatever waits has no job any more: the first run is
 * at once, and dated ahead, past the time for which the sweep leaves young comments to their jobs.
 *
 * @param then follows each run, before the next
 */
export function fireCron(
  served: Served,
  failed: (error: unknown) => void,
  then: (control: Control) => Promise<unknown>,
) {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const run = async (ahead: number) => {
    await runCron(served.control(), Date.now() + ahead)
      .then(() => stopped || then(served.control()))
      .catch((error) => stopped || failed(error))
    if (!stopped) timer = setTimeout(run, 60_000 - (Date.now() % 60_000), 0)
  }
  void run(120_000)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
