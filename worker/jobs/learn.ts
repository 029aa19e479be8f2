import type { Env } from '../env.ts'
import { labelOf } from '../moderation/learner/label.ts'
import { type Lesson, packLesson, unpackLesson } from '../moderation/learner/lessons.ts'
import { write } from '../moderation/learner/model.ts'
import { calibrated, knownBesides, latestOf, mostLessons, train } from '../moderation/learner/training.ts'
import { toBase64 } from '../moderation/text/bytes.ts'
import { agreement, leastAgreement, readSignature } from '../moderation/text/minHash.ts'
import { databaseOf } from '../store/database.ts'
import * as learners from '../store/learners.ts'
import * as lessons from '../store/lessons.ts'
import { alike } from '../store/likeness.ts'
import { measure } from './blindCheck.ts'
import { askLearner, enqueueLearning } from './enqueue.ts'
import type { WrittenUnaware } from './learner.ts'

/** Decisions taken in by one job: a few milliseconds. */
const mostTakenIn = 25

/**
 * Takes in what was decided, and makes the model anew from all lessons once no decision waits. So the model is a
 * function of the decisions that stand, whatever was decided and undone on the way there. Of many decisions some are
 * taken in, and the next job is asked for. Of two jobs at the same work, one gives way.
 */
export async function learn(env: Env, siteId: string, now: number): Promise<void> {
  const db = databaseOf(env, siteId)
  const waiting = await lessons.waiting(db, siteId, mostTakenIn)
  if (waiting.length > 0) await takeIn(env, siteId, waiting, now)
  if (waiting.length === mostTakenIn) return enqueueLearning(env, { learn: siteId })
  await makeModel(env, siteId, now)
  if (await learners.rest(db, siteId)) await askLearner(env, siteId, now)
}

async function takeIn(env: Env, siteId: string, waiting: lessons.Untaught[], now: number): Promise<void> {
  const twins = await twinsOf(env, siteId, waiting)
  const changes = waiting.map((comment): lessons.Change => {
    const { seq, since, authorId, address, bodyHash } = comment
    const label = labelOf(comment)
    const lesson = label && {
      label,
      features: packLesson(comment.body),
      authorId,
      address,
      bodyHash,
      alike: twins.get(seq) ?? [],
    }
    return { seq, since, lesson }
  })
  await lessons.teach(databaseOf(env, siteId), siteId, changes)
  if (waiting.some(({ audited }) => audited !== null)) await measure(env, siteId, now)
}

/** By comment, those whose texts are nearly the same. */
async function twinsOf(
  env: Env,
  siteId: string,
  comments: lessons.Untaught[],
): Promise<Map<number, number[]>> {
  const signatures = new Map(
    comments.flatMap(({ seq, signature }) =>
      signature === null ? [] : [[seq, readSignature(signature)] as const],
    ),
  )
  const asked = comments.flatMap(({ seq, signature }) => (signature === null ? [] : [{ seq, signature }]))
  const twins = new Map<number, number[]>()
  for (const { of, seq, signature } of await alike(databaseOf(env, siteId), siteId, asked)) {
    const own = signatures.get(of)
    if (own && agreement(own, readSignature(signature)) >= leastAgreement)
      twins.set(of, [...(twins.get(of) ?? []), seq])
  }
  return twins
}

/** Held comments are scored anew when a model knows so many times the decisions of when they were last, and some more. */
const growth = 1.1
const someMore = 5

/** The fit, where there is something new to learn; it gives way when another job was faster. */
async function makeModel(env: Env, siteId: string, now: number): Promise<void> {
  const db = databaseOf(env, siteId)
  const found = await learners.find(db, siteId)
  if (!found || found.lessonsVersion === found.modelVersion) return
  const [learner, rows] = await Promise.all([
    learners.find(db, siteId),
    lessons.latest(db, siteId, mostLessons),
  ])
  if (!learner) return
  const taught = latestOf(rows.map(({ features, ...row }): Lesson => ({ ...row, ...unpackLesson(features) })))
  const made = train(taught)
  const unaware: WrittenUnaware = { scores: calibrated(made, taught), known: toBase64(knownBesides(taught)) }
  const isAnew = Math.abs(taught.length - learner.rescored) >= (growth - 1) * learner.rescored + someMore
  const isPut = await learners.putModel(db, siteId, learner.step, {
    version: learner.lessonsVersion,
    model: write(made.model),
    scores: JSON.stringify(unaware),
    rescored: isAnew ? taught.length : learner.rescored,
    at: now,
  })
  if (isPut && isAnew) await enqueueLearning(env, { learn: siteId, rescoreAfter: 0 })
}
