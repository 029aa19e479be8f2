import type { World } from '../commands/world.ts'
import type { DeliveryItem, DeliveryStatus } from '../contract/deliveries.ts'
import type { Page } from '../contract/page.ts'
import { iso } from '../store/database.ts'
import { list } from '../store/deliveries.ts'

const perPage = 50

/**
 * A page of what is to be delivered, was, or was given up, the latest first.
 *
 * @param siteId null for what belongs to no site
 */
export async function deliveriesPage(
  { db }: World,
  { siteId, status, before }: { siteId: string | null; status: DeliveryStatus; before: number | null },
): Promise<Page<DeliveryItem>> {
  const found = await list(db, { siteId: siteId ?? '', status, before, limit: perPage + 1 })
  const items = found.slice(0, perPage).map(({ id, recipient, createdAt, at, ...rest }) => ({
    ...{ ...rest, id: `${siteId ?? ''}~${id}`, site: siteId, status, recipient: recipient || null },
    ...{ createdAt: iso(createdAt), at: iso(at) },
  }))
  const last = found[perPage - 1]
  return { items, next: found.length > perPage && last ? String(last.id) : null }
}
