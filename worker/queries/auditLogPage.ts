import type { World } from '../commands/world.ts'
import type { AuditEntry } from '../contract/auditLog.ts'
import type { Page } from '../contract/page.ts'
import * as auditLog from '../store/auditLog.ts'
import { excerpt } from './excerpt.ts'
import { perSite } from './perSite.ts'

const perPage = 50

/** How much of a comment an entry shows, in characters. */
const shown = 80

interface Asked {
  /** Of some sites, or (null) of all and of the instance as a whole. */
  siteIds: string[] | null
  cursor?: number | undefined
  commentId?: string | undefined
}

/** A page of what was done, newest first. */
export async function auditLogPage(
  { db }: World,
  { siteIds, cursor, commentId }: Asked,
): Promise<Page<AuditEntry>> {
  const page = {
    before: cursor ?? Number.MAX_SAFE_INTEGER,
    commentId: commentId ?? null,
    limit: perPage + 1,
  }
  const entries = await perSite(siteIds, (siteId) => auditLog.list(db, { ...page, siteId }), {
    order: (one, other) => other.id - one.id,
    limit: page.limit,
  })
  const items = entries.slice(0, perPage).map((entry) => ({
    ...entry,
    comment: entry.comment && { ...entry.comment, excerpt: excerpt(entry.comment.excerpt, shown) },
  }))
  return { items, next: entries.length > perPage ? String(items.at(-1)?.id) : null }
}
