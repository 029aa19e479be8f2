import type { Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { Note } from '../contract/notes.ts'
import type { Page } from '../contract/page.ts'
import { databaseOf } from '../store/database.ts'
import * as notes from '../store/notes.ts'
import { requireNoted } from './noted.ts'
import { noteView } from './noteView.ts'

/** Notes about a comment or an author, the latest first: all there are. @throws Refusal `not_found` */
export async function notesOf(
  { env }: World,
  about: notes.About,
  by: { id: string } & Powers,
): Promise<Page<Note>> {
  const { siteId } = await requireNoted({ env }, about)
  const rows = await notes.list(databaseOf(env, siteId), about)
  return { items: rows.map((row) => noteView(row, by)), next: null }
}
