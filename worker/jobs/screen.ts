import type { D1Database, Message, MessageBatch } from '@cloudflare/workers-types'
import type { Action } from '../contract/decisions.ts'
import type { Finding, Verdict } from '../contract/findings.ts'
import type { Env, Job, LearningJob } from '../env.ts'
import type { Changed } from '../http/edgeCache.ts'
import { findingsOf } from '../moderation/rules/index.ts'
import { transition } from '../moderation/transition.ts'
import { databaseOf, everyDatabase } from '../store/database.ts'
import type * as subjects from '../store/decidedComments.ts'
import { unapplied } from '../store/decisionEffects.ts'
import * as decisions from '../store/decisions.ts'
import * as lessons from '../store/lessons.ts'
import * as store from '../store/screening.ts'
import { unscreened } from '../store/unscreened.ts'
import { enqueueLearning } from './enqueue.ts'
import { gather, keptFacts } from './facts.ts'
import { learn } from './learn.ts'
import { learnerOf } from './learner.ts'
import { rescore } from './rescore.ts'
import { opine, picked, rule, sorted } from './verdict.ts'

const day = 86_400_000

/** How long a comment may wait for its verdict before the sweep sends its job again. */
export const sweepAfterMs = 60_000

/** As many messages as a queue takes at once. */
const batchSize = 100

/**
 * Works through a batch side by side: each job has its own try and its own retry.
 *
 * @returns what readers see otherwise by now
 */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<Changed[]> {
  const isDead = batch.queue.endsWith('-dead')
  const learnt = new Set<string>()
  const changed: Changed[] = []
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const job = message.body as Partial<LearningJob> | null
        if (typeof job?.learn !== 'string')
          await (isDead ? giveUp(env, message) : screenJob(env, message, changed))
        else if (!isDead) await learningJob(env, job as LearningJob, learnt)
        message.ack()
      } catch (error) {
        console.error('job failed', { attempts: message.attempts, error: String(error) })
        message.retry({ delaySeconds: retryDelay(message.attempts) })
      }
    }),
  )
  return changed
}

/** One slice of a learner's work a batch is enough: it asks for the next itself. */
async function learningJob(
  env: Env,
  { learn: site, rescoreAfter }: LearningJob,
  learnt: Set<string>,
): Promise<void> {
  if (rescoreAfter !== undefined) {
    const last = await rescore(env, site, rescoreAfter)
    if (last !== null) await enqueueLearning(env, site, last)
  } else if (!learnt.has(site)) {
    learnt.add(site)
    await learn(env, site, Date.now())
  }
}

/** Seconds to wait after so many attempts. */
export function retryDelay(attempts: number): number {
  return Math.min(5 * 2 ** (attempts - 1), 3600)
}

/** Sends the jobs again of comments that should have a verdict by now, and of learners that have work left. */
export async function sweep(env: Env, now: number): Promise<void> {
  for (const db of everyDatabase(env)) await sweepDatabase(env, db, now)
}

async function sweepDatabase(env: Env, db: D1Database, now: number): Promise<void> {
  for (const site of await lessons.overdue(db, now - sweepAfterMs)) await enqueueLearning(env, site)
  let after = 0
  for (let batches = 0; batches < 20; batches++) {
    const lost = await unscreened(db, { before: now - sweepAfterMs, after, limit: batchSize })
    if (lost.length > 0)
      await env.SCREENING.sendBatch(
        lost.map(({ site, id, revision }) => ({ body: { v: 1, site, id, revision } })),
      )
    if (lost.length < batchSize) return
    after = lost.at(-1)?.seq ?? after
  }
}

async function screenJob(env: Env, { body }: Message<unknown>, changed: Changed[]): Promise<void> {
  const job = body as Partial<Job> | null
  if (typeof job?.id !== 'string') return console.error('screening job without a comment', { job })
  if (job.v !== 1) return hold(env, job as Job)
  await screen(env, job as Job, changed)
}

/** Screens a comment's revision, unless it is decided or screened already. */
async function screen(env: Env, job: Job, changed: Changed[]): Promise<void> {
  const now = Date.now()
  const candidate = await waiting(env, job)
  if (candidate?.revision !== job.revision) return
  const { siteId, address, createdAt } = candidate
  const db = databaseOf(env, siteId)
  const [{ facts, ...evidence }, learner, sameAddress] = await Promise.all([
    gather(env, candidate, now),
    learnerOf(env, siteId),
    address === null ? null : store.sameAddress(db, address, createdAt - day),
  ])
  const { opinion, judgement, steppedBack } = opine(learner, facts)
  const known = { ...facts, learnt: judgement }
  const findings = findingsOf(known)
  const ruling = rule(findings, {
    policy: facts.policy,
    steppedBack,
    picked: await picked(env, job, facts.settings.auditShare),
  })
  const result = {
    ...candidate,
    ...evidence,
    ...ruling,
    sameAddress,
    opinion: sorted(opinion, ruling.audited !== null),
    facts: JSON.stringify(keptFacts(known)),
    deadLetter: false,
  }
  if (ruling.verdict === 'hold') await store.write(db, result)
  else changed.push(...(await decide(db, result, ruling.verdict, now)))
}

/** The comment of a job while it waits for screening; null once it has a verdict or a decision. */
async function waiting(env: Env, { site, id }: Pick<Job, 'site' | 'id'>): Promise<store.Candidate | null> {
  const databases = site === undefined ? everyDatabase(env) : [databaseOf(env, site)]
  const found = await Promise.all(databases.map((db) => store.candidate(db, id)))
  const candidate = found.find((each) => each !== null)
  return candidate?.status === 'pending' && candidate.verdict === null ? candidate : null
}

async function decide(
  db: D1Database,
  result: store.Screened & subjects.Subject,
  action: Action & Verdict,
  at: number,
): Promise<Changed[]> {
  const subject: subjects.Subject = result
  if (subject.decision && subject.decision.action !== 'edit') return []
  const id = crypto.randomUUID()
  const decision: decisions.Decision = {
    id,
    action,
    actor: { kind: 'screening', id: 'screening', name: 'screening' },
    reason: action === 'reject' ? 'banned' : null,
    at,
    outcome: transition(subject, action),
    details: { verdict: result.verdict, findings: result.findings },
  }
  await decisions.record(db, subject, decision, store.writing(db, result, unapplied(id)))
  return decision.outcome.shownRevision === subject.shownRevision ? [] : [subject]
}

/** What the dead-letter queue brings is left to a person; a finished verdict is never touched. */
async function giveUp(env: Env, { body }: Message<unknown>): Promise<void> {
  const job = body as Partial<Job> | null
  if (typeof job?.id === 'string') await hold(env, job as Job)
}

async function hold(env: Env, job: Job): Promise<void> {
  const candidate = await waiting(env, job)
  if (!candidate) return
  const findings: Finding[] = [{ code: 'screening_unavailable', weight: 0, params: {} }]
  await store.write(databaseOf(env, candidate.siteId), {
    ...candidate,
    verdict: 'hold',
    findings,
    sameAddress: null,
    deadLetter: true,
    opinion: null,
    audited: null,
    facts: null,
    signature: null,
    traces: { parts: [], hosts: [] },
  })
}
