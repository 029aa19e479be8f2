import type { World } from '../commands/world.ts'
import { type Author, type AuthorPage, mostLatest } from '../contract/authors.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import { trustOf } from '../moderation/trust.ts'
import * as authors from '../store/authors.ts'
import { type BanRow, banOf, standing } from '../store/bans.ts'
import { databaseOf, iso } from '../store/database.ts'
import { latestWords } from '../store/latestWords.ts'
import * as queue from '../store/queue.ts'
import * as sites from '../store/sites.ts'
import { requireNoted } from './noted.ts'
import { queueItems } from './queueItems.ts'

const perPage = 30

/** An author, and a page of their comments. */
export interface AskedAuthor {
  /** Their public id. */
  id: string
  /** The `seq` of the comment where the page before ended. */
  after: number | null
  /** Comments of a page, where they are not as many as usual. */
  limit?: number
}

/**
 * An author on a site, and a page of their comments, the latest first. It takes three round trips to the database.
 *
 * @throws Refusal `not_found`
 */
export async function authorPage(
  { env, now }: World,
  { id, after, limit = perPage }: AskedAuthor,
): Promise<AuthorPage> {
  const { siteId } = await requireNoted({ env }, { kind: 'author', id })
  const db = databaseOf(env, siteId)
  const [row, site, ban, words, found, states] = await Promise.all([
    authors.byPublicId(db, id),
    sites.find(db, siteId),
    standing(db, { siteId, kind: 'author', value: id }),
    latestWords(db, [{ siteId, author: id }]),
    queue.page(db, {
      ...{ ...queue.unfiltered, siteId, author: id, limit: limit + 1 },
      after: after === null ? null : { seq: after, by: 0 },
    }),
    authors.latestStates(db, id, mostLatest + 1),
  ])
  if (!row || !site) throw new Refusal('not_found')
  const rows = found.slice(0, limit)
  const [latest] = words.values()
  return {
    author: {
      ...authorView(row, site),
      name: latest?.name ?? null,
      latest: latestOf(states),
      ban: ban && isInForce(ban, now) ? banOf(ban) : null,
      erasure: erasureOf(row, latest !== undefined),
    },
    items: await queueItems(db, rows),
    next: found.length > limit ? String(rows.at(-1)?.seq) : null,
  }
}

const isInForce = ({ until }: BanRow, now: number) => until === null || until > now

const latestOf = ({ pending, deleted, looked }: authors.LatestStates): Author['latest'] => ({
  ...{ pending, deleted, more: looked > mostLatest },
})

function erasureOf(
  { erasureBeganAt, erasureEndedAt }: authors.AuthorRow,
  hasWords: boolean,
): Author['erasure'] {
  if (erasureBeganAt === null) return null
  if (erasureEndedAt === null) return { state: 'working', at: iso(erasureBeganAt) }
  return hasWords ? null : { state: 'done', at: iso(erasureBeganAt) }
}

function authorView(
  row: authors.AuthorRow,
  { id, name, settings }: Site,
): Omit<Author, 'name' | 'ban' | 'erasure' | 'latest'> {
  const { approved, rejected, spam, vouched } = row
  const history = { approved: vouched, rejected, spam }
  return {
    ...{ id: row.publicId, site: { id, name }, badge: row.badge, firstSeen: iso(row.createdAt) },
    trust: {
      ...{ level: trustOf(history, settings, row.pinnedTrust), pinned: row.pinnedTrust },
      automatic: trustOf(history, settings),
      ...{ approvedByPeople: vouched, refused: rejected + spam, trustedAfter: settings.trustedAfter },
    },
    ...{ counts: { approved, rejected, spam }, notes: row.notes },
  }
}
