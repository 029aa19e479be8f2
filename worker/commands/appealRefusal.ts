import { banOf, refuseBanned } from '../access/sender.ts'
import type { Comment } from '../contract/comment.ts'
import * as subjects from '../store/decidedComments.ts'
import { appeal } from '../store/edits.ts'
import { byAuthor, conflict, type Own, present, publishOwn } from './ownComment.ts'
import type { World } from './world.ts'

/** An author's wish that a person looks at a refusal again, and what they say to it. */
interface Appeal {
  own: Own
  note: string
}

/**
 * Has a person look at a refused comment again, once.
 *
 * @throws Refusal `banned`, `appealed_before` where they asked before, or `conflict` where it is not refused
 */
export async function appealRefusal(world: World, { own, note }: Appeal): Promise<Comment> {
  const { db } = world
  const [found, ban] = await Promise.all([
    subjects.byId(db, own.row.id),
    banOf(world, own.site.id, { ...own.source, author: own.row.authorId }),
  ])
  refuseBanned(ban)
  const refused = found?.status === 'rejected' || found?.status === 'spam'
  if (own.row.appeal !== null) throw conflict(world, own, 'appealed_before')
  if (!refused || found.erased) throw conflict(world, own)
  publishOwn(world, own, await appeal(db, found, note, byAuthor(world, own)))
  return present(world, own)
}
