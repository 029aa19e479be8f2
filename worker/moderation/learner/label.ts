import { type ActorKind, type DecisionView, isJudgement } from '../../contract/decisions.ts'
import type { Status } from '../../contract/status.ts'
import type { Label } from './lessons.ts'

/** What a standing decision teaches, or one of another system before any; null where it says nothing of the text. */
export function labelOf({
  byKind,
  action,
  status,
  reason,
  erased,
  decidedBefore,
}: {
  byKind: ActorKind | null
  action: DecisionView['action'] | null
  status: Status
  reason: string | null
  erased: number
  /** 1 where a person had decided it in the system that it comes from. */
  decidedBefore?: number
}): Label | null {
  if (erased) return null
  if (!isJudgement(byKind, action) && !(decidedBefore && action === null)) return null
  if (status === 'approved') return 'fine'
  return status === 'spam' || (status === 'rejected' && reason === 'advertising') ? 'spam' : null
}
