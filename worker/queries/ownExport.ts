import type { World } from '../commands/world.ts'
import type { AuthorExport } from '../contract/authorExport.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { Site } from '../contract/site.ts'
import { flagsOf, subscriptionsOf } from '../store/authorTraces.ts'
import { databaseOf, everyDatabase, iso } from '../store/database.ts'
import {
  authorsOf,
  type OwnAuthorRow,
  type OwnCommentRow,
  ownComments,
  type SizedComment,
  sizesOf,
} from '../store/ownComments.ts'
import { formerTexts } from '../store/revisions.ts'
import * as sites from '../store/sites.ts'
import { flagView, wishView } from './authorExport.ts'
import type { OwnAuthor, OwnPerson } from './ownPerson.ts'

/** Comments that are read together: so many, or so many bytes of text. One comment may have more. */
const together = { comments: 500, bytes: 4_000_000 }

/** Statements that a file may take: on Cloudflare an invocation has fifty, of which some find the session. */
const mostStatements = 48

/** Those that find in a database whom an address belongs to (`ownPerson`), and what is to be read of them there. */
const finding = 11

/** How often comments are read for one file at most, with two statements each. */
const readsFor = (databases: number) =>
  Math.max(1, Math.min(16, Math.floor((mostStatements - finding * databases) / 2)))

/** Complaints, and wishes to be told, that a file has. */
const mostTold = 1_000

/** What a file tells of one author. */
export type OwnPart = Pick<AuthorExport, 'flags' | 'subscriptions' | 'items'> & {
  author: Pick<AuthorExport['author'], 'id' | 'site' | 'name' | 'firstSeen'>
}

/** All that a person's own file says. */
export interface OwnExport {
  /** Whether it has everything; where it would be too long, it ends before. */
  isWhole: boolean
  /** Those of one author follow each other: the first says what there is besides comments. */
  parts: AsyncGenerator<{ part: OwnPart; isFirst: boolean }>
}

type Database = World['db']

/** What is to be read of a database, before any text is. */
interface Plan {
  db: Database
  known: Map<string, Site>
  /** What there is besides comments, by the public ids of authors. */
  parts: Map<string, OwnPart>
  /** Numbers of comments that are read together. */
  reads: number[][]
}

/**
 * What is kept of an address, without notes of staff and without what has another address. However many browsers and sites it
 * is about, it takes five statements a database, and at most 32 in all for the comments: fewer where there are several databases.
 */
export async function ownExport(
  { env }: Pick<World, 'env'>,
  { authors, addresses, more }: OwnPerson,
): Promise<OwnExport> {
  const homes = Map.groupBy(authors, ({ siteId }) => databaseOf(env, siteId))
  const mostReads = readsFor(everyDatabase(env).length)
  const plans = await Promise.all(Array.from(homes, ([db, some]) => planOf(db, some, mostReads)))
  const reads = plans.reduce((total, plan) => total + plan.reads.length, 0)
  const isWhole = !more && reads <= mostReads && plans.every((plan) => plan.isWhole)
  return { isWhole, parts: partsOf(plans, { addresses, mostReads }) }
}

async function planOf(
  db: Database,
  authors: OwnAuthor[],
  mostReads: number,
): Promise<Plan & { isWhole: boolean }> {
  const numbers = authors.map(({ number }) => number)
  const asked = { authors: authors.map(({ id }) => id), most: mostTold + 1 }
  const most = together.comments * mostReads
  const [rows, flags, wishes, sizes, known] = await Promise.all([
    authorsOf(db, numbers),
    flagsOf(db, asked),
    subscriptionsOf(db, asked),
    sizesOf(db, numbers, most + 1),
    sites.some(
      db,
      authors.map(({ siteId }) => siteId),
    ),
  ])
  const [madeBy, wishedBy] = [Map.groupBy(flags, of), Map.groupBy(wishes, of)]
  const rowOf = new Map(rows.map((row) => [row.publicId, row]))
  const parts = authors.map((one): [string, OwnPart] => [
    one.id,
    {
      author: authorOf(one, rowOf.get(one.id)),
      flags: (madeBy.get(one.id) ?? []).map(flagView),
      subscriptions: (wishedBy.get(one.id) ?? []).map(wishView),
      items: [],
    },
  ])
  return {
    ...{ db, known, parts: new Map(parts), reads: readsOf(sizes.slice(0, most)) },
    isWhole: sizes.length <= most && flags.length <= mostTold && wishes.length <= mostTold,
  }
}

const of = ({ author }: { author: string }) => author

const authorOf = ({ id, siteId, siteName }: OwnAuthor, row: OwnAuthorRow | undefined): OwnPart['author'] => ({
  ...{ id, site: { id: siteId, name: siteName }, name: row?.name ?? null },
  firstSeen: iso(row?.createdAt ?? 0),
})

/** Comments by what is read of them together. */
function readsOf(sizes: SizedComment[]): number[][] {
  const reads: number[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const one of sizes) {
    const last = reads.at(-1)
    const isFull = !last || last.length === together.comments || bytes + one.bytes > together.bytes
    if (isFull) reads.push([one.seq])
    else last.push(one.seq)
    bytes = isFull ? one.bytes : bytes + one.bytes
  }
  return reads
}

async function* partsOf(
  plans: Plan[],
  { addresses, mostReads }: { addresses: string[]; mostReads: number },
): OwnExport['parts'] {
  let left = mostReads
  for (const { db, known, parts, reads } of plans) {
    const begun = new Set<string>()
    for (const seqs of reads.slice(0, left)) {
      const comments = await ownComments(db, seqs)
      const texts = await formerTexts(
        db,
        comments.map(({ id }) => id),
      )
      const former = Map.groupBy(texts, ({ commentId }) => commentId)
      for (const [author, some] of Map.groupBy(comments.filter(isTheirs), of)) {
        const part = parts.get(author)
        if (!part) continue
        const items = some.map((one) => itemOf(one, known.get(one.siteId), former.get(one.id) ?? []))
        const isFirst = !begun.has(author)
        yield { part: { ...part, ...(!isFirst && { flags: [], subscriptions: [] }), items }, isFirst }
        begun.add(author)
      }
    }
    left -= Math.min(left, reads.length)
    for (const [author, part] of parts) if (!begun.has(author)) yield { part, isFirst: true }
  }

  function isTheirs({ email }: OwnCommentRow): boolean {
    return email === null || addresses.includes(email.toLowerCase())
  }
}

const itemOf = (
  row: OwnCommentRow,
  site: Site | undefined,
  former: { revision: number; body: string }[],
): OwnPart['items'][number] => ({
  ...{ id: row.id, status: row.status },
  page: {
    key: row.threadKey,
    url: pageAddress(row.threadKey, row.threadUrl, site?.origins ?? []) ?? '',
    title: row.threadTitle,
  },
  ...{ name: row.name, email: row.email, url: row.url, body: row.body, createdAt: iso(row.createdAt) },
  ...{ editedAt: iso(row.editedAt), appeal: row.appeal },
  former: former.map(({ revision, body }) => ({ revision, body })),
})
