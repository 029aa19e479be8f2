import type { Identity } from '../access/identity.ts'
import { mostViews, type NewView, type SavedView } from '../contract/savedViews.ts'
import { Refusal } from '../http/refusal.ts'
import { mainDatabase } from '../store/database.ts'
import * as savedViews from '../store/savedViews.ts'
import { eventOf, rowOf, viewOf } from './savedView.ts'
import type { World } from './world.ts'

/**
 * Saves a list of the queue, once.
 *
 * @returns the view, and whether it is new
 * @throws Refusal `unknown_site`, `missing`, `invalid`, `id_taken`, or `conflict` where somebody has enough
 */
export async function saveView(
  { env, now }: World,
  { view, by }: { view: NewView; by: Identity },
): Promise<{ view: SavedView; isNew: boolean }> {
  const db = mainDatabase(env)
  const row = rowOf(view, by)
  const event = eventOf('view.save', row, { by, at: now })
  if (await savedViews.add(db, row, event))
    return { view: viewOf({ ...row, by: by.name }, by.id), isNew: true }
  const there = await savedViews.find(db, row.id)
  if (!there)
    throw new Refusal('conflict', {
      message: `You have ${mostViews} saved lists already. Remove one first.`,
      limit: mostViews,
    })
  if (there.staffId !== by.id || there.query !== row.query || there.name !== row.name)
    throw new Refusal('id_taken', { field: 'id' })
  return { view: viewOf(there, by.id), isNew: false }
}
