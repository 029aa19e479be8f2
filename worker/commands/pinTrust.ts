import type { TrustPin } from '../contract/findings.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { requireNoted } from '../queries/noted.ts'
import { databaseOf } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as trustPins from '../store/trustPins.ts'
import type { World } from './world.ts'

interface Settled {
  /** The author's public id. */
  authorId: string
  /** Null has their trust follow from what was decided again. */
  pinned: TrustPin | null
  actor: Actor
}

/** Settles whether an author is trusted, from their next comment on. @throws Refusal `not_found` */
export async function pinTrust(world: World, { authorId, pinned, actor }: Settled): Promise<void> {
  const { siteId } = await requireNoted(world, { kind: 'author', id: authorId })
  const by = { actor, at: world.now }
  const events = await trustPins.set(databaseOf(world.env, siteId), authorId, pinned, by)
  if (!events) throw new Refusal('not_found')
  publish(world, events)
}
