import { existsSync, rmSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { root } from '../../../worker/host/paths.ts'
import { secrets } from '../../../worker/host/serve/dataFolder.ts'
import { databaseFiles, searchFile } from '../../../worker/host/serve/inventory.ts'
import { migrate } from '../../../worker/host/serve/migrate.ts'
import { withDatabase } from '../../../worker/host/serve/workerd.ts'
import { note } from '../../../worker/host/terminal.ts'
import type { Data } from '../serving.ts'
import { fillCrowd, sizeOf } from './crowd.ts'
import { fillSearch } from './searchDocuments.ts'

/** A data folder with so many comments: that of an earlier run, brought up to the newest schema, or a new one. */
export async function crowded(comments: number): Promise<Data> {
  const folder = join(process.env.BENCH_DATA ?? join(root, '.hankyo/bench'), String(comments))
  if (!existsSync(join(folder, 'whole'))) await make(folder, comments)
  await withDatabase(folder, migrate)
  return {
    folder,
    secrets: await secrets(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function make(folder: string, comments: number) {
  const making = `${folder}.making`
  rmSync(folder, { recursive: true, force: true })
  rmSync(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  await withDatabase(making, migrate)
  const [file = ''] = await databaseFiles(making)
  const [main, search] = [open(file), open(searchFile(making))]
  const started = Date.now()
  const progress = (done: string) => note(`${Math.round((Date.now() - started) / 1000)} s: ${done}`)
  fillCrowd(main, sizeOf(comments), started, progress)
  fillSearch(main, search, progress)
  progress('done')
  for (const db of [main, search]) db.close()
  await writeFile(join(making, 'whole'), '')
  await rename(making, folder)
}

/** Opens a file that nobody else has, and that is made anew if this does not come to its end. */
function open(file: string): DatabaseSync {
  const db = new DatabaseSync(file)
  db.exec(
    'PRAGMA synchronous = OFF; PRAGMA cache_size = -800000; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF',
  )
  return db
}
