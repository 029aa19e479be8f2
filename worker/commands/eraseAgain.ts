import { publish } from '../events/publish.ts'
import { deliveries } from '../notify/destinations.ts'
import * as subjects from '../store/decidedComments.ts'
import { withdraw } from '../store/edits.ts'
import * as erasures from '../store/erasures.ts'
import { workErasure } from './workErasure.ts'
import type { World } from './world.ts'

/** What was erased before: ids alone, without anybody's words. */
export interface ErasedBefore {
  /** Public ids of authors. */
  authors: string[]
  /** Ids of comments. */
  comments: string[]
}

const actor = { kind: 'operator', id: 'operator', name: 'operator' } as const

/**
 * Erases once more what a backup brought back: authors wholly, and comments that their authors had withdrawn. What is
 * not there, or has no words, is left as it is, so it can be repeated.
 *
 * @returns comments that lost their words
 */
export async function eraseAgain(world: World, { authors, comments }: ErasedBefore): Promise<number> {
  let erased = 0
  for (const author of authors) erased += await eraseOne(world, author)
  for (const id of comments) {
    const subject = await subjects.byId(world.db, id)
    if (!subject || subject.erased) continue
    const by = { decisionId: crypto.randomUUID(), actor, at: world.now, deliveries, spends: null }
    const event = await withdraw(world.db, subject, by)
    if (!event) throw new Error(`The comment ${id} was changed meanwhile.`)
    publish(world, [event])
    erased++
  }
  return erased
}

async function eraseOne(world: World, author: string): Promise<number> {
  const { db, now } = world
  const found = await erasures.byAuthor(db, author, Number.MAX_SAFE_INTEGER)
  if (!found) return 0
  const { comments, publicId, siteId } = found
  if (!found.erasure || (found.erasure.endedAt !== null && comments > 0)) {
    const event = { act: 'author.erase', at: now, actor, siteId, value: publicId, count: comments } as const
    await erasures.begin(db, [found], { id: crypto.randomUUID(), at: now }, [event])
    publish(world, [event])
  }
  for (;;) {
    const part = await erasures.byAuthor(db, author, 0)
    if (!part?.erasure || part.erasure.endedAt !== null) return comments
    await workErasure(world, { ...part, erasure: part.erasure })
  }
}
