import { parseArgs } from 'node:util'
import { policies } from '../contract/policies.ts'
import { type Scope, scopes } from '../contract/tokens.ts'
import { backupCommands } from './backup/backupCommands.ts'
import { exportFormats, exportTo } from './export.ts'
import { importFrom } from './importCommand.ts'
import { listImports, undoImport } from './importFile.ts'
import { testMail } from './mailTest.ts'
import { pageCommands } from './pageCommands.ts'
import { defaultData } from './paths.ts'
import { personCommands } from './personCommands.ts'
import { reindex } from './reindex.ts'
import { type Asked, siteCommands, type Work } from './siteCommands.ts'
import { Refusal } from './terminal.ts'

export const help = `npm run --silent admin -- COMMAND [options]

  token --name NAME        make an API token; it is printed once, alone on stdout
        [--scope SCOPE] [--site ID] [--days N]
  sign-in [--name NAME]    make a link that signs in to the dashboard, once
  mail test ADDRESS        send a mail there, and tell what the mail server answered
        [--locale ja]
  export [--site ID] [--out FILE] [--format FORMAT]
                           write all of the instance, or of a site, to a file or stdout, without loss; or the
                           comments of a site for others: ${exportFormats.slice(1).join(', ')} (FILE.zip: a file a thread)
  import FILE              put such a file back: into an empty instance, or a site that is not there
        [--site ID]        or bring the comments of another system: WordPress, Disqus, Movable Type and many more
        [--dry-run]        tell what will become of them, and do nothing
        [--map FILE]       where pages went, a line each: from -> to; * stands for the rest of an address
        [--zone ZONE]      of times that name none, such as Asia/Tokyo; UTC without it
        [--origin URL]     what stands before the paths of a service that writes no addresses
        [--pings]          bring pingbacks and trackbacks, too
        [--emails]         keep e-mail addresses
        [--states LIST]    only comments of these states, such as approved,pending
        [--staff OLD=NAME] somebody of the old staff is NAME here; may be repeated
        [--yes]            do not ask
  import list [--site ID]  list what was imported
  import undo ID           take an import back as a whole; each of them answers in JSON with --json
  person find WHO          find who somebody is: by an e-mail address, a name, a comment or a browser's token
  person export ID [ID …]  print all that is kept of these authors
        [--format markdown]  to read, in the language of each site; else as JSON
  person erase ID [ID …] --yes
                           erase these authors for good, with what else their browsers wrote
  reindex                  make the full-text index of the search anew, and tell how far it has come
  backup                   back the data folder up while it is served; the file's name is printed
        [--out FILE | --to PLACE]  (with --remote: an export of the deployed instance)
  backup --schedule daily --keep 10 [--to PLACE]
                           have its server do so by itself (hourly, daily, weekly, off)
  backup list [--to PLACE] list its backups, and what came of the schedule
  backup verify FILE       restore a backup where it harms nobody, and compare all of it
  restore FILE [--yes]     put a backup into the data folder; what is there is kept aside
        [--erased FILE]    and erase again what that file lists, besides what was erased there
  page move KEY --to KEY   have the thread of a page answer under another address; where a thread is, it goes into that
        --site ID [--dry-run]
  page map FILE --site ID  the same of many: from -> to, a line each; * stands for the rest of an address
        [--dry-run]        tell what that comes to, and do nothing
  page redirects --site ID look where the pages of all threads lead by now, and have their threads follow
        [--dry-run]        tell where, and do nothing
  page list --site ID      list the moves
  page undo ID             take one back
  site list                list the sites
  site show ID             show a site, and what each of its settings means
  site add ID --name NAME --origin URL [--origin URL …] [--locale en] [--policy premoderate] [SETTING=VALUE …]
  site set ID [the same options]; --origin adds one, --remove-origin URL takes one away
  site remove ID --yes     remove a site and all its comments, for good

  --to                     a folder, or a bucket: s3://BUCKET/FOLDER
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
  to: { type: 'string' },
  schedule: { type: 'string' },
  keep: { type: 'string' },
  erased: { type: 'string' },
  format: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  map: { type: 'string' },
  zone: { type: 'string' },
  pings: { type: 'boolean', default: false },
  emails: { type: 'boolean', default: false },
  states: { type: 'string' },
  staff: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  data: { type: 'string', default: defaultData },
  remote: { type: 'boolean', default: false },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = ReturnType<typeof parse>['values'] & Asked & { others?: string[] }

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
  backup:
    ({ out, to, keep }) =>
    async (instance) =>
      (await import('./backup/remoteBackup.ts')).remoteBackup({ out, to, keep })(instance),
  export: exportTo,
  import: (values, file) => (instance) => importFrom(instance, file, values),
  'import list': listImports,
  'import undo': (values, id) => undoImport(id, values),
  'mail test': ({ locale }, address) => testMail(address, locale),
  ...pageCommands,
  ...siteCommands,
  ...personCommands,
}

/** Commands that may be followed by the name of what they do, as in `site list`. */
const groups: Record<string, string[] | undefined> = {
  site: undefined,
  mail: undefined,
  backup: ['list', 'verify'],
  import: ['list', 'undo'],
  person: undefined,
  page: undefined,
}

/** What a command lacks that needs something, and was given nothing. */
const lacking: Record<string, string> = {
  'mail test': 'To whom? mail test needs an address, such as you@example.org.',
  'backup verify': 'Which? backup verify needs the file of a backup.',
  import: 'Which file? import needs the path of one.',
  'import undo': 'Which import? import list tells their ids.',
  'person find': 'Whom? person find needs an address, a name, a comment or a token.',
  'person export': 'Whom? person find tells the ids of authors.',
  'person erase': 'Whom? person find tells the ids of authors.',
  'page move': 'Which page? page move needs its address or key.',
  'page map': 'Which file? page map needs the path of one.',
  'page undo': 'Which move? page list tells their ids.',
  restore: 'What? restore needs the file of a backup.',
}

/** What a command line asks for, or null where it asks for help. One that cannot be is refused. */
export function asked(args = process.argv.slice(2)) {
  const { values, positionals } = parse(args)
  const [group = '', second = ''] = positionals
  const words = Object.hasOwn(groups, group) && (groups[group]?.includes(second) ?? true) ? 2 : 1
  const name = positionals.slice(0, words).join(' ')
  const [id = '', ...rest] = positionals.slice(words)
  const needsId = (words === 2 && !/ (list|redirects)$/.test(name)) || ['import', 'restore'].includes(name)
  const settings = name === 'site add' || name === 'site set' ? rest.splice(0) : []
  const others = name === 'person export' || name === 'person erase' ? rest.splice(0) : []
  if (values.help) return null
  const command = commands[name]
  const ofFolder = backupCommands[name]
  if (!command && !ofFolder)
    throw new Refusal(`${name ? `"${name}" is no command.` : 'Which command?'} Try --help.`)
  if (needsId && !id) throw new Refusal(lacking[name] ?? `${name} needs the site's id, such as "blog".`)
  if (rest.length || (id && !needsId)) throw new Refusal(`"${rest[0] ?? id}" is too much. Try --help.`)
  if (values.url && !values.remote) throw new Refusal('--url goes with --remote.')
  // Of backups, one alone is made over the network.
  if (ofFolder && !(values.remote && command)) {
    if (values.remote) throw new Refusal(`${name} is for files of this machine: it goes without --remote.`)
    return { name, values, folderWork: ofFolder(values, id) }
  }
  if (values.remote && values.schedule) throw new Refusal('--schedule goes without --remote.')
  return { name, values, work: command?.({ ...values, settings, others }, id) }
}
