import { may, scopeOf } from '../access/permissions.ts'
import type { BulkRow } from '../store/bulkActs.ts'
import { mainDatabase } from '../store/database.ts'
import { find } from '../store/staff.ts'
import { isKnown } from '../store/tokens.ts'
import type { World } from './world.ts'

/** Whether who began an act on many may still do it: they are of the staff, and its sites are theirs. */
export async function isStillAllowed({ env, now }: World, { actor, siteIds }: BulkRow): Promise<boolean> {
  if (actor.kind !== 'moderator') return true
  const db = mainDatabase(env)
  const [person, hasToken] = await Promise.all([
    find(db, { column: 'id', value: actor.id }),
    isKnown(db, actor.id, now),
  ])
  if (!person) return hasToken
  const powers = { scope: scopeOf[person.role], sites: person.sites }
  return (siteIds ?? [null]).every((siteId) => may(powers, 'comments.decide', siteId))
}
