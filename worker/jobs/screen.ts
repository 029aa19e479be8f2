import { decide } from '../commands/decide.ts'
import type { World } from '../commands/world.ts'
import type { Finding } from '../contract/findings.ts'
import type { Env, Job } from '../env.ts'
import { publish } from '../events/publish.ts'
import { isNewGround } from '../moderation/learner/newPages.ts'
import { mostApproved } from '../moderation/learner/pageWords.ts'
import { findingsOf } from '../moderation/rules/index.ts'
import { besidesPageWords, opine, rule, sorted, unreadPlace } from '../moderation/ruling.ts'
import { deliveries } from '../notify/destinations.ts'
import { databaseOf, everyDatabase } from '../store/database.ts'
import { screening } from '../store/decidedComments.ts'
import { latestApproved } from '../store/pageTexts.ts'
import * as store from '../store/screening.ts'
import { chanceOf } from './chance.ts'
import { gather } from './facts.ts'
import { writeFacts } from './keptFacts.ts'
import { learnerOf } from './learner.ts'

const day = 86_400_000

/** Screens the comment of a job, or leaves it to a person where the job is of another version. */
export async function screenJob(world: World, body: unknown): Promise<void> {
  const job = body as Partial<Job> | null
  if (typeof job?.id !== 'string') return console.error('screening job without a comment', { job })
  if (job.v !== 1) return hold(world, job as Job)
  await screen(world, job as Job)
}

/**
 * Screens a comment's revision, unless it is decided or screened already. It takes three round trips to the
 * database: the comment, all that is known of it, the verdict; and one more to look at the page of what the learner
 * condemns.
 */
async function screen({ env, ...world }: World, job: Job): Promise<void> {
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
  const first = opine(learner, facts)
  const isCondemned = learner !== null && first.judgement?.band === 'spam' && first.judgement.condemns
  const { opinion, judgement, resembled, automation } = isCondemned
    ? besidesPageWords(first, learner, facts, await latestApproved(db, candidate.threadId, mostApproved))
    : first
  const known = { ...facts, learnt: judgement, resembled }
  const findings = findingsOf(known)
  const ruling = rule(findings, {
    ...{ policy: facts.policy, settings: facts.settings, automation },
    chance: await chanceOf(env, job),
    asksFirst:
      learner !== null &&
      isNewGround(learner.model.ground, { page: candidate.threadId, asked: candidate.spamAsked }),
  })
  const place = isBroughtBack(candidate) ? null : unreadPlace(ruling, judgement)
  const result = {
    ...candidate,
    ...evidence,
    ...ruling,
    sameAddress,
    opinion: sorted(opinion, ruling.audited !== null),
    facts: writeFacts(known, { standsFor: ruling.standsFor, unreadPlace: place }),
    unreadPlace: place,
    deadLetter: false,
  }
  await write({ env, ...world, db, now }, result)
}

/** Whether a person has brought a comment back: it waits for one, whatever screening makes of it. */
const isBroughtBack = ({ decision }: Pick<store.Candidate, 'decision'>): boolean =>
  decision !== null && decision.action !== 'edit'

/** Writes a verdict: it waits for a person, or is decided by screening. */
async function write(world: World, result: store.Candidate & store.Screened): Promise<void> {
  const { db, now } = world
  const { verdict } = result
  if (verdict === 'hold' || isBroughtBack(result)) {
    const event = await store.hold(db, { ...result, verdict: 'hold' }, { at: now, deliveries })
    if (event) publish(world, [event])
  } else {
    const reason = verdict === 'reject' ? 'banned' : null
    const afterwards = (decisionId: string) => store.writing(db, result, { decisionId, at: now })
    await decide(world, screening, [{ subject: result, action: verdict, reason, verdict, afterwards }])
  }
}

/** The comment of a job while it waits for screening; null once it has a verdict or a decision. */
async function waiting(env: Env, { site, id }: Job): Promise<store.Candidate | null> {
  const databases = site === undefined ? everyDatabase(env) : [databaseOf(env, site)]
  const found = await Promise.all(databases.map((db) => store.candidate(db, id)))
  const candidate = found.find((each) => each !== null)
  return candidate?.status === 'pending' && candidate.verdict === null ? candidate : null
}

/** What the dead-letter queue brings is left to a person; a finished verdict is never touched. */
export async function giveUp(world: World, body: unknown): Promise<void> {
  const job = body as Partial<Job> | null
  if (typeof job?.id === 'string') await hold(world, job as Job)
}

async function hold(world: World, job: Job): Promise<void> {
  const candidate = await waiting(world.env, job)
  if (!candidate) return
  const findings: Finding[] = [{ code: 'screening_unavailable', weight: 0, params: {} }]
  const db = databaseOf(world.env, candidate.siteId)
  await write(
    { ...world, db, now: Date.now() },
    {
      ...candidate,
      verdict: 'hold',
      findings,
      sameAddress: null,
      deadLetter: true,
      opinion: null,
      audited: null,
      unreadPlace: null,
      facts: null,
      signature: null,
      hosts: [],
    },
  )
}
