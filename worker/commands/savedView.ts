import type { Identity } from '../access/identity.ts'
import { may } from '../access/permissions.ts'
import type { NewView, SavedView } from '../contract/savedViews.ts'
import type { ViewEvent } from '../contract/viewEvents.ts'
import { Refusal } from '../http/refusal.ts'
import type { ListedView, ViewRow } from '../store/savedViews.ts'

/** A saved view as somebody sees it. */
export const viewOf = (row: ListedView, staffId: string): SavedView => ({
  id: row.id,
  name: row.name,
  query: row.query,
  shared: row.shared === 1 ? { site: row.siteId } : null,
  mine: row.staffId === staffId,
  by: row.by ?? '',
})

/**
 * A view as it is kept, if somebody may share it so. Who has some sites shares with the staff of one of them; what it
 * lists is then of that site.
 *
 * @throws Refusal `unknown_site`, `missing` or `invalid`
 */
export function rowOf({ id, name, query, shared }: NewView, by: Identity): ViewRow {
  const siteId = shared?.site ?? null
  const listed = new URLSearchParams(query).get('site')
  if (siteId !== null && !may(by, 'views.change', siteId))
    throw new Refusal('unknown_site', { field: 'shared.site' })
  if (shared && siteId === null && by.sites !== '*')
    throw new Refusal('missing', {
      field: 'shared.site',
      message: 'Say with the staff of which of your sites to share it.',
    })
  if (siteId !== null && listed && listed !== siteId)
    throw new Refusal('invalid', {
      field: 'shared.site',
      message: 'This list is of another site: share it with the staff of that one.',
    })
  return { id, staffId: by.id, name, query, shared: shared ? 1 : 0, siteId }
}

/** What happened to a view, as the log tells the staff whom it is shared with. */
export const eventOf = (
  act: ViewEvent['act'],
  { id, siteId, shared }: ViewRow,
  { by, at }: { by: Identity; at: number },
): ViewEvent => ({
  ...{ act, at, actor: { kind: by.kind, id: by.id, name: by.name } },
  ...{ siteId, viewId: id, shared: shared === 1 },
})
