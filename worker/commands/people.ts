import type { Identity } from '../access/identity.ts'
import { includes, meets } from '../access/permissions.ts'
import type { PersonEvent } from '../contract/events.ts'
import { digest, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { isLogActor } from '../moderation/text/logActors.ts'
import { lookOf } from '../moderation/text/nameLikeness.ts'
import { everySite } from '../queries/everySite.ts'
import type { SignInLink } from '../store/signInLinks.ts'
import * as staff from '../store/staff.ts'
import * as staffList from '../store/staffList.ts'
import { namesBeside } from '../store/staffNames.ts'
import type { World } from './world.ts'

const linkDays = 7

/** Sites of somebody: all, or some by their ids. */
export type Sites = '*' | string[]

/**
 * Somebody whom one may change and remove.
 *
 * @throws Refusal `not_found` for who has none of one's sites, or `forbidden` for who has others, too
 */
export async function changeable({ db, now }: World, { id, by }: { id: string; by: Identity }) {
  const person = await staffList.get(db, id, now)
  if (!person || !meets(by, person.sites)) throw new Refusal('not_found')
  if (!includes(by, person.sites))
    throw new Refusal('forbidden', {
      message: 'This account is for sites that are not yours, too. An owner of all of them can do this.',
    })
  return person
}

/**
 * Refuses to give what one does not have: sites that are not there or not one's own, and accounts that outlive the
 * token of a script.
 *
 * @throws Refusal `forbidden`, or `unknown_site`
 */
export async function requireGiving(world: World, { sites, by }: { sites: Sites; by: Identity }) {
  if (by.script && by.expiresAt !== null)
    throw new Refusal('forbidden', {
      message: 'This API token ends, and an account would outlive it. Use one that does not end, or sign in.',
    })
  if (sites === '*') {
    if (by.sites === '*') return
    throw new Refusal('forbidden', { message: 'Only an owner of all sites can give somebody all sites.' })
  }
  const known = new Set((await everySite(world, sites)).map(({ id }) => id))
  if (!includes(by, sites) || sites.some((id) => !known.has(id)))
    throw new Refusal('unknown_site', { field: 'sites' })
}

/**
 * Refuses a name that looks like what the log calls screening, an author or the operator, or readers the editors.
 *
 * @throws Refusal `name_taken`
 */
export function requirePersonal(name: string): void {
  if (isLogActor(name))
    throw new Refusal('name_taken', {
      field: 'name',
      message: 'Hankyo itself, or who writes comments, is called so. Choose a name of your own.',
    })
}

/**
 * Refuses a name that looks like that of somebody else of the same sites: the log and readers tell people apart by it.
 * So is one of Hankyo’s own.
 *
 * @throws Refusal `name_taken`
 */
export async function requireOwnLook(world: World, asked: Named): Promise<void> {
  requirePersonal(asked.name)
  const taken = await namesake(world, asked)
  if (taken === null) return
  const message = `This looks like the name of ${taken}, who works here, too. Choose another one.`
  throw new Refusal('name_taken', { field: 'name', ...(taken !== asked.name && { message }) })
}

/**
 * Refuses sites where somebody else has a name that looks like that of who gets them.
 *
 * @throws Refusal `name_taken`
 */
export async function requireOwnLookThere(world: World, asked: Named): Promise<void> {
  const taken = await namesake(world, asked)
  if (taken === null) return
  const message = `${asked.name} looks like the name of ${taken}, who works there, too. Rename one of them first.`
  throw new Refusal('name_taken', { field: 'sites', message })
}

interface Named {
  id: string
  name: string
  sites: '*' | readonly string[]
}

/** Somebody else of these sites whose name looks the same; null for nobody. */
export async function namesake({ db }: World, asked: Named): Promise<string | null> {
  const look = lookOf(asked.name)
  return (await namesBeside(db, asked)).find((name) => lookOf(name) === look) ?? null
}

/** A new link for somebody to sign in by, with what it opens with. */
export async function newLink(staffId: string, now: number): Promise<{ token: string; link: SignInLink }> {
  const token = randomToken()
  return {
    token,
    link: { tokenHash: await digest(token), staffId, expiresAt: now + linkDays * 86_400_000 },
  }
}

/** What kept a change from being written: who asks was removed meanwhile, or else what it must have been. */
export async function refusalOf({ db }: World, by: Identity, otherwise: Refusal): Promise<Refusal> {
  const { person } = by
  const gone = person && !(await staff.find(db, { column: 'id', value: person.id }))
  return gone ? new Refusal('account_removed') : otherwise
}

/** What everything about somebody says. */
interface About {
  staffId: string
  name: string
  at: number
  actor: PersonEvent['actor']
}

export const about = (
  { id, name }: { id: string; name: string },
  { by, now }: { by: PersonEvent['actor']; now: number },
): About => ({ staffId: id, name, at: now, actor: { kind: by.kind, id: by.id, name: by.name } })

/** Where an event about somebody belongs: to each of their sites, or to none where it is about all. */
export const placesOf = (sites: Sites): (string | null)[] => (sites === '*' ? [null] : sites)
