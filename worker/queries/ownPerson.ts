import * as v from 'valibot'
import { type PersonLink, printOf } from '../access/personLink.ts'
import type { World } from '../commands/world.ts'
import { mailAddress } from '../contract/mailAddress.ts'
import { mostLookedAt } from '../contract/persons.ts'
import { everyDatabase } from '../store/database.ts'
import { withOthers } from '../store/ownComments.ts'
import * as persons from '../store/persons.ts'
import { traceById } from '../store/personTraces.ts'

/** Authors that are looked for by one address; the others are found once these are erased. */
const mostFound = 50

/** What is kept of an address, as its owner may see it. */
export interface OwnPerson {
  /** The address as it was written. */
  address: string
  /** What it may be written like: small letters, and its host as the network has it. */
  addresses: string[]
  /** Of browsers that wrote with no other address. */
  authors: OwnAuthor[]
  /** Sites where a browser wrote with other addresses, too: these may be somebody else's. */
  mixed: string[]
  more: boolean
}

/** Somebody whom an address belongs to, on a site. */
export interface OwnAuthor {
  /** Its number within its database. */
  number: number
  id: string
  siteId: string
  siteName: string
  /** Of their latest comments, those that have words. */
  comments: number
  more: boolean
  erasing: boolean
}

/** The forms of an address under which comments may have it. */
export function addressesLike(typed: string): string[] {
  const { success, output } = v.safeParse(mailAddress, typed)
  const forms = [typed.trim(), typed.trim().normalize('NFC'), ...(success ? [output as string] : [])]
  // As SQLite does it, and as people mean it.
  return [
    ...new Set(
      forms.flatMap((one) => [one.replace(/[A-Z]+/g, (upper) => upper.toLowerCase()), one.toLowerCase()]),
    ),
  ]
}

/** What is kept of the address that a link proves; null where the thing that had it has it no more. */
export async function ownPerson(
  { env }: Pick<World, 'env'>,
  { trace, print }: PersonLink,
): Promise<OwnPerson | null> {
  const traces = await Promise.all(everyDatabase(env).map((db) => traceById(db, trace)))
  const address = traces.find((one) => one !== null)?.address
  if (address === undefined || (await printOf(address.toLowerCase())) !== print) return null
  const addresses = addressesLike(address)
  const found = await Promise.all(everyDatabase(env).map((db) => authorsWith(db, addresses)))
  return {
    ...{
      address,
      addresses,
      authors: found.flatMap((one) => one.authors),
      mixed: found.flatMap((one) => one.mixed),
    },
    more: found.some((one) => one.more),
  }
}

type Database = ReturnType<typeof everyDatabase>[number]

async function authorsWith(
  db: Database,
  addresses: string[],
): Promise<Omit<OwnPerson, 'address' | 'addresses'>> {
  const ids = await persons.byAddresses(db, addresses, { siteIds: null, most: mostFound + 1 })
  const written = await persons.browsersOf(db, ids.slice(0, mostFound))
  const rows = await persons.byBrowsers(db, written, null)
  const found = rows.map(({ author }) => author)
  const [signed, strange] = await Promise.all([
    persons.signedBy(db, found, mostLookedAt),
    withOthers(db, found, { but: addresses, looked: 1_000 }),
  ])
  const mixed = new Set(rows.flatMap(({ author, browser }) => (strange.has(author) ? [browser] : [])))
  const shown = rows.filter(({ browser }) => !mixed.has(browser))
  return {
    authors: shown.map(({ author, publicId, siteId, siteName, erasureBeganAt, erasureEndedAt }) => {
      const own = signed.filter((one) => one.author === author)
      const sum = (all: typeof own) => all.reduce((total, { count }) => total + count, 0)
      return {
        ...{
          number: author,
          id: publicId,
          siteId,
          siteName,
          comments: sum(own.filter(({ erased }) => !erased)),
        },
        ...{ more: sum(own) === mostLookedAt, erasing: erasureBeganAt !== null && erasureEndedAt === null },
      }
    }),
    mixed: [...new Set(rows.flatMap(({ browser, siteName }) => (mixed.has(browser) ? [siteName] : [])))],
    more: ids.length > mostFound,
  }
}
