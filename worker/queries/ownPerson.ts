import * as v from 'valibot'
import { type PersonLink, printOf } from '../access/personLink.ts'
import type { World } from '../commands/world.ts'
import { mailAddress } from '../contract/mailAddress.ts'
import { mostLookedAt } from '../contract/persons.ts'
import { everyDatabase } from '../store/database.ts'
import * as persons from '../store/persons.ts'
import { traceById } from '../store/personTraces.ts'

/** Browsers that a page shows of one address; the others are shown once these are erased. */
const mostBrowsers = 5

/** Different addresses in one browser that are looked for. */
const others = 10

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
  const ids = await persons.byAddresses(db, addresses, { siteIds: null, most: mostBrowsers + 1 })
  const written = await persons.browsersOf(db, ids.slice(0, mostBrowsers))
  const rows = await persons.byBrowsers(db, written, null)
  const signed = await persons.signedBy(
    db,
    rows.map(({ author }) => author),
    mostLookedAt,
  )
  const browsers = await Promise.all(
    written.map(async (_, at) => {
      const theirs = rows.filter(({ browser }) => browser === at)
      const bounds = { looked: 1_000, most: others }
      const used = await persons.addressesOf(
        db,
        theirs.map(({ author }) => author),
        bounds,
      )
      return { theirs, isMixed: used.some(({ email }) => !addresses.includes(email)) }
    }),
  )
  const shown = browsers.filter(({ isMixed }) => !isMixed).flatMap(({ theirs }) => theirs)
  return {
    authors: shown.map(({ author, publicId, siteId, siteName, erasureBeganAt, erasureEndedAt }) => {
      const own = signed.filter((one) => one.author === author)
      const sum = (all: typeof own) => all.reduce((total, { count }) => total + count, 0)
      return {
        ...{ id: publicId, siteId, siteName, comments: sum(own.filter(({ erased }) => !erased)) },
        ...{ more: sum(own) === mostLookedAt, erasing: erasureBeganAt !== null && erasureEndedAt === null },
      }
    }),
    mixed: [
      ...new Set(
        browsers.filter(({ isMixed }) => isMixed).flatMap(({ theirs }) => theirs.map((one) => one.siteName)),
      ),
    ],
    more: ids.length > mostBrowsers,
  }
}
