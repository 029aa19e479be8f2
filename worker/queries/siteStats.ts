import type { World } from '../commands/world.ts'
import type { Site } from '../contract/site.ts'
import type { Audit, SiteStats } from '../contract/stats.ts'
import { automationOf, modelOf } from '../jobs/learner.ts'
import { stateOf, type Tally } from '../moderation/learner/automation.ts'
import { least, type Model, needs } from '../moderation/learner/model.ts'
import { expectedOf, thresholdsFor } from '../moderation/learner/thresholds.ts'
import * as learners from '../store/learners.ts'
import * as stats from '../store/stats.ts'

/** Comments that the figures of a site are taken from, and how many make a point of the series. */
const looked = 1000
const point = 50

/** How screening does on a site. */
export async function siteStats({ env, db }: World, site: Site): Promise<SiteStats> {
  const [learner, model, screened] = await Promise.all([
    learners.version(db, site.id),
    modelOf(env, site.id),
    stats.latest(db, site.id, looked),
  ])
  const automation = automationOf(learner?.automation ?? '{}')
  const held = screened.filter(isHeld).length
  return {
    siteId: site.id,
    automation: {
      state: stateOf(site, model, automation),
      learnt: { fine: whole(model, 'fine'), spam: whole(model, 'spam') },
      needs: needs(model),
      errorRate: site.settings.errorRate,
      audit: { approve: auditOf(automation.tally.approve), spam: auditOf(automation.tally.spam) },
      expected: model && expected(model, site),
      upToDate: learner?.untaught === 0 && learner.lessonsVersion === learner.modelVersion,
    },
    screened: screened.length,
    held,
    holdRate: screened.length === 0 ? null : held / screened.length,
    series: seriesOf(screened),
    timeToDecision: timeToDecision(screened),
  }
}

const isHeld = ({ verdict }: stats.Screened) => verdict === 'hold'

const whole = (model: Model | null, label: 'fine' | 'spam') =>
  model ? Math.round(model.spreads[label].weight) : 0

/** What the thresholds in force would do to the site's own decisions, each seen as if it were new. */
function expected(model: Model, { settings }: Site): SiteStats['automation']['expected'] {
  const { fine, spam } = model.spreads
  if (Math.min(fine.weight, spam.weight) < least.ofEach) return null
  return expectedOf(model.spreads, thresholdsFor(model.spreads, settings.errorRate))
}

const auditOf = ({ checked, wrong }: Tally): Audit => ({
  checked,
  wrong,
  error: checked === 0 ? null : wrong / checked,
})

function seriesOf(screened: stats.Screened[]): SiteStats['series'] {
  const oldestFirst = screened.toReversed()
  const series: SiteStats['series'] = []
  for (let start = 0; start < oldestFirst.length; start += point) {
    const some = oldestFirst.slice(start, start + point)
    series.push({ screened: some.length, held: some.filter(isHeld).length })
  }
  return series
}

function timeToDecision(screened: stats.Screened[]): SiteStats['timeToDecision'] {
  const times = screened
    .flatMap(({ decidedAfter, verdict }) =>
      decidedAfter === null || verdict !== 'hold' ? [] : [decidedAfter],
    )
    .sort((one, other) => one - other)
  const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0)
  return times.length === 0 ? null : { median: at(0.5), ninetieth: at(0.9) }
}
