import { Refusal } from '../http/refusal.ts'
import { databaseOf, everyDatabase, mainDatabase } from '../store/database.ts'
import { isOfSite, siteOfThing, type Thing } from '../store/siteOfThing.ts'
import * as sites from '../store/sites.ts'
import { type Ctx, type Identity, identify, notSignedIn } from './identity.ts'
import { type Act, may, mayAnywhere } from './permissions.ts'

/**
 * Lets staff through who may do an act on the site that a path names: by its own id, or by the id of a thing
 * that belongs to it. What belongs to a site that is not theirs is told as what is not there.
 *
 * @throws Refusal `unauthorized`, `forbidden`, `unknown_site` or `not_found`
 */
export async function admitStaff(c: Ctx, act: Act, thing?: Thing): Promise<void> {
  const staff = await identify(c, Date.now())
  if (!staff) throw await notSignedIn(c)
  if (!mayAnywhere(staff, act)) throw new Refusal('forbidden')
  c.set('moderator', staff)
  const site = c.req.param('site')
  if (site !== undefined) requireSite(c, act, site)
  // Whose are all sites, theirs are all things. Whose people are, the command sees.
  if (!thing || !isOfSite(thing) || staff.sites === '*') return
  const id = c.req.param('id') ?? ''
  // Numbers of threads are told apart within a database only.
  const databases = thing === 'thread' ? [mainDatabase(c.env)] : everyDatabase(c.env)
  const found = await Promise.all(
    databases.map((db) => siteOfThing(db, thing, thing === 'comment' ? id.toLowerCase() : id)),
  )
  if (!may(staff, act, found.find((siteId) => siteId !== null) ?? null))
    throw new Refusal(thing === 'site' ? 'unknown_site' : 'not_found')
}

/**
 * Refuses a site that is not theirs as if it were not there.
 *
 * @param field where the request names the site, if not in its path
 * @throws Refusal `unknown_site`
 */
export function requireSite(c: Ctx, act: Act, siteId: string, field?: string): void {
  if (!may(c.get('moderator'), act, siteId)) throw new Refusal('unknown_site', field ? { field } : {})
}

/**
 * Refuses a site that a list is asked for where it is not there, or is not theirs: both get the same answer.
 *
 * @param siteId null where no site is named
 * @throws Refusal `unknown_site`
 */
export async function requireKnownSite(c: Ctx, act: Act, siteId: string | null): Promise<void> {
  if (siteId === null) return
  requireSite(c, act, siteId, 'site')
  if (!(await sites.find(databaseOf(c.env, siteId), siteId)))
    throw new Refusal('unknown_site', { field: 'site' })
}

/** Refuses what belongs to the instance as a whole to those who have some of its sites only. */
export function requireInstance(c: Ctx, act: Act): void {
  if (!may(c.get('moderator'), act, null)) throw new Refusal('forbidden')
}

/**
 * The person who asks, of what belongs to people alone: by what they sign in.
 *
 * @throws Refusal `not_found` for a script or the operator
 */
export function personOf(c: Ctx): Identity {
  const staff = c.get('moderator')
  if (staff.sessionId === null)
    throw new Refusal('not_found', {
      message: 'This belongs to people: sign in to the dashboard. An API token has nothing of the kind.',
    })
  return staff
}

/** Lets only the operator through. */
export async function admitOperator(c: Ctx): Promise<void> {
  const identity = await identify(c, Date.now())
  if (identity?.kind !== 'operator') throw new Refusal('unauthorized')
  c.set('moderator', identity)
}
