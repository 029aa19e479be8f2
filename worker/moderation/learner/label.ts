import { type ActorKind, type DecisionView, isJudgement } from '../../contract/decisions.ts'
import type { Status } from '../../contract/status.ts'
import type { Label } from './lessons.ts'

/** What a decision teaches: whether a text is spam, or that people here refuse it for another reason. */
export type Teaching = Label | 'refused'

interface Decided {
  byKind: ActorKind | null
  action: DecisionView['action'] | null
  status: Status
  reason: string | null
  erased: number
  /** 1 where a person had decided it in the system that it comes from. */
  decidedBefore?: number
}

/** Reasons that say nothing of what a text says. */
const besideText = new Set<string | null>([null, 'repeat', 'banned'])

/** What a standing decision teaches, or one of another system before any; null where it says nothing of the text. */
export function teachingOf({
  byKind,
  action,
  status,
  reason,
  erased,
  decidedBefore,
}: Decided): Teaching | null {
  if (erased) return null
  if (!isJudgement(byKind, action) && !(decidedBefore && action === null)) return null
  if (status === 'approved') return 'fine'
  if (status === 'spam') return 'spam'
  if (status !== 'rejected' || besideText.has(reason)) return null
  return reason === 'advertising' ? 'spam' : 'refused'
}

/** The same of spam alone. */
export function labelOf(decided: Decided): Label | null {
  const teaching = teachingOf(decided)
  return teaching === 'refused' ? null : teaching
}
