import { parseArgs } from 'node:util'
import { policies } from '../contract/policies.ts'
import { type Scope, scopes } from '../contract/tokens.ts'
import { exportTo } from './export.ts'
import { testMail } from './mailTest.ts'
import type { Operator } from './operator.ts'
import { defaultData } from './paths.ts'
import { reindex } from './reindex.ts'
import { isExport, restore } from './restore.ts'
import { type Asked, siteCommands, type Work } from './siteCommands.ts'
import { Refusal } from './terminal.ts'

export const help = `npm run --silent admin -- COMMAND [options]

  token --name NAME        make an API token; it is printed once, alone on stdout
        [--scope SCOPE] [--site ID] [--days N]
  sign-in [--name NAME]    make a link that signs in to the dashboard, once
  mail test ADDRESS        send a mail there, and tell what the mail server answered
        [--locale ja]
  export [--site ID] [--out FILE]
                           write all of the instance, or of a site, to a file or stdout, without loss
  import FILE              put such a file back: into an empty instance, or a site that is not there
  reindex                  make the full-text index of the search anew, and tell how far it has come
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
  out: { type: 'string' },
  data: { type: 'string', default: defaultData },
  remote: { type: 'boolean', default: false },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = ReturnType<typeof parse>['values'] & Asked

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true })

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
    ({ name }) =>
    async (instance) =>
      (await instance.signIn(name)).url,
  reindex: () => reindex,
  export: exportTo,
  import: (_, file) => (instance) => importFrom(instance, file),
  'mail test': ({ locale }, address) => testMail(address, locale),
  ...siteCommands,
}

async function importFrom(instance: Operator, file: string): Promise<string> {
  if (await isExport(file)) return restore(instance, file)
  throw new Refusal(`${file} is no export of Hankyo.`)
}

/** What a command line asks for, or null where it asks for help. One that cannot be is refused. */
export function asked(args = process.argv.slice(2)) {
  const { values, positionals } = parse(args)
  const words = ['site', 'mail'].includes(positionals[0] as string) ? 2 : 1
  const name = positionals.slice(0, words).join(' ')
  const [id = '', ...rest] = positionals.slice(words)
  const needsId = (words === 2 && name !== 'site list') || name === 'import'
  const settings = name === 'site add' || name === 'site set' ? rest.splice(0) : []
  if (values.help) return null
  const command = commands[name]
  if (!command) throw new Refusal(`${name ? `"${name}" is no command.` : 'Which command?'} Try --help.`)
  if (needsId && !id)
    throw new Refusal(
      name === 'import'
        ? 'Which file? import needs the path of one.'
        : name === 'mail test'
          ? 'To whom? mail test needs an address, such as you@example.org.'
          : `${name} needs the site's id, such as "blog".`,
    )
  if (rest.length || (id && !needsId)) throw new Refusal(`"${rest[0] ?? id}" is too much. Try --help.`)
  if (values.url && !values.remote) throw new Refusal('--url goes with --remote.')
  return { name, values, work: command({ ...values, settings }, id) }
}
