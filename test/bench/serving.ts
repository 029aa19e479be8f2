import { rmSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { build } from '../../worker/host/build.ts'
import { assets, bundle } from '../../worker/host/paths.ts'
import { type Secrets, secrets } from '../../worker/host/serve/dataFolder.ts'
import { migrate } from '../../worker/host/serve/migrate.ts'
import { listen } from '../../worker/host/serve/publicServer.ts'
import { serve, withDatabase } from '../../worker/host/serve/workerd.ts'
import { leash, leashed } from '../../worker/host/serve/workerdProcess.ts'
import { note } from '../../worker/host/terminal.ts'
import { freePort } from '../server.ts'
import { counting } from './counting.ts'
import { fill } from './threads.ts'
import { bundled } from './workerd.ts'

/** A data folder with the threads in it. */
export interface Data {
  folder: string
  secrets: Secrets
  remove(): void
}

/** Something that answers. */
export interface Served {
  /** Where browsers ask. */
  url: string
  /** The worker's own port, which takes requests as a proxy sends them. */
  port: number
  stop(): Promise<unknown>
}

/** Builds the product and fills a database for it. */
export async function prepared(): Promise<Data> {
  await build()
  const folder = await mkdtemp(join(tmpdir(), 'hankyo-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await withDatabase(folder, async (db, search) => {
      await migrate(db, search)
      await fill(db)
    })
    return { folder, secrets: await secrets(folder), remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** The product as `npm start` serves it, without rate limits. */
export async function product({ folder, secrets }: Data): Promise<Served> {
  return fronted(async (listens) => {
    const log = (level: string, message: string) => note(`${level}: ${message}`)
    return serve({ data: folder, secrets, rateLimit: false, log, before: migrate, listens })
  })
}

/**
 * The same, with the rows counted; its own screening is the only work besides what is asked of it.
 *
 * @param around the main module, around the product's
 */
export async function counted({ folder, secrets }: Data, around = counting): Promise<Served> {
  const base = JSON.parse(await readFile(join(bundle, 'options.json'), 'utf8'))
  const worker = {
    ...base,
    modules: [
      { type: 'ESModule', path: 'main.js', contents: around },
      { type: 'ESModule', path: 'index.js', contents: await readFile(join(bundle, 'index.js'), 'utf8') },
    ],
    assets: { ...base.assets, directory: assets },
    bindings: { ...base.bindings, ...secrets, RATE_LIMIT: 'off' },
  }
  return fronted((listens) =>
    launch(worker, { pid: join(folder, 'counted.pid'), state: join(folder, 'v3'), listens }),
  )
}

/** A bare Hono route that answers the same, in the same set-up. */
export async function bare({ folder }: Data, bindings: { BODY: string; HEADERS: string }): Promise<Served> {
  const { compatibilityDate } = JSON.parse(await readFile(join(bundle, 'options.json'), 'utf8'))
  const contents = await bundled('bare.ts')
  const worker = {
    compatibilityDate,
    modules: [{ type: 'ESModule', path: 'index.js', contents }],
    bindings,
  }
  return fronted((listens) => launch(worker, { pid: join(folder, 'bare.pid'), listens }))
}

async function fronted(
  start: (listens: (worker: URL) => void) => Promise<{ dispose(): Promise<void> }>,
): Promise<Served> {
  const port = await freePort()
  const front = await listen({ host: '127.0.0.1', port, trustProxy: false })
  let worker = new URL('http://127.0.0.1')
  try {
    const miniflare = await start((url) => {
      worker = url
      front.open(url)
    })
    const stop = async () => {
      await front.close()
      await miniflare.dispose()
    }
    return { url: `http://127.0.0.1:${port}`, port: Number(worker.port), stop }
  } catch (error) {
    await front.close()
    throw error
  }
}

interface Launch {
  pid: string
  state?: string
  listens: (worker: URL) => void
}

async function launch(worker: object, { pid, state, listens }: Launch): Promise<Miniflare> {
  Object.assign(process.env, leashed(pid), { MINIFLARE_WORKERD_PATH: leash })
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.NONE),
      telemetry: { enabled: false },
      ...(state && { resourcePersistencePath: state }),
      workers: [
        { ...worker, name: 'bench', unsafeDirectSockets: [{ host: '127.0.0.1', port: 0, proxy: true }] },
      ],
    } as unknown as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  await miniflare.ready
  listens(await miniflare.unsafeGetDirectURL('bench'))
  return miniflare
}
