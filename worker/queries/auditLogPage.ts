import type { Powers } from '../access/permissions.ts'
import { sitesOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { AuditLogFilter, AuditLogPage } from '../contract/auditLog.ts'
import * as auditLog from '../store/auditLog.ts'
import type { Asked, Place } from '../store/auditLogLists.ts'
import { iso } from '../store/database.ts'
import { entryView } from './auditLogEntry.ts'
import { perSite } from './perSite.ts'

const perPage = 50

/** How far the order of events may be from that of their times, in milliseconds. */
const slack = 3_600_000

/** A page of what was done, newest first, as far as somebody may know of it. */
export async function auditLogPage(
  { db, now }: World,
  by: Powers,
  filter: AuditLogFilter,
  place: Place | null,
): Promise<AuditLogPage> {
  const asked = askedOf(by, filter)
  const about =
    asked.author !== null && place === null ? auditLog.ofAuthor(db, asked.author, asked.siteIds) : []
  const [part, first] = await Promise.all([partOf(db, asked, place), about])
  const { from, to } = asked
  const isIn = ({ at }: auditLog.EventRow) => at >= (from ?? 0) && at < (to ?? Number.POSITIVE_INFINITY)
  const found = part.rows.filter((row) => row.matches === 1 && isIn(row))
  const items = found.slice(0, perPage)
  const last = found.length > perPage ? items.at(-1) : part.isFull ? part.rows.at(-1) : undefined
  const isOver = last === undefined || (asked.author === null && last.at < (from ?? 0) - slack)
  const isShort = !isOver && found.length <= perPage
  return {
    items: [...first.filter(isIn), ...items].map((row) => entryView(row, by, now)),
    next: isOver ? null : asked.author === null ? String(last.id) : `${last.seq}.${last.id ?? 0}`,
    searchedTo: isShort && last.at !== null ? iso(last.at) : null,
  }
}

const askedOf = (by: Powers, filter: AuditLogFilter): Asked => ({
  siteIds: sitesOf(by, filter.site || null),
  person: filter.person || null,
  act: filter.act ?? null,
  commentId: filter.comment ?? null,
  author: filter.author ?? null,
  bulkId: filter.bulk ?? null,
  from: filter.from ?? null,
  to: filter.to ?? null,
})

/** A part of the log; of several sites put together where each has a list of its own. */
async function partOf(db: World['db'], asked: Asked, place: Place | null): Promise<auditLog.Part> {
  const { siteIds, person, act, commentId, author, bulkId } = asked
  if (siteIds?.length === 0) return { rows: [], isFull: false }
  const narrowed = person ?? act ?? commentId ?? author ?? bulkId
  if (siteIds === null || siteIds.length === 1 || narrowed !== null) return auditLog.list(db, asked, place)
  let isFull = false
  const rows = await perSite(
    siteIds,
    async (siteId) => {
      const part = await auditLog.list(db, { ...asked, siteIds: siteId === null ? null : [siteId] }, place)
      isFull ||= part.isFull
      return part.rows
    },
    { order: (one, other) => other.id - one.id, limit: perPage + 1 },
  )
  return { rows, isFull }
}
