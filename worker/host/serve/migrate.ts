import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { applied, apply, type Migration } from '../../migrations/apply.ts'
import { bundle } from '../paths.ts'
import { Refusal } from '../terminal.ts'

/** Brings a local database up to the newest schema, by the statements that the build took from the migrations. */
export async function migrate(db: D1Database) {
  const all: Migration[] = JSON.parse(await readFile(join(bundle, 'migrations.json'), 'utf8'))
  const done = await applied(db)
  for (const migration of all)
    if (!done.has(migration.name))
      await apply(db, migration).catch((error) => {
        throw new Refusal(`Migration ${migration.name} failed and changed nothing: ${error.message}`)
      })
}
