import type { Identity } from '../access/identity.ts'
import type { SavedView, ViewChange } from '../contract/savedViews.ts'
import { Refusal } from '../http/refusal.ts'
import { mainDatabase } from '../store/database.ts'
import * as savedViews from '../store/savedViews.ts'
import { eventOf, rowOf, viewOf } from './savedView.ts'
import type { World } from './world.ts'

/**
 * Changes a list that somebody has saved.
 *
 * @throws Refusal `not_found` where it is not theirs; or as saving does
 */
export async function changeView(
  { env, now }: World,
  { id, change, by }: { id: string; change: ViewChange; by: Identity },
): Promise<SavedView> {
  const db = mainDatabase(env)
  const there = await savedViews.find(db, id)
  if (there?.staffId !== by.id) throw new Refusal('not_found')
  const { name = there.name, query = there.query, shared = viewOf(there, by.id).shared } = change
  const row = rowOf({ id, name, query, shared }, by)
  if (!(await savedViews.change(db, row, eventOf('view.change', row, { by, at: now }))))
    throw new Refusal('not_found')
  return viewOf({ ...row, by: by.name }, by.id)
}
