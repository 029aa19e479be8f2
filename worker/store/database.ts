import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'

/** The database did not answer, or kept failing in a way that trying again may cure. */
export class DatabaseUnavailable extends Error {}

const transient = /locked|overloaded|Network connection lost|reset|timed? ?out|internal error/i
const tries = 4

/** What an instance keeps its sites in. One database is the rule. */
export interface Databases {
  DB: D1Database
  /** By site, the binding of the database that holds it where that is not `DB`. */
  SITES_IN?: Record<string, string>
  /** The full-text index of what the main one holds, where there is one. It can be made anew at any time. */
  SEARCH?: D1Database
}

/**
 * The database that holds a site, with all that belongs to it.
 *
 * @throws Error where `SITES_IN` names a binding that is not there
 */
export function databaseOf(env: Databases, siteId: string): D1Database {
  const name = env.SITES_IN && Object.hasOwn(env.SITES_IN, siteId) ? env.SITES_IN[siteId] : undefined
  return name === undefined ? env.DB : bound(env, name)
}

/** The database that holds what belongs to no site: staff, sessions, tokens. */
export const mainDatabase = (env: Databases): D1Database => env.DB

/** The database of the full-text index; null where none is bound. */
export const searchDatabase = (env: Databases): D1Database | null => env.SEARCH ?? null

/** Every database, the main one first: for what is known by no site. */
export function everyDatabase(env: Databases): [D1Database, ...D1Database[]] {
  const names = new Set(Object.values(env.SITES_IN ?? {}))
  names.delete('DB')
  return [env.DB, ...Array.from(names, (name) => bound(env, name))]
}

/** Sites that the main database does not hold. */
export const sitesElsewhere = ({ SITES_IN = {} }: Databases): string[] =>
  Object.keys(SITES_IN).filter((site) => SITES_IN[site] !== 'DB')

/** Databases that hold sites alone. */
const ofSites = new WeakSet<D1Database>()

/** Whether a database holds what belongs to no site, too: staff, and how they are told. */
export const hasStaff = (db: D1Database): boolean => !ofSites.has(db)

function bound(env: Databases, name: string): D1Database {
  const db = (env as unknown as Record<string, D1Database | undefined>)[name]
  if (!db) throw new Error(`SITES_IN names a database that is not bound: ${name}`)
  if (db !== env.DB) ofSites.add(db)
  return db
}

const homes = new WeakMap<D1PreparedStatement, D1Database>()

/** A bound statement; the only place where SQL meets values. */
export function sql(db: D1Database, text: string, ...values: unknown[]): D1PreparedStatement {
  const statement = db.prepare(text).bind(...values)
  homes.set(statement, db)
  return statement
}

/**
 * A bound statement about many rows at once: its table `x` has the columns of the rows. They are one bound text (`?1`),
 * however many they are, and reading them costs no row of the database as reading `json_each` does.
 */
export function over(
  db: D1Database,
  rows: Record<string, unknown>[],
  text: string,
  ...values: unknown[]
): D1PreparedStatement {
  const columns = Object.keys(rows[0] ?? {})
  const table = rows.map((_, at) => `(${columns.map((column) => `?1 ->> '$[${at}].${column}'`)})`)
  return sql(db, `WITH x (${columns}) AS (VALUES ${table}) ${text}`, JSON.stringify(rows), ...values)
}

/** Statements that go to a database in one batch: the answers to all of them are in memory at once. */
const mostTogether = 100

interface Read {
  statement: D1PreparedStatement
  resolve: (result: D1Result<never>) => void
  reject: (error: unknown) => void
}

/** Reads that nobody has sent yet. */
const asked = new Map<D1Database, Read[]>()

/**
 * Every row of a query. Whatever is asked of a database in one turn of the event loop goes there together, in one
 * round trip: to read things side by side, ask for them in one `Promise.all`.
 */
export async function all<Row>(statement: D1PreparedStatement): Promise<Row[]> {
  const db = homes.get(statement) as D1Database
  const { results } = await new Promise<D1Result<Row>>((resolve, reject) => {
    const read = { statement, resolve, reject }
    const reads = asked.get(db)
    if (reads && reads.length < mostTogether) {
      reads.push(read)
    } else {
      const together: Read[] = [read]
      asked.set(db, together)
      queueMicrotask(() => send(db, together))
    }
  })
  return results
}

/** Sends reads together. Where the batch is refused they go one by one, so that none fails for another's fault. */
async function send(db: D1Database, reads: Read[]): Promise<void> {
  if (asked.get(db) === reads) asked.delete(db)
  if (reads.length > 1) {
    try {
      const results = await again(() => db.batch<never>(reads.map(({ statement }) => statement)))
      for (const [index, result] of results.entries()) reads[index]?.resolve(result)
      return
    } catch (error) {
      if (error instanceof DatabaseUnavailable) {
        for (const { reject } of reads) reject(error)
        return
      }
    }
  }
  for (const { statement, resolve, reject } of reads)
    again(() => statement.all<never>()).then(resolve, reject)
}

/** The first row of a query, or null. */
export async function first<Row>(statement: D1PreparedStatement): Promise<Row | null> {
  return (await all<Row>(statement))[0] ?? null
}

/** Asks whether a database answers. Throws when it does not. */
export async function ping(db: D1Database): Promise<void> {
  await all(sql(db, 'SELECT 1'))
}

/** Runs statements in one transaction: all of them or none. They must be harmless when run again. */
export async function batch<Row = unknown>(
  db: D1Database,
  statements: D1PreparedStatement[],
): Promise<D1Result<Row>[]> {
  return again(() => db.batch<Row>(statements))
}

/** Tries again with jitter while the failure is one of the database's passing ones. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!transient.test(String(error))) throw error
      if (attempt === tries) throw new DatabaseUnavailable(String(error))
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt))
    }
  }
}

/** ISO 8601 of a stored time. */
export function iso(time: number): string
export function iso(time: number | null): string | null
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

/** SQL that holds or not, with the values it is bound to. */
export interface Condition {
  text: string
  values: unknown[]
}

/** Holds right after a statement that changed one row. */
export const changed: Condition = { text: 'changes() = 1', values: [] }
