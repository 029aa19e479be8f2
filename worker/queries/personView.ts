import { may, type Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import {
  mostAddresses,
  mostCountedOfNamesake,
  mostLookedAt,
  mostNamesakes,
  type Person,
} from '../contract/persons.ts'
import { Refusal } from '../http/refusal.ts'
import { everyDatabase } from '../store/database.ts'
import { addressesOf, byAddresses } from '../store/persons.ts'
import { partsOf } from './erasureView.ts'

/** Whom to find: by an e-mail address, or by an author of theirs. */
export type Sought = { email: string } | { author: string }

/**
 * Who wrote with an e-mail address on sites where somebody may erase them; besides an author, and whoever has the same token,
 * where one is given. It takes at most four round trips to each database.
 *
 * @throws Refusal `not_found` for an author who is not there, or not on one of these sites
 */
export async function personView({ env }: Pick<World, 'env'>, sought: Sought, by: Powers): Promise<Person> {
  const parts = 'author' in sought ? await partsOf({ env }, { id: sought.author, by, most: 0 }) : []
  if ('author' in sought && !parts.some(({ publicId }) => publicId === sought.author))
    throw new Refusal('not_found')
  const emails = 'email' in sought ? [lower(sought.email)] : await addressesIn(parts)
  const databases = emails.length === 0 ? [] : everyDatabase(env)
  const bounds = { most: mostNamesakes + parts.length + 1, counted: mostCountedOfNamesake + 1 }
  const found = (await Promise.all(databases.map((db) => byAddresses(db, emails, bounds)))).flat()
  const known = new Set(parts.map(({ publicId }) => publicId))
  const others = found.filter(
    ({ publicId, siteId }) => !known.has(publicId) && may(by, 'authors.erase', siteId),
  )
  return {
    emails,
    authors: others.slice(0, mostNamesakes).map(({ publicId, siteId, siteName, name, comments }) => ({
      ...{ id: publicId, site: { id: siteId, name: siteName }, name },
      ...{ comments: Math.min(comments, mostCountedOfNamesake), more: comments > mostCountedOfNamesake },
    })),
    more: others.length > mostNamesakes,
  }
}

/** Letters of ASCII alone are made small, as SQLite does it. */
const lower = (email: string) => email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** The addresses that some authors wrote with, as far as they are followed. */
async function addressesIn(parts: Awaited<ReturnType<typeof partsOf>>): Promise<string[]> {
  const bounds = { looked: mostLookedAt, most: mostAddresses }
  const found = await Promise.all(
    [...Map.groupBy(parts, ({ db }) => db)].map(([db, some]) =>
      addressesOf(
        db,
        some.map(({ authorId }) => authorId),
        bounds,
      ),
    ),
  )
  return [...new Set(found.flat().map(({ email }) => email))].slice(0, mostAddresses)
}
