import type { Powers } from '../access/permissions.ts'
import type { Note } from '../contract/notes.ts'
import { iso } from '../store/database.ts'
import type { NoteRow } from '../store/notes.ts'

/** A note as staff sees it. @param by who asks */
export const noteView = (row: NoteRow, by: { id: string } & Powers): Note => ({
  id: row.id,
  body: row.body,
  by: { id: row.staffId, name: row.staffName },
  at: iso(row.createdAt),
  mentions: JSON.parse(row.mentions),
  removable: row.staffId === by.id || by.scope === 'own',
})
