import type { Message, MessageBatch } from '@cloudflare/workers-types'
import type { World } from '../commands/world.ts'
import type { Action } from '../contract/decisions.ts'
import type { Event } from '../contract/events.ts'
import type { Finding, Verdict } from '../contract/findings.ts'
import type { Env, Job, LearningJob } from '../env.ts'
import { publish } from '../events/publish.ts'
import { findingsOf } from '../moderation/rules/index.ts'
import { transition } from '../moderation/transition.ts'
import * as subjects from '../store/decidedComments.ts'
import { unapplied } from '../store/decisionEffects.ts'
import * as decisions from '../store/decisions.ts'
import * as lessons from '../store/lessons.ts'
import * as store from '../store/screening.ts'
import { unscreened } from '../store/unscreened.ts'
import { enqueueLearning } from './enqueue.ts'
import { gather, keptFacts } from './facts.ts'
import { learn } from './learn.ts'
import { rescore } from './rescore.ts'
import { opine, picked, rule, sorted } from './verdict.ts'

const day = 86_400_000

/** How long a comment may wait for its verdict before the sweep sends its job again. */
export const sweepAfterMs = 60_000

/** As many messages as a queue takes at once. */
const batchSize = 100

/**
 * Works through a batch side by side: each job has its own try and its own retry. What it brings about is
 * published in the world.
 */
export async function consume(batch: MessageBatch<unknown>, world: World): Promise<void> {
  const { env } = world
  const isDead = batch.queue.endsWith('-dead')
  const learnt = new Set<string>()
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const job = message.body as Partial<LearningJob> | null
        if (typeof job?.learn !== 'string')
          await (isDead ? giveUp(world, message) : screenJob(world, message))
        else if (!isDead) await learningJob(env, job as LearningJob, learnt)
        message.ack()
      } catch (error) {
        console.error('job failed', { attempts: message.attempts, error: String(error) })
        message.retry({ delaySeconds: retryDelay(message.attempts) })
      }
    }),
  )
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
  for (const site of await lessons.overdue(env.DB, now - sweepAfterMs)) await enqueueLearning(env, site)
  let after = 0
  for (let batches = 0; batches < 20; batches++) {
    const lost = await unscreened(env.DB, { before: now - sweepAfterMs, after, limit: batchSize })
    if (lost.length > 0)
      await env.SCREENING.sendBatch(lost.map(({ id, revision }) => ({ body: { v: 1, id, revision } })))
    if (lost.length < batchSize) return
    after = lost.at(-1)?.seq ?? after
  }
}

async function screenJob(world: World, { body }: Message<unknown>): Promise<void> {
  const job = body as Partial<Job> | null
  if (typeof job?.id !== 'string') return console.error('screening job without a comment', { job })
  if (job.v !== 1) return hold(world, job.id)
  await screen(world, job as Job)
}

/** Screens a comment's revision, unless it is decided or screened already. */
async function screen(world: World, job: Job): Promise<void> {
  const { env } = world
  const now = Date.now()
  const candidate = await waiting(env, job.id)
  if (candidate?.revision !== job.revision) return
  const { facts, ...evidence } = await gather(env, candidate, now)
  const { opinion, judgement, steppedBack } = await opine(env, candidate.siteId, facts)
  const known = { ...facts, learnt: judgement }
  const sameAddress =
    candidate.address === null
      ? null
      : await store.sameAddress(env.DB, candidate.address, candidate.createdAt - day)
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
  const event =
    ruling.verdict === 'hold'
      ? await store.hold(env.DB, result, now)
      : await decide(env, result, ruling.verdict, now)
  if (event) publish(world, [event])
}

/** The comment of a job while it waits for screening; null once it has a verdict or a decision. */
async function waiting(env: Env, id: string): Promise<store.Candidate | null> {
  const candidate = await store.candidate(env.DB, id)
  return candidate?.status === 'pending' && candidate.verdict === null ? candidate : null
}

async function decide(
  env: Env,
  result: store.Screened & { id: string },
  action: Action & Verdict,
  at: number,
): Promise<Event | null> {
  const subject = await subjects.byId(env.DB, result.id)
  if (subject?.revision !== result.revision || subject.status !== 'pending') return null
  if (subject.decision && subject.decision.action !== 'edit') return null
  const id = crypto.randomUUID()
  const decision: decisions.Decision = {
    id,
    action,
    actor: subjects.screening,
    reason: action === 'reject' ? 'banned' : null,
    at,
    outcome: transition(subject, action),
    verdict: result.verdict,
  }
  return decisions.record(env.DB, subject, decision, store.writing(env.DB, result, unapplied(id)))
}

/** What the dead-letter queue brings is left to a person; a finished verdict is never touched. */
async function giveUp(world: World, { body }: Message<unknown>): Promise<void> {
  const id = (body as Partial<Job> | null)?.id
  if (typeof id === 'string') await hold(world, id)
}

async function hold(world: World, id: string): Promise<void> {
  const { env } = world
  const candidate = await waiting(env, id)
  if (!candidate) return
  const findings: Finding[] = [{ code: 'screening_unavailable', weight: 0, params: {} }]
  const held: store.Screened & { id: string } = {
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
  }
  const event = await store.hold(env.DB, held, Date.now())
  if (event) publish(world, [event])
}
