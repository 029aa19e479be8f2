import { env } from 'cloudflare:workers'

/** Names of the tables that hold kept rows. The set-up of a test leaves them as they are. */
export const keptPrefix = 'kept_'

/** What hangs on a site's comments, parents first. Of `events` come only those of comments, with numbers of their own. */
const tables = [
  'tallies',
  'threads',
  'authors',
  'comments',
  'decisions',
  'linked_hosts',
  'lessons',
  'lesson_packs',
  'learners',
  'events',
]

async function columnsOf(table: string): Promise<string[]> {
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()
  return results.map(({ name }) => name).filter((name) => table !== 'events' || name !== 'id')
}

const hasRows = async (sql: string) => (await env.DB.prepare(sql).first()) !== null

/** Whether no site has a comment: only then can kept rows come back with the numbers they had. */
export const isEmpty = async () => !(await hasRows('SELECT 1 FROM comments LIMIT 1'))

/** Keeps the rows of the one site there is for tests to come. */
export async function keepRows(name: string): Promise<void> {
  await env.DB.batch(
    tables.flatMap((table) => [
      env.DB.prepare(`DROP TABLE IF EXISTS ${keptPrefix}${name}_${table}`),
      env.DB.prepare(
        `CREATE TABLE ${keptPrefix}${name}_${table} AS SELECT * FROM ${table}${
          table === 'events' ? ' WHERE comment_id IS NOT NULL ORDER BY id' : ''
        }`,
      ),
    ]),
  )
}

/** Gives a site without comments the rows kept under a name. @returns whether there were some */
export async function bringBackRows(name: string, siteId: string): Promise<boolean> {
  const kept = `${keptPrefix}${name}_`
  if (!(await hasRows(`SELECT 1 FROM sqlite_schema WHERE name = '${kept}comments'`))) return false
  const statements = tables.map(async (table) => {
    const columns = await columnsOf(table)
    const values = columns.map((column) => (column === 'site_id' ? '?1' : column))
    const sql = `INSERT OR REPLACE INTO ${table} (${columns}) SELECT ${values} FROM ${kept}${table}`
    const statement = env.DB.prepare(sql)
    return columns.includes('site_id') ? statement.bind(siteId) : statement
  })
  await env.DB.batch(await Promise.all(statements))
  return true
}
