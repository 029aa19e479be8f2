import type { Env } from '../env.ts'
import type { Pack } from '../moderation/learner/packs.ts'
import { databaseOf } from '../store/database.ts'
import * as fits from '../store/fits.ts'
import * as learners from '../store/learners.ts'
import { rest } from '../store/learnersAsked.ts'
import { packsOf } from '../store/lessonPacks.ts'
import { askLearner, enqueueLearning } from './enqueue.ts'
import { beginFit, goOn, isOfNow } from './fit.ts'
import type { Next } from './putModel.ts'
import { takeIn, waitingFor } from './takeIn.ts'

/**
 * Takes in what was decided, and makes the model anew from all lessons once no decision waits. So the model is a
 * function of the decisions that stand, whatever was decided and undone on the way there. Of many decisions some are
 * taken in, and of a model that takes long a part is made; then the next job is asked for. What is decided while a
 * model is made waits for the next. Of two jobs at the same work, one gives way.
 */
export async function learn(env: Env, siteId: string, now: number): Promise<void> {
  const db = databaseOf(env, siteId)
  const [learner, fit] = await Promise.all([learners.find(db, siteId), fits.find(db, siteId)])
  const next =
    learner && fit && isOfNow(fit, learner)
      ? await goOn(env, siteId, { learner, fit, now })
      : await takeInAndBegin(env, siteId, { step: learner?.step ?? 0, now })
  if (next === 'more') return enqueueLearning(env, { learn: siteId })
  if (next === 'done' && (await rest(db, siteId))) await askLearner(env, siteId, now)
}

async function takeInAndBegin(
  env: Env,
  siteId: string,
  { step, now }: { step: number; now: number },
): Promise<Next> {
  const [rows, waiting] = await Promise.all([
    packsOf(databaseOf(env, siteId), siteId),
    waitingFor(env, siteId),
  ])
  const packs = rows.map(({ id, lessons }): Pack => ({ id, lessons: JSON.parse(lessons) }))
  if (waiting.length === 0) return beginFit(env, siteId, { packs, step, now })
  const taken = await takeIn(env, siteId, { waiting, packs, step, now })
  if (taken === 'given way') return taken
  return taken.isMore ? 'more' : beginFit(env, siteId, { packs: taken.packs, step: step + 1, now })
}
