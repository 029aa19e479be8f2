import type { Ctx } from '../../access/identity.ts'
import { addNote } from '../../commands/addNote.ts'
import { removeNote } from '../../commands/removeNote.ts'
import { mentionsQuery, newNote } from '../../contract/notes.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { mentionsPage } from '../../queries/mentionsPage.ts'
import { notesOf } from '../../queries/notesOf.ts'
import type { About } from '../../store/notes.ts'
import { worldOf } from '../world.ts'

const aboutOf = (c: Ctx, kind: About['kind']): About => {
  const id = c.req.param('id') ?? ''
  return { kind, id: kind === 'comment' ? id.toLowerCase() : id }
}

/** `GET /v1/comments/:id/notes` and `GET /v1/authors/:id/notes` */
export const getNotes = (kind: About['kind']) => async (c: Ctx) =>
  c.json(await notesOf(worldOf(c), aboutOf(c, kind), c.get('moderator')))

/** `POST /v1/comments/:id/notes` and `POST /v1/authors/:id/notes` */
export const postNote = (kind: About['kind']) => async (c: Ctx) => {
  const note = parse(newNote, await readJson(c.req.raw))
  const added = await addNote(worldOf(c), { about: aboutOf(c, kind), note, actor: c.get('moderator') })
  return c.json(added.note, added.isNew ? 201 : 200)
}

/** `DELETE /v1/comments/:id/notes/:note` and `DELETE /v1/authors/:id/notes/:note` */
export const deleteNote = (kind: About['kind']) => async (c: Ctx) => {
  const id = (c.req.param('note') ?? '').toLowerCase()
  await removeNote(worldOf(c), { about: aboutOf(c, kind), id, actor: c.get('moderator') })
  return c.body(null, 204)
}

/** `GET /v1/mentions`: notes that name whoever asks. */
export async function getMentions(c: Ctx): Promise<Response> {
  const { cursor } = parse(mentionsQuery, single(c.req.queries()))
  return c.json(await mentionsPage(worldOf(c), c.get('moderator'), cursor ?? null))
}
