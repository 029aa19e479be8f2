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
    flagsOf(db, author.id),
    subscriptionsOf(db, author.id),
  ])
  const former = Map.groupBy(texts, ({ commentId }) => commentId)
  return {
    author,
    notes: noted.map((note) => noteView(note, by)),
    flags: flags.map(({ at, ...flag }) => ({ ...flag, at: iso(at) })),
    subscriptions: subscriptions.map(({ kind, key, confirmedAt, createdAt }) => ({
      ...{ kind, page: key, confirmed: confirmedAt !== null, since: iso(createdAt) },
    })),
    items: items.map((item) => ({
      ...exported(item),
      former: (former.get(item.id) ?? []).map(({ revision, body }) => ({ revision, body })),
    })),
    next,
  }
}

const exported = ({ thread, author: { name, email, url }, ...item }: QueueItem) => ({
  ...{ id: item.id, status: item.status, page: { key: thread.key, url: thread.url, title: thread.title } },
  ...{ name, email, url, body: item.body, createdAt: item.createdAt, editedAt: item.editedAt },
  appeal: item.appeal,
})
