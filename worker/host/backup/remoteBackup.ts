import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ExportHead } from '../../contract/exports.ts'
import { exportTo } from '../export.ts'
import { withInstance } from '../localInstance.ts'
import type { Operator } from '../operator.ts'
import { made } from '../paths.ts'
import { headAndEnd, restore } from '../restore.ts'
import { secrets } from '../serve/dataFolder.ts'
import { databaseFiles, settle } from '../serve/inventory.ts'
import { run } from '../serve/sqlite.ts'
import type { Work } from '../siteCommands.ts'
import { note, Refusal } from '../terminal.ts'
import { nameOf } from './makeBackup.ts'
import { several } from './manifest.ts'
import { isBucket } from './place.ts'
import { keepOf } from './schedule.ts'
import { inWorkplace } from './workplace.ts'

/** Tables whose rows are put back whole; others lose those that only the instance's own secret can read. */
const whole = [
  'sites',
  'threads',
  'authors',
  'comments',
  'revisions',
  'decisions',
  'flags',
  'likes',
  'notes',
  'bans',
]

/** What the command line says of where it goes: a file, a folder or a bucket, and how many are kept in that. */
interface Asked {
  out?: string | undefined
  to?: string | undefined
  keep?: string | undefined
}

/** Where backups of a deployed instance lie, unless somebody says otherwise. */
const usualPlace = join(made, 'remote-backups')

/**
 * Backs a deployed instance up over its API: an export without loss, in a file of this machine, which is proved as
 * `proveExport` does.
 */
export function remoteBackup({ out, to = usualPlace, keep }: Asked): Work {
  const name = nameOf(new Date(), 'remote').replace(/tar\.gz$/, 'jsonl')
  const most = keep === undefined ? null : keepOf(keep)
  if (isBucket(to) && out !== undefined) throw new Refusal('--out or --to, not both.')
  if (isBucket(to)) return (instance) => toBucket(instance, { place: to, name, keep: most })
  if (most !== null) throw new Refusal('--keep goes with --schedule, or with --remote --to s3://BUCKET.')
  const file = resolve(out ?? join(to, name))
  return async (instance) => {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
    await proved(instance, file)
    return file
  }
}

/** Writes an export, and proves it. @returns its head */
async function proved(instance: Operator, file: string): Promise<ExportHead> {
  note(await exportTo({ out: file })(instance))
  note(await proveExport(file))
  return (await headAndEnd(file)).head
}

async function toBucket(
  instance: Operator,
  { place, name, keep }: { place: string; name: string; keep: number | null },
): Promise<string> {
  const { removeOldestSent, sending } = await import('./bucketBackups.ts')
  const { address, instance: owner } = await sending(place, async (folder) => {
    const file = join(folder, name)
    const { secret, comments, at, schema } = await proved(instance, file)
    const holds = `${several(comments, 'comment')}, of ${at} (export, schema ${schema})`
    return { file, label: { instance: secret ?? '', holds } }
  })
  if (keep !== null) await removeOldestSent(place, { instance: owner, kind: 'remote', keep })
  return address
}

/**
 * Puts an export back where it harms nobody: into an empty instance of this machine, and counts what is there then.
 *
 * @returns what was found, in words
 * @throws Refusal where the file is damaged, is refused, or something of it is missing
 */
export async function proveExport(file: string): Promise<string> {
  const { head, end } = await headAndEnd(file)
  return inWorkplace(tmpdir(), async (folder) => {
    const data = join(folder, 'data')
    await mkdir(data, { mode: 0o700 })
    await withInstance(data, { secrets: await secrets(data) }, (instance) => restore(instance, file))
    await settle(data)
    const sums = await run('sum', await databaseFiles(data)).answer
    const damage = sums.flatMap((one) => one.damage)
    if (damage.length > 0) throw new Refusal(`Put back, ${file} came out damaged: ${damage.join('; ')}.`)
    for (const table of whole) {
      const told = end.rows[table] ?? 0
      const found = sums.reduce((sum, { tables }) => sum + (tables[table]?.rows ?? 0), 0)
      if (found !== told)
        throw new Refusal(
          `${file} has ${several(told, 'row')} of ${table}, and ${several(found, 'row')} came out of it.`,
        )
    }
    const comments = several(end.rows.comments ?? 0, 'comment')
    return `${file} is whole: ${comments} of ${head.at}, schema ${head.schema}. Checked: each part by hash, and put back into an empty instance, the rows of ${whole.length} tables, pages, indexes and references.`
  })
}
