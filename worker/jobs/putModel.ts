import type { Env } from '../env.ts'
import { contradictions } from '../moderation/learner/contradictions.ts'
import type { Unread } from '../moderation/learner/evidence.ts'
import type { Fit } from '../moderation/learner/fit.ts'
import { type Guard, writeGuard } from '../moderation/learner/guard.ts'
import type { Label } from '../moderation/learner/lessons.ts'
import { write } from '../moderation/learner/model.ts'
import type { PackedLesson } from '../moderation/learner/packs.ts'
import { calibrated, knownBesides, trained } from '../moderation/learner/training.ts'
import { toBase64 } from '../moderation/text/bytes.ts'
import { databaseOf } from '../store/database.ts'
import * as learners from '../store/learners.ts'
import { mostDue } from '../store/learnersAsked.ts'
import { askAgain } from '../store/secondLooks.ts'
import { type UnreadRow, unread } from '../store/unread.ts'
import { enqueueLearning } from './enqueue.ts'
import type { WrittenUnaware } from './learner.ts'

/** What a job of a learner's leaves: more to do, nothing, or what another job does. */
export type Next = 'more' | 'done' | 'given way'

/** Of so many decisions that contradict the others, some are asked about that were not before. */
const mostContradictions = 20

/** What nobody read, as thresholds take it. */
function unreadIn({ verdicts, held, scores }: UnreadRow): Unread {
  const some: (number | null)[] = JSON.parse(scores)
  const known = some.filter((score) => score !== null)
  const count = (held * known.length) / (some.length || 1)
  return { verdicts: JSON.parse(verdicts), waiting: { scores: known, count } }
}

/** Held comments are scored anew when a model knows so many times the decisions of when they were last, and some more. */
const growth = 1.1
const someMore = 5

interface Fitted {
  fit: Pick<Fit, 'sums' | 'scores'>
  guard: Guard | null
  lessons: PackedLesson<Label>[]
  /** Refused comments that a guard is made of, or would be were there more. */
  refused: number
  learner: learners.Learner
  /** Jobs that it took, but for the first and the last. */
  slices: number
  now: number
}

/** Puts the model and the guard that a fit ends with in the place of those before. */
export async function putModel(
  env: Env,
  siteId: string,
  { fit, guard, lessons, refused, learner, slices, now }: Fitted,
): Promise<Next> {
  const db = databaseOf(env, siteId)
  const made = trained(fit, lessons, unreadIn(await unread(db, siteId)))
  const scores = calibrated(made)
  const { knownWords, knownGrams } = knownBesides(fit.sums, lessons.length)
  const unaware: WrittenUnaware = {
    scores: Object.fromEntries(lessons.map(({ seq }, at) => [seq, scores[at] as number])),
    knownWords: toBase64(knownWords),
    knownGrams: toBase64(knownGrams),
  }
  const isAnew = Math.abs(lessons.length - learner.rescored) >= (growth - 1) * learner.rescored + someMore
  const isPut = await learners.putModel(db, siteId, learner.step, {
    version: learner.lessonsVersion,
    model: write({ ...made.model, refused }),
    guard: writeGuard(guard),
    scores: JSON.stringify(unaware),
    rescored: isAnew ? lessons.length : learner.rescored,
    due: dueAfter(slices),
    at: now,
  })
  if (isPut) await askAgain(db, siteId, contradictions(lessons, scores, mostContradictions), now)
  if (isPut && isAnew) await enqueueLearning(env, { learn: siteId, rescoreAfter: 0 })
  return isPut ? 'done' : 'given way'
}

/**
 * How many decisions wait for each other: as many as there are messages until they are learnt. A model that is made at
 * once takes one; another one to take in each twenty decisions, those slices, and one to end with.
 */
const dueAfter = (slices: number) =>
  slices === 0 ? 1 : Math.min(mostDue, Math.ceil(((slices + 2) * 20) / 19))
