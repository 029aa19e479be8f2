import { randomBytes } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { build } from './build.ts'
import { assets, made, migrations, root, wranglerToml } from './layout.ts'
import { main, note, Refusal } from './say.ts'
import { type Ran, wrangler } from './wrangler.ts'

const help = `npm run deploy -- [--dry-run]

Makes what is missing on Cloudflare, migrates, deploys. Safe to repeat. With --dry-run it changes and
asks nothing, and says what it would do.`

const folder = join(made, 'deploy')
const config = join(folder, 'wrangler.json')
const deployed = join(made, 'deployed.json')
const secretNames = ['OPERATOR_KEY', 'TOKEN_SECRET'] as const

interface Config {
  name: string
  main: string
  assets: { directory: string }
  vars?: Record<string, unknown>
  d1_databases: { binding: string; database_name: string; database_id: string; migrations_dir: string }[]
  queues: { producers: { queue: string }[]; consumers: { queue: string; dead_letter_queue?: string }[] }
}

/** Rate limits can be switched off on one's own machine only. */
export function refuseLoadTests(toml: string) {
  if (/^[^#\n]*\bRATE_LIMIT\b/m.test(toml))
    throw new Refusal(
      'wrangler.toml sets RATE_LIMIT, which is for load tests on your own machine: take it out.',
    )
}

/** What `wrangler.toml` says, checked. It stays as it is: the ids found go into a copy under `.hankyo`. */
async function read(): Promise<Config> {
  refuseLoadTests(await readFile(wranglerToml, 'utf8'))
  const { experimental_readRawConfig } = await import('wrangler')
  const { rawConfig } = experimental_readRawConfig({ config: wranglerToml })
  const raw = rawConfig as unknown as Config
  if (raw.d1_databases?.length !== 1 || !raw.queues?.consumers?.length)
    throw new Refusal('wrangler.toml must name one D1 database and the queues.')
  return {
    ...raw,
    main: join(root, raw.main),
    assets: { ...raw.assets, directory: join(folder, 'assets') },
    d1_databases: raw.d1_databases.map((database) => ({ ...database, migrations_dir: migrations })),
  }
}

const database = ({ d1_databases: [first] }: Config) => first as Config['d1_databases'][number]

const queues = ({ queues: { producers, consumers } }: Config) => [
  ...new Set([...producers.map(({ queue }) => queue), ...consumers.map(({ queue }) => queue)]),
]

/** Builds everything and copies what goes out: no demo. */
async function pack(settings: Config) {
  await build(['embed', 'dashboard', 'worker'])
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const demo = join(assets, 'demo')
  await cp(assets, join(folder, 'assets'), { recursive: true, filter: (source) => source !== demo })
  await write(settings)
}

const write = (settings: Config) => writeFile(config, JSON.stringify(settings, null, 2))

async function run(what: string, args: string[], options: { input?: string; env?: NodeJS.ProcessEnv } = {}) {
  note(what)
  const ran = await wrangler([...args, '--config', config], options)
  if (ran.code) throw new Refusal(`${what} failed: ${reason(ran)}`)
  return ran
}

/** The line of wrangler's output that says what went wrong. */
function reason({ stdout, stderr }: Ran) {
  const lines = stripVTControlCharacters(`${stderr}\n${stdout}`).split('\n')
  return (lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line.trim()) ?? '').trim()
}

async function findDatabase(name: string): Promise<string | undefined> {
  const { stdout } = await run('Looking for the database', ['d1', 'list', '--json'])
  const all: { name: string; uuid: string }[] = JSON.parse(stdout)
  return all.find((one) => one.name === name)?.uuid
}

async function ensureDatabase(settings: Config) {
  const { database_name: name } = database(settings)
  let id = await findDatabase(name)
  if (!id) {
    await run(`Making the database ${name}`, ['d1', 'create', name])
    id = await findDatabase(name)
  }
  if (!id) throw new Refusal(`The database ${name} was made but is not listed; run npm run deploy again.`)
  database(settings).database_id = id
  await write(settings)
}

async function ensureQueues(settings: Config) {
  for (const name of queues(settings)) {
    const known = await wrangler(['queues', 'info', name, '--config', config])
    if (known.code) await run(`Making the queue ${name}`, ['queues', 'create', name])
  }
}

/** Random values for the secrets the deployed worker does not have yet. */
async function missingSecrets(): Promise<Partial<Record<(typeof secretNames)[number], string>>> {
  const listed = await wrangler(['secret', 'list', '--format', 'json', '--config', config])
  const known: { name: string }[] = listed.code ? [] : JSON.parse(listed.stdout)
  const missing = secretNames.filter((name) => !known.some((secret) => secret.name === name))
  return Object.fromEntries(missing.map((name) => [name, randomBytes(36).toString('base64url')]))
}

async function upload(): Promise<string> {
  const secrets = await missingSecrets()
  const file = join(folder, 'secrets.json')
  const report = join(folder, 'report.ndjson')
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 })
  try {
    await run('Deploying', ['deploy', '--secrets-file', file], { env: { WRANGLER_OUTPUT_FILE_PATH: report } })
  } finally {
    await rm(file, { force: true })
  }
  const entries = (await readFile(report, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const url: string | undefined = entries.find(({ type }) => type === 'deploy')?.targets?.[0]
  const before = await readFile(deployed, 'utf8').then(JSON.parse, () => ({}))
  const now = { url: url ?? before.url, operatorKey: secrets.OPERATOR_KEY ?? before.operatorKey }
  await writeFile(deployed, JSON.stringify(now, null, 2), { mode: 0o600 })
  return now.url ?? 'https://YOUR-HOST'
}

async function deploy() {
  const settings = await read()
  await pack(settings)
  const { stdout } = await wrangler(['whoami', '--json'])
  if (!/"loggedIn":\s*true/.test(stdout))
    throw new Refusal('Not signed in to Cloudflare: run npx wrangler login, or set CLOUDFLARE_API_TOKEN.')
  await ensureDatabase(settings)
  await ensureQueues(settings)
  await run('Migrating', ['d1', 'migrations', 'apply', database(settings).database_name, '--remote'])
  const url = await upload()
  process.stdout.write(`
Hankyo is at ${url}

  Sign in       npm run --silent admin -- sign-in --remote
  Add a site    npm run --silent admin -- site add blog --name "My blog" --origin https://blog.example --remote

Then put this into the pages of that site, where the thread shall be:

${snippet(url)}
`)
}

const snippet = (url: string) => `  <script type="module" src="${url}/embed.js"></script>
  <hankyo-thread site="blog"></hankyo-thread>`

/** Offline: all that can be checked without an account, and the list of the rest. */
async function rehearse() {
  const settings = await read()
  await pack(settings)
  const out = join(folder, 'worker')
  await run('Bundling', ['deploy', '--dry-run', '--outdir', out])
  const names = (await readdir(migrations)).filter((name) => name.endsWith('.sql'))
  const steps = [
    `make the D1 database ${database(settings).database_name} unless it is there`,
    ...queues(settings).map((name) => `make the queue ${name} unless it is there`),
    `apply those of ${names.length} migrations that the database does not have`,
    `make random secrets ${secretNames.join(' and ')} unless the worker has them`,
    `deploy the worker ${settings.name} (${await kilobytes(join(out, 'index.js'))}) with ${await weigh(join(folder, 'assets'))}`,
    'print the embed snippet and how to sign in',
  ]
  process.stdout.write(
    `Would, in this order:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`,
  )
}

async function kilobytes(file: string) {
  const bytes = await readFile(file)
  return `${(bytes.length / 1000).toFixed(1)} kB, ${(brotliCompressSync(bytes).length / 1000).toFixed(1)} kB brotli`
}

async function weigh(path: string) {
  const files = (await readdir(path, { withFileTypes: true, recursive: true })).filter((entry) =>
    entry.isFile(),
  )
  let bytes = 0
  for (const { parentPath, name } of files) bytes += (await stat(join(parentPath, name))).size
  return `${files.length} files of ${(bytes / 1000).toFixed(1)} kB`
}

async function command() {
  const { values } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  })
  if (values.help) return void process.stdout.write(`${help}\n`)
  await (values['dry-run'] ? rehearse() : deploy())
}

if (import.meta.main) await main(command)
