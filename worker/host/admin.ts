import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { policies } from '../contract/policies.ts'
import { type Scope, scopes } from '../contract/tokens.ts'
import { browsable } from './browsable.ts'
import { deployed } from './deploy/deployed.ts'
import { type Call, type Operator, operator } from './operator.ts'
import { defaultData } from './paths.ts'
import { lastServed, occupy, prepare, running, secrets } from './serve/dataFolder.ts'
import { inspect, settle } from './serve/inventory.ts'
import { type Asking, ask } from './serve/loopback.ts'
import { migrate } from './serve/migrate.ts'
import { serve } from './serve/workerd.ts'
import { type Asked, siteCommands, type Work } from './siteCommands.ts'
import { main, note, Refusal } from './terminal.ts'

const help = `npm run --silent admin -- COMMAND [options]

  token --name NAME        make an API token; it is printed once, alone on stdout
        [--scope SCOPE] [--site ID] [--days N]
  sign-in [--name NAME]    make a link that signs in to the dashboard, once
  site list                list the sites
  site show ID             show a site, and what each of its settings means
  site add ID --name NAME --origin URL [--origin URL …] [--locale en] [--policy premoderate] [SETTING=VALUE …]
  site set ID [the same options]; --origin adds one, --remove-origin URL takes one away
  site remove ID --yes     remove a site and all its comments, for good

  --scope                  what the token may do: ${scopes.join(', ')} (own: all that an owner may)
  --site                   the one site it is for; without it, all
  --days                   days until it ends; without it, never
  --policy                 ${policies.join(', ')}
  --data DIR               the data folder of the server (.hankyo/data), running or not
  --remote                 the instance that npm run deploy made
  --url URL                with --remote: another address of it; its key is in HANKYO_OPERATOR_KEY`

const options = {
  name: { type: 'string' },
  origin: { type: 'string', multiple: true },
  'remove-origin': { type: 'string', multiple: true },
  yes: { type: 'boolean', default: false },
  locale: { type: 'string' },
  policy: { type: 'string' },
  scope: { type: 'string' },
  site: { type: 'string' },
  days: { type: 'string' },
  data: { type: 'string', default: defaultData },
  remote: { type: 'boolean', default: false },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = ReturnType<typeof parse>['values'] & Asked

const parse = () => parseArgs({ options, allowPositionals: true })

/** What each command does on an instance. One that cannot be is refused before an instance is looked for. */
const commands: Record<string, (values: Values, id: string) => Work> = {
  token({ name, scope, site, days }) {
    if (!name) throw new Refusal('A token needs a name: --name NAME.')
    if (scope !== undefined && !scopes.includes(scope as Scope))
      throw new Refusal(`--scope takes ${scopes.join(', ')}, not "${scope}".`)
    if (days !== undefined && !/^[1-9]\d{0,4}$/.test(days))
      throw new Refusal(`--days takes a number of days, not "${days}".`)
    const expiresAt = days && new Date(Date.now() + Number(days) * 86_400_000).toISOString()
    const limits = {
      ...(scope && { scope: scope as Scope }),
      ...(site && { site }),
      ...(expiresAt && { expiresAt }),
    }
    return async (instance) => (await instance.makeToken({ name, ...limits })).token
  },
  'sign-in':
    ({ name, remote }) =>
    async (instance) => {
      const { url } = await instance.signIn(name)
      return remote ? url : browsable(url)
    },
  ...siteCommands,
}

/** The deployed instance: what `npm run deploy` wrote down, or what the environment says. */
async function remote(url: string | undefined): Promise<Operator> {
  const known = await deployed()
  const where = url ?? process.env.HANKYO_URL ?? known.url
  const key = process.env.HANKYO_OPERATOR_KEY ?? known.operatorKey
  if (!where)
    throw new Refusal(
      'Nothing was deployed from here: run npm run deploy, or set HANKYO_URL and HANKYO_OPERATOR_KEY.',
    )
  if (!/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(where) || !URL.canParse(where))
    throw new Refusal(`"${where}" is no address to send the operator key to: it must begin with https://.`)
  if (!key)
    throw new Refusal(
      `The operator key of ${where} is not known here: set HANKYO_OPERATOR_KEY, or run npm run deploy -- --new-operator-key.`,
    )
  return operator(where.replace(/\/+$/, ''), key, async (address, init) => {
    const response = await fetch(address, init)
    return response.status === 401 ? refusedKey(where) : response
  })
}

const refusedKey = (where: string) =>
  Response.json(
    {
      error: {
        message: `${where} does not take the operator key known here; npm run deploy -- --new-operator-key makes another.`,
      },
    },
    { status: 401 },
  )

/** Where `npm start` serves unless it is told otherwise. */
const usual = 'http://127.0.0.1:8787'

/** The instance on a data folder: the server that serves it now, or else one started for this alone. */
async function local(data: string, work: Work) {
  const known = existsSync(join(data, 'secrets.json'))
  await prepare(data)
  const server = await running(data)
  const keys = await secrets(data)
  if (server) {
    if (!server.url) throw new Refusal('The server is still starting; try again in a moment.')
    return work(operator(server.url, keys.OPERATOR_KEY))
  }
  const { uid } = await stat(data)
  // Files that root writes into it could not be opened by the server any more.
  if (process.getuid?.() === 0 && uid !== 0)
    throw new Refusal(
      `${data} is of another user, and no server runs on it: start that first, or run this as user ${uid}.`,
    )
  const folder = await occupy(data)
  try {
    await inspect(data)
    const last = await lastServed(data)
    const served = await serve({
      ...{ data, secrets: keys, publicUrl: last?.publicUrl, rateLimit: true },
      ...{ log: () => {}, before: migrate },
    })
    const call: Call = async (url, init) => {
      const { status, text } = await ask(served.worker(), url, init as Asking)
      return new Response(text || null, { status })
    }
    try {
      const answer = await work(operator(last?.url ?? usual, keys.OPERATOR_KEY, call))
      const where = relative(process.cwd(), data) || data
      note(known ? `Done in ${where}, where no server runs now.` : `Done in ${where}, which is new.`)
      return answer
    } finally {
      await served.dispose()
      await settle(data)
    }
  } finally {
    await folder.release()
  }
}

await main(async () => {
  const { values, positionals } = parse()
  const words = positionals[0] === 'site' ? 2 : 1
  const name = positionals.slice(0, words).join(' ')
  const [id = '', ...rest] = positionals.slice(words)
  const needsId = words === 2 && name !== 'site list'
  const settings = name === 'site add' || name === 'site set' ? rest.splice(0) : []
  if (values.help) return void process.stdout.write(`${help}\n`)
  const command = commands[name]
  if (!command) throw new Refusal(`${name ? `"${name}" is no command.` : 'Which command?'} Try --help.`)
  if (needsId && !id) throw new Refusal(`${name} needs the site's id, such as "blog".`)
  if (rest.length || (id && !needsId)) throw new Refusal(`"${rest[0] ?? id}" is too much. Try --help.`)
  if (values.url && !values.remote) throw new Refusal('--url goes with --remote.')

  const work = command({ ...values, settings }, id)
  const data = resolve(values.data)
  const answer = values.remote ? await work(await remote(values.url)) : await local(data, work)
  if (answer) process.stdout.write(`${answer}\n`)
  if (name === 'sign-in' && !values.remote && !(await running(data))) {
    const last = await lastServed(data)
    const port = new URL(last?.url ?? usual).port || '80'
    const how = `npm start${port === '8787' ? '' : ` -- --port ${port}`}`
    note(
      last
        ? `The server is not running. The link leads to where it ran last, ${last.publicUrl ?? last.url}: start it there within 15 minutes (${how}), then open the link.`
        : `The server is not running: start it within 15 minutes (${how}), then open the link.`,
    )
  }
})
