import type { Env } from '../env.ts'
import { measured, mostMeasured } from '../moderation/learner/automation.ts'
import * as audits from '../store/blindChecks.ts'
import { databaseOf } from '../store/database.ts'
import { screening } from '../store/decidedComments.ts'
import * as learners from '../store/learners.ts'
import * as sites from '../store/sites.ts'
import { automationOf } from './learner.ts'

/** Measures automatic verdicts by what people decided without knowing them, and steps back or goes on. */
export async function measure(env: Env, siteId: string, now: number): Promise<void> {
  const [site, learner, found] = await Promise.all([
    sites.find(databaseOf(env, siteId), siteId),
    learners.find(databaseOf(env, siteId), siteId),
    audits.latest(databaseOf(env, siteId), siteId, 2 * mostMeasured),
  ])
  if (!site || !learner) return
  const { errorRate } = site.settings
  const before = automationOf(learner.automation)
  const { tally, steppedBack } = measured(found, errorRate, before.steppedBack)
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
