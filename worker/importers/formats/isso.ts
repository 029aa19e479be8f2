import type { Entry, SourceComment } from '../entry.ts'
import type { BinaryImporter } from '../importer.ts'
import { joined } from '../opening/bytes.ts'
import { withoutRedirects } from './disqusLinks.ts'
import { markdownOrHtml } from './markup.ts'
import { type ForeignDatabase, isSqlite, openSqlite, type Row } from './sqlite.ts'

/** Bytes of a database beyond which it is not read: it must be in memory twice. */
const largest = 128 * 1024 * 1024

/**
 * Isso's database, of any schema so far (isso/db/comments.py of isso-comments/isso). A text is Markdown; what Isso had
 * imported itself from Disqus or WordPress is HTML. Comments that Isso publishes at once are no decisions: approved ones
 * are taken for such only where others wait, since then somebody let them pass.
 */
export const isso: BinaryImporter = {
  format: 'isso',
  detectBytes: isSqlite,
  async *readBytes(bytes) {
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of bytes) {
      size += piece.length
      if (size > largest) return yield broken(`This database is larger than ${largest / 1024 / 1024} MB.`)
      pieces.push(piece)
    }
    let database: ForeignDatabase | undefined
    let last = 0
    try {
      database = await openSqlite(joined(pieces.splice(0)))
      if (!isIssos(database))
        return yield broken('This database is none of Isso: it has no tables of threads and comments.')
      const isModerated = someWait(database)
      for (const row of database.rows(
        'SELECT c.*, t.uri, t.title FROM comments c LEFT JOIN threads t ON t.id = c.tid ORDER BY c.id',
      )) {
        last = Number(row.id)
        yield entryOf(row, isModerated)
      }
    } catch (error) {
      yield broken(`The database is damaged after comment ${last}: ${(error as Error).message}.`, last)
    } finally {
      database?.close()
    }
  },
}

const broken = (message: string, line = 0): Entry => ({ kind: 'broken', line, message })

/** Whether a database has Isso's tables. Views are none: what they are made of runs. */
function isIssos(database: ForeignDatabase): boolean {
  const tables =
    "SELECT count(*) AS found FROM sqlite_schema WHERE type = 'table' AND name IN ('comments', 'threads')"
  return database.rows(tables).next().value?.found === 2
}

/** Whether comments wait. A damaged database may not say, though its first comments can be read. */
function someWait(database: ForeignDatabase): boolean {
  try {
    const [row] = database.rows('SELECT EXISTS (SELECT 1 FROM comments WHERE mode = 2) AS waiting')
    return row?.waiting === 1
  } catch {
    return false
  }
}

const textOf = (value: Row[string] | undefined) => (typeof value === 'string' ? value : '')

/** Seconds since the epoch, with a fraction. */
function timeOf(value: Row[string] | undefined): SourceComment['createdAt'] {
  const time = Math.round(Number(value) * 1000)
  return value !== null && Math.abs(time) <= 8.64e15 ? time : { local: '0000-00-00T00:00:00' }
}

/** Modes of Isso: 1 is valid, 2 waits, 4 is deleted but answered. What else there may be is not public. */
const statuses: Record<number, SourceComment['status']> = { 1: 'approved', 2: 'pending', 4: 'deleted' }

function entryOf(row: Row, isModerated: boolean): Entry {
  const id = String(row.id)
  const parentId = row.parent === null || row.parent === undefined ? null : String(row.parent)
  const line = Number(row.id)
  const body = withoutRedirects(textOf(row.text))
  const address = textOf(row.uri)
  if (address === '') return { kind: 'leftOut', reason: 'no_page', id, parentId, line }
  const status = statuses[Number(row.mode)] ?? 'pending'
  // A deleted one keeps its place.
  if (body.trim() === '' && status !== 'deleted')
    return { kind: 'leftOut', reason: 'empty', id, parentId, line }
  return {
    ...{ kind: 'comment', id, parentId, body, status, line },
    page: { address, title: textOf(row.title) },
    author: {
      ...{ name: textOf(row.author), email: textOf(row.email) || null, url: textOf(row.website) || null },
      ...{ identity: null, isStaff: false },
    },
    form: markdownOrHtml(body),
    createdAt: timeOf(row.created),
    editedAt: row.modified === null || row.modified === undefined ? null : timeOf(row.modified),
    decided: status === 'approved' && isModerated,
    likes: Math.max(0, Math.trunc(Number(row.likes)) || 0),
    pinned: false,
  }
}
