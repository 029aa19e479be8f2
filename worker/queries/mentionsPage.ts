import { type Powers, sitesOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { Mention } from '../contract/notes.ts'
import type { Page } from '../contract/page.ts'
import { mentionsOf } from '../store/mentions.ts'
import { noteView } from './noteView.ts'

const perPage = 30

/** A page of the notes that name a member of staff, of sites that are theirs, the latest first. */
export async function mentionsPage(
  { db }: World,
  by: { id: string } & Powers,
  after: { at: number; id: string } | null,
): Promise<Page<Mention>> {
  const rows = await mentionsOf(db, { staffId: by.id, siteIds: sitesOf(by), after, limit: perPage + 1 })
  const shown = rows.slice(0, perPage)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({
      note: noteView(row, by),
      siteId: row.siteId,
      commentId: row.commentId,
      authorId: row.authorId,
      authorName: row.authorName,
    })),
    next: rows.length > perPage && last ? `${last.createdAt}~${last.id}` : null,
  }
}
