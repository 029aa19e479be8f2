import { requireBudget, spentToday } from '../access/dayBudget.ts'
import { banOf, refuseBanned } from '../access/sender.ts'
import type { Comment } from '../contract/comment.ts'
import { Refusal } from '../http/refusal.ts'
import { editableUntil } from '../queries/view.ts'
import * as subjects from '../store/decidedComments.ts'
import { edit } from '../store/edits.ts'
import { byAuthor, conflict, type Own, present, publishOwn } from './ownComment.ts'
import { full, isFull } from './room.ts'
import { storedText } from './text.ts'
import type { World } from './world.ts'

/** A new text for one's own comment, made from one of its revisions. */
interface Edit {
  own: Own
  body: string
  revision: number
}

/**
 * Gives an author's comment a new revision, which is screened again.
 *
 * @throws Refusal `banned`, `rate_limited`, `conflict`, `edit_window_over` or `unavailable`
 */
export async function editComment(world: World, { own, body, revision }: Edit): Promise<Comment> {
  const { db, now } = world
  const { site, row } = own
  const [found, ban, spent, hasNoRoom, text] = await Promise.all([
    subjects.byId(db, row.id),
    banOf(world, site.id, { ...own.source, author: row.authorId }),
    row.vouched ? null : spentToday(world, site, own.source),
    isFull(world, site, row.vouched > 0),
    storedText(body),
  ])
  refuseBanned(ban)
  if (spent) requireBudget(world, site, spent, 'writings')
  if (found?.revision !== revision) throw conflict(world, own)
  const state = {
    status: found.status,
    action: found.decision?.action ?? null,
    createdAt: row.createdAt,
    editedBy: row.editedBy,
  }
  if (editableUntil(state, site.settings, now) === null) throw new Refusal('edit_window_over')
  if (hasNoRoom) throw full(site)
  publishOwn(world, own, await edit(db, found, text, byAuthor(world, own)))
  return present(world, own)
}
