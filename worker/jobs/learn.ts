import type { Env } from '../env.ts'
import { labelOf } from '../moderation/learner/label.ts'
import { type Lesson, packLesson, unpackLesson } from '../moderation/learner/lessons.ts'
import { write } from '../moderation/learner/model.ts'
import { lessonsIn, type Pack, type PackedLesson, repack } from '../moderation/learner/packs.ts'
import { calibrated, knownBesides, latestOf, mostLessons, train } from '../moderation/learner/training.ts'
import { toBase64 } from '../moderation/text/bytes.ts'
import { agreement, leastAgreement, readSignature } from '../moderation/text/minHash.ts'
import { databaseOf } from '../store/database.ts'
import * as learners from '../store/learners.ts'
import { before, packsOf, putPacks } from '../store/lessonPacks.ts'
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
  const [learner, rows, waiting] = await Promise.all([
    learners.find(db, siteId),
    packsOf(db, siteId),
    lessons.waiting(db, siteId, mostTakenIn),
  ])
  const packs = rows.map(({ id, lessons }): Pack => ({ id, lessons: JSON.parse(lessons) }))
  const step = learner?.step ?? 0
  const taken = waiting.length === 0 ? packs : await takeIn(env, siteId, { waiting, packs, step, now })
  if (taken === 'given way') return
  if (waiting.length === mostTakenIn) return enqueueLearning(env, { learn: siteId })
  await makeModel(env, siteId, { packs: taken, step: waiting.length === 0 ? step : step + 1, now })
  if (await learners.rest(db, siteId)) await askLearner(env, siteId, now)
}

interface Waiting {
  waiting: lessons.Untaught[]
  packs: Pack[]
  /** The learner's, when the packs were read. */
  step: number
  now: number
}

/** The packs with what was decided, which are kept so. */
async function takeIn(
  env: Env,
  siteId: string,
  { waiting, packs, step, now }: Waiting,
): Promise<Pack[] | 'given way'> {
  const db = databaseOf(env, siteId)
  const labels = new Map(waiting.map((comment) => [comment.seq, labelOf(comment)]))
  const twins = await twinsOf(
    env,
    siteId,
    waiting.filter(({ seq }) => labels.get(seq)),
  )
  const changes = waiting.map(({ seq, since, authorId, address, bodyHash }): lessons.Change => {
    const label = labels.get(seq)
    return {
      ...{ seq, since },
      lesson: label ? { label, authorId, address, bodyHash, alike: twins.get(seq) ?? [] } : null,
    }
  })
  const taught = await lessons.teach(db, siteId, changes)
  const comments = new Map(waiting.map((comment) => [comment.seq, comment]))
  const removed = new Set(comments.keys())
  const left = lessonsIn(packs).filter(({ seq }) => removed.has(seq))
  const added = taught.map((lesson) => {
    const { body, name, url } = comments.get(lesson.seq) as lessons.Untaught
    return { ...lesson, features: packLesson(body, { name, url }) }
  })
  const older = await olderOf(env, siteId, lessonsIn(packs), left.length - added.length)
  const others = older.filter(({ seq }) => !removed.has(seq))
  const next = repack(packs, removed, [...added, ...others])
  const isPut = await putPacks(db, siteId, step, {
    changed: next.changed.map(({ id, lessons }) => ({ id, lessons: JSON.stringify(lessons) })),
    gone: next.gone,
    taken: waiting.map(({ seq, since }) => ({ seq, since })),
    left: left.map(({ features, ...lesson }) => lesson),
    at: now,
  })
  if (!isPut) return 'given way'
  if (waiting.some(({ audited }) => audited !== null)) await measure(env, siteId, now)
  return next.packs
}

/** Lessons that were too old for a model, in the place of so many that went. */
async function olderOf(
  env: Env,
  siteId: string,
  known: PackedLesson[],
  missing: number,
): Promise<PackedLesson[]> {
  if (missing <= 0 || known.length - missing >= mostLessons) return []
  const found = (['fine', 'spam'] as const).map((label) => {
    const seq = known.find((lesson) => lesson.label === label)?.seq ?? Number.MAX_SAFE_INTEGER
    return before(databaseOf(env, siteId), siteId, { label, seq, limit: missing })
  })
  return (await Promise.all(found))
    .flat()
    .map(({ body, name, url, ...lesson }) => ({ ...lesson, features: packLesson(body, { name, url }) }))
}

/**
 * Texts nearly alike are looked for among so many of each part in common: of those that were decided in the order
 * they came the first are lessons, of others the latest.
 */
const mostTwins = 5

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
  const found = await Promise.all(
    (['latest', 'first'] as const).map((from) =>
      alike(databaseOf(env, siteId), siteId, asked, { from, most: mostTwins }),
    ),
  )
  for (const { of, seq, signature } of found.flat()) {
    const own = signatures.get(of)
    if (own && agreement(own, readSignature(signature)) >= leastAgreement)
      twins.set(of, [...(twins.get(of) ?? []), seq])
  }
  return twins
}

/** Held comments are scored anew when a model knows so many times the decisions of when they were last, and some more. */
const growth = 1.1
const someMore = 5

/** The model anew, where there is something new to learn; it gives way when another job was faster. */
async function makeModel(
  env: Env,
  siteId: string,
  { packs, step, now }: Pick<Waiting, 'packs' | 'step' | 'now'>,
): Promise<void> {
  const db = databaseOf(env, siteId)
  const learner = await learners.find(db, siteId)
  if (learner?.step !== step || learner.lessonsVersion === learner.modelVersion) return
  const taught = latestOf(lessonsIn(packs)).map(
    ({ features, ...lesson }): Lesson => ({ ...lesson, ...unpackLesson(features) }),
  )
  const made = train(taught)
  const { knownWords, knownGrams } = knownBesides(taught)
  const unaware: WrittenUnaware = {
    scores: calibrated(made, taught),
    knownWords: toBase64(knownWords),
    knownGrams: toBase64(knownGrams),
  }
  const isAnew = Math.abs(taught.length - learner.rescored) >= (growth - 1) * learner.rescored + someMore
  const isPut = await learners.putModel(db, siteId, step, {
    version: learner.lessonsVersion,
    model: write(made.model),
    scores: JSON.stringify(unaware),
    rescored: isAnew ? taught.length : learner.rescored,
    at: now,
  })
  if (isPut && isAnew) await enqueueLearning(env, { learn: siteId, rescoreAfter: 0 })
}
