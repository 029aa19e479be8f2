import { type ActorKind, type DecisionView, isJudgement } from '../../contract/decisions.ts'
import type { Status } from '../../contract/status.ts'
import type { Label } from './lessons.ts'

/** What a standing decision teaches; null where it says nothing of the text. */
export function labelOf({
  byKind,
  action,
  status,
  reason,
  erased,
}: {
  byKind: ActorKind | null
  action: DecisionView['action'] | null
  status: Status
  reason: string | null
  erased: number
}): Label | null {
  if (erased || !isJudgement(byKind, action)) return null
  if (status === 'approved') return 'fine'
  return status === 'spam' || (status === 'rejected' && reason === 'advertising') ? 'spam' : null
}
