import type { D1Database } from '@cloudflare/workers-types'

export interface Migration {
  /** The file's name. */
  name: string
  queries: string[]
}

/** The table that `wrangler d1 migrations` keeps, so that either may go on where the other stopped. */
const record = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`

/** Names of the migrations this database has. */
export async function applied(db: D1Database): Promise<Set<string>> {
  await db.prepare(record).run()
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  return new Set(results.map(({ name }) => name))
}

/** Applies one migration, wholly or not at all. */
export async function apply(db: D1Database, { name, queries }: Migration): Promise<void> {
  await db.batch([
    ...queries.map((query) => db.prepare(query)),
    db.prepare('INSERT INTO d1_migrations (name) VALUES (?1)').bind(name),
  ])
}
