import type { AppealState } from '../contract/appeals.ts'
import type { DecisionView } from '../contract/decisions.ts'
import type { Outcome, Subject } from './decidedComments.ts'

/** A decision, as far as it may ask for another look or answer that. */
interface Decided {
  action: DecisionView['action']
  outcome: Outcome
}

/** What a decision makes of an author's wish for another look at a refusal. Whatever settles the comment answers it. */
export function appealAfter(
  { appealState }: Pick<Subject, 'appealState'>,
  { action, outcome }: Decided,
): AppealState | null {
  if (action === 'appeal') return 'open'
  if (action === 'withdraw') return null
  if (appealState !== 'open' || outcome.status === 'pending') return appealState
  return outcome.status === 'approved' ? 'overturned' : 'upheld'
}

/** How a decision answers a wish that waited; null where none did, or it waits on. */
export function appealAnswered(
  subject: Pick<Subject, 'appealState'>,
  decided: Decided,
): Exclude<AppealState, 'open'> | null {
  const after = appealAfter(subject, decided)
  return subject.appealState === 'open' && after !== 'open' ? after : null
}
