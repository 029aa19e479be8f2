import * as subjects from '../store/decidedComments.ts'
import { withdraw } from '../store/edits.ts'
import { byAuthor, conflict, type Own, publishOwn } from './ownComment.ts'
import type { World } from './world.ts'

/** Takes an author's comment back, words and all. @throws Refusal `conflict` */
export async function withdrawComment(world: World, own: Own): Promise<void> {
  const found = await subjects.byId(world.db, own.row.id)
  if (!found) throw conflict(world, own)
  publishOwn(world, own, await withdraw(world.db, found, byAuthor(world, own)))
}
