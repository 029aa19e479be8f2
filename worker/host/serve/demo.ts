import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import type { Place } from './seed.ts'

/** Brings the demo site and its comments, once for each data folder. */
export async function bringDemo(db: D1Database, place: Place & { data: string }) {
  const mark = join(place.data, 'demo.json')
  const marked = await access(mark).then(
    () => true,
    () => false,
  )
  if (marked) return
  // What posting takes is loaded for this alone: most starts end without it.
  const { seed } = await import('./seed.ts')
  const now = Date.now()
  await seed(db, place, now)
  await writeFile(mark, JSON.stringify({ seeded: new Date(now) }))
}
