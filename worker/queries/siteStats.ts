import type { World } from '../commands/world.ts'
import type { Site } from '../contract/site.ts'
import type { Audit, SiteStats } from '../contract/stats.ts'
import { automationOf, modelOf } from '../jobs/learner.ts'
import { stateOf, type Tally } from '../moderation/learner/automation.ts'
import { least, type Model, needs } from '../moderation/learner/model.ts'
import { expectedOf, thresholdsFor } from '../moderation/learner/thresholds.ts'
import { postedToday } from '../store/dayBudget.ts'
import { type Figures, figuresOf } from '../store/figures.ts'
import { lessonsOf } from '../store/imports.ts'
import * as learners from '../store/learners.ts'
import { limitOf } from '../store/sizes.ts'

/** Verdicts that make a point of the series. */
const point = 50

/** How screening does on some sites. */
export async function statsOfSites(world: World, sites: Site[]): Promise<SiteStats[]> {
  const ids = sites.map(({ id }) => id)
  const gathered = Promise.all([figuresOf(world.db, ids), postedToday(world.db, ids, world.now)])
  return Promise.all(sites.map(async (site) => siteStats(world, site, gathered)))
}

async function siteStats(
  { env, db }: World,
  site: Site,
  gathered: Promise<[figures: Map<string, Figures>, posted: Map<string, number>]>,
): Promise<SiteStats> {
  const [learner, model, imported, [figures, posted]] = await Promise.all([
    learners.version(db, site.id),
    modelOf(env, site.id),
    lessonsOf(db, site.id),
    gathered,
  ])
  const { held: screened, waits, bytes } = figures.get(site.id) ?? { held: [], waits: [], bytes: 0 }
  const automation = automationOf(learner?.automation ?? '{}')
  const held = screened.filter(Boolean).length
  return {
    siteId: site.id,
    automation: {
      state: stateOf(site, model, automation),
      learnt: {
        ...{ fine: whole(model, 'fine'), spam: whole(model, 'spam') },
        refused: model?.refused ?? 0,
      },
      imported,
      needs: needs(model),
      errorRate: site.settings.errorRate,
      audit: { approve: auditOf(automation.tally.approve), spam: auditOf(automation.tally.spam) },
      expected: model && expected(model, site),
      upToDate: learner?.untaught === 0 && learner.lessonsVersion === learner.modelVersion,
    },
    today: { comments: posted.get(site.id) ?? 0, budget: site.settings.dayBudget },
    storage: { bytes, limit: limitOf(site) },
    screened: screened.length,
    held,
    holdRate: screened.length === 0 ? null : held / screened.length,
    series: seriesOf(screened),
    timeToDecision: timeToDecision(waits),
  }
}

const whole = (model: Model | null, label: 'fine' | 'spam') =>
  model ? Math.round(model.spreads[label].decided) : 0

/** What the thresholds in force would do to the site's own decisions, each seen as if it were new. */
function expected(model: Model, { settings }: Site): SiteStats['automation']['expected'] {
  const { fine, spam } = model.spreads
  if (Math.min(fine.decided, spam.decided) < least.ofEach) return null
  return expectedOf(model.spreads, thresholdsFor(model.spreads, settings))
}

const auditOf = ({ checked, wrong }: Tally): Audit => ({
  checked,
  wrong,
  error: checked === 0 ? null : wrong / checked,
})

/** @param screened whether each verdict held its comment, the oldest first */
function seriesOf(screened: boolean[]): SiteStats['series'] {
  const series: SiteStats['series'] = []
  for (let start = 0; start < screened.length; start += point) {
    const some = screened.slice(start, start + point)
    series.push({ screened: some.length, held: some.filter(Boolean).length })
  }
  return series
}

function timeToDecision(waits: number[]): SiteStats['timeToDecision'] {
  const times = waits.toSorted((one, other) => one - other)
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0
  return times.length === 0 ? null : { median: at(0.5), ninetieth: at(0.9) }
}
