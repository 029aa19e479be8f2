import { type Powers, sitesOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import { foldedText } from '../contract/foldedText.ts'
import {
  mostAddresses,
  mostLookedAt,
  mostNamesakes,
  type Person,
  type PersonSearch,
} from '../contract/persons.ts'
import { Refusal } from '../http/refusal.ts'
import { everyDatabase, mainDatabase } from '../store/database.ts'
import * as persons from '../store/persons.ts'
import { foundAuthor } from './foundAuthor.ts'
import { foundRows } from './foundRows.ts'

/** Pages of comments that a search by name looks through. */
const rounds = 3
const perRound = 100

interface Found {
  browsers: persons.Browser[]
  emails: string[]
  more: boolean
  next: number | null
}

/**
 * Who somebody may be on the sites where somebody else may erase them: with each found author come those of the same browser. It
 * takes at most five round trips to each database, a search by name besides at most seven.
 *
 * @param sought its token is the hash of one
 * @throws Refusal `not_found` for an author or a comment that is not there, or not on one of these sites
 */
export async function personView(world: World, sought: PersonSearch, by: Powers): Promise<Person> {
  const siteIds = sitesOf(by)
  const { browsers, emails, more, next } = await browsersFor(world, sought, siteIds)
  const databases = everyDatabase(world.env)
  const found = await Promise.all(
    databases.map(async (db) => {
      const rows = browsers.length === 0 ? [] : await persons.byBrowsers(db, browsers, siteIds)
      const signed = await persons.signedBy(
        db,
        rows.map(({ author }) => author),
        mostLookedAt,
      )
      const of = Map.groupBy(signed, ({ author }) => author)
      return rows.map((row) => foundAuthor(row, of.get(row.author) ?? []))
    }),
  )
  const authors = found.flat().sort((one, other) => one.browser - other.browser)
  if ('author' in sought && !authors.some(({ id }) => id === sought.author)) throw new Refusal('not_found')
  if ('comment' in sought && authors.length === 0) throw new Refusal('not_found')
  return { emails, authors, more, next: next === null ? null : String(next) }
}

const nothing: Found = { browsers: [], emails: [], more: false, next: null }

async function browsersFor(world: World, sought: PersonSearch, siteIds: string[] | null): Promise<Found> {
  const { email, name, comment, token, author, cursor = null } = sought
  if (token !== undefined) return { ...nothing, browsers: [{ tokenHash: token, siteId: null }] }
  if (name !== undefined) return named(world, name, { siteIds, after: cursor })
  if (email !== undefined) return addressed(world, [lower(email)], siteIds)
  const of = comment === undefined ? 'author' : 'comment'
  const ids = [comment ?? author ?? '']
  const their = await Promise.all(
    everyDatabase(world.env).map((db) => persons.byIds(db, { of, ids, siteIds })),
  )
  const browsers = await browsersOf(world, their)
  if (comment !== undefined) return { ...nothing, browsers }
  const parts = await Promise.all(
    everyDatabase(world.env).map((db) => persons.byBrowsers(db, browsers, siteIds)),
  )
  const emails = await addressesIn(
    world,
    parts.map((rows) => rows.map((row) => row.author)),
  )
  const others = emails.length === 0 ? nothing : await addressed(world, emails, siteIds)
  return { ...others, browsers: distinct([...browsers, ...others.browsers]), emails }
}

/** Letters of ASCII alone are made small, as SQLite does it. */
const lower = (email: string) => email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** Whoever wrote with some addresses. */
async function addressed(world: World, emails: string[], siteIds: string[] | null): Promise<Found> {
  const bounds = { siteIds, most: mostNamesakes + 1 }
  const found = await Promise.all(
    everyDatabase(world.env).map((db) => persons.byAddresses(db, emails, bounds)),
  )
  const browsers = await browsersOf(
    world,
    found.map((ids) => ids.slice(0, mostNamesakes)),
  )
  return { browsers, emails, more: found.some((ids) => ids.length > mostNamesakes), next: null }
}

/** Whoever wrote under a name, in the latest comments that have it in their names. */
async function named(
  world: World,
  name: string,
  { siteIds, after }: { siteIds: string[] | null; after: number | null },
): Promise<Found> {
  const db = mainDatabase(world.env)
  const comments: string[] = []
  let at = after
  for (let round = 0; round < rounds; round++) {
    const { rows, next } = await foundRows(
      { ...world, db },
      {
        terms: [{ operator: 'author', value: name, not: false }],
        ...{ siteIds, tab: 'all', author: null, threadId: null, ids: null, inEmails: false },
        ...{ limit: perRound, isThorough: true, after: at === null ? null : { seq: at, by: 0 } },
      },
    )
    const same = rows.filter((row) => foldedText(row.name) === foldedText(name))
    comments.push(...same.map(({ id }) => id))
    at = next?.seq ?? null
    if (at === null) break
  }
  const authors = await persons.byIds(db, { of: 'comment', ids: comments, siteIds })
  const browsers = await browsersOf(world, [authors])
  return { ...nothing, browsers, next: at }
}

/** @param authors their numbers, by database */
async function browsersOf({ env }: World, authors: number[][]): Promise<persons.Browser[]> {
  const found = await Promise.all(
    everyDatabase(env).map((db, at) => persons.browsersOf(db, authors[at] ?? [])),
  )
  return distinct(found.flat())
}

const distinct = (browsers: persons.Browser[]) => [
  ...new Map(browsers.map((one) => [`${one.siteId} ${one.tokenHash}`, one])).values(),
]

/** The addresses that some authors wrote with, as far as they are followed. @param authors their numbers, by database */
async function addressesIn({ env }: World, authors: number[][]): Promise<string[]> {
  const bounds = { looked: mostLookedAt, most: mostAddresses }
  const found = await Promise.all(
    everyDatabase(env).map((db, at) => persons.addressesOf(db, authors[at] ?? [], bounds)),
  )
  return [...new Set(found.flat().map(({ email }) => email))].slice(0, mostAddresses)
}
