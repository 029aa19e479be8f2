import { createHash, createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../terminal.ts'
import { readKept, writeKept } from './keptFile.ts'
import { run } from './sqlite.ts'
import type { Look } from './sqliteProcess.ts'

/** How much a database held when it was last looked at. Neither number ever falls. */
interface Holding {
  migrations: number
  events: number
}

/** `holdings.json`: the databases that a data folder has, by the names of their files. */
type Holdings = Record<string, Holding>

/** As `wrangler.toml` calls the database of the full-text index. */
const searchId = '00000000-0000-0000-0000-000000000001'

/** As Miniflare names the file of a database. */
const searchName = `${objectName('miniflare-D1DatabaseObject', searchId)}.sqlite`

function objectName(namespace: string, name: string): string {
  const key = createHash('sha256').update(namespace).digest()
  const hash = (text: string | Buffer) => createHmac('sha256', key).update(text).digest().subarray(0, 16)
  const id = hash(name)
  return Buffer.concat([id, hash(id)]).toString('hex')
}

const holdingsFile = (data: string) => join(data, 'holdings.json')
/** The folder of a data folder's databases. */
export const databases = (data: string) => join(data, 'v3/d1/miniflare-D1DatabaseObject')
/**
 * Whether a file is a database that holds something; `metadata.sqlite` is what Miniflare notes for itself, and the
 * full-text index can be made anew.
 */
const isDatabase = (data: string, file: string) =>
  dirname(file) === databases(data) &&
  /\.sqlite$/.test(file) &&
  !['metadata.sqlite', searchName].includes(basename(file))

/** The file of the full-text index. */
export const searchFile = (data: string) => join(databases(data), searchName)

/** The files of a folder's databases, whole paths, but for the full-text index. */
export async function databaseFiles(data: string): Promise<string[]> {
  const names = await readdir(databases(data)).catch(() => [])
  return names.map((name) => join(databases(data), name)).filter((file) => isDatabase(data, file))
}

/**
 * Looks at the databases of a folder that nobody serves, before anything is changed in them.
 *
 * @param acceptLess whether they may hold less than they did, as after an older backup was put back
 * @returns the files that are too large to be looked at whole: those are for `watch`
 * @throws Refusal where a database is damaged, gone, or holds less than it did
 */
export async function inspect(data: string, { acceptLess = false } = {}): Promise<string[]> {
  const files = await databaseFiles(data)
  const [had, looks] = await Promise.all([
    readHoldings(data),
    run('look', files).answer,
    removeDamagedIndex(data),
  ])
  const broken = looks.findIndex(({ damage }) => damage !== null)
  if (broken >= 0)
    throw new Refusal(
      `The database ${files[broken]} is damaged: ${looks[broken]?.damage}. Nothing was changed. Put back a backup of the data folder.`,
    )
  if (acceptLess) await rm(holdingsFile(data), { force: true })
  else
    for (const [name, before] of Object.entries(had)) {
      const less = lack(before, looks[files.findIndex((file) => basename(file) === name)])
      if (less) throw new Refusal(`The database ${join(databases(data), name)} ${less}. ${wayIn}`)
    }
  return files.filter((_, at) => !looks[at]?.whole)
}

/** Takes a damaged full-text index away: it is made anew from the comments. */
async function removeDamagedIndex(data: string) {
  const file = searchFile(data)
  if (!existsSync(file)) return
  const [look] = await run('look', [file]).answer
  if (look?.damage) for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
}

/** What a database lacks of what it had, in words; null for nothing. */
function lack(had: Holding, now: Look | undefined): string | null {
  if (!now) return 'is gone'
  if (now.migrations.length < had.migrations)
    return `has ${now.migrations.length} migrations, and had ${had.migrations}`
  if (now.events < had.events) return `has ${now.events} events, and had ${had.events}`
  return null
}

const wayIn =
  'Nothing was changed. Look for what is missing, or put back a backup of the whole data folder. ' +
  'To start on less, as on an older backup of the database alone: npm start -- --accept-less'

const readHoldings = async (data: string) =>
  ((await readKept(holdingsFile(data), 'Remove it: the next start makes it anew.')) ?? {}) as Holdings

/**
 * Leaves a folder at rest, after workerd is gone: no database has a log beside it, and it is noted what each holds.
 * What was noted before and is not there any more stays noted.
 */
export async function settle(data: string): Promise<void> {
  const entries = await readdir(join(data, 'v3'), { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries
    .filter(({ name }) => name.endsWith('.sqlite'))
    .map(({ parentPath, name }) => join(parentPath, name))
  await noteAll(data, files, await run('settle', files).answer)
}

/** Notes what the databases of a folder hold while they are served. */
export async function note(data: string): Promise<void> {
  const files = await databaseFiles(data)
  await noteAll(data, files, await run('look', files).answer)
}

async function noteAll(data: string, files: string[], looks: Look[]) {
  const holdings = await readHoldings(data)
  for (const [at, file] of files.entries()) {
    const { damage, migrations, events } = looks[at] as Look
    // Beside the databases lie counters of rate limits, which may go at any time.
    if (damage || !isDatabase(data, file)) continue
    const { [basename(file)]: had } = holdings
    holdings[basename(file)] = {
      migrations: Math.max(migrations.length, had?.migrations ?? 0),
      events: Math.max(events, had?.events ?? 0),
    }
  }
  await writeKept(holdingsFile(data), holdings)
}
