import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Migration } from '../../migrations/apply.ts'
import { bundle } from '../paths.ts'
import { databaseFiles, databases, settle } from '../serve/inventory.ts'
import { migrate } from '../serve/migrate.ts'
import { run } from '../serve/sqlite.ts'
import { withDatabase } from '../serve/workerd.ts'
import { Refusal } from '../terminal.ts'
import { unpack } from './archive.ts'
import { eraseLeft } from './erasedLog.ts'
import { type Manifest, rowsIn, schemaIn, several } from './manifest.ts'
import { needRoom } from './workplace.ts'

/** Tables whose rows no migration may lose. */
const lasting = ['sites', 'threads', 'authors', 'comments', 'decisions', 'events'] as const

/** Bytes that workerd writes besides, where a folder is opened. */
const opening = 16_000_000

/** Refuses a backup of a newer program than this. */
export async function refuseNewer(manifest: Manifest): Promise<void> {
  const known: Migration[] = JSON.parse(await readFile(join(bundle, 'migrations.json'), 'utf8'))
  const names = new Set(known.map(({ name }) => name))
  const unknown = Object.values(manifest.databases)
    .flatMap(({ migrations }) => migrations)
    .filter((name) => !names.has(name))
  if (unknown.length > 0)
    throw new Refusal(
      `This backup is of a newer Hankyo (${manifest.version}, schema ${schemaIn(manifest)}): it has the migration ${unknown[0]}. Use that version, or a newer one. Nothing was changed.`,
    )
}

/**
 * Makes a data folder of a backup, and proves it: each file by its hash, each database by SQLite's checks of pages, indexes
 * and references, each table by its count and its hash.
 *
 * @param data an empty folder
 * @throws Refusal that names what is not as it was written
 */
export async function layOut(file: string, manifest: Manifest, data: string): Promise<void> {
  const bytes = Object.values(manifest.files).reduce((sum, one) => sum + one.bytes, 0)
  await needRoom(data, 2 * bytes + opening)
  await mkdir(databases(data), { recursive: true })
  await unpack(file, (name) =>
    name.startsWith('databases/') ? join(databases(data), basename(name)) : join(data, name),
  )
  const files = await databaseFiles(data)
  const told = Object.keys(manifest.databases).sort()
  const found = files.map((one) => basename(one)).sort()
  if (String(found) !== String(told)) throw new Refusal(`${file} is damaged: it lacks a database.`)
  const sums = await run('sum', files).answer
  for (const [index, { damage, tables, migrations }] of sums.entries()) {
    const name = basename(files[index] as string)
    if (damage.length > 0)
      throw new Refusal(`${file} is damaged: the database ${name}: ${damage.join('; ')}.`)
    const was = manifest.databases[name] as Manifest['databases'][string]
    const names = new Set([...Object.keys(was.tables), ...Object.keys(tables)])
    for (const table of names) {
      const [a, b] = [was.tables[table], tables[table]]
      if (a?.rows !== b?.rows || a?.hash !== b?.hash)
        throw new Refusal(
          `${file} is damaged: its table ${table} has ${several(b?.rows ?? 0, 'row')}, and is not the one of ${several(a?.rows ?? 0, 'row')} that was written.`,
        )
    }
    if (String(migrations) !== String(was.migrations))
      throw new Refusal(`${file} is damaged: its schema is not the one that was written.`)
  }
}

/** What was done as a folder was opened. */
export interface Opened {
  /** Migrations that were applied. */
  migrations: number
  /** Comments that lost their words again. */
  erased: number
}

/**
 * Opens a folder's databases with this program, which brings them up to date and erases what is left to be erased, and
 * checks them again.
 *
 * @param rows what they held before
 * @throws Refusal where a migration fails or loses rows
 */
export async function bringUpToDate(data: string, rows: Manifest): Promise<Opened> {
  const erased = await withDatabase(data, async (db, search) => {
    await migrate(db, search)
    return eraseLeft(data, db)
  })
  await settle(data)
  const sums = await run('sum', await databaseFiles(data)).answer
  const damage = sums.flatMap((one) => one.damage)
  if (damage.length > 0)
    throw new Refusal(`Migrated, it is damaged: ${damage.join('; ')}. Nothing was changed.`)
  for (const table of lasting) {
    const now = sums.reduce((sum, { tables }) => sum + (tables[table]?.rows ?? 0), 0)
    const before = rowsIn(rows, table)
    if (now < before)
      throw new Refusal(
        `Migrated, its table ${table} has ${several(now, 'row')}, and had ${several(before, 'row')}. Nothing was changed.`,
      )
  }
  const before = Object.values(rows.databases).reduce((sum, { migrations }) => sum + migrations.length, 0)
  return { erased, migrations: sums.reduce((sum, { migrations }) => sum + migrations.length, 0) - before }
}
