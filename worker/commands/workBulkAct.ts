import { type BulkFilter, bulkSlice } from '../contract/bulkActs.ts'
import { isPerson } from '../contract/decisions.ts'
import { publish } from '../events/publish.ts'
import { transition } from '../moderation/transition.ts'
import { deliveries } from '../notify/destinations.ts'
import type { BulkPlace, BulkRow } from '../store/bulkActs.ts'
import * as bulkActs from '../store/bulkActs.ts'
import * as matches from '../store/bulkMatches.ts'
import * as slices from '../store/bulkSlices.ts'
import { batch } from '../store/database.ts'
import type { Subject } from '../store/decidedComments.ts'
import { undo } from '../store/decisionUndo.ts'
import { isStillAllowed } from './bulkActor.ts'
import { decide, type Ruling } from './decide.ts'
import { turnBulkAct } from './turnBulkAct.ts'
import type { World } from './world.ts'

/** Comments that are looked at for one slice where a text is looked for in them. */
const looked = 500

/**
 * Works off one slice of an act on many, or of its undo. Where the job of a slice comes twice, or the act was stopped
 * meanwhile, nothing is written.
 *
 * @returns whether more is left to do
 */
export async function workBulkAct(world: World, id: string): Promise<boolean> {
  const act = await bulkActs.find(world.db, id)
  if (act?.state === 'working') return decideSlice(world, act)
  if (act?.state === 'undoing') return undoSlice(world, act)
  return false
}

async function decideSlice(world: World, act: BulkRow): Promise<boolean> {
  const { db, now } = world
  const filter: BulkFilter = JSON.parse(act.filter)
  const siteId = act.siteIds === null ? null : (act.siteIds[act.place.site] ?? null)
  const limit = filter.q ? looked : bulkSlice
  const asked = { ...matches.matchingOf(filter, siteId), after: act.place.after, upTo: act.upTo, limit }
  const [{ found, next: after }, allowed] = await Promise.all([
    act.siteIds?.length === 0 ? { found: [], next: null } : matches.subjects(db, asked),
    isStillAllowed(world, act),
  ])
  if (!allowed) {
    await turnBulkAct(world, { act, turn: 'stop', actor: act.actor })
    return false
  }
  const rulings = found
    .filter((subject) => isToDecide(subject, act))
    .map((subject): Ruling => ({ subject, action: act.action, reason: act.reason }))
  const taken = rulings.slice(0, bulkSlice)
  const isWhole = taken.length === rulings.length
  const lastTaken = taken.at(-1)?.subject.seq ?? null
  const next = isWhole ? placeAfter(act, after) : { site: act.place.site, after: lastTaken }
  const passedOver = isWhole ? found.length - taken.length : passedBefore(found, lastTaken) - taken.length
  const keep = (decisions: string[]) => slices.keeping(db, act, { decisions, passedOver, next, at: now })
  if (taken.length > 0) await decide(world, act.actor, taken, { bulkId: act.id, afterAll: keep })
  else await batch(db, keep([]))
  return next !== null
}

/** How many of the comments that were looked at stand before the last that is decided, with it. */
const passedBefore = (found: Subject[], last: number | null) => found.findIndex(({ seq }) => seq === last) + 1

/** Where an act goes on after a slice: after its last comment, at its next site, or nowhere. */
function placeAfter({ siteIds, place }: BulkRow, after: number | null): BulkPlace | null {
  if (after !== null) return { site: place.site, after }
  return siteIds !== null && place.site + 1 < siteIds.length ? { site: place.site + 1, after: null } : null
}

/** Whether an act decides a comment: none that somebody has decided or edited since it began, or that is so already. */
function isToDecide(subject: Subject, act: BulkRow): boolean {
  const { decision } = subject
  if (subject.erased === 1 || (subject.status === 'deleted' && act.action !== 'restore')) return false
  if (decision && decision.byKind !== 'screening' && Date.parse(decision.at) >= act.madeAt) return false
  const outcome = transition(subject, act.action)
  const isSo = subject.status === outcome.status && subject.shownRevision === outcome.shownRevision
  return !isSo || !isPerson(decision?.byKind) || subject.flags > 0
}

async function undoSlice(world: World, act: BulkRow): Promise<boolean> {
  const { db, now } = world
  const undoings = act.standing === 0 ? [] : await slices.standingOf(db, act)
  const restored = undoings.length
  const afterwards = [slices.keepingUndo(db, act, { restored, at: now })]
  const by = { actor: act.undoneBy ?? act.actor, at: now, deliveries, bulkId: act.id, afterwards }
  publish(
    world,
    (await undo(db, undoings, by)).filter((event) => event !== null),
  )
  return act.standing > 1
}
