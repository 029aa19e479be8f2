import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { headersFile } from '../contract/builtFiles.ts'
import type { Migration } from '../migrations/apply.ts'
import { files, fingerprints } from './fingerprints.ts'
import { install, slim } from './install.mjs'
import {
  assets,
  bundle,
  hostBundle,
  made,
  migrations,
  root,
  searchMigrations,
  wranglerToml,
} from './paths.ts'
import { sourcesOf } from './sources.mjs'
import { main, note, Refusal } from './terminal.ts'
import { wrangler } from './wrangler.ts'

/** What can be built alone: its sources, and how. */
const parts = {
  embed: { from: ['widget/thread', 'widget/common'], build: () => browser('production') },
  // It reads the files of imports by itself.
  dashboard: {
    from: ['widget/dashboard', 'widget/common', 'worker/importers'],
    build: () => browser('dashboard'),
  },
  docs: {
    from: ['widget/docs', 'widget/demo', 'widget/thread', 'widget/common'],
    build: () => browser('docs'),
  },
  demo: { from: ['widget/demo'], build: demo },
  worker: {
    from: ['worker', 'widget/thread', 'widget/common', 'widget/dashboard/locales'],
    build: worker,
  },
  host: { from: ['worker', 'widget/common'], build: host },
  headers: { from: ['worker', 'widget'], build: headers },
  // It lists all files.
  runtime: {
    from: ['worker', 'widget'],
    build: runtime,
  },
}
export type Part = keyof typeof parts
export const browserParts: Part[] = ['embed', 'dashboard', 'docs', 'demo']
export const allParts: Part[] = [...browserParts, 'worker', 'host', 'headers', 'runtime']

const shared = [
  'package-lock.json',
  'wrangler.toml',
  'widget/vite.config.ts',
  'worker/contract',
  'worker/host/build.ts',
]

/** Builds what has changed since the last time; an untouched tree costs a few milliseconds. */
export async function build(wanted: Part[] = allParts, { force = false } = {}) {
  const record = join(made, 'build.json')
  const built: Partial<Record<Part, string>> = await readFile(record, 'utf8').then(JSON.parse, () => ({}))
  const fingerprint = fingerprints()
  const print = sourcesOf(root)
  // Whatever the shell says, what is built is what deploys.
  process.env.NODE_ENV = 'production'
  for (const part of wanted) {
    const hash = await fingerprint([...shared, ...parts[part].from])
    if (built[part] === hash && !force) continue
    // A server has them while it builds.
    install('build')
    note(`Building ${part}…`)
    await legibly(async () => {
      await parts[part].build()
      built[part] = hash
      await writeFile(record, JSON.stringify(built))
      // As an earlier release left it.
      await chmod(record, 0o644)
    }).catch((error) => {
      throw new Refusal(`Building ${part} failed: ${reason(error)}`)
    })
  }
  // Where it cannot be noted, each start looks at what the files hold.
  if (wanted === allParts) await writeFile(join(made, 'sources'), print, { mode: 0o644 }).catch(() => {})
}

/** What is built is no secret: whoever builds it, another user may serve it. */
async function legibly(work: () => Promise<void>) {
  const before = process.umask(0o022)
  try {
    for (const folder of [made, assets]) {
      await mkdir(folder, { recursive: true })
      await chmod(folder, 0o755)
    }
    await work()
  } finally {
    process.umask(before)
  }
}

function reason(error: NodeJS.ErrnoException) {
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? ''))
    return `${made} cannot be written. Run npm run build as the user who owns it.`
  return error.message
}

async function browser(mode: 'production' | 'dashboard' | 'docs') {
  const vite = await import('vite')
  const before =
    mode === 'production' ? ['embed', 'embed.js', 'embed.js.br', 'index.d.ts', 'index.d.ts.br'] : [mode]
  for (const name of before) await rm(join(assets, name), { recursive: true, force: true })
  await vite.build({ configFile: join(root, 'widget/vite.config.ts'), mode, logLevel: 'warn' })
}

/** The demo lies among the local assets only; `deploy` leaves it out. */
async function demo() {
  await rm(join(assets, 'demo'), { recursive: true, force: true })
  await cp(join(root, 'widget/demo'), join(assets, 'demo'), {
    recursive: true,
    filter: (source) => !/\.(ts|json)$/.test(source),
  })
}

/**
 * Wrangler's own bundler makes the worker, so what runs here is what deploys. What else only wrangler knows is noted
 * beside it, so that nothing but a build has to load wrangler, which takes a second: its configuration as written, its
 * bindings as Miniflare takes them, and the statements of each migration.
 */
async function worker() {
  await rm(bundle, { recursive: true, force: true })
  const { code, stdout, stderr } = await wrangler(['deploy', '--dry-run', '--outdir', bundle])
  if (code) throw new Error(stderr || stdout)
  const known: typeof import('wrangler') = createRequire(import.meta.url)('wrangler')
  const { rawConfig } = known.experimental_readRawConfig({ config: wranglerToml })
  const { rootPath: _, ...options } = known.unstable_getMiniflareWorkerOptions(wranglerToml).workerOptions
  const stepsIn = async (folder: string) => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
    return Promise.all(
      names.map(async (name) => {
        const sql = await readFile(join(folder, name), 'utf8')
        return { name, queries: known.unstable_splitSqlQuery(sql) } satisfies Migration
      }),
    )
  }
  const isSearchBound = Object.keys(options.d1Databases ?? {}).includes('SEARCH')
  const notes = {
    ...{ config: rawConfig, options, migrations: await stepsIn(migrations) },
    searchMigrations: isSearchBound ? await stepsIn(searchMigrations) : [],
  }
  for (const [name, note] of Object.entries(notes))
    await writeFile(join(bundle, `${name}.json`), JSON.stringify(note))
}

/** The commands of a server as JavaScript, which needs no packages and is read faster. */
async function host() {
  const vite = await import('vite')
  const input = [
    'start.ts',
    'admin.ts',
    'upgrade.ts',
    'serve/sqliteProcess.ts',
    'backup/scheduledBackup.ts',
  ].map((name) => join(import.meta.dirname, name))
  await vite.build({
    ...{ configFile: false, root, publicDir: false, logLevel: 'warn' },
    ssr: { noExternal: true, external: ['workerd'] },
    build: {
      ...{ ssr: true, target: 'node22', outDir: hostBundle, emptyOutDir: true },
      // All in one folder, as far from the root as the sources: `paths.ts` counts on it.
      rolldownOptions: { input, output: { chunkFileNames: '[name]-[hash].js' } },
    },
  })
}

async function headers() {
  const built = (await files(assets)).map((path) => `/${relative(assets, path).replaceAll('\\', '/')}`)
  await writeFile(join(assets, '_headers'), headersFile(built))
}

async function runtime() {
  const { writeRuntime } = await import('./runtime.ts')
  await writeRuntime(JSON.parse(await readFile(join(bundle, 'options.json'), 'utf8')))
}

/** `--force` builds what has not changed, too; `--slim` leaves the packages of a server alone. */
if (import.meta.main)
  await main(async () => {
    const { values } = parseArgs({ options: { force: { type: 'boolean' }, slim: { type: 'boolean' } } })
    await build(allParts, { force: values.force ?? false })
    if (values.slim) slim({ evenIfAsked: true })
  })
