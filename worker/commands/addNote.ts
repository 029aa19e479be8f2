import type { Powers } from '../access/permissions.ts'
import type { NoteEvent } from '../contract/events.ts'
import { mentionsIn } from '../contract/mentions.ts'
import { mostNotes, type Note } from '../contract/notes.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { requireNoted } from '../queries/noted.ts'
import { noteView } from '../queries/noteView.ts'
import { databaseOf, mainDatabase } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as notes from '../store/notes.ts'
import { accounts } from '../store/staffNames.ts'
import type { World } from './world.ts'

interface NewNote {
  about: notes.About
  note: { id: string; body: string }
  actor: Actor & Powers
}

/**
 * Notes something for staff about a comment or an author, once. It names those of the site's staff whose name stands
 * in it as `@Name`.
 *
 * @returns the note, and whether it is new
 * @throws Refusal `not_found`, `id_taken`, or `conflict` where there are enough
 */
export async function addNote(
  world: World,
  { about, note: { id, body }, actor }: NewNote,
): Promise<{ note: Note; isNew: boolean }> {
  const noted = await requireNoted(world, about)
  const db = databaseOf(world.env, noted.siteId)
  const staff = await accounts(mainDatabase(world.env), noted.siteId)
  const mentions = mentionsIn(body, staff).filter((person) => person.id !== actor.id)
  const row: notes.NoteRow = {
    ...{ id, body, staffId: actor.id, staffName: actor.name, createdAt: world.now },
    mentions: JSON.stringify(mentions),
  }
  const event: NoteEvent = {
    ...eventOf('note.add', noted, { id, actor, at: world.now }),
    ...(mentions.length > 0 && { mentions: mentions.map((person) => person.id) }),
  }
  if (await notes.add(db, noted, row, event)) {
    publish(world, [event])
    return { note: noteView(row, actor), isNew: true }
  }
  const there = await notes.one(db, noted, id)
  if (there?.staffId === actor.id && there.body === body)
    return { note: noteView(there, actor), isNew: false }
  if (there || (await notes.list(db, about)).length < mostNotes)
    throw new Refusal('id_taken', {
      field: 'id',
      message: 'A note with this id exists already and says something else.',
    })
  throw new Refusal('conflict', {
    message: `There are ${mostNotes} notes here already. Remove one first.`,
    limit: mostNotes,
  })
}

/** What happened to a note. */
export const eventOf = (
  act: NoteEvent['act'],
  { kind, id, siteId }: notes.Noted,
  note: { id: string; actor: Actor; at: number },
): NoteEvent => ({
  ...{ act, at: note.at, actor: note.actor, siteId, noteId: note.id },
  ...(kind === 'comment' ? { commentId: id } : { commentId: null, value: id }),
})
