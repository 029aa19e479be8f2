import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { assets, bundle, made, root, wranglerToml } from './paths.ts'
import { main, note, Refusal } from './terminal.ts'
import { wrangler } from './wrangler.ts'

/** What can be built alone: its sources, and how. */
const parts = {
  embed: { from: ['widget/thread', 'widget/common'], build: () => browser('production') },
  dashboard: { from: ['widget/dashboard', 'widget/common'], build: () => browser('dashboard') },
  docs: { from: ['widget/docs', 'widget/common'], build: () => browser('docs') },
  demo: { from: ['widget/demo'], build: demo },
  worker: { from: ['worker', 'widget/thread', 'widget/common'], build: worker },
}
export type Part = keyof typeof parts
export const browserParts: Part[] = ['embed', 'dashboard', 'docs', 'demo']
export const allParts: Part[] = [...browserParts, 'worker']

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
  await mkdir(assets, { recursive: true })
  for (const part of wanted) {
    const hash = await fingerprint([...shared, ...parts[part].from])
    if (built[part] === hash && !force) continue
    note(`Building ${part}…`)
    await parts[part].build().catch((error) => {
      throw new Refusal(`Building ${part} failed: ${error instanceof Error ? error.message : error}`)
    })
    built[part] = hash
    await writeFile(record, JSON.stringify(built))
  }
}

async function fingerprint(paths: string[]) {
  const hash = createHash('sha256')
  for (const path of paths)
    for (const file of (await files(join(root, path))).sort())
      hash
        .update(`${relative(root, file)}\0`)
        .update(await readFile(file))
        .update('\0')
  return hash.digest('hex')
}

async function files(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return null
    throw error
  })
  if (!entries) return [path]
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function browser(mode: 'production' | 'dashboard' | 'docs') {
  const vite = await import('vite')
  const folder = mode === 'production' ? 'embed' : mode
  await rm(join(assets, folder), { recursive: true, force: true })
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

/** Wrangler's own bundler makes the worker, so what runs here is what deploys. */
async function worker() {
  const { code, stdout, stderr } = await wrangler(['deploy', '--dry-run', '--outdir', bundle])
  if (code) throw new Error(stderr || stdout)
  const { unstable_getMiniflareWorkerOptions } = await import('wrangler')
  const { rootPath: _, ...options } = unstable_getMiniflareWorkerOptions(wranglerToml).workerOptions
  await writeFile(join(bundle, 'options.json'), JSON.stringify(options))
}

if (import.meta.main) await main(() => build(allParts, { force: process.argv.includes('--force') }))
