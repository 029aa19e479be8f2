import { constants } from 'node:fs'
import { access, mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { assets, bundle } from '../paths.ts'
import { quiet } from '../wrangler.ts'
import { databaseOf, executor } from './database.ts'
import { pidFile, type Secrets } from './dataFolder.ts'
import { internet } from './internet.ts'
import { leash, signals } from './workerdProcess.ts'

/** Required, since `import` reads all of its 6 MB twice more: for the module's format and for the names it exports. */
const { convertV4MiniflareOptions, Log, LogLevel, Miniflare } = createRequire(import.meta.url)(
  'miniflare',
) as typeof import('miniflare')

export interface Serving {
  data: string
  secrets: Secrets
  /** Where readers find this instance, if that is not where it listens. */
  publicUrl?: string | undefined
  /** Whether a proxy of one's own stands in front. */
  trustProxy?: boolean
  rateLimit: boolean
  /** Whether the worker may ask services on this machine and in its network. */
  allowPrivateHosts?: boolean
  /** What the worker writes to its console. */
  log: (level: string, message: string) => void
  /** Work on the database that must be done before the worker is asked anything. */
  before: (db: D1Database) => Promise<unknown>
  /** workerd listens here, now and after each crash of it. */
  listens?: (worker: URL) => void
}

const name = 'hankyo'

/** Serves the built files, apart: in front of a worker with files of its own Miniflare puts two more. */
const fileServer = 'hankyo-files'

/** Runs the statements of the work that comes first. */
const database = 'hankyo-database'

/** The bindings as `wrangler.toml` has them, noted by the build: loading wrangler would take a second. */
const options = () => readFile(join(bundle, 'options.json'), 'utf8').then(JSON.parse)

/** State lies where `wrangler dev --persist-to` looks for it, too. */
const state = (data: string) => join(data, 'v3')

/**
 * The built worker in workerd, by Miniflare's own API: runs the queue and its dead-letter queue, and
 * keeps D1 in the data folder. Its socket leads straight to the worker, past Miniflare's entry worker;
 * the public one is `publicServer.ts`. Nobody is told of the socket before the work on the database is done.
 */
export async function serve({
  data,
  secrets,
  publicUrl,
  trustProxy = false,
  rateLimit,
  allowPrivateHosts = false,
  log,
  before,
  listens = () => {},
}: Serving) {
  const { assets: files, ...base } = await options()
  const statements = executor()
  let ready = false
  const announce = async () => {
    if (ready) listens(await miniflare.unsafeGetDirectURL(name))
  }
  const miniflare = await launch(data, {
    handleStructuredLogs: ({ level, message }: { level: string; message: string }) => log(level, message),
    unsafeHandleRuntimeRestart: announce,
    workers: [
      {
        ...base,
        name,
        modules: [
          { type: 'ESModule', path: 'index.js', contents: await readFile(join(bundle, 'index.js'), 'utf8') },
        ],
        // What wrangler.toml says of the public URL is meant for Cloudflare.
        bindings: {
          ...base.bindings,
          ...secrets,
          PUBLIC_URL: publicUrl ?? '',
          HOST_NAMED_BY: trustProxy ? 'proxy' : 'client',
          ALLOW_PRIVATE_HOSTS: allowPrivateHosts ? 'on' : '',
          ...(!rateLimit && { RATE_LIMIT: 'off' }),
        },
        serviceBindings: {
          ...base.serviceBindings,
          [files.binding]: fileServer,
          INTERNET: internet(allowPrivateHosts),
        },
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0, proxy: true }],
      },
      {
        name: fileServer,
        compatibilityDate: base.compatibilityDate,
        modules: [{ type: 'ESModule', path: 'index.js', contents: 'export default {}' }],
        assets: { directory: assets, assetConfig: files.assetConfig },
      },
      {
        ...statements,
        name: database,
        d1Databases: base.d1Databases,
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      },
    ],
  })
  try {
    await before(databaseOf(await miniflare.unsafeGetDirectURL(database), statements.bindings))
    ready = true
    await announce()
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
  return miniflare
}

/** The database alone, where nothing is served. */
export async function withDatabase<Result>(data: string, work: (db: D1Database) => Promise<Result>) {
  const { d1Databases } = await options()
  const worker = executor()
  const miniflare = await launch(data, { workers: [{ ...worker, name, d1Databases }] })
  try {
    return await work(databaseOf(await miniflare.ready, worker.bindings))
  } finally {
    await miniflare.dispose()
  }
}

/** Miniflare keeps files while it runs; where the machine gives no place for such, the data folder does. */
async function findTemporary(data: string) {
  const own = join(data, 'tmp')
  await access(tmpdir(), constants.W_OK).catch(async () => {
    process.env.TMPDIR = own
    await mkdir(own, { recursive: true })
  })
}

async function launch(data: string, extra: Record<string, unknown>) {
  Object.assign(process.env, quiet)
  leash(pidFile(data))
  await findTemporary(data)
  const ours = new Map(signals.map((signal) => [signal, process.listeners(signal)]))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.NONE),
      resourcePersistencePath: state(data),
      telemetry: { enabled: false },
      ...extra,
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  // Miniflare would end this process at once on a signal; stopping in order is up to the caller.
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!ours.get(signal)?.includes(listener)) process.off(signal, listener)
  try {
    await miniflare.ready
  } catch (error) {
    await miniflare.dispose().catch(() => {})
    throw error
  }
  return miniflare
}

/**
 * Calls `scheduled` at each full minute as the cron in `wrangler.toml` says; a slow run makes the next one
 * wait. The local queue lives in memory, so at the start whatever waits has no job any more: the first run is
 * at once, and dated ahead, past the time for which the sweep leaves young comments to their jobs.
 */
export function fireCron(miniflare: Awaited<ReturnType<typeof launch>>, failed: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const run = async (ahead: number) => {
    try {
      const worker = await miniflare.getWorker(name)
      await worker.scheduled({ cron: '* * * * *', scheduledTime: new Date(Date.now() + ahead) })
    } catch (error) {
      if (!stopped) failed(error)
    }
    if (!stopped) timer = setTimeout(run, 60_000 - (Date.now() % 60_000), 0)
  }
  void run(120_000)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
