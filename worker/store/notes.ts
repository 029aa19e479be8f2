import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { NoteEvent } from '../contract/events.ts'
import { mostNotes } from '../contract/notes.ts'
import { all, batch, type Condition, changed, first, over, sql } from './database.ts'
import { recordEvent } from './events.ts'

/** What a note is about, as a path names it: a comment by its id, or an author by the public one. */
export interface About {
  kind: 'comment' | 'author'
  id: string
}

/** The same as it is found. */
export interface Noted extends About {
  /** Its number in its table. */
  number: number
  siteId: string
}

const tables = {
  comment: { name: 'comments', number: 'seq', id: 'id', column: 'comment_seq', there: 'erased = 0' },
  author: { name: 'authors', number: 'id', id: 'public_id', column: 'author_id', there: 'TRUE' },
} as const

/** What a note may be about; null where it is not there, or its words are gone. */
export async function find(db: D1Database, { kind, id }: About): Promise<Noted | null> {
  const table = tables[kind]
  const row = await first<{ number: number; siteId: string }>(
    sql(
      db,
      `SELECT ${table.number} AS number, site_id AS siteId FROM ${table.name} WHERE ${table.id} = ? AND ${table.there}`,
      id,
    ),
  )
  return row && { kind, id, ...row }
}

/** A note as it is kept. */
export interface NoteRow {
  id: string
  body: string
  /** JSON of ids and names. */
  mentions: string
  staffId: string
  staffName: string
  createdAt: number
}

/** What a `NoteRow` is read from, in a query where `n` is the note. */
const columns = `n.id, n.body, n.mentions, n.staff_id AS staffId, n.staff_name AS staffName, n.created_at AS createdAt`

/** Notes about something, the latest first. */
export const list = (db: D1Database, { kind, id }: About): Promise<NoteRow[]> => {
  const table = tables[kind]
  return all(
    sql(
      db,
      `SELECT ${columns} FROM notes n INDEXED BY notes_${kind}
       WHERE n.${table.column} = (SELECT ${table.number} FROM ${table.name} WHERE ${table.id} = ?)
       ORDER BY n.created_at DESC LIMIT ${mostNotes}`,
      id,
    ),
  )
}

/** A note of something by its id. */
export const one = (db: D1Database, noted: Noted, id: string): Promise<NoteRow | null> =>
  first(
    sql(
      db,
      `SELECT ${columns} FROM notes n WHERE n.id = ? AND n.${tables[noted.kind].column} = ?`,
      id,
      noted.number,
    ),
  )

/** Adds a note, unless its id is there already or there are enough. @returns whether it was added */
export async function add(db: D1Database, noted: Noted, note: NoteRow, event: NoteEvent): Promise<boolean> {
  const { column } = tables[noted.kind]
  const mentioned = event.mentions ?? []
  const [written] = await batch(db, [
    sql(
      db,
      `INSERT INTO notes (id, site_id, ${column}, body, mentions, staff_id, staff_name, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
       WHERE (SELECT count(*) FROM notes INDEXED BY notes_${noted.kind} WHERE ${column} = ?3) < ${mostNotes}
       ON CONFLICT (id) DO NOTHING`,
      note.id,
      noted.siteId,
      noted.number,
      note.body,
      note.mentions,
      note.staffId,
      note.staffName,
      note.createdAt,
    ),
    recordEvent(db, event, changed),
    showing(db, noted),
    ...(mentioned.length > 0
      ? [
          over(
            db,
            mentioned.map((staff) => ({ staff, at: note.createdAt, note: note.id })),
            `INSERT INTO mentions (staff_id, created_at, note_id)
             SELECT x.staff, x.at, x.note FROM x JOIN notes n ON n.id = x.note AND n.created_at = x.at
             WHERE TRUE ON CONFLICT DO NOTHING`,
          ),
        ]
      : []),
  ])
  return (written?.meta.changes ?? 0) > 0
}

/** Removes a note. @returns whether it was there */
export async function remove(db: D1Database, noted: Noted, event: NoteEvent): Promise<boolean> {
  const [removed] = await batch(db, [
    sql(
      db,
      `DELETE FROM notes WHERE id = ? AND ${tables[noted.kind].column} = ?`,
      event.noteId,
      noted.number,
    ),
    recordEvent(db, event, changed),
    showing(db, noted),
  ])
  return (removed?.meta.changes ?? 0) > 0
}

/** A statement that has the queue's answers be others, after a change that recorded one event. */
const showing = (db: D1Database, { siteId }: Noted): D1PreparedStatement =>
  sql(db, `UPDATE tallies SET version = version + 1 WHERE site_id = ? AND ${changed.text}`, siteId)

/** A statement that removes the notes about an author once no other comment of theirs is there, under a condition. */
export const forgettingAuthor = (
  db: D1Database,
  { seq, authorId }: { seq: number; authorId: number },
  { text, values }: Condition,
): D1PreparedStatement =>
  sql(
    db,
    `DELETE FROM notes WHERE author_id = ? AND NOT EXISTS (SELECT 1 FROM comments c INDEXED BY comments_author
       WHERE c.author_id = notes.author_id AND c.erased = 0 AND c.seq <> ?) AND ${text}`,
    authorId,
    seq,
    ...values,
  )
