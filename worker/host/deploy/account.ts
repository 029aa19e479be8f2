import { readFile, rm, writeFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import { note, Refusal } from '../terminal.ts'
import { type Ran, wrangler } from '../wrangler.ts'

/** What a Cloudflare account has already of what Hankyo needs. */
export interface Found {
  /** Ids by names. */
  databases: Map<string, string>
  queues: string[]
  secrets: string[]
}

/** A Cloudflare account, asked through wrangler with one configuration file. */
export function account(config: string) {
  const ask = (args: string[], env = {}) => wrangler([...args, '--config', config], { env })

  async function run(what: string, args: string[], env = {}): Promise<Ran> {
    note(what)
    return done(what, await ask(args, env))
  }

  async function findDatabases(): Promise<Map<string, string>> {
    const { stdout } = await run('Looking for the databases', ['d1', 'list', '--json'])
    const all: { name: string; uuid: string }[] = JSON.parse(stdout)
    return new Map(all.map(({ name, uuid }) => [name, uuid]))
  }

  async function findQueue(name: string): Promise<string[]> {
    const ran = await ask(['queues', 'info', name])
    if (isMissing(ran, `Queue "${name}" does not exist`)) return []
    done(`Looking for the queue ${name}`, ran)
    return [name]
  }

  async function findSecrets(worker: string): Promise<string[]> {
    const ran = await ask(['secret', 'list', '--format', 'json'])
    if (isMissing(ran, `Worker "${worker}" not found`)) return []
    const { stdout } = done('Looking for the secrets', ran)
    return (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)
  }

  return {
    run,

    /** One question alone first, as it may renew the login; only then the others side by side. */
    async look(worker: string, queues: string[]): Promise<Found> {
      const databases = await findDatabases()
      note('Looking for the queues and the secrets')
      const [secrets, ...found] = await together([findSecrets(worker), ...queues.map(findQueue)])
      return { databases, secrets: secrets as string[], queues: found.flat() }
    },

    async makeDatabase(name: string): Promise<string> {
      const { stdout } = await run(`Making the database ${name}`, ['d1', 'create', name])
      const [id] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(stdout) ?? []
      if (!id)
        throw new Refusal(`The database ${name} was made without telling its id: run npm run deploy again.`)
      return id
    },

    makeQueue: (name: string) => run(`Making the queue ${name}`, ['queues', 'create', name]),

    migrate: (database: string) => run('Migrating', ['d1', 'migrations', 'apply', database, '--remote']),

    /** Uploads the worker together with these secrets; those it has besides stay. Answers its address. */
    async upload(secrets: Record<string, string>): Promise<string | undefined> {
      const file = `${config}.secrets`
      const report = `${config}.report`
      await writeFile(file, JSON.stringify(secrets), { mode: 0o600 })
      try {
        await run('Deploying', ['deploy', '--secrets-file', file], { WRANGLER_OUTPUT_FILE_PATH: report })
      } finally {
        await rm(file, { force: true })
      }
      const lines = (await readFile(report, 'utf8')).trim().split('\n')
      const entries: { type: string; targets?: string[] }[] = lines.map((line) => JSON.parse(line))
      return address(entries.find(({ type }) => type === 'deploy')?.targets ?? [])
    },
  }
}

/** Waits for all before it fails with the first that failed, so that nothing goes on behind a refusal. */
async function together<Result>(promises: Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

/** The first target that is an address: `https://…`, `host (custom domain)` or `host/*`, not `schedule: …`. */
export function address(targets: string[]): string | undefined {
  const hosts = targets.map(
    (target) => /^(?:https:\/\/)?([\w-]+(?:\.[\w-]+)+)(?:\/\*)?(?: \(.*\))?$/.exec(target)?.[1],
  )
  const host = hosts.find((one) => one)
  return host && `https://${host}`
}

const isMissing = ({ code, stderr, stdout }: Ran, words: string) =>
  code !== 0 && stripVTControlCharacters(`${stderr}${stdout}`).includes(words)

function done(what: string, ran: Ran): Ran {
  if (!ran.code) return ran
  const why = reason(ran)
  if (/set a CLOUDFLARE_API_TOKEN|wrangler login/.test(why))
    throw new Refusal('Not signed in to Cloudflare: run npx wrangler login, or set CLOUDFLARE_API_TOKEN.')
  throw new Refusal(`${what} failed: ${why} The next npm run deploy goes on from here.`)
}

/** In one line what wrangler says went wrong: its error and the few lines that explain it. */
export function reason({ stdout, stderr }: Ran): string {
  const lines = stripVTControlCharacters(/error/i.test(stderr) ? stderr : `${stderr}\n${stdout}`)
    .split('\n')
    .map((line) => line.trim().replace(/^- /, ''))
    .filter((line) => line && !/^(🪵|If you think this is a bug|Note that there is a newer)/u.test(line))
  const first = Math.max(
    0,
    lines.findIndex((line) => /error/i.test(line)),
  )
  const said = lines
    .slice(first, first + 5)
    .map((line) => line.replace(/^✘ \[ERROR\] /u, '').replace(/\/accounts\/\w+/, ''))
    .map((line) => (/[.:!?]$/.test(line) ? line : `${line}.`))
  return [...new Set(said)].join(' ')
}
