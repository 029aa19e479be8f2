import type { Env } from '../env.ts'
import { type Arc, arcsOf } from '../moderation/learner/arcs.ts'
import {
  depthsFor,
  type Fit,
  sliceOf,
  slicesOf,
  type Unit,
  unitsOf,
  work,
} from '../moderation/learner/fit.ts'
import * as state from '../moderation/learner/fitState.ts'
import { guardOf, mostRefused, type Precedent, precedentsOf } from '../moderation/learner/guard.ts'
import { readingOf } from '../moderation/learner/lessons.ts'
import { lessonsIn, type Pack, refusedIn } from '../moderation/learner/packs.ts'
import { fitted, latestOf } from '../moderation/learner/training.ts'
import { databaseOf } from '../store/database.ts'
import { begin } from '../store/fitBeginning.ts'
import * as fits from '../store/fits.ts'
import * as learners from '../store/learners.ts'
import { packsOf } from '../store/lessonPacks.ts'
import { patience } from './enqueue.ts'
import { type Next, putModel } from './putModel.ts'
import { featuresFor } from './takeIn.ts'

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
  const precedents = precedentsIn(packs)
  const own = { model: arcsOf(lessons), guard: precedents.length === 0 ? [] : arcsOf(precedents) }
  const { units, arcs } = planOf(own.model, own.guard)
  if (sliceOf(units, arcs, 0, slicesDone).length < units.length) {
    const places = placesIn(packs)
    const copied = (some: Arc[], of: { seq: number }[]) =>
      some.map((arc) => ({
        written: JSON.stringify(arc.lessons),
        places: arc.lessons.map(([at]) => places.get((of[at] as { seq: number }).seq) as [number, number]),
      }))
    const isBegun = await begin(db, siteId, step, {
      ...{ version: learner.lessonsVersion, form: state.form },
      arcs: JSON.stringify({
        ...{ lessons: lessons.length, arcs: measured(own.model) },
        guard: { lessons: precedents.length, arcs: measured(own.guard) },
      } satisfies WrittenArcs),
      lessons: [...copied(own.model, lessons), ...copied(own.guard, precedents)],
      ...{ now, until: now + patience },
    })
    return isBegun ? 'more' : 'given way'
  }
  const features = await featuresFor(env, siteId, packs, packs)
  const readable = <One extends { seq: number }>(some: One[]) =>
    some.map((one) => ({ ...one, reading: readingOf(features.get(one.seq) as string) }))
  const guard = precedents.length === 0 ? null : guardOf(fitted(readable(precedents)), precedents)
  const fit = fitted(readable(lessons))
  return putModel(env, siteId, {
    ...{ fit, guard, lessons, refused: knownRefused(packs), learner, slices: 0, now },
  })
}

/** Refused comments that a guard knows at most: the latest. */
const knownRefused = (packs: Pack[]) => Math.min(mostRefused, refusedIn(packs).length)

/** What a guard is made of. */
const precedentsIn = (packs: Pack[]): Precedent[] =>
  precedentsOf(
    refusedIn(packs),
    lessonsIn(packs).filter(({ label }) => label === 'fine'),
  ).map(({ seq, label, author, source, cluster, size }) => ({ seq, label, author, source, cluster, size }))

interface WrittenArcs {
  lessons: number
  arcs: Measured[]
  /** The same of what the guard is made of; missing in those of an earlier release. */
  guard?: { lessons: number; arcs: Measured[] }
}

type Measured = Pick<Arc, 'fold' | 'size'>
const measured = (arcs: Arc[]) => arcs.map(({ fold, size }): Measured => ({ fold, size }))

/** All arcs and units of a fit: those of the model, and behind them those of the guard, from a place on. */
function planOf(model: Measured[], guard: Measured[]) {
  const own = unitsOf(model)
  const more = unitsOf(guard).map((unit): Unit => ({ ...unit, arc: unit.arc + model.length }))
  return { arcs: [...model, ...guard], units: [...own, ...more], guardFrom: own.length }
}

/** How many slices a fit takes where none is the first of its program; none where all is done at once. */
function slicesIn({ arcs: written }: fits.FitRow): number {
  const { arcs: ofModel, guard }: WrittenArcs = JSON.parse(written)
  const { units, arcs } = planOf(ofModel, guard?.arcs ?? [])
  const slices = slicesOf(units, arcs)
  return slices === 1 ? 0 : slices
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
  const { lessons, arcs: ofModel, guard = { lessons: 0, arcs: [] } }: WrittenArcs = JSON.parse(row.arcs)
  const { units, arcs, guardFrom } = planOf(ofModel, guard.arcs)
  if (row.done >= units.length) return end(env, siteId, { learner, fit: row, now })
  const of = row.done < guardFrom ? 'model' : 'guard'
  const some = of === 'model' ? units.slice(0, guardFrom) : units
  const slice = sliceOf(some, arcs, row.done, slicesDone++)
  const scored = slice.filter(({ act }) => act === 'score').map(({ arc }) => arc)
  const found = await fits.material(db, siteId, {
    ...{ of, arcs: [...new Set(slice.map(({ arc }) => arc))], scored },
    depths: [...depthsFor(slice)],
  })
  const fit: Fit = {
    descents: [],
    sums: state.readSums(found.sums),
    scores:
      of === 'model'
        ? state.readScores(row.scores, lessons)
        : state.readScores(row.guardScores, guard.lessons),
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
      scored: { of, sums: state.writeSums(fit.sums), scores: state.writeScores(fit.scores) },
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
  const precedents = precedentsIn(packs)
  const made = (sums: string, scores: string, of: unknown[]) => ({
    sums: state.readSums(sums),
    scores: state.readScores(scores, of.length),
  })
  return putModel(env, siteId, {
    fit: made(sums.model, fit.scores, lessons),
    guard: sums.guard === '' ? null : guardOf(made(sums.guard, fit.guardScores, precedents), precedents),
    ...{ lessons, refused: knownRefused(packs), learner, slices: slicesIn(fit), now },
  })
}
