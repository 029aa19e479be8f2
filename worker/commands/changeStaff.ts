import type { Identity } from '../access/identity.ts'
import { includes } from '../access/permissions.ts'
import type { PersonEvent } from '../contract/events.ts'
import type { PersonChange } from '../contract/staff.ts'
import { Refusal } from '../http/refusal.ts'
import * as staff from '../store/staff.ts'
import * as staffChanges from '../store/staffChanges.ts'
import type { Listed } from '../store/staffList.ts'
import {
  about,
  changeable,
  placesOf,
  requireGiving,
  requireOwnLook,
  requireOwnLookThere,
  type Sites,
} from './people.ts'
import type { World } from './world.ts'

interface Wish {
  id: string
  /** What is left out stays. */
  change: PersonChange
  by: Identity
}

/**
 * Gives somebody another name, role or sites. Who may do less than before loses the API tokens that may do more. Who
 * may do more loses the links that are not used yet: whoever gave them may know them.
 *
 * @throws Refusal `not_found`, `forbidden`, `unknown_site`, `name_taken` or `last_owner`
 */
export async function changeStaff(world: World, { id, change, by }: Wish): Promise<Listed> {
  const { db, now } = world
  const before = await changeable(world, { id, by })
  const after = { ...before, ...change }
  await requireGiving(world, { sites: after.sites, by })
  if (after.name !== before.name) await requireOwnLook(world, after)
  else await requireOwnLookThere(world, { ...after, sites: added(before.sites, after.sites) })
  const common = about(after, { by, now })
  const events = [
    ...changesOf(before, after).map((change) => ({ ...common, ...change })),
    ...(after.name === before.name
      ? []
      : placesOf(after.sites).map((siteId) => ({
          ...common,
          ...{ act: 'staff.rename' as const, siteId, was: before.name },
        }))),
  ]
  if (
    events.length === 0 ||
    (await staffChanges.change(db, { ...after, gains: gains(before, after) }, events))
  )
    return after
  const namesake = await staff.find(db, { column: 'name', value: after.name })
  if (namesake && namesake.id !== id) throw new Refusal('name_taken', { field: 'name' })
  throw new Refusal('last_owner')
}

/** The sites that somebody did not have before. */
function added(before: Sites, after: Sites): Sites {
  if (before === '*') return []
  return after === '*' ? '*' : after.filter((id) => !before.includes(id))
}

/** Whether somebody may do more than before. */
const gains = (before: Listed, after: Listed) =>
  !includes(before, after.sites) || (before.role !== after.role && after.role === 'owner')

type Change = Pick<PersonEvent & { act: 'staff.change' }, 'act' | 'siteId' | 'role'>

/** Where somebody has another role than before. */
function changesOf(before: Listed, after: Listed): Change[] {
  const [from, to] = [placesOf(before.sites), placesOf(after.sites)]
  return [...new Set([...from, ...to])]
    .filter((siteId) => !from.includes(siteId) || !to.includes(siteId) || before.role !== after.role)
    .map((siteId) => ({ act: 'staff.change', siteId, role: to.includes(siteId) ? after.role : null }))
}
