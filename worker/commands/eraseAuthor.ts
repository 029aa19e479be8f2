import type { Powers } from '../access/permissions.ts'
import type { AuthorEvent } from '../contract/authorEvents.ts'
import type { Erasure } from '../contract/erasures.ts'
import { publish } from '../events/publish.ts'
import { erasureOf, type Part, partsOf } from '../queries/erasureView.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as erasures from '../store/erasures.ts'
import type { World } from './world.ts'

interface Asked {
  /** The public ids of some of the person's authors: all that they lead to is erased as one. */
  ids: string[]
  actor: Actor & Powers
}

/**
 * Begins the erasure of a person on every site where somebody may do that; jobs work it off. Where it has begun it goes
 * on.
 *
 * @returns how far it is, and whom of which site to work off
 * @throws Refusal `not_found`
 */
export async function eraseAuthor(
  world: World,
  { ids, actor }: Asked,
): Promise<{ erasure: Erasure; open: { author: string; site: string }[] }> {
  const parts = await partsOf(world, { ids, by: actor, most: Number.MAX_SAFE_INTEGER })
  const whole = crypto.randomUUID()
  for (const [db, some] of Map.groupBy(parts.filter(isToBegin), (part) => part.db)) {
    const events = some.map((part) => eventOf(part, { actor, at: world.now }))
    await erasures.begin(db, some, { id: whole, at: world.now }, events)
    publish(world, events)
  }
  const begun = await partsOf(world, { ids, by: actor, most: 0 })
  const open = begun.filter(({ erasure }) => erasure?.endedAt === null)
  return {
    erasure: erasureOf(begun),
    open: open.map(({ publicId, siteId }) => ({ author: publicId, site: siteId })),
  }
}

/** Whether an author is not being erased, and has not been for good. */
const isToBegin = ({ erasure, comments }: Part) =>
  erasure === null || (erasure.endedAt !== null && comments > 0)

/** Who erases themselves does so as the author that each site knows: no site is told of them elsewhere. */
const eventOf = (
  { publicId, siteId, comments }: Part,
  { actor: { kind, id, name }, at }: { actor: Actor; at: number },
): AuthorEvent => ({
  ...{ act: 'author.erase', at, actor: { kind, id: kind === 'author' ? publicId : id, name }, siteId },
  ...{ value: publicId, count: comments },
})
