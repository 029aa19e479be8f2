import type { Env } from '../env.ts'
import { labelOf } from '../moderation/learner/label.ts'
import { type Lesson, packLesson, unpackLesson } from '../moderation/learner/lessons.ts'
import { write } from '../moderation/learner/model.ts'
import {
  advance,
  calibrated,
  costOf,
  finish,
  isDone,
  knownBesides,
  latestOf,
  mostLessons,
  noWork,
  type Work,
} from '../moderation/learner/training.ts'
import { fromBase64, toBase64 } from '../moderation/text/bytes.ts'
import { agreement, leastAgreement, partsOf, readSignature } from '../moderation/text/minHash.ts'
import { databaseOf } from '../store/database.ts'
import * as learners from '../store/learners.ts'
import * as lessons from '../store/lessons.ts'
import { alike } from '../store/likeness.ts'
import { measure } from './blindCheck.ts'
import { enqueueLearning } from './enqueue.ts'
import type { WrittenUnaware } from './learner.ts'

/** Decisions taken in by one job, and features read by one slice of a fit: a few milliseconds each. */
export const slice = { decisions: 25, features: 130_000 } as const

/**
 * Does one slice of what a site's learner has to do, and asks for the next: takes decisions in,
 * then makes the model anew from all lessons, a few folds at a time. So the model is a function of
 * the decisions that stand, whatever was decided and undone on the way there. Lessons don't change
 * while a model is made; of two jobs at the same slice, one gives way.
 */
export async function learn(env: Env, siteId: string, now: number): Promise<void> {
  const learner = await learners.find(databaseOf(env, siteId), siteId)
  if (learner?.work == null) {
    const waiting = await lessons.waiting(databaseOf(env, siteId), siteId, slice.decisions)
    if (waiting.length > 0) {
      await takeIn(env, siteId, waiting, now)
      return enqueueLearning(env, siteId)
    }
    if (!learner || learner.lessonsVersion === learner.modelVersion) return
  }
  const made = await makeModel(env, siteId, learner, now)
  if (made !== 'given way') await enqueueLearning(env, siteId)
  if (made === 'finished anew') await enqueueLearning(env, siteId, 0)
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
  const asked = Array.from(signatures, ([seq, signature]) => ({ seq, parts: partsOf(signature) }))
  const twins = new Map<number, number[]>()
  for (const { of, seq, signature } of await alike(databaseOf(env, siteId), siteId, asked)) {
    const own = signatures.get(of)
    if (own && agreement(own, readSignature(signature)) >= leastAgreement)
      twins.set(of, [...(twins.get(of) ?? []), seq])
  }
  return twins
}

type Slice = 'going on' | 'finished' | 'finished anew' | 'given way'

/** Held comments are scored anew when a model knows so many times the decisions of when they were last. */
const growth = 1.1

/** One slice of the fit; it gives way when another job was faster. */
async function makeModel(env: Env, siteId: string, learner: learners.Learner, now: number): Promise<Slice> {
  const moment = { siteId, step: learner.step, at: now }
  const known = (await lessons.latest(databaseOf(env, siteId), siteId, mostLessons)).map(
    ({ features, ...row }): Lesson => ({ ...row, ...unpackLesson(features) }),
  )
  const taught = latestOf(known)
  const version = learner.lessonsVersion
  const begun = learner.work === null ? null : readWork(learner.work)
  let work = begun?.version === version ? begun : noWork(taught)
  const cost = costOf(taught)
  for (let spent = cost; ; spent += cost) {
    work = advance(work, taught)
    if (isDone(work, taught) || spent + cost > slice.features) break
  }
  if (!isDone(work, taught))
    return (await learners.keepWork(databaseOf(env, siteId), moment, writeWork(work, version)))
      ? 'going on'
      : 'given way'
  const model = finish(work, taught)
  const unaware: WrittenUnaware = {
    scores: calibrated(model, work, taught),
    known: toBase64(knownBesides(taught)),
  }
  const anew = taught.length >= growth * learner.rescored || taught.length * growth <= learner.rescored
  const made = {
    version,
    model: write(model),
    scores: JSON.stringify(unaware),
    rescored: anew ? taught.length : learner.rescored,
  }
  if (!(await learners.putModel(databaseOf(env, siteId), moment, made))) return 'given way'
  return anew ? 'finished anew' : 'finished'
}

interface WrittenWork {
  /** Of the lessons it is made of. */
  version: number
  fold: number
  buckets: string
  signs: number[]
  bias: number
  scores: string
}

function writeWork({ fold, sum, scores }: Work, version: number): string {
  return JSON.stringify({
    version,
    fold,
    buckets: toBase64(sum.buckets),
    signs: [...sum.signs],
    bias: sum.bias,
    scores: toBase64(scores),
  } satisfies WrittenWork)
}

function readWork(text: string): Work & { version: number } {
  const { version, fold, buckets, signs, bias, scores }: WrittenWork = JSON.parse(text)
  return {
    version,
    fold,
    sum: { buckets: new Float32Array(fromBase64(buckets).buffer), signs: Float32Array.from(signs), bias },
    scores: new Float32Array(fromBase64(scores).buffer),
  }
}
