import type { D1PreparedStatement } from '@cloudflare/workers-types'
import type { BulkDecided } from '../contract/bulkEvents.ts'
import { type Action, isPerson } from '../contract/decisions.ts'
import type { CommentDecided } from '../contract/events.ts'
import type { Verdict } from '../contract/findings.ts'
import { publish } from '../events/publish.ts'
import { transition } from '../moderation/transition.ts'
import { deliveries } from '../notify/destinations.ts'
import { databaseOf } from '../store/database.ts'
import type { Actor, Subject } from '../store/decidedComments.ts'
import * as decisions from '../store/decisions.ts'
import { recordBulk } from '../store/events.ts'
import type { World } from './world.ts'

/** What is to become of a comment, by the state that it was found in. */
export interface Ruling {
  subject: Subject
  action: Action
  reason: string | null
  /** Words for an author whose wish for another look it answers. */
  answer?: string | null
  /** What screening made of the comment, where it decides. */
  verdict?: Verdict
  /** Further statements of the same transaction, once the comment has the decision of an id. */
  afterwards?: (decisionId: string) => D1PreparedStatement[]
}

/** An act that decisions are a part of. */
interface Whole {
  bulkId: string
  /** Further statements of the same transaction, once all comments have their decisions. */
  afterAll: (decisionIds: string[]) => D1PreparedStatement[]
}

/** A decision that was to be taken; without an event somebody else was faster. */
export interface Decided {
  id: string
  event: CommentDecided | null
}

/**
 * Takes decisions, of a person or of screening: each as far as its comment is still as it was found. It takes one
 * round trip. What a person decides together is one line of the log of each site.
 *
 * @param whole what the decisions are a part of, where that has a line of its own
 * @returns what became of each, in their order
 */
export async function decide(
  world: World,
  actor: Actor,
  rulings: Ruling[],
  whole?: Whole,
): Promise<Decided[]> {
  const bulks = whole === undefined && isPerson(actor.kind) ? bulksOf(world, actor, rulings) : new Map()
  const taken = rulings.map((ruling) => {
    const { subject, afterwards, ...given } = ruling
    const id = crypto.randomUUID()
    const outcome = transition(subject, ruling.action)
    const bulk: Bulk | undefined = bulks.get(subject.siteId)
    const together = whole?.bulkId ?? bulk?.event.bulkId
    const decision: decisions.Decision = {
      ...{ ...given, id, actor, at: world.now, outcome, deliveries },
      ...(together !== undefined && { bulkId: together }),
      ...(isPerson(actor.kind) && (whole || rulings.length > mostRead) && { isSwept: true }),
    }
    const told = bulk?.last === ruling ? [recordBulk(databaseOf(world.env, subject.siteId), bulk.event)] : []
    return { subject, decision, afterwards: [...(afterwards?.(id) ?? []), ...told] }
  })
  const last = taken.at(-1)
  if (whole) last?.afterwards.push(...whole.afterAll(taken.map(({ decision: { id } }) => id)))
  const events = new Map<string, CommentDecided>()
  for (const [db, changes] of Map.groupBy(taken, ({ subject }) => databaseOf(world.env, subject.siteId)))
    for (const event of await decisions.record(db, changes)) if (event) events.set(event.decisionId, event)
  publish(world, [...events.values()])
  return taken.map(({ decision: { id } }) => ({ id, event: events.get(id) ?? null }))
}

/** Of so many comments that are decided at once each was read. */
const mostRead = 10

/** What several decisions on one site are told as, with the last of them. */
interface Bulk {
  event: BulkDecided
  last: Ruling
}

function bulksOf({ now }: World, actor: Actor, rulings: Ruling[]): Map<string, Bulk> {
  const bulks = [...Map.groupBy(rulings, ({ subject }) => subject.siteId)]
    .filter(([, together]) => together.length > 1)
    .map(([siteId, together]): [string, Bulk] => {
      const last = together.at(-1) as Ruling
      const action = together.every((one) => one.action === last.action) ? last.action : null
      const bulk = { bulkId: crypto.randomUUID(), action, count: together.length }
      return [siteId, { last, event: { act: 'bulk.decide', at: now, actor, siteId, ...bulk } }]
    })
  return new Map(bulks)
}
