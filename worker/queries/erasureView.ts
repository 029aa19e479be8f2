import { may, type Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import { type Erasure, mostErasedCounted } from '../contract/erasures.ts'
import { Refusal } from '../http/refusal.ts'
import { everyDatabase, iso } from '../store/database.ts'
import * as erasures from '../store/erasures.ts'

/** An author of a person, and the database that has it. */
export interface Part extends erasures.PartRow {
  db: World['db']
}

/**
 * All that a person is on sites where somebody may erase them, as it is found by some of their authors.
 *
 * @param most comments that are counted of each
 * @param ids public ones of its authors
 * @throws Refusal `not_found` where none is there, also for a member of staff
 */
export async function partsOf(
  { env }: Pick<World, 'env'>,
  { ids, by, most }: { ids: string[]; by: Powers; most: number },
): Promise<Part[]> {
  const databases = everyDatabase(env)
  const found = await Promise.all(databases.map((db) => erasures.byAuthors(db, ids, most)))
  const known = found.flat()
  if (known.length === 0) throw new Refusal('not_found')
  const parts = await Promise.all(
    databases.map(async (db) => (await erasures.ofPerson(db, known, most)).map((part) => ({ ...part, db }))),
  )
  return parts.flat().filter(({ siteId }) => may(by, 'authors.erase', siteId))
}

/** What the erasure of an author would touch, or how far it is. @throws Refusal `not_found` */
export async function erasureView(
  world: Pick<World, 'env'>,
  { id, by }: { id: string; by: Powers },
): Promise<Erasure> {
  const parts = await partsOf(world, { ids: [id], by, most: mostErasedCounted + 1 })
  return erasureOf(parts)
}

const isWorking = ({ erasure }: erasures.PartRow) => erasure !== null && erasure.endedAt === null
const isOver = ({ erasure, comments }: erasures.PartRow) =>
  erasure !== null && erasure.endedAt !== null && comments === 0

/** An erasure as staff see it. */
export function erasureOf(parts: erasures.PartRow[]): Erasure {
  const state = parts.some(isWorking) ? 'working' : parts.every(isOver) ? 'done' : 'none'
  const begun = state === 'none' ? null : (parts.find(isWorking) ?? parts[0])?.erasure
  return {
    state,
    by: begun?.actor.name ?? null,
    at: begun ? iso(begun.beganAt) : null,
    parts: parts.map(({ siteId, siteName, publicId, comments, erasure }) => {
      const total = state === 'none' ? comments : Math.max(erasure?.total ?? 0, erasure?.erased ?? 0)
      return {
        site: { id: siteId, name: siteName },
        authorId: publicId,
        comments: state === 'none' ? Math.min(total, mostErasedCounted) : total,
        more: state === 'none' && total > mostErasedCounted,
        erased: state === 'none' ? 0 : (erasure?.erased ?? 0),
      }
    }),
  }
}
