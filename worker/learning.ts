import type { SiteSettings } from './contract.ts'
import type { Env } from './env.ts'
import { questionOf } from './evidence.ts'
import { type Automation, stepsBack, untried } from './moderation/automation.ts'
import { fromBase64, toBase64 } from './moderation/bytes.ts'
import { type Label, type Lesson, packLesson, unpackLesson } from './moderation/lessons.ts'
import { agreement, leastAgreement, partsOf, readSignature } from './moderation/likeness.ts'
import { type Model, readModel, write } from './moderation/model.ts'
import {
  advance,
  calibrated,
  costOf,
  finish,
  folds,
  latestOf,
  mostLessons,
  noWork,
  type Work,
} from './moderation/training.ts'
import { feedback } from './screeners/services.ts'
import * as learners from './store/learners.ts'
import * as lessons from './store/lessons.ts'
import { alike } from './store/likeness.ts'
import * as screeners from './store/screeners.ts'
import { defaultSettings } from './store/sites.ts'

/** Decisions taken in by one job, and features read by one slice of a fit: a few milliseconds each. */
const slice = { decisions: 25, features: 130_000 } as const

/** Audited verdicts of each kind that the measured error is taken from. */
const mostAudited = 400

/**
 * Asks for a site's learner to go on, or for held comments to be scored anew. A lost job of the
 * first kind is sent again by the sweep; of the second, the next model's does it.
 */
export async function enqueueLearning(env: Env, siteId: string, rescoreAfter?: number): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, learn: siteId, ...(rescoreAfter !== undefined && { rescoreAfter }) })
  } catch (error) {
    console.warn('learning job not sent, the sweep will send it', { site: siteId, error: String(error) })
  }
}

/**
 * Does one slice of what a site's learner has to do, and asks for the next: takes decisions in,
 * then makes the model anew from all lessons, a few folds at a time. So the model is a function of
 * the decisions that stand, whatever was decided and undone on the way there. Lessons don't change
 * while a model is made; of two jobs at the same slice, one gives way.
 */
export async function learn(env: Env, siteId: string, now: number): Promise<void> {
  const learner = await learners.find(env.DB, siteId)
  if (learner?.work == null) {
    const waiting = await lessons.waiting(env.DB, siteId, slice.decisions)
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

/** What a decision teaches; null where it says nothing of the text. */
function labelOf({ byKind, status, reason, erased }: lessons.Untaught): Label | null {
  if (erased || (byKind !== 'moderator' && byKind !== 'operator')) return null
  if (status === 'approved') return 'fine'
  return status === 'spam' || (status === 'rejected' && reason === 'advertising') ? 'spam' : null
}

async function takeIn(env: Env, siteId: string, waiting: lessons.Untaught[], now: number): Promise<void> {
  const changes = await Promise.all(
    waiting.map(async (comment): Promise<lessons.Change> => {
      const { seq, since } = comment
      const label = labelOf(comment)
      if (label === null) return { seq, since, lesson: null }
      const { authorId, address, bodyHash } = comment
      const features = packLesson(comment.body)
      return {
        seq,
        since,
        lesson: { label, features, authorId, address, bodyHash, alike: await twins(env, siteId, comment) },
      }
    }),
  )
  await lessons.teach(env.DB, siteId, changes)
  if (waiting.some(({ audited }) => audited !== null)) await measure(env, siteId, now)
  await tellOutside(env, siteId, waiting)
}

/** Comments whose texts are nearly that of another. */
async function twins(env: Env, siteId: string, comment: lessons.Untaught): Promise<number[]> {
  if (comment.signature === null) return []
  const signature = readSignature(comment.signature)
  const found = await alike(env.DB, { siteId, seq: comment.seq }, partsOf(signature))
  return found
    .filter((other) => agreement(signature, readSignature(other.signature)) >= leastAgreement)
    .map(({ seq }) => seq)
}

async function tellOutside(env: Env, siteId: string, decided: lessons.Untaught[]): Promise<void> {
  const configured = await screeners.list(env.DB, siteId)
  if (configured.length === 0) return
  const pupil = await lessons.pupil(env.DB, siteId)
  if (!pupil) return
  await Promise.all(
    decided.map((comment) => {
      const label = labelOf(comment)
      return label && feedback(env, configured, questionOf({ ...pupil, ...comment }), label)
    }),
  )
}

type Slice = 'going on' | 'finished' | 'finished anew' | 'given way'

/** Held comments are scored anew when a model knows so many times the decisions of when they were last. */
const growth = 1.1

/** One slice of the fit; it gives way when another job was faster. */
async function makeModel(env: Env, siteId: string, learner: learners.Learner, now: number): Promise<Slice> {
  const moment = { siteId, step: learner.step, at: now }
  const known = (await lessons.latest(env.DB, siteId, mostLessons)).map(
    ({ features, ...row }): Lesson => ({ ...row, ...unpackLesson(features) }),
  )
  const taught = latestOf(known)
  let work = learner.work === null ? noWork(taught) : readWork(learner.work)
  const cost = costOf(taught)
  for (let spent = cost; ; spent += cost) {
    work = advance(work, taught)
    if (work.fold === folds || spent + cost > slice.features) break
  }
  if (work.fold < folds)
    return (await learners.keepWork(env.DB, moment, writeWork(work))) ? 'going on' : 'given way'
  const model = finish(work, taught)
  const scores = JSON.stringify(calibrated(model, work, taught))
  const anew = taught.length >= growth * learner.rescored || taught.length * growth <= learner.rescored
  const made = {
    version: learner.lessonsVersion,
    model: write(model),
    scores,
    rescored: anew ? taught.length : learner.rescored,
  }
  if (!(await learners.putModel(env.DB, moment, made))) return 'given way'
  return anew ? 'finished anew' : 'finished'
}

interface WrittenWork {
  fold: number
  buckets: string
  signs: number[]
  bias: number
  scores: string
}

function writeWork({ fold, sum, scores }: Work): string {
  return JSON.stringify({
    fold,
    buckets: toBase64(sum.buckets),
    signs: [...sum.signs],
    bias: sum.bias,
    scores: toBase64(scores),
  } satisfies WrittenWork)
}

function readWork(text: string): Work {
  const { fold, buckets, signs, bias, scores }: WrittenWork = JSON.parse(text)
  return {
    fold,
    sum: { buckets: new Float32Array(fromBase64(buckets).buffer), signs: Float32Array.from(signs), bias },
    scores: new Float32Array(fromBase64(scores).buffer),
  }
}

/** Measures automatic verdicts by what people decided without knowing them, and steps back or goes on. */
async function measure(env: Env, siteId: string, now: number): Promise<void> {
  const [pupil, learner, audits] = await Promise.all([
    lessons.pupil(env.DB, siteId),
    learners.find(env.DB, siteId),
    lessons.audits(env.DB, siteId, mostAudited),
  ])
  if (!pupil || !learner) return
  const { errorRate }: SiteSettings = { ...defaultSettings, ...JSON.parse(pupil.settings) }
  const before = automationOf(learner.automation)
  const tally = {
    approve: tallyOf(audits, 'approve', (status) => status !== 'approved'),
    spam: tallyOf(audits, 'spam', (status) => status === 'approved'),
  }
  const steppedBack = {
    approve: stepsBack(tally.approve, errorRate, before.steppedBack.approve),
    spam: stepsBack(tally.spam, errorRate, before.steppedBack.spam),
  }
  const changes = (['approve', 'spam'] as const)
    .filter((kind) => steppedBack[kind] !== before.steppedBack[kind])
    .map((kind) => ({
      act: steppedBack[kind] ? ('learner.step_back' as const) : ('learner.resume' as const),
      details: { kind, errorRate, ...tally[kind] },
    }))
  await learners.noteAutomation(env.DB, siteId, now, JSON.stringify({ tally, steppedBack }), changes)
}

function tallyOf(
  audits: Awaited<ReturnType<typeof lessons.audits>>,
  kind: 'approve' | 'spam',
  isWrong: (status: string) => boolean,
) {
  const own = audits.filter(({ audited }) => audited === kind).slice(0, mostAudited / 2)
  return { checked: own.length, wrong: own.filter(({ status }) => isWrong(status)).length }
}

/** What was written of a site's automation, or that nothing was tried yet. */
export const automationOf = (text: string): Automation => ({ ...untried, ...JSON.parse(text) })

/** Models of this isolate's busiest sites, by site: reading one costs more than asking whether it is the latest. */
const models = new Map<string, { version: number; model: Model }>()
const mostModels = 20

/** The model that scores a site's comments and what keeps it from deciding; null before the first. */
export async function learnerOf(
  env: Env,
  siteId: string,
): Promise<{ model: Model; automation: Automation } | null> {
  const latest = await learners.version(env.DB, siteId)
  if (!latest || latest.modelVersion === 0) return null
  const known = models.get(siteId)
  const automation = automationOf(latest.automation)
  if (known?.version === latest.modelVersion) return { model: known.model, automation }
  const found = await learners.model(env.DB, siteId)
  if (!found) return null
  const model = readModel(found.model)
  if (models.size >= mostModels) models.clear()
  models.set(siteId, { version: found.modelVersion, model })
  return { model, automation }
}

/** The model that scores a site's comments, or null before the first. */
export const modelOf = async (env: Env, siteId: string) => (await learnerOf(env, siteId))?.model ?? null
