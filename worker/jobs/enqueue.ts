import type { BulkJob, Env, ErasureJob, ImportJob, Job, LearningJob, MoveJob } from '../env.ts'
import { databaseOf, mainDatabase, searchDatabase } from '../store/database.ts'
import { ask } from '../store/learnersAsked.ts'
import * as searchIndex from '../store/searchIndex.ts'

/** Asks for a comment to be screened. A job that gets lost is sent again by the sweep. */
export async function enqueueScreening(env: Env, job: Omit<Job, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('screening job not sent, the sweep will send it', { id: job.id, error: String(error) })
  }
}

/** Decisions that follow within so many seconds are learnt, and changes indexed, together. */
const gathering = 20

/** How long a job may be on its way, or at work, before it is taken for lost, in milliseconds. */
export const patience = 60_000

/**
 * Asks for what a site's learner owes to be done, unless a job that will do it is on its way. One that gets lost is
 * sent again by the sweep.
 *
 * @param now milliseconds since the epoch
 */
export async function askLearner(env: Env, siteId: string, now: number): Promise<void> {
  const until = now + gathering * 1000 + patience
  try {
    if (await ask(databaseOf(env, siteId), siteId, { now, until }))
      await env.SCREENING.send({ v: 1, learn: siteId }, { delaySeconds: gathering })
  } catch (error) {
    console.warn('learning job not sent, the sweep will send it', { site: siteId, error: String(error) })
  }
}

/**
 * Has a site's learner go on, or held comments scored anew. A lost job of the first kind is sent again by the sweep;
 * of the second, the next model's does it.
 */
export async function enqueueLearning(env: Env, job: Omit<LearningJob, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('learning job not sent, the sweep will send it', { ...job, error: String(error) })
  }
}

/** Has an act on many go on. A job that gets lost is sent again by the sweep. */
export async function enqueueBulk(env: Env, job: Omit<BulkJob, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('bulk job not sent, the sweep will send it', { ...job, error: String(error) })
  }
}

/** Has an erasure go on. A job that gets lost is sent again by the sweep. */
export async function enqueueErasure(env: Env, job: Omit<ErasureJob, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('erasure job not sent, the sweep will send it', { site: job.site, error: String(error) })
  }
}

/** Has the taking back of an import go on. A job that gets lost is sent again by the sweep. */
export async function enqueueImport(env: Env, job: Omit<ImportJob, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('import job not sent, the sweep will send it', { ...job, error: String(error) })
  }
}

/** Has the move of a thread go on, or its undo. A job that gets lost is sent again by the sweep. */
export async function enqueueMove(env: Env, job: Omit<MoveJob, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('move job not sent, the sweep will send it', { ...job, error: String(error) })
  }
}

/** Whether the full-text index has a site's comments: it has what the main database holds. */
export const isSearched = (env: Env, siteId: string) => databaseOf(env, siteId) === mainDatabase(env)

/**
 * Has the full-text index follow what happened, unless a job that will do it is on its way. One that gets lost is sent
 * again by the sweep.
 *
 * @param now milliseconds since the epoch
 */
export async function askIndexer(env: Env, now: number, delaySeconds = gathering): Promise<void> {
  const index = searchDatabase(env)
  try {
    if (index && (await searchIndex.ask(index, { now, until: now + delaySeconds * 1000 + patience })))
      await env.SCREENING.send({ v: 1, index: true }, { delaySeconds })
  } catch (error) {
    console.warn('indexing job not sent, the sweep will send it', { error: String(error) })
  }
}
