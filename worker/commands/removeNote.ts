import type { Powers } from '../access/permissions.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { requireNoted } from '../queries/noted.ts'
import { noteView } from '../queries/noteView.ts'
import { databaseOf } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as notes from '../store/notes.ts'
import { eventOf } from './addNote.ts'
import type { World } from './world.ts'

interface Removal {
  about: notes.About
  id: string
  actor: Actor & Powers
}

/** Removes a note: its writer's own, or any by an owner. @throws Refusal `not_found` or `forbidden` */
export async function removeNote(world: World, { about, id, actor }: Removal): Promise<void> {
  const noted = await requireNoted(world, about)
  const db = databaseOf(world.env, noted.siteId)
  const note = await notes.one(db, noted, id)
  if (!note) throw new Refusal('not_found')
  if (!noteView(note, actor).removable)
    throw new Refusal('forbidden', { message: 'Only its writer or an owner of the site removes a note.' })
  const event = eventOf('note.remove', noted, { id, actor, at: world.now })
  if (!(await notes.remove(db, noted, event))) throw new Refusal('not_found')
  publish(world, [event])
}
