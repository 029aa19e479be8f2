import { actOf } from '../access/dayBudget.ts'
import type { Source } from '../access/sender.ts'
import type { Comment } from '../contract/comment.ts'
import type { CommentDecided } from '../contract/events.ts'
import type { Site } from '../contract/site.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { deliveries } from '../notify/destinations.ts'
import { ownView } from '../queries/view.ts'
import * as comments from '../store/comments.ts'
import type { Circumstances } from '../store/edits.ts'
import type { World } from './world.ts'

/** A comment with the site it is on, as its author has it. */
export interface Own {
  site: Site
  row: comments.OwnRow
  /** Of the token that proves it is theirs. */
  tokenHash: string
  /** Where they ask from. */
  source: Source
}

/** What an author does to a comment of theirs, as the records have it. */
export const byAuthor = ({ now }: World, { row, source }: Own): Circumstances => ({
  decisionId: crypto.randomUUID(),
  actor: { kind: 'author', id: row.authorId, name: 'author' },
  at: now,
  deliveries,
  spends: actOf('writings', { ...source, known: row.vouched > 0 }, now),
})

/**
 * Makes known what an author did to their comment.
 *
 * @param event null where somebody else was faster
 * @throws Refusal `conflict`
 */
export function publishOwn(world: World, own: Own, event: CommentDecided | null): void {
  if (!event) throw conflict(world, own)
  publish(world, [event])
}

/** What the author of a comment is told that has changed in the meantime. */
export const conflict = (
  world: World,
  { site, row }: Own,
  code: 'conflict' | 'appealed_before' = 'conflict',
) => new Refusal(code, { more: { comment: ownView(row, site, world) } })

/** The comment as it is by now. @throws Refusal `not_found` */
export async function present(world: World, { site, row, tokenHash }: Own): Promise<Comment> {
  const latest = await comments.own(world.db, site.id, row.id, tokenHash)
  if (!latest) throw new Refusal('not_found')
  return ownView(latest, site, world)
}
