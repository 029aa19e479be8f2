import type { Message, MessageBatch } from '@cloudflare/workers-types'
import { linksOf, safeHref } from './content.ts'
import type { Action, ContentNode, Finding, SiteSettings, Verdict } from './contract.ts'
import type { Env, Job } from './env.ts'
import type { Facts } from './moderation/facts.ts'
import { hostsOf, isUnder } from './moderation/links.ts'
import { findingsOf } from './moderation/rules.ts'
import { transition } from './moderation/transition.ts'
import { trustOf } from './moderation/trust.ts'
import { verdictOf } from './moderation/verdict.ts'
import { unapplied } from './store/consequences.ts'
import * as decisions from './store/decisions.ts'
import * as store from './store/screening.ts'
import { defaultSettings } from './store/sites.ts'

const day = 86_400_000

/** How long a comment may wait for its verdict before the sweep sends its job again. */
export const sweepAfterMs = 60_000

/** As many messages as a queue takes at once. */
const batchSize = 100

/** Asks for a comment to be screened. A job that gets lost is sent again by the sweep. */
export async function enqueue(env: Env, job: Omit<Job, 'v'>): Promise<void> {
  try {
    await env.SCREENING.send({ v: 1, ...job })
  } catch (error) {
    console.warn('screening job not sent, the sweep will send it', { id: job.id, error: String(error) })
  }
}

/** Works through a batch one by one: each job has its own try and its own retry. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const work = batch.queue.endsWith('-dead') ? giveUp : screenJob
  for (const message of batch.messages) {
    try {
      await work(env, message)
      message.ack()
    } catch (error) {
      console.error('screening failed', { attempts: message.attempts, error: String(error) })
      message.retry({ delaySeconds: retryDelay(message.attempts) })
    }
  }
}

/** Seconds to wait after so many attempts. */
export function retryDelay(attempts: number): number {
  return Math.min(5 * 2 ** (attempts - 1), 3600)
}

/** Sends the jobs of comments again that should have a verdict by now and have none. */
export async function sweep(env: Env, now: number): Promise<void> {
  let after = 0
  for (let batches = 0; batches < 20; batches++) {
    const lost = await store.unscreened(env.DB, { before: now - sweepAfterMs, after, limit: batchSize })
    if (lost.length > 0)
      await env.SCREENING.sendBatch(lost.map(({ id, revision }) => ({ body: { v: 1, id, revision } })))
    if (lost.length < batchSize) return
    after = lost.at(-1)?.seq ?? after
  }
}

async function screenJob(env: Env, { body }: Message<unknown>): Promise<void> {
  const job = body as Partial<Job> | null
  if (typeof job?.id !== 'string') return console.error('screening job without a comment', { job })
  if (job.v !== 1) return hold(env, job.id)
  await screen(env, job as Job)
}

/** Screens a comment's revision, unless it is decided or screened already. */
async function screen(env: Env, job: Job): Promise<void> {
  const now = Date.now()
  const candidate = await waiting(env, job.id)
  if (candidate?.revision !== job.revision) return
  const { policy } = candidate
  const findings = findingsOf(await factsOf(env, candidate, now))
  const sameAddress =
    candidate.address === null
      ? null
      : await store.sameAddress(env.DB, candidate.address, candidate.createdAt - day)
  const verdict = verdictOf(findings, policy)
  const result = { ...candidate, verdict, findings, sameAddress, deadLetter: false }
  if (verdict === 'hold') await store.write(env.DB, result)
  else await decide(env, result, verdict, now)
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
): Promise<void> {
  const subject = await decisions.subject(env.DB, result.id)
  if (subject?.revision !== result.revision || subject.status !== 'pending') return
  if (subject.decision && subject.decision.byKind !== 'author') return
  const id = crypto.randomUUID()
  const decision: decisions.Decision = {
    id,
    action,
    actor: { kind: 'screening', id: 'screening', name: 'screening' },
    reason: action === 'reject' ? 'banned' : null,
    at,
    outcome: transition(subject, action),
  }
  await decisions.record(env.DB, subject, decision, [store.writing(env.DB, result, unapplied(id))])
}

/** What the dead-letter queue brings is left to a person; a finished verdict is never touched. */
async function giveUp(env: Env, { body }: Message<unknown>): Promise<void> {
  const id = (body as Partial<Job> | null)?.id
  if (typeof id === 'string') await hold(env, id)
}

async function hold(env: Env, id: string): Promise<void> {
  const candidate = await waiting(env, id)
  if (!candidate) return
  const findings: Finding[] = [{ code: 'screening_unavailable', weight: 0, params: {} }]
  await store.write(env.DB, { ...candidate, verdict: 'hold', findings, sameAddress: null, deadLetter: true })
}

async function factsOf(env: Env, candidate: store.Candidate, now: number): Promise<Facts> {
  const settings: SiteSettings = { ...defaultSettings, ...JSON.parse(candidate.settings) }
  const content = JSON.parse(candidate.content) as ContentNode[]
  const website = candidate.url === null ? null : safeHref(candidate.url)
  const links = [...linksOf(content), ...(website === null ? [] : [website])]
  const hosts = links.flatMap(hostsOf)
  const [repeats, bans] = await Promise.all([
    store.repeats(env.DB, candidate),
    store.bansInForce(env.DB, candidate.siteId, ['author', 'domain'], now),
  ])
  return {
    policy: candidate.policy,
    settings,
    body: candidate.body,
    links,
    elapsedMs: candidate.elapsedMs,
    trapped: candidate.trapped === 1,
    trust: trustOf(candidate, settings),
    repeats,
    bans: bans.flatMap(({ kind, value }) =>
      (kind === 'author' && value === candidate.authorPublicId) ||
      (kind === 'domain' && hosts.some((host) => isUnder(host, value)))
        ? [{ kind: kind as 'author' | 'domain', value }]
        : [],
    ),
  }
}
