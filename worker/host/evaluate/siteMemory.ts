import type { Verdict } from '../../contract/findings.ts'
import type { Unread } from '../../moderation/learner/evidence.ts'
import type { Taken, Waiting } from './person.ts'
import type { Decided } from './pupil.ts'
import type { Sample } from './sample.ts'
import type { Assessment } from './triage.ts'

/** A comment that came to the site. */
export interface Arrival {
  seq: number
  sample: Sample
  /** What screening made of it at once. */
  assessment: Assessment
  /** The verdict that a person checks, where it was picked. */
  audited: Verdict | null
  /** How many decisions the model of that time knew. */
  known: number
  /** For how many verdicts it stands that nobody checks, and where its own is counted as one of them. */
  standsFor: number
  unreadPlace: string | null
  /** What its line in the queue says while it waits. */
  line: Waiting
  decision: Taken | null
  /** Whether a person looked at it a second time. */
  isLookedAt: boolean
}

/** The page that a comment stands on, where the corpus says so. */
export const pageOf = ({ group }: Sample) => (group === '' ? undefined : group)

/** The comments that wait for a person. */
export const waitingOf = (arrivals: Arrival[]) =>
  arrivals.filter(({ assessment, decision }) => assessment.verdict === 'hold' && !decision)

/** What the learner is told of a comment that was decided. */
export function decidedOf({ seq, sample, assessment, audited, decision, ...arrival }: Arrival): Decided {
  const { label, unread } = decision as Taken
  const isWrong = audited !== null && (audited === 'approve') !== (label === 'fine')
  return {
    ...{ ...sample, seq, label, swept: unread, page: pageOf(sample) },
    standsFor: isWrong && arrival.isLookedAt ? arrival.standsFor : 1,
    ...(arrival.known > 0 && { arrival: { score: assessment.score, decisions: arrival.known } }),
  }
}

/** What came and nobody read. */
export function unreadOf(arrivals: Arrival[]): Unread {
  const verdicts: Unread['verdicts'] = {}
  for (const { unreadPlace } of arrivals)
    if (unreadPlace !== null) verdicts[unreadPlace] = (verdicts[unreadPlace] ?? 0) + 1
  const scores = waitingOf(arrivals).flatMap(({ line }) => line.score ?? [])
  return { verdicts, waiting: { scores, count: scores.length } }
}
