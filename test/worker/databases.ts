import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { clear, rest } from '../../worker/store/searchIndex.ts'
import { betweenJobs } from './jobs.ts'
import { keptPrefix } from './keptRows.ts'

interface Made {
  type: string
  name: string
  tbl_name: string
  sql: string
}

/** Columns of comments that name comments: without an index each deletion would look through all of them. */
const answered = ['parent_seq', 'root_seq']

/** So many comments are removed faster than an index is made. */
const few = 200

let made: Made[]
/** Asks of every table whether it has rows. */
let whetherFull: string

const search = env.SEARCH as D1Database

/** Brings the databases up to date, and looks what they have. */
export async function prepareDatabases(): Promise<void> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await applyD1Migrations(search, env.SEARCH_MIGRATIONS)
  const { results } = await env.DB.prepare(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'trigger') AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<Made>()
  made = results.filter(({ name }) => name !== 'd1_migrations' && !name.startsWith(keptPrefix)).toReversed()
  const each = made
    .filter(({ type }) => type === 'table')
    .map(({ name }) => `EXISTS (SELECT 1 FROM ${name}) AS ${name}`)
  whetherFull = `SELECT ${each}, EXISTS (SELECT 1 FROM comments LIMIT 1 OFFSET ${few}) AS many`
}

/** What empties the database: only what has rows is worth a statement, and above all a change of the schema. */
async function emptying(): Promise<string[]> {
  const { many, ...full } = (await env.DB.prepare(whetherFull).first<Record<string, number>>()) ?? {}
  const concerned = made.filter(({ tbl_name }) => full[tbl_name])
  const [triggers, tables] = ['trigger', 'table'].map((kind) => concerned.filter(({ type }) => type === kind))
  const indexed = many ? answered : []
  return [
    'PRAGMA defer_foreign_keys = ON',
    ...(triggers ?? []).map(({ name }) => `DROP TRIGGER ${name}`),
    ...indexed.map((column) => `CREATE INDEX emptying_${column} ON comments (${column})`),
    ...(tables ?? []).map(({ name }) => `DELETE FROM ${name}`),
    ...indexed.map((column) => `DROP INDEX emptying_${column}`),
    ...(triggers ?? []).map(({ sql }) => sql),
  ]
}

const isIndexing = `SELECT EXISTS (SELECT 1 FROM progress WHERE event IS NOT NULL OR asked_until > 0)
  OR EXISTS (SELECT 1 FROM unscreened) OR EXISTS (SELECT 1 FROM scrubbing) OR EXISTS (SELECT 1 FROM documents) AS found`

/** Takes all rows out of the databases, between jobs. */
export async function emptyDatabases(): Promise<void> {
  await betweenJobs(async () => {
    const statements = await emptying()
    if (statements.length > 1) await env.DB.batch(statements.map((statement) => env.DB.prepare(statement)))
    if (!(await search.prepare(isIndexing).first('found'))) return
    await clear(search)
    await rest(search)
  })
}
