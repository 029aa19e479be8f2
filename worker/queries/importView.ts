import type { ImportView } from '../contract/imports.ts'
import { iso } from '../store/database.ts'
import type { ImportRow } from '../store/imports.ts'

/** An import as staff see it. */
export const importView = (row: ImportRow): ImportView => ({
  ...{ id: row.id, siteId: row.siteId, format: row.format, file: row.file, by: row.actorName },
  ...{ at: iso(row.beganAt), state: row.state, total: row.total, added: row.added, known: row.known },
  ...{ removed: row.removed, lessons: row.lessons, leftOut: JSON.parse(row.leftOut), errors: row.errors },
})
