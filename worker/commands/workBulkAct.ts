import { bulkSlice } from '../contract/bulkActs.ts'
import { isPerson } from '../contract/decisions.ts'
import { publish } from '../events/publish.ts'
import { transition } from '../moderation/transition.ts'
import { deliveries } from '../notify/destinations.ts'
import { type ActFilter, soughtComments } from '../queries/soughtComments.ts'
import type { BulkPlace, BulkRow } from '../store/bulkActs.ts'
import * as matches from '../store/bulkMatches.ts'
import * as slices from '../store/bulkSlices.ts'
import { batch } from '../store/database.ts'
import { bySeqs, type Subject } from '../store/decidedComments.ts'
import { undo } from '../store/decisionUndo.ts'
import { isStillAllowed } from './bulkActor.ts'
import { decide, type Ruling } from './decide.ts'
import { turnBulkAct } from './turnBulkAct.ts'
import type { World } from './world.ts'

/**
 * Works off one slice of an act on many, or of its undo. Where the job of a slice comes twice, or the act was stopped
 * meanwhile, nothing is written.
 *
 * @returns whether more is left to do
 */
export async function workBulkAct(world: World, act: BulkRow): Promise<boolean> {
  if (act.state === 'working') return decideSlice(world, act)
  if (act.state === 'undoing') return undoSlice(world, act)
  return false
}

async function decideSlice(world: World, act: BulkRow): Promise<boolean> {
  const { db, now } = world
  const [{ found, next }, allowed] = await Promise.all([partOf(world, act), isStillAllowed(world, act)])
  if (!allowed) {
    await turnBulkAct(world, { act, turn: 'stop', actor: act.actor, because: 'not_allowed' })
    return false
  }
  const rulings = found
    .filter((subject) => isToDecide(subject, act))
    .map((subject): Ruling => ({ subject, action: act.action, reason: act.reason }))
  const passedOver = found.length - rulings.length
  const keep = (decisions: string[]) => slices.keeping(db, act, { decisions, passedOver, next, at: now })
  if (rulings.length > 0) await decide(world, act.actor, rulings, { bulkId: act.id, afterAll: keep })
  else await batch(db, keep([]))
  return next !== null
}

/** The comments of an act's next slice, and where it goes on. What a search finds is of all its sites together. */
async function partOf(world: World, act: BulkRow): Promise<{ found: Subject[]; next: BulkPlace | null }> {
  const { db } = world
  const { siteIds, place, upTo } = act
  const filter: ActFilter = JSON.parse(act.filter)
  if (siteIds?.length === 0) return { found: [], next: null }
  if (filter.q) {
    const asked = { filter, siteIds, after: place.after, limit: bulkSlice }
    const { rows, next } = await soughtComments(world, asked)
    const seqs = rows.filter(({ seq }) => seq <= upTo).map(({ seq }) => seq)
    const found = seqs.length === 0 ? [] : await bySeqs(db, seqs)
    return { found, next: next === null ? null : { site: place.site, after: next } }
  }
  const siteId = siteIds === null ? null : (siteIds[place.site] ?? null)
  const part = { after: place.after, upTo, limit: bulkSlice }
  const { found, next } = await matches.subjects(db, { ...matches.matchingOf(filter, siteId), ...part })
  return { found, next: placeAfter(act, next) }
}

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
