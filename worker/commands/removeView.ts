import type { Identity } from '../access/identity.ts'
import { may } from '../access/permissions.ts'
import { Refusal } from '../http/refusal.ts'
import { mainDatabase } from '../store/database.ts'
import * as savedViews from '../store/savedViews.ts'
import { eventOf } from './savedView.ts'
import type { World } from './world.ts'

/**
 * Removes a saved list: one's own, or as an owner one that is shared with one's site.
 *
 * @throws Refusal `not_found`
 */
export async function removeView(
  { env, now }: World,
  { id, by }: { id: string; by: Identity },
): Promise<void> {
  const db = mainDatabase(env)
  const there = await savedViews.find(db, id)
  const isTheirs = there && (there.staffId === by.id || (there.shared === 1 && ownsSiteOf(there, by)))
  if (!isTheirs) throw new Refusal('not_found')
  await savedViews.remove(db, id, eventOf('view.remove', there, { by, at: now }))
}

const ownsSiteOf = ({ siteId }: savedViews.ViewRow, by: Identity) => may(by, 'sites.change', siteId)
