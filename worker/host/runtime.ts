import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { pidFile, type Secrets } from './data.ts'
import { assets, bundle } from './layout.ts'
import { leash } from './leash.ts'
import { Refusal } from './say.ts'
import { quiet } from './wrangler.ts'

export interface Serving {
  data: string
  host: string
  port: number
  secrets: Secrets
  rateLimit: boolean
  trustProxy: boolean
  /** What the worker writes to its console. */
  log: (level: string, message: string) => void
}

const name = 'hankyo'

/** The bindings as `wrangler.toml` has them, noted by the build: loading wrangler would take a second. */
const options = () => readFile(join(bundle, 'options.json'), 'utf8').then(JSON.parse)

/** State lies where `wrangler dev --persist-to` looks for it, too. */
const state = (data: string) => join(data, 'v3')

/**
 * The built worker in workerd, by Miniflare's own API: listens, runs the queue and its dead-letter
 * queue, and keeps D1 in the data folder.
 *
 * It listens on a socket that leads straight to the worker (`front.ts`), not on Miniflare's entry
 * worker. That one is made for development: it lets a client choose `CF-Connecting-IP`, the URL and
 * the route by headers, and answers under `/cdn-cgi/`. It stays on a random loopback port, for this
 * process's own calls. The straight way is also the faster one.
 */
export async function serve(serving: Serving) {
  const { data, host, port, secrets, log } = serving
  const base = await options()
  return launch(data, {
    handleStructuredLogs: ({ level, message }: { level: string; message: string }) => log(level, message),
    workers: [
      {
        ...base,
        name,
        modules: [
          { type: 'ESModule', path: 'front.js', contents: await readFile(join(bundle, 'front.js'), 'utf8') },
          { type: 'ESModule', path: 'index.js', contents: await readFile(join(bundle, 'index.js'), 'utf8') },
        ],
        assets: { ...base.assets, directory: assets },
        bindings: {
          ...base.bindings,
          ...secrets,
          ...(serving.rateLimit ? {} : { RATE_LIMIT: 'off' }),
          ...(serving.trustProxy ? { TRUST_PROXY: 'on' } : {}),
        },
        unsafeDirectSockets: [{ host, port }],
      },
    ],
  })
}

/** The database alone, for work before the server listens. */
export async function withDatabase<Result>(data: string, work: (db: D1Database) => Promise<Result>) {
  const { d1Databases } = await options()
  const miniflare = await launch(data, {
    workers: [{ name, modules: true, script: 'export default {}', d1Databases }],
  })
  try {
    return await work((await miniflare.getD1Database('DB')) as unknown as D1Database)
  } finally {
    await miniflare.dispose()
  }
}

async function launch(data: string, extra: Record<string, unknown>) {
  Object.assign(process.env, quiet)
  leash(pidFile(data))
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
  try {
    await miniflare.ready
  } catch (error) {
    await miniflare.dispose().catch(() => {})
    if (/address (already )?in use/i.test(String(error)))
      throw new Refusal('The port is taken; choose another with --port.')
    throw error
  }
  return miniflare
}

/** Calls `scheduled` at each full minute as the cron in `wrangler.toml` says; a slow run makes the next one wait. */
export function fireCron(miniflare: Miniflare, failed: (error: unknown) => void) {
  let timer: NodeJS.Timeout
  const arm = () => {
    timer = setTimeout(
      async () => {
        try {
          const worker = await miniflare.getWorker(name)
          await worker.scheduled({ cron: '* * * * *', scheduledTime: new Date() })
        } catch (error) {
          failed(error)
        }
        if (timer) arm()
      },
      60_000 - (Date.now() % 60_000),
    )
  }
  arm()
  return () => clearTimeout(timer)
}
