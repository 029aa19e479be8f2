import type { DecisionLink } from '../access/decisionLink.ts'
import { may, scopeOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { Reason } from '../contract/phrases.ts'
import type { QueueItem } from '../contract/queue.ts'
import { everyDatabase, mainDatabase } from '../store/database.ts'
import * as subjects from '../store/decidedComments.ts'
import * as phrases from '../store/phrases.ts'
import * as queue from '../store/queue.ts'
import * as staff from '../store/staff.ts'
import { queueItems } from './queueItems.ts'

/** A comment as a link in a message leads to it, and who opens it. */
export interface LinkedComment {
  person: staff.Moderator
  item: QueueItem
  /** The standing decision, where it is of who opens the link and can be undone. */
  ownDecision: string | null
  /** Whether it waits for a decision. */
  waits: boolean
  reasons: Reason[]
}

/** Why a link of ours opens nothing. */
export type DeadLink = 'expired' | 'removed' | 'gone' | 'notYours' | 'changed'

/** What a link leads to now, by what its person may do now; or why it leads to nothing, with them as far as they are known. */
export async function linkedComment(
  world: World,
  { staffId, commentId, revision, expiresAt }: DecisionLink,
): Promise<LinkedComment | { dead: DeadLink; person: staff.Moderator | null }> {
  const { env, now } = world
  const [person, ...found] = await Promise.all([
    staff.find(mainDatabase(env), { column: 'id', value: staffId }),
    ...everyDatabase(env).map(async (db) => {
      const asked = queue.page(db, { ...queue.unfiltered, ids: [commentId] })
      const [[row], subject] = await Promise.all([asked, subjects.byId(db, commentId)])
      return row && subject && { db, row, subject }
    }),
  ])
  if (expiresAt <= now) return { dead: 'expired', person }
  if (!person) return { dead: 'removed', person }
  const known = found.find((one) => one !== undefined && one !== null)
  if (!known || known.subject.erased) return { dead: 'gone', person }
  const { db, row, subject } = known
  const powers = { scope: scopeOf[person.role], sites: person.sites }
  if (!may(powers, 'comments.decide', row.siteId)) return { dead: 'notYours', person }
  if (row.revision !== revision) return { dead: 'changed', person }
  const [[item], reasons] = await Promise.all([queueItems(db, [row]), phrases.reasons(db, row.siteId)])
  const { decision, decidedBy } = subject
  const isOwn = decision !== null && decision.byKind === 'moderator' && decidedBy === person.id
  const waits =
    row.status === 'pending' || row.appealState === 'open' || (row.flags > 0 && row.status === 'approved')
  return {
    ...{ person, item: item as QueueItem, waits, reasons: reasons.filter(({ retired }) => !retired) },
    ownDecision: isOwn && !waits ? decision.id : null,
  }
}
