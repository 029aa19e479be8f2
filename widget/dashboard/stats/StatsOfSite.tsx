import type { SiteStats } from '../../../worker/contract/stats.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { automationWords, durationWords, inARow, shareWords } from './automation.ts'
import { ErrorTable } from './ErrorTable.tsx'
import { HeldChart } from './HeldChart.tsx'

const again = part(['stats'], async () => (await import('./AskedAgain.tsx')).AskedAgain)

/** One site: what screening does by itself, what people are left with, and how often it errs. */
export function StatsOfSite({ stats, name }: { stats: SiteStats; name: string }) {
  const { place } = useDesk()
  const w = words()
  const of = words('stats')
  const { automation, holdRate, timeToDecision, screened, held, today } = stats
  const { learnt, imported, upToDate, state } = automation
  const number = (value: number) => value.toLocaleString(tag())
  return (
    <li class="site-stats">
      <h2>
        <bdi>{name}</bdi>
      </h2>
      <p class={`automation ${state}`}>{automationWords(stats)}</p>
      <p class="quiet">
        {inARow([
          formatMessage(of.learnt, {
            ...{ fine: number(learnt.fine), spam: number(learnt.spam), refused: number(learnt.refused) },
          }),
          ...(imported > 0 ? [formatMessage(of.imported, { count: imported })] : []),
          ...(upToDate ? [] : [of.behind]),
        ])}
      </p>
      {learnt.fine + learnt.spam > 0 && <Late part={again} given={{ siteId: stats.siteId }} />}
      {today.comments >= today.budget && (
        <p class="automation stepped_back">
          {formatMessage(of.overBudget, {
            comments: number(today.comments),
            budget: number(today.budget),
          })}
        </p>
      )}
      {holdRate === null ? (
        <p class="quiet">{of.nothing}</p>
      ) : (
        <div class="figures">
          <div>
            <h3>{of.holdRate}</h3>
            <p class="figure">{shareWords(holdRate)}</p>
            <p class="quiet">
              {formatMessage(of.heldOf, { held: number(held), screened: number(screened) })}
            </p>
          </div>
          <HeldChart series={stats.series} />
          <div>
            <h3>{of.time}</h3>
            <p class="figure">{timeToDecision ? durationWords(timeToDecision.median) : '–'}</p>
            <p class="quiet">
              {timeToDecision
                ? formatMessage(of.times, { ninetieth: durationWords(timeToDecision.ninetieth) })
                : of.noTimes}
            </p>
          </div>
        </div>
      )}
      <Storage {...stats.storage} />
      {state !== 'premoderate' && state !== 'off' && <ErrorTable automation={automation} />}
      <button
        type="button"
        class="plain"
        aria-label={formatMessage(w.settingsOf, { name })}
        onClick={() => place.go({ page: 'settings', site: stats.siteId })}
      >
        {w.settings}
      </button>
    </li>
  )
}

/** The room that a site's comments take. Its owners see it end before it does. */
function Storage({ bytes, limit }: SiteStats['storage']) {
  const w = words('stats')
  const used = megabytes(bytes)
  if (limit === null) return <p class="quiet">{formatMessage(w.storage, { used })}</p>
  const share = shareWords(bytes / limit)
  const room = { used, limit: megabytes(limit), share }
  if (bytes < 0.8 * limit) return <p class="quiet">{formatMessage(w.storageOf, room)}</p>
  return <p class="error">{formatMessage(bytes < limit ? w.storageEnds : w.storageOver, room)}</p>
}

const megabytes = (bytes: number) =>
  new Intl.NumberFormat(tag(), {
    ...{ style: 'unit', unit: 'megabyte', maximumSignificantDigits: 3 },
  }).format(bytes / 1_000_000)
