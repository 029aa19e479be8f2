import type { Env } from '../env.ts'
import { type Arc, arcsOf } from '../moderation/learner/arcs.ts'
import { contradictions } from '../moderation/learner/contradictions.ts'
import type { Unread } from '../moderation/learner/evidence.ts'
import { depthsFor, type Fit, newFit, sliceOf, unitsOf, work } from '../moderation/learner/fit.ts'
import * as state from '../moderation/learner/fitState.ts'
import { type Reading, readingOf } from '../moderation/learner/lessons.ts'
import { write } from '../moderation/learner/model.ts'
import { lessonsIn, type Pack, type PackedLesson } from '../moderation/learner/packs.ts'
import { calibrated, knownBesides, latestOf, trained } from '../moderation/learner/training.ts'
import { toBase64 } from '../moderation/text/bytes.ts'
import { databaseOf } from '../store/database.ts'
import { begin } from '../store/fitBeginning.ts'
import * as fits from '../store/fits.ts'
import * as learners from '../store/learners.ts'
import { mostDue } from '../store/learnersAsked.ts'
import { packsOf } from '../store/lessonPacks.ts'
import { askAgain } from '../store/secondLooks.ts'
import { type UnreadRow, unread } from '../store/unread.ts'
import { enqueueLearning, patience } from './enqueue.ts'
import type { WrittenUnaware } from './learner.ts'
import { featuresFor } from './takeIn.ts'

/** What a job of a learner's leaves: more to do, nothing, or what another job does. */
export type Next = 'more' | 'done' | 'given way'

/** Whether a fit is of the lessons that a learner has, and of this release. */
export const isOfNow = ({ version, form }: fits.FitRow, { lessonsVersion }: learners.Learner) =>
  version === lessonsVersion && form === state.form

/** Since this program started. */
let slicesDone = 0

/** The model anew, where there is something new to learn: at once, or as far as the first of its jobs goes. */
export async function beginFit(
  env: Env,
  siteId: string,
  { packs, step, now }: { packs: Pack[]; step: number; now: number },
): Promise<Next> {
  const db = databaseOf(env, siteId)
  const learner = await learners.find(db, siteId)
  if (learner?.step !== step) return 'given way'
  if (learner.lessonsVersion === learner.modelVersion) return 'done'
  const lessons = latestOf(lessonsIn(packs))
  const arcs = arcsOf(lessons)
  const units = unitsOf(arcs)
  if (sliceOf(units, arcs, 0, slicesDone).length < units.length) {
    const places = placesIn(packs)
    const isBegun = await begin(db, siteId, step, {
      ...{ version: learner.lessonsVersion, form: state.form },
      arcs: JSON.stringify({ lessons: lessons.length, arcs: arcs.map(({ fold, size }) => ({ fold, size })) }),
      lessons: arcs.map((arc) => ({
        written: JSON.stringify(arc.lessons),
        places: arc.lessons.map(([at]) => places.get((lessons[at] as PackedLesson).seq) as [number, number]),
      })),
      ...{ now, until: now + patience },
    })
    return isBegun ? 'more' : 'given way'
  }
  const features = await featuresFor(env, siteId, packs, packs)
  const readings = lessons.map(({ seq }) => readingOf(features.get(seq) as string))
  const fit = newFit(lessons.length)
  for (const unit of units) {
    const own = (arcs[unit.arc] as Arc).lessons
    work(
      fit,
      unit,
      own,
      own.map(([at]) => readings[at] as Reading),
    )
  }
  return putModel(env, siteId, { fit, lessons, learner, slices: 0, now })
}

/** By comment, the pack of its lesson, and its place there. */
const placesIn = (packs: Pack[]) =>
  new Map(
    packs.flatMap(({ id, lessons }) =>
      lessons.map(({ seq }, at): [number, [number, number]] => [seq, [id, at]]),
    ),
  )

interface OnItsWay {
  learner: learners.Learner
  fit: fits.FitRow
  now: number
}

/** Does the next slice of a fit, or ends it. Where it is broken off, it is done again, and nothing else. */
export async function goOn(env: Env, siteId: string, { learner, fit: row, now }: OnItsWay): Promise<Next> {
  const db = databaseOf(env, siteId)
  const { lessons, arcs }: { lessons: number; arcs: Pick<Arc, 'fold' | 'size'>[] } = JSON.parse(row.arcs)
  const units = unitsOf(arcs)
  if (row.done >= units.length) return end(env, siteId, { learner, fit: row, now })
  const slice = sliceOf(units, arcs, row.done, slicesDone++)
  const scored = slice.filter(({ act }) => act === 'score').map(({ arc }) => arc)
  const found = await fits.material(db, siteId, {
    ...{ arcs: [...new Set(slice.map(({ arc }) => arc))], scored },
    depths: [...depthsFor(slice)],
  })
  const fit: Fit = {
    descents: [],
    sums: state.readSums(found.sums),
    scores: state.readScores(row.scores, lessons),
  }
  for (const { depth, descent } of found.descents) fit.descents[depth] = state.readDescent(descent)
  const material = new Map(found.arcs.map((arc) => [arc.arc, arc]))
  for (const unit of slice)
    work(fit, unit, ...state.readArc(material.get(unit.arc) as fits.Material['arcs'][0]))
  const done = row.done + slice.length
  const needed = depthsFor(units.slice(done))
  const isKept = await fits.keep(db, siteId, learner.step, {
    done,
    ...(scored.length > 0 && {
      scored: { sums: state.writeSums(fit.sums), scores: state.writeScores(fit.scores) },
    }),
    descents: [...new Set(slice.filter(({ act }) => act === 'learn').map(({ depth }) => depth))]
      .filter((depth) => needed.has(depth))
      .map((depth) => ({ depth, descent: state.writeDescent(fit.descents[depth] as Fit['descents'][0]) })),
    ...{ now, until: now + patience },
  })
  return isKept ? 'more' : 'given way'
}

async function end(env: Env, siteId: string, { learner, fit, now }: OnItsWay): Promise<Next> {
  const db = databaseOf(env, siteId)
  const [rows, sums] = await Promise.all([packsOf(db, siteId), fits.sumsOf(db, siteId)])
  const packs = rows.map(({ id, lessons }): Pack => ({ id, lessons: JSON.parse(lessons) }))
  const lessons = latestOf(lessonsIn(packs))
  return putModel(env, siteId, {
    fit: { sums: state.readSums(sums), scores: state.readScores(fit.scores, lessons.length) },
    ...{ lessons, learner, slices: fit.slices, now },
  })
}

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
  lessons: PackedLesson[]
  learner: learners.Learner
  /** Jobs that it took, but for the first and the last. */
  slices: number
  now: number
}

async function putModel(
  env: Env,
  siteId: string,
  { fit, lessons, learner, slices, now }: Fitted,
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
    model: write(made.model),
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
