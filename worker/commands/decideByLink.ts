import { scopeOf } from '../access/permissions.ts'
import type { DecisionResult } from '../contract/decisions.ts'
import type { LinkedForm } from '../contract/messageLinks.ts'
import { Refusal } from '../http/refusal.ts'
import type { LinkedComment } from '../queries/linkedComment.ts'
import { actorOf } from '../store/staff.ts'
import { moderate } from './moderate.ts'
import { undoDecision } from './undoDecision.ts'
import type { World } from './world.ts'

/**
 * Does what somebody asks for by a link in a message: as that person, and by what they may do now.
 *
 * @throws Refusal `conflict` where it is decided already, or what is to be undone is not theirs, stands no more or was not what they saw;
 *   `invalid` for a reason that the site does not have
 */
export async function decideByLink(
  world: World,
  { person, item, ownDecision, waits, reasons }: LinkedComment,
  { action, reason, status, decision, receivedAt }: LinkedForm & { receivedAt: number },
): Promise<void> {
  const actor = { ...actorOf(person), scope: scopeOf[person.role], sites: person.sites }
  if (action === 'undo') {
    if (ownDecision === null || decision !== ownDecision) throw new Refusal('conflict')
    await undoDecision(world, { decisionId: ownDecision, actor })
    return
  }
  if (reason && !reasons.some(({ code }) => code === reason))
    throw new Refusal('invalid', { field: 'reason' })
  if (!waits) throw new Refusal('conflict')
  const isRefusal = action === 'reject' || action === 'reject_change'
  const request = {
    ...{ commentId: item.id, revision: item.revision, action, status: status ?? item.status },
    reason: isRefusal && reason ? reason : null,
    answer: null,
  }
  const [result] = (await moderate(world, { actor, receivedAt }, [request])) as [DecisionResult]
  if ('error' in result) throw new Refusal(result.error.code)
}
