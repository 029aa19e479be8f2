import { randomBytes } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { publicUrlOf, publicUrlTakes } from '../contract/publicUrl.ts'
import { build } from './build.ts'
import { account } from './deploy/account.ts'
import { type Deployed, deployed, noteDeployed } from './deploy/deployed.ts'
import { deployedMail } from './deploy/mail.ts'
import { kilobytes, weigh } from './deploy/weight.ts'
import { assets, bundle, made, migrations, root, wranglerToml } from './paths.ts'
import { signInSecret } from './signInFile.ts'
import { main, Refusal } from './terminal.ts'

const help = `npm run deploy -- [--dry-run] [--new-operator-key]

Makes what is missing on Cloudflare, migrates, deploys. Safe to repeat.

  --dry-run            change and ask nothing, and say what would be done
  --new-operator-key   replace the key that admin --remote signs in with, as when it is lost or leaked

HANKYO_MAIL, HANKYO_MAIL_FROM and HANKYO_MAIL_EVENTS in the environment become secrets: see /docs/mail.`

const folder = join(made, 'deploy')
const config = join(folder, 'wrangler.json')
const secretNames = ['OPERATOR_KEY', 'TOKEN_SECRET'] as const
type SecretName = (typeof secretNames)[number]

interface Config {
  name: string
  main: string
  assets: { directory: string }
  vars?: Record<string, unknown>
  ai?: { binding: string }
  send_email?: { name: string }[]
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

/** Builds, and tells what `wrangler.toml` says, checked. That stays as it is: the ids found go into a copy under `.hankyo`. */
async function read(): Promise<Config> {
  refuseLoadTests(await readFile(wranglerToml, 'utf8'))
  await build(['embed', 'dashboard', 'docs', 'worker', 'headers'])
  const { env, ...raw }: Config & { env?: { production?: Pick<Config, 'ai'> } } = JSON.parse(
    await readFile(join(bundle, 'config.json'), 'utf8'),
  )
  const names = raw.d1_databases?.map(({ binding }) => binding).sort()
  if (!['DB', 'DB,SEARCH'].includes(String(names)) || !raw.queues?.consumers?.length)
    throw new Refusal('wrangler.toml must name the D1 databases DB and SEARCH, and the queues.')
  const vars = { ...raw.vars, ...publicUrl(raw) }
  return {
    ...raw,
    ...env?.production,
    ...deployedMail(vars).bindings,
    vars,
    main: join(root, raw.main),
    assets: { ...raw.assets, directory: join(folder, 'assets') },
    d1_databases: raw.d1_databases.map((database) => ({
      ...database,
      migrations_dir: join(root, database.migrations_dir),
    })),
  }
}

/** The variable PUBLIC_URL in its one form, where there is one. */
export function publicUrl({ vars }: Pick<Config, 'vars'>): { PUBLIC_URL?: string } {
  const given = vars?.PUBLIC_URL
  if (given === undefined || given === '') return {}
  const url = publicUrlOf(String(given))
  if (!url) throw new Refusal(`PUBLIC_URL in wrangler.toml ${publicUrlTakes}; not "${given}".`)
  return { PUBLIC_URL: url }
}

const queues = ({ queues: { producers, consumers } }: Config) => [
  ...new Set([...producers.map(({ queue }) => queue), ...consumers.map(({ queue }) => queue)]),
]

/** Copies what goes out: no demo. */
async function pack(settings: Config) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const demo = join(assets, 'demo')
  await cp(assets, join(folder, 'assets'), { recursive: true, filter: (source) => source !== demo })
  await write(settings)
}

const write = (settings: Config) => writeFile(config, JSON.stringify(settings, null, 2))

/** The secrets that go up: those the worker lacks, and a new operator key when one is wanted or was on its way. */
async function secretsToSend(known: string[], renew: boolean): Promise<Partial<Record<SecretName, string>>> {
  const missing = secretNames.filter((name) => !known.includes(name))
  const secrets: Awaited<ReturnType<typeof secretsToSend>> = Object.fromEntries(
    missing.map((name) => [name, secret()]),
  )
  const before = await deployed()
  if (before.nextOperatorKey || renew) secrets.OPERATOR_KEY = before.nextOperatorKey ?? secret()
  if (secrets.OPERATOR_KEY) await noteDeployed({ ...before, nextOperatorKey: secrets.OPERATOR_KEY })
  return secrets
}

const secret = () => randomBytes(36).toString('base64url')

async function deploy(renew: boolean) {
  const settings = await read()
  const signIn = await signInSecret(settings.vars)
  await pack(settings)
  const cloud = account(config)
  const databases = settings.d1_databases
  const found = await cloud.look(settings.name, queues(settings))
  for (const database of databases) {
    const { database_name: name } = database
    database.database_id = found.databases.get(name) ?? (await cloud.makeDatabase(name))
  }
  await write(settings)
  for (const queue of queues(settings)) if (!found.queues.includes(queue)) await cloud.makeQueue(queue)
  for (const { database_name: name } of databases) await cloud.migrate(name)
  const secrets = await secretsToSend(found.secrets, renew)
  const url = await cloud.upload({ ...secrets, ...signIn, ...deployedMail(settings.vars).secrets })
  const before = await deployed()
  const now = { url: url ?? before.url, operatorKey: secrets.OPERATOR_KEY ?? before.operatorKey }
  await noteDeployed(now)
  const shown = { ...now, url: publicUrl(settings).PUBLIC_URL ?? now.url }
  tell(shown, renew && found.secrets.includes('OPERATOR_KEY'))
}

function tell({ url = 'https://YOUR-HOST', operatorKey }: Deployed, renewed: boolean) {
  process.stdout.write(`
Hankyo is at ${url}
${renewed ? '\nThe operator key is a new one; the one before opens nothing any more.\n' : ''}
${operatorKey ? howToSignIn : keyUnknown}
Then put this into the pages of that site, where the thread shall be:

${snippet(url)}
`)
}

const howToSignIn = `  Sign in       npm run --silent admin -- sign-in --remote
  Add a site    npm run --silent admin -- site add blog --name "My blog" --origin https://blog.example --remote
`

const keyUnknown = `Its operator key is not known here: it was made by an earlier deployment from elsewhere, and Cloudflare does
not tell it. To sign in and to add sites from here, either copy .hankyo/deployed.json from there, or make a
new key, which ends the old one:

  New key       npm run deploy -- --new-operator-key
`

const snippet = (url: string) => `  <script type="module" src="${url}/embed.js"></script>
  <hankyo-thread site="blog"></hankyo-thread>`

/** Offline: all that can be checked without an account, and the list of the rest. */
async function rehearse(renew: boolean) {
  const settings = await read()
  const { SIGN_IN } = await signInSecret(settings.vars)
  await pack(settings)
  const out = join(folder, 'worker')
  await account(config).run('Bundling', ['deploy', '--dry-run', '--outdir', out])
  const names = (await readdir(migrations)).filter((name) => name.endsWith('.sql'))
  const steps = [
    ...settings.d1_databases.map(
      ({ database_name: name }) => `make the D1 database ${name} unless it is there`,
    ),
    ...queues(settings).map((name) => `make the queue ${name} unless it is there`),
    `apply those of ${names.length} migrations that the database does not have`,
    `make random secrets ${secretNames.join(' and ')} unless the worker has them`,
    ...(SIGN_IN ? ['send .hankyo/sign-in.json as the secret SIGN_IN'] : []),
    ...deployedMail(settings.vars).steps,
    ...(renew ? ['replace the operator key by a new one'] : []),
    `deploy the worker ${settings.name} (${await kilobytes(join(out, 'index.js'))}) with ${await weigh(join(folder, 'assets'))}`,
    'print the embed snippet and how to sign in',
  ]
  process.stdout.write(
    `Would, in this order:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`,
  )
}

async function command() {
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({ options: { 'dry-run': flag, 'new-operator-key': flag, help: flag } })
  if (values.help) return void process.stdout.write(`${help}\n`)
  await (values['dry-run'] ? rehearse : deploy)(values['new-operator-key'])
}

if (import.meta.main) await main(command)
