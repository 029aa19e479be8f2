import type { Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { AuthorExport } from '../contract/authorExport.ts'
import type { QueueItem } from '../contract/queue.ts'
import { databaseOf } from '../store/database.ts'
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
  const [noted, texts] = await Promise.all([
    notes.list(db, { kind: 'author', id: author.id }),
    formerTexts(db, ids),
  ])
  const former = Map.groupBy(texts, ({ commentId }) => commentId)
  return {
    author,
    notes: noted.map((note) => noteView(note, by)),
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
