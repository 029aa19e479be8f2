import type { ComponentChildren } from 'preact'
import type { DailyStats } from '../../../worker/contract/dailyStats.ts'
import { actorTitle } from '../core/notices.ts'
import { reasonWords } from '../core/reasons.ts'
import { own, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Visible } from '../ui/Visible.tsx'

const actions = ['approve', 'reject', 'spam', 'delete'] as const

const number = (value: number) => value.toLocaleString(tag())

/** Who decided how much, why comments were rejected, and which pages are busiest. */
export function DayTables({ stats: { people, reasons, pages } }: { stats: DailyStats }) {
  const { place, session } = useDesk()
  const w = words('stats').days
  const sites = session.session.value?.sites ?? []
  const site = place.here.value.site || (sites.length === 1 ? (sites[0]?.id ?? null) : null)
  return (
    <div class="day-tables">
      {people.length > 0 && (
        <table>
          <caption>{w.people}</caption>
          <thead>
            <tr>
              <td />
              {actions.map((action) => (
                <th key={action} scope="col">
                  {w.actions[action]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map(({ id, name, acts }) => (
              <tr key={id}>
                <th scope="row">
                  <PlaceLink to={{ page: 'audit-log', person: id }}>
                    <bdi>
                      <Visible text={actorTitle(name)} />
                    </bdi>
                  </PlaceLink>
                </th>
                {actions.map((action) => (
                  <td key={action}>{number(own(acts, action) ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {reasons.length > 0 && (
        <Counts
          caption={w.reasons}
          counted={w.rejections}
          rows={reasons.map(({ reason, count }) => ({
            ...{ key: reason, count },
            label: own<string>(w.otherReasons, reason) ?? reasonWords(reason, site),
          }))}
        />
      )}
      {pages.length > 0 && (
        <Counts
          caption={w.pages}
          counted={w.outcomes.approved}
          rows={pages.map(({ thread, comments }) => ({
            ...{ key: String(thread.id), count: comments },
            label: (
              <PlaceLink to={{ page: 'queue', tab: 'all', thread: String(thread.id) }}>
                <bdi>
                  <Visible text={thread.title || thread.key} />
                </bdi>
              </PlaceLink>
            ),
          }))}
        />
      )}
    </div>
  )
}

interface CountsProps {
  caption: string
  counted: string
  rows: { key: string; label: ComponentChildren; count: number }[]
}

/** A table of what was counted, the most first, each with a bar. */
function Counts({ caption, counted, rows }: CountsProps) {
  const most = Math.max(...rows.map(({ count }) => count))
  return (
    <table class="counts">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{counted}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, count }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              <span class="bar" style={{ inlineSize: `${(60 * count) / most}%` }} aria-hidden="true" />
              {number(count)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
