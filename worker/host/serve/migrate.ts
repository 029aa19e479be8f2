import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { applied, apply, type Migration } from '../../migrations/apply.ts'
import { bundle } from '../paths.ts'
import { Refusal } from '../terminal.ts'

/**
 * Brings the local databases up to the newest schema, by the statements that the build took from the migrations.
 *
 * @returns whether there was anything to do
 * @throws Refusal where a migration fails, and where a database has one that this program does not know
 */
export async function migrate(db: D1Database, search: D1Database): Promise<boolean> {
  const isNewer = await migrateOne(db, 'migrations.json')
  return (await migrateOne(search, 'searchMigrations.json')) || isNewer
}

async function migrateOne(db: D1Database, built: string): Promise<boolean> {
  const all: Migration[] = JSON.parse(await readFile(join(bundle, built), 'utf8'))
  // Where no full-text index is bound.
  if (all.length === 0) return false
  const done = await applied(db)
  const known = new Set(all.map(({ name }) => name))
  const unknown = [...done].filter((name) => !known.has(name))
  if (unknown.length)
    throw new Refusal(
      `The database is newer than this Hankyo: it has the migration ${unknown.join(', ')}. Start the version that it was used with, or put back a backup from before. Nothing was changed.`,
    )
  for (const migration of all)
    if (!done.has(migration.name))
      await apply(db, migration).catch((error) => {
        throw new Refusal(`Migration ${migration.name} failed and changed nothing: ${error.message}`)
      })
  return done.size < all.length
}
