import type { Env } from '../env.ts'
import { stepsBack } from '../moderation/learner/automation.ts'
import * as audits from '../store/blindChecks.ts'
import { databaseOf } from '../store/database.ts'
import { screening } from '../store/decidedComments.ts'
import * as learners from '../store/learners.ts'
import * as sites from '../store/sites.ts'
import { automationOf } from './learner.ts'

/** Audited verdicts that the measured error is taken from, both kinds together. */
const mostAudited = 400

/** Measures automatic verdicts by what people decided without knowing them, and steps back or goes on. */
export async function measure(env: Env, siteId: string, now: number): Promise<void> {
  const [site, learner, found] = await Promise.all([
    sites.find(databaseOf(env, siteId), siteId),
    learners.find(databaseOf(env, siteId), siteId),
    audits.latest(databaseOf(env, siteId), siteId, mostAudited),
  ])
  if (!site || !learner) return
  const { errorRate } = site.settings
  const before = automationOf(learner.automation)
  const tally = {
    approve: tallyOf(found, 'approve', (status) => status !== 'approved'),
    spam: tallyOf(found, 'spam', (status) => status === 'approved'),
  }
  const steppedBack = {
    approve: stepsBack(tally.approve, errorRate, before.steppedBack.approve),
    spam: stepsBack(tally.spam, errorRate, before.steppedBack.spam),
  }
  const events = (['approve', 'spam'] as const)
    .filter((kind) => steppedBack[kind] !== before.steppedBack[kind])
    .map((kind) => ({
      act: steppedBack[kind] ? ('learner.step_back' as const) : ('learner.resume' as const),
      ...{ at: now, actor: screening, siteId, kind, errorRate, ...tally[kind] },
    }))
  await learners.noteAutomation(
    databaseOf(env, siteId),
    siteId,
    JSON.stringify({ tally, steppedBack }),
    events,
  )
}

function tallyOf(
  found: Awaited<ReturnType<typeof audits.latest>>,
  kind: 'approve' | 'spam',
  isWrong: (status: string) => boolean,
) {
  const own = found.filter(({ audited }) => audited === kind).slice(0, mostAudited / 2)
  return { checked: own.length, wrong: own.filter(({ status }) => isWrong(status)).length }
}
