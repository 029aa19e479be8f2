import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { exportTo } from '../export.ts'
import { withInstance } from '../localInstance.ts'
import { made } from '../paths.ts'
import { headAndEnd, restore } from '../restore.ts'
import { secrets } from '../serve/dataFolder.ts'
import { databaseFiles, settle } from '../serve/inventory.ts'
import { run } from '../serve/sqlite.ts'
import type { Work } from '../siteCommands.ts'
import { note, Refusal } from '../terminal.ts'
import { nameOf } from './makeBackup.ts'
import { several } from './manifest.ts'
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

/** Where backups of a deployed instance lie, unless somebody says otherwise. */
const usualPlace = join(made, 'remote-backups')

/**
 * Backs a deployed instance up over its API: an export without loss, in a file of this machine, which is proved as
 * `proveExport` does.
 */
export function remoteBackup({ out, to }: { out?: string | undefined; to?: string | undefined }): Work {
  const name = nameOf(new Date(), 'remote').replace(/tar\.gz$/, 'jsonl')
  const file = resolve(out ?? join(to ?? usualPlace, name))
  return async (instance) => {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
    note(await exportTo({ out: file })(instance))
    note(await proveExport(file))
    return file
  }
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
