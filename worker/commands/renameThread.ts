import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as titles from '../store/threadTitles.ts'
import type { World } from './world.ts'

interface Renaming {
  id: number
  /** Null has the thread's comments name its page. */
  title: string | null
  actor: Actor
}

/** Calls the page of a thread by a title that stays, or takes that back. @throws Refusal `not_found` */
export async function renameThread(world: World, { id, title, actor }: Renaming): Promise<void> {
  const events = await titles.rename(world.db, id, title, { actor, at: world.now })
  if (!events) throw new Refusal('not_found')
  publish(world, events)
}
