import type { BulkAct, NewBulkAct } from '../contract/bulkActs.ts'
import type { BulkEvent } from '../contract/bulkEvents.ts'
import { Refusal } from '../http/refusal.ts'
import { countMatches } from '../queries/bulkPreview.ts'
import { bulkView } from '../queries/bulkView.ts'
import type { ActFilter } from '../queries/soughtComments.ts'
import { placing } from '../store/banChanges.ts'
import * as bans from '../store/bans.ts'
import * as bulkActs from '../store/bulkActs.ts'
import { batch } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import { recordEvent } from '../store/events.ts'
import { banToPlace } from './addBan.ts'
import { givenReason } from './givenReason.ts'
import type { World } from './world.ts'

interface Asked extends NewBulkAct {
  filter: ActFilter
  /** Whose comments: of these sites; null for all. */
  siteIds: string[] | null
  actor: Actor
}

/**
 * Begins to decide all comments that match, up to the last there is now; with a ban in the same transaction if asked.
 * Jobs work it off. The same request again begins nothing new.
 *
 * @throws Refusal `id_taken`, or as a ban does
 */
export async function startBulkAct(world: World, asked: Asked): Promise<BulkAct> {
  const { db, now } = world
  const { filter, siteIds, action, actor } = asked
  const [known, placed, upTo, matching, reason] = await Promise.all([
    bulkActs.find(db, asked.id),
    asked.ban ? banToPlace(world, asked.ban) : null,
    bulkActs.lastComment(db),
    countMatches(world, { filter, siteIds }),
    givenReason(world, asked.reason, siteIds ?? []),
  ])
  if (known) return begun(world, known, actor)
  const act: bulkActs.BulkRow = {
    ...{ id: asked.id, siteIds, filter: JSON.stringify(filter), action, actor },
    ...{ reason, banId: placed?.made.id ?? null, madeAt: now, upTo, matching },
    ...{ state: 'working', place: { site: 0, after: null }, slices: 0 },
    ...{ decided: 0, passedOver: 0, standing: 0, restored: 0, undoneBy: null },
  }
  const statements = [
    ...(placed ? placing(db, placed.made) : []),
    bulkActs.adding(db, act),
    ...eventsOf(act, 'bulk.start', { actor, at: now }).map((event) => recordEvent(db, event)),
  ]
  try {
    await batch(db, statements)
  } catch (error) {
    // The same request came twice at once, and the other one was faster: then nothing of this one is written.
    const other = await bulkActs.find(db, asked.id)
    if (!other) throw error
    return begun(world, other, actor)
  }
  return bulkView(act, placed?.made ?? null)
}

/** An act that began before. @throws Refusal `id_taken` where it is somebody else's */
async function begun({ db }: World, act: bulkActs.BulkRow, actor: Actor): Promise<BulkAct> {
  if (act.actor.id !== actor.id) throw new Refusal('id_taken', { field: 'id' })
  return bulkView(act, act.banId === null ? null : await bans.byId(db, act.banId))
}

/** What the log tells of an act: one line, or one for each of its sites where it is of several. */
export const eventsOf = (
  { id, siteIds, action, matching, banId }: bulkActs.BulkRow,
  act: BulkEvent['act'],
  by: { actor: Actor; at: number },
): BulkEvent[] =>
  (siteIds ?? [null]).map((siteId) => ({
    ...{ act, ...by, siteId, bulkId: id, action, count: matching },
    ...(banId && { banId }),
  }))
