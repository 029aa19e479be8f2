import type { Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { AuthorExport } from '../contract/authorExport.ts'
import type { QueueItem } from '../contract/queue.ts'
import { flagsOf, subscriptionsOf } from '../store/authorTraces.ts'
import { databaseOf, iso } from '../store/database.ts'
import * as notes from '../store/notes.ts'
import { formerTexts } from '../store/revisions.ts'
import { type AskedAuthor, authorPage } from './authorPage.ts'
import { noteView } from './noteView.ts'

/** Complaints, and wishes to be told, that are told of an author. */
const mostTold = 100

/**
 * All that is kept of an author, with a page of their comments. It takes four round trips to the database.
 *
 * @throws Refusal `not_found`
 */
export async function authorExport(
  world: World,
  asked: AskedAuthor,
  by: { id: string } & Powers,
): Promise<AuthorExport> {
  const { author, items, next } = await authorPage(world, asked)
  const db = databaseOf(world.env, author.site.id)
  const ids = items.map(({ id }) => id)
  const [noted, texts, flags, subscriptions] = await Promise.all([
    notes.list(db, { kind: 'author', id: author.id }),
    formerTexts(db, ids),
    flagsOf(db, { authors: [author.id], most: mostTold }),
    subscriptionsOf(db, { authors: [author.id], most: mostTold }),
  ])
  const former = Map.groupBy(texts, ({ commentId }) => commentId)
  return {
    author,
    notes: noted.map((note) => noteView(note, by)),
    flags: flags.map(flagView),
    subscriptions: subscriptions.map(wishView),
    items: items.map((item) => ({
      ...exported(item),
      former: (former.get(item.id) ?? []).map(({ revision, body }) => ({ revision, body })),
    })),
    next,
  }
}

type Found<Of extends (...args: never[]) => Promise<unknown[]>> = Awaited<ReturnType<Of>>[number]

/** A complaint that its author made. */
export const flagView = ({
  commentId,
  reason,
  note,
  at,
}: Found<typeof flagsOf>): AuthorExport['flags'][number] => ({
  ...{ commentId, reason, note, at: iso(at) },
})

/** What a browser asked to be told of by mail. */
export const wishView = ({
  kind,
  key,
  confirmedAt,
  createdAt,
}: Found<typeof subscriptionsOf>): AuthorExport['subscriptions'][number] => ({
  ...{ kind, page: key, confirmed: confirmedAt !== null, since: iso(createdAt) },
})

const exported = ({ thread, author: { name, email, url }, ...item }: QueueItem) => ({
  ...{ id: item.id, status: item.status, page: { key: thread.key, url: thread.url, title: thread.title } },
  ...{ name, email, url, body: item.body, createdAt: item.createdAt, editedAt: item.editedAt },
  appeal: item.appeal,
})
