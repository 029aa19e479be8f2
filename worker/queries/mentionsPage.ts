import { type Powers, sitesOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { Mention } from '../contract/notes.ts'
import type { Page } from '../contract/page.ts'
import { mentionsOf } from '../store/mentions.ts'
import { noteView } from './noteView.ts'

const perPage = 30

/** A page of the notes that name a member of staff, of sites that are theirs, the latest first; or of the unseen ones. */
export async function mentionsPage(
  { db }: World,
  by: { id: string } & Powers,
  { unseen, after }: { unseen: boolean; after: { at: number; id: string } | null },
): Promise<Page<Mention>> {
  const asked = { staffId: by.id, siteIds: sitesOf(by), unseen, after, limit: perPage + 1 }
  const rows = await mentionsOf(db, asked)
  const shown = rows.slice(0, perPage)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({
      note: noteView(row, by),
      seen: row.seen === 1,
      siteId: row.siteId,
      commentId: row.commentId,
      authorId: row.authorId,
      authorName: row.authorName,
    })),
    next: rows.length > perPage && last ? `${last.createdAt}~${last.id}` : null,
  }
}
