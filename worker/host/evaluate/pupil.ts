import { contradictions } from '../../moderation/learner/contradictions.ts'
import type { Unread } from '../../moderation/learner/evidence.ts'
import type { Lesson } from '../../moderation/learner/lessons.ts'
import { type Model, readModel, write } from '../../moderation/learner/model.ts'
import { calibrated, latestOf, train } from '../../moderation/learner/training.ts'
import { agreement, leastAgreement, type Signature } from '../../moderation/text/minHash.ts'
import type { Sample } from './sample.ts'

/** Of a signature's part, so many of the latest texts are compared. */
const compared = 20

/** A text that a person decided, and what the site knows of how that came. */
export interface Decided extends Pick<Sample, 'lesson' | 'folded' | 'signature' | 'parts' | 'label'> {
  /** Its place among all that came. */
  seq: number
  page?: string | undefined
  arrival?: Lesson['arrival'] | undefined
  standsFor?: number
  swept?: boolean
}

/**
 * The model a site has after people decided these texts in this order, each by another author: made
 * as screening makes it, and as it is read back from where it is kept.
 *
 * @param unread what came and nobody read
 */
export const taught = (decided: Decided[], unread?: Unread): Model => learntFrom(decided, unread).model

/** The same, and by `seq` the texts whose decisions contradict the others. */
export function learntFrom(decided: Decided[], unread?: Unread): { model: Model; contradicting: number[] } {
  const lessons = latestOf(lessonsOf(decided))
  const made = train(lessons, unread)
  return {
    model: readModel(write(made.model)) as Model,
    contradicting: contradictions(lessons, calibrated(made), lessons.length),
  }
}

/** Decided texts as lessons, in the order in which they came. */
export function lessonsOf(decided: Decided[]): Lesson[] {
  const clusters = clustersOf(decided)
  return decided
    .map(
      ({ seq, label, lesson, page, arrival, standsFor = 1, swept = false }, at): Lesson => ({
        ...{ standsFor, swept, ...(page !== undefined && { page }), ...(arrival && { arrival }) },
        seq,
        label,
        ...lesson,
        author: seq,
        source: null,
        cluster: decided[clusters[at] as number]?.seq as number,
      }),
    )
    .toSorted((one, other) => one.seq - other.seq)
}

/** The same of texts that came in the order in which they were decided. */
export const taughtInOrder = (samples: Sample[]) => taught(samples.map((sample, seq) => ({ ...sample, seq })))

/** By text, the first it resembles or equals, or itself. */
export function clustersOf(samples: Pick<Sample, 'folded' | 'signature' | 'parts'>[]): number[] {
  const byText = new Map<string, number>()
  const byPart = new Map<string, number[]>()
  const clusters: number[] = []
  for (const [at, { folded, signature, parts }] of samples.entries()) {
    const near = parts
      .flatMap((part) => byPart.get(part) ?? [])
      .filter((other) => {
        const like = samples[other]?.signature as Signature
        return agreement(signature as Signature, like) >= leastAgreement
      })
    const known = near.map((other) => clusters[other] as number)
    clusters.push(Math.min(at, byText.get(folded) ?? at, ...known))
    if (!byText.has(folded)) byText.set(folded, clusters[at] as number)
    for (const part of parts) byPart.set(part, [...(byPart.get(part) ?? []), at].slice(-compared))
  }
  return clusters
}
