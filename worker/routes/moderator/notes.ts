import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { addNote } from '../../commands/addNote.ts'
import { removeNote } from '../../commands/removeNote.ts'
import { seeMentions } from '../../commands/seeMentions.ts'
import {
  type Colleague,
  mentionsQuery,
  mostColleagues,
  newNote,
  seenMentions,
  type Unseen,
} from '../../contract/notes.ts'
import type { Page } from '../../contract/page.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { mentionsPage } from '../../queries/mentionsPage.ts'
import { notesOf } from '../../queries/notesOf.ts'
import { mainDatabase } from '../../store/database.ts'
import { countUnseen } from '../../store/mentions.ts'
import type { About } from '../../store/notes.ts'
import { colleagues } from '../../store/staffNames.ts'
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
  const { cursor, unseen } = parse(mentionsQuery, single(c.req.queries()))
  const asked = { unseen: unseen === 'true', after: cursor ?? null }
  return c.json(await mentionsPage(worldOf(c), c.get('moderator'), asked))
}

/** `GET /v1/mentions/unseen`: how many of them they have not seen. */
export async function getUnseenMentions(c: Ctx): Promise<Response> {
  const by = c.get('moderator')
  const unseen = await countUnseen(worldOf(c).db, { staffId: by.id, siteIds: sitesOf(by) })
  return c.json({ unseen } satisfies Unseen)
}

/** `PUT /v1/mentions/seen` */
export async function putSeenMentions(c: Ctx): Promise<Response> {
  const { notes } = parse(seenMentions, await readJson(c.req.raw))
  const unseen = await seeMentions(worldOf(c), { notes, by: c.get('moderator') })
  return c.json({ unseen } satisfies Unseen)
}

/** `GET /v1/sites/:site/colleagues`: whom notes on a site can name. */
export async function getColleagues(c: Ctx): Promise<Response> {
  const items = await colleagues(mainDatabase(c.env), c.req.param('site') ?? '', mostColleagues)
  return c.json({ items, next: null } satisfies Page<Colleague>)
}
