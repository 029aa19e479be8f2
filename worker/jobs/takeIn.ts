import { isJudgement } from '../contract/decisions.ts'
import type { Env } from '../env.ts'
import { mostRefused } from '../moderation/learner/guard.ts'
import { type Teaching, teachingOf } from '../moderation/learner/label.ts'
import { packLesson } from '../moderation/learner/lessons.ts'
import { lessonsIn, type Pack, refusedIn, repack } from '../moderation/learner/packs.ts'
import { mostLessons } from '../moderation/learner/training.ts'
import { agreement, leastAgreement, readSignature } from '../moderation/text/minHash.ts'
import { databaseOf } from '../store/database.ts'
import { earlier, featuresOf, putPacks } from '../store/lessonPacks.ts'
import * as lessons from '../store/lessons.ts'
import { alike } from '../store/likeness.ts'
import { type Untaught, waiting } from '../store/untaught.ts'
import { measure } from './blindCheck.ts'
import { originOf } from './lessonOrigin.ts'

/** Decisions taken in by one job, and packs that lessons are taken out of: a few milliseconds. */
const most = { decisions: 20, packs: 8 }

/** The next decisions that a site's learner has yet to take in; more may follow where there are so many. */
export const waitingFor = (env: Env, siteId: string) =>
  waiting(databaseOf(env, siteId), siteId, most.decisions)

interface Waiting {
  waiting: Untaught[]
  packs: Pack[]
  /** The learner's, when the packs were read. */
  step: number
  now: number
}

/** What came of it: the packs as they are kept now, and whether more decisions may wait. */
export interface TakenIn {
  packs: Pack[]
  isMore: boolean
}

/** Takes decisions in: their lessons go to the packs, which are kept so. */
export async function takeIn(
  env: Env,
  siteId: string,
  { waiting: all, packs, step, now }: Waiting,
): Promise<TakenIn | 'given way'> {
  const db = databaseOf(env, siteId)
  const waiting = someOf(all, packs)
  const labels = new Map(waiting.map((comment) => [comment.seq, teachingOf(comment)]))
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
  const origins = new Map(
    waiting.map((comment) => [comment.seq, originOf(comment, labels.get(comment.seq) ?? null)]),
  )
  const taught = await lessons.teach(db, siteId, changes)
  const comments = new Map(waiting.map((comment) => [comment.seq, comment]))
  const removed = new Set(comments.keys())
  const before = packs.flatMap(({ lessons }) => lessons)
  const left = before.filter(({ seq }) => removed.has(seq))
  const told = taught.map((lesson): lessons.Told => {
    const { body, name, url } = comments.get(lesson.seq) as Untaught
    return { ...lesson, body, name, url }
  })
  const older = await olderOf(env, siteId, { packs, left, told })
  const added = [...told, ...older.filter(({ seq }) => !removed.has(seq))].map(
    ({ body, name, url, ...lesson }) => ({
      ...{ ...lesson, ...origins.get(lesson.seq) },
      ...packLesson(body, { name, url }),
    }),
  )
  const next = repack(
    packs,
    removed,
    added.map(({ features, ...lesson }) => lesson),
  )
  const features = await featuresFor(env, siteId, next.changed, packs)
  for (const lesson of added) features.set(lesson.seq, lesson.features)
  const isPut = await putPacks(db, siteId, step, {
    changed: next.changed.map(({ id, lessons }) => ({
      id,
      lessons: JSON.stringify(lessons),
      features: JSON.stringify(lessons.map(({ seq }) => features.get(seq))),
    })),
    gone: next.gone,
    taken: waiting.map(({ seq, since }) => ({ seq, since })),
    read: waiting.flatMap(({ seq, byKind, action, unreadPlace }) =>
      unreadPlace !== null && isJudgement(byKind, action) ? [{ seq, place: unreadPlace }] : [],
    ),
    left: left.map(({ seq, label, author, source, cluster }) => ({ seq, label, author, source, cluster })),
    kept: lessonsIn(next.packs).length / (ofSpam(before) - ofSpam(left) + ofSpam(added)),
    at: now,
  })
  if (!isPut) return 'given way'
  if (waiting.some(({ audited }) => audited !== null)) await measure(env, siteId, now)
  return { packs: next.packs, isMore: all.length === most.decisions || waiting.length < all.length }
}

/** The first of them, of which no more packs change than one job may read. */
function someOf(waiting: Untaught[], packs: Pack[]): Untaught[] {
  const packOf = new Map(packs.flatMap(({ id, lessons }) => lessons.map(({ seq }) => [seq, id] as const)))
  const changed = new Set<number>()
  const end = waiting.findIndex(({ seq }) => {
    const id = packOf.get(seq)
    return id !== undefined && changed.add(id).size > most.packs
  })
  return end === -1 ? waiting : waiting.slice(0, end)
}

/** By comment, the features of lessons that are in some packs, as they lie in those there are. */
export async function featuresFor(
  env: Env,
  siteId: string,
  wanted: Pack[],
  packs: Pack[],
): Promise<Map<number, string>> {
  const seqs = new Set(wanted.flatMap(({ lessons }) => lessons.map(({ seq }) => seq)))
  const having = packs.filter(({ lessons }) => lessons.some(({ seq }) => seqs.has(seq)))
  if (having.length === 0) return new Map()
  const rows = await featuresOf(
    databaseOf(env, siteId),
    siteId,
    having.map(({ id }) => id),
  )
  const byId = new Map(rows.map(({ id, features }): [number, string[]] => [id, JSON.parse(features)]))
  return new Map(
    having.flatMap(({ id, lessons }) =>
      lessons.map(({ seq }, at) => [seq, byId.get(id)?.[at] as string] as const),
    ),
  )
}

type Labelled = { label: Teaching }[]

/** How many of some lessons say what is spam and what is not. */
const ofSpam = (some: Labelled) => some.filter(({ label }) => label !== 'refused').length

/** Lessons that were too old for a model, or a guard, in the place of those that went. */
async function olderOf(
  env: Env,
  siteId: string,
  { packs, left, told }: { packs: Pack[]; left: Labelled; told: Labelled },
): Promise<lessons.Told[]> {
  const missing = ofSpam(left) - ofSpam(told)
  const refused = left.length - told.length - missing
  const found = [
    { labels: ['fine', 'spam'] as const, known: lessonsIn(packs), limit: missing, most: mostLessons },
    { labels: ['refused'] as const, known: refusedIn(packs), limit: refused, most: mostRefused },
  ].flatMap(({ labels, known, limit, most }) =>
    limit <= 0 || known.length - limit >= most
      ? []
      : labels.map((label) => {
          const seq = known.find((lesson) => lesson.label === label)?.seq ?? Number.MAX_SAFE_INTEGER
          return earlier(databaseOf(env, siteId), siteId, { label, seq, limit })
        }),
  )
  return (await Promise.all(found)).flat()
}

/**
 * Texts nearly alike are looked for among so many of each part in common: of those that were decided in the order
 * they came the first are lessons, of others the latest.
 */
const mostTwins = 5

/** By comment, those whose texts are nearly the same. */
async function twinsOf(env: Env, siteId: string, comments: Untaught[]): Promise<Map<number, number[]>> {
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
