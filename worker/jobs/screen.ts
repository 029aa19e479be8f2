import type { World } from '../commands/world.ts'
import type { Action } from '../contract/decisions.ts'
import type { Event } from '../contract/events.ts'
import type { Finding, Verdict } from '../contract/findings.ts'
import type { Env, Job } from '../env.ts'
import { publish } from '../events/publish.ts'
import { findingsOf } from '../moderation/rules/index.ts'
import { transition } from '../moderation/transition.ts'
import { deliveries } from '../notify/destinations.ts'
import * as subjects from '../store/decidedComments.ts'
import { unapplied } from '../store/decisionEffects.ts'
import * as decisions from '../store/decisions.ts'
import * as store from '../store/screening.ts'
import { gather, keptFacts } from './facts.ts'
import { opine, picked, rule, sorted } from './verdict.ts'

const day = 86_400_000

/** Screens the comment of a job, or leaves it to a person where the job is of another version. */
export async function screenJob(world: World, body: unknown): Promise<void> {
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
      ? await store.hold(env.DB, result, { at: now, deliveries })
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
    deliveries,
  }
  return decisions.record(env.DB, subject, decision, store.writing(env.DB, result, unapplied(id)))
}

/** What the dead-letter queue brings is left to a person; a finished verdict is never touched. */
export async function giveUp(world: World, body: unknown): Promise<void> {
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
  const event = await store.hold(env.DB, held, { at: Date.now(), deliveries })
  if (event) publish(world, [event])
}
