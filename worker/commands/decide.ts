import type { D1PreparedStatement } from '@cloudflare/workers-types'
import type { Action } from '../contract/decisions.ts'
import type { CommentDecided } from '../contract/events.ts'
import type { Verdict } from '../contract/findings.ts'
import { publish } from '../events/publish.ts'
import { transition } from '../moderation/transition.ts'
import { deliveries } from '../notify/destinations.ts'
import { databaseOf } from '../store/database.ts'
import type { Actor, Subject } from '../store/decidedComments.ts'
import * as decisions from '../store/decisions.ts'
import type { World } from './world.ts'

/** What is to become of a comment, by the state that it was found in. */
export interface Ruling {
  subject: Subject
  action: Action
  reason: string | null
  /** What screening made of the comment, where it decides. */
  verdict?: Verdict
  /** Further statements of the same transaction, once the comment has the decision of an id. */
  afterwards?: (decisionId: string) => D1PreparedStatement[]
}

/** A decision that was to be taken; without an event somebody else was faster. */
export interface Decided {
  id: string
  event: CommentDecided | null
}

/**
 * Takes decisions, of a person or of screening: each as far as its comment is still as it was found. It takes one
 * round trip.
 *
 * @returns what became of each, in their order
 */
export async function decide(world: World, actor: Actor, rulings: Ruling[]): Promise<Decided[]> {
  const taken = rulings.map(({ subject, afterwards, ...ruling }) => {
    const id = crypto.randomUUID()
    const outcome = transition(subject, ruling.action)
    const decision: decisions.Decision = { ...ruling, id, actor, at: world.now, outcome, deliveries }
    return { subject, decision, afterwards: afterwards?.(id) ?? [] }
  })
  const events = new Map<string, CommentDecided>()
  for (const [db, changes] of Map.groupBy(taken, ({ subject }) => databaseOf(world.env, subject.siteId)))
    for (const event of await decisions.record(db, changes)) if (event) events.set(event.decisionId, event)
  publish(world, [...events.values()])
  return taken.map(({ decision: { id } }) => ({ id, event: events.get(id) ?? null }))
}
