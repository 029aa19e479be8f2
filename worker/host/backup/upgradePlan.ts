import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Migration } from '../../migrations/apply.ts'
import { bundle } from '../paths.ts'
import { lastServed } from '../serve/dataFolder.ts'
import { databaseFiles, databases } from '../serve/inventory.ts'
import { migrate } from '../serve/migrate.ts'
import type { Summary } from '../serve/snapshot.ts'
import { run } from '../serve/sqlite.ts'
import { withDatabase } from '../serve/workerd.ts'
import { note, Refusal } from '../terminal.ts'
import { version } from '../version.ts'
import { bytesOf, copyDatabases } from './makeBackup.ts'
import { schemaOf, several } from './manifest.ts'
import { swapOf } from './swap.ts'
import { inWorkplace, needRoom } from './workplace.ts'

/** What an upgrade of a data folder would do. */
export interface Plan {
  /** The versions from and to; the first is not known of a folder that nobody served since they are noted. */
  versions: { from: string | undefined; to: string }
  schemas: { from: string; to: string }
  /** Names of the migrations that the databases lack, in order. */
  pending: string[]
}

/**
 * What this program would change in a data folder, by the names of migrations.
 *
 * @throws Refusal where the folder holds no database, a damaged one, or one of a newer program
 */
export async function planOf(data: string): Promise<Plan> {
  const files = await databaseFiles(data)
  if (files.length === 0) throw new Refusal(`${data} holds no database: there is nothing to upgrade.`)
  const looks = await run('look', files).answer
  const broken = looks.findIndex(({ damage }) => damage !== null)
  if (broken >= 0) throw new Refusal(`The database ${files[broken]} is damaged: ${looks[broken]?.damage}.`)
  const known: Migration[] = JSON.parse(await readFile(join(bundle, 'migrations.json'), 'utf8'))
  const names = known.map(({ name }) => name)
  const had = looks.flatMap(({ migrations }) => migrations)
  const unknown = had.find((name) => !names.includes(name))
  if (unknown)
    throw new Refusal(
      `The database is newer than this Hankyo: it has the migration ${unknown}. Nothing was changed. After an upgrade, npm run upgrade -- --back goes back to its backup.`,
    )
  return {
    versions: { from: (await lastServed(data))?.version, to: await version() },
    schemas: { from: schemaOf(had), to: schemaOf(names) },
    pending: names.filter((name) => looks.some(({ migrations }) => !migrations.includes(name))),
  }
}

/** From what to what, in words. */
export const headline = ({ versions: { from, to }, schemas }: Plan): string =>
  `Hankyo ${from ?? '(not noted)'} → ${to}, schema ${schemas.from} → ${schemas.to}.`

/**
 * Tries an upgrade on a copy, which goes again, and says what changed there. The folder may be served meanwhile.
 *
 * @throws Refusal where it would fail
 */
export async function rehearse(data: string): Promise<string> {
  const plan = await planOf(data)
  if (plan.pending.length === 0) return `${headline(plan)} Nothing to do: ${data} is up to date.`
  const files = await databaseFiles(data)
  const size = await bytesOf(files.flatMap((file) => [file, `${file}-wal`]))
  return inWorkplace((await swapOf(data)).workplace, async (folder) => {
    // The copy, and what the migrations write of it anew.
    await needRoom(folder, 2 * size + 16_000_000)
    const copy = join(folder, 'data')
    await mkdir(databases(copy), { recursive: true })
    const copies = files.map((file) => join(databases(copy), basename(file)))
    await copyDatabases(files, copies, { size, say: note })
    const before = await run('sum', copies).answer
    const began = performance.now()
    await withDatabase(copy, migrate)
    const seconds = Math.ceil((performance.now() - began) / 1000)
    const after = await run('sum', copies).answer
    const damage = after.flatMap((one) => one.damage)
    if (damage.length > 0) throw new Refusal(`On a copy it came out damaged: ${damage.join('; ')}.`)
    return [
      headline(plan),
      `Would apply ${several(plan.pending.length, 'migration')}: ${plan.pending.join(', ')}`,
      ...changes(before, after),
      `On a copy it took ${several(seconds, 'second')}, and the copy is whole. Nothing was changed.`,
      'npm run upgrade backs up first; CHANGELOG.md says what is new.',
    ].join('\n')
  })
}

/** What became of tables, a line for those that changed, that are new, and that are gone. */
function changes(before: Summary[], after: Summary[]): string[] {
  const [had, has] = [tablesIn(before), tablesIn(after)]
  const told = (names: string[], of: typeof had) =>
    names.map((name) => `${name} (${several(of.get(name)?.rows ?? 0, 'row')})`).join(', ')
  const changed = [...has.keys()].filter(
    (name) => had.has(name) && had.get(name)?.hash !== has.get(name)?.hash,
  )
  const added = [...has.keys()].filter((name) => !had.has(name))
  const gone = [...had.keys()].filter((name) => !has.has(name))
  return [
    ...(changed.length > 0 ? [`Tables that change: ${told(changed, has)}`] : []),
    ...(added.length > 0 ? [`New tables: ${told(added, has)}`] : []),
    ...(gone.length > 0 ? [`Tables whose rows move: ${told(gone, had)}`] : []),
  ]
}

/** Tables of all databases; of one that several have, the rows together. */
function tablesIn(all: Summary[]): Map<string, { rows: number; hash: string }> {
  const found = new Map<string, { rows: number; hash: string }>()
  for (const { tables } of all)
    for (const [name, { rows, hash }] of Object.entries(tables)) {
      const known = found.get(name)
      if (name !== 'd1_migrations' && !name.startsWith('_cf_'))
        found.set(name, { rows: rows + (known?.rows ?? 0), hash: `${known?.hash ?? ''}${hash}` })
    }
  return found
}
