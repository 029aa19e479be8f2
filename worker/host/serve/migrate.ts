import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { applied, apply } from '../../migrations/apply.ts'
import { migrations } from '../paths.ts'
import { Refusal } from '../terminal.ts'

/** Brings a local database up to the newest schema, in the order of the files' numbers. */
export async function migrate(db: D1Database) {
  const done = await applied(db)
  const names = (await readdir(migrations)).filter((name) => name.endsWith('.sql')).sort()
  const missing = names.filter((name) => !done.has(name))
  if (!missing.length) return
  const { unstable_splitSqlQuery: split } = await import('wrangler')
  for (const name of missing) {
    const queries = split(await readFile(join(migrations, name), 'utf8'))
    await apply(db, { name, queries }).catch((error) => {
      throw new Refusal(`Migration ${name} failed and changed nothing: ${error.message}`)
    })
  }
}
