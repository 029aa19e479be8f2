import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { sql } from './database.ts'
import type { Row } from './exportRows.ts'
import type { Numbering } from './exportTables.ts'

/** What an export that is put back says of its numbers. */
interface Reserving {
  id: string
  /** The highest that it has. */
  head: { numbers: Record<Numbering, number> }
  /** What is added to them. */
  added: Record<Numbering, number>
}

/** Of what others write meanwhile, what names others first. Imports come with the sites. */
const reservable = ['comments', 'threads', 'authors'] as const

/** The highest numbers that a restore gives. */
const highest = ({ head, added }: Reserving, kind: Numbering) => head.numbers[kind] + added[kind]

/** What the rows that hold the highest numbers are known by. */
const markOf = ({ id }: Reserving) => `restore ${id}`

/** Takes the highest numbers, in the site's name. */
export function reserving(db: D1Database, restore: Reserving, siteId: string): D1PreparedStatement[] {
  const { numbers } = restore.head
  if (reservable.some((kind) => numbers[kind] === 0)) return []
  const [comment, thread, author] = reservable.map((kind) => highest(restore, kind))
  const mark = markOf(restore)
  // Those that have come with this very part are there.
  return [
    sql(
      db,
      'INSERT OR IGNORE INTO threads (id, site_id, key, created_at) VALUES (?, ?, ?, 0)',
      ...[thread, siteId, mark],
    ),
    sql(
      db,
      'INSERT OR IGNORE INTO authors (id, public_id, site_id, token_hash, created_at) VALUES (?1, ?3, ?2, ?3, 0)',
      ...[author, siteId, mark],
    ),
    sql(
      db,
      `INSERT OR IGNORE INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, status, body,
         content, body_hash, request_hash, created_at, elapsed_ms, erased)
       VALUES (?1, ?5, ?2, ?3, ?4, ?5, '', 'deleted', '', '[]', '', '', 0, 0, 1)`,
      ...[comment, siteId, thread, author, mark],
    ),
  ]
}

const columns = {
  comments: { number: 'seq', mark: 'id' },
  threads: { number: 'id', mark: 'key' },
  authors: { number: 'id', mark: 'public_id' },
} as const

const reserved = (db: D1Database, restore: Reserving, kind: (typeof reservable)[number]) =>
  sql(
    db,
    `DELETE FROM ${kind} WHERE ${columns[kind].number} = ? AND ${columns[kind].mark} = ?`,
    ...[highest(restore, kind), markOf(restore)],
  )

/** Makes room for rows of a table, if one of them has the highest number by right. */
export function freeing(
  db: D1Database,
  restore: Reserving,
  { name, rows }: { name: string; rows: Row[] },
): D1PreparedStatement[] {
  const kind = reservable.find((one) => one === name)
  if (!kind) return []
  const number = highest(restore, kind)
  return rows.some((row) => row[columns[kind].number] === number) ? [reserved(db, restore, kind)] : []
}

/** Gives back what nothing took, the first what names the others. */
export const freeingAll = (db: D1Database, restore: Reserving): D1PreparedStatement[] =>
  reservable.map((kind) => reserved(db, restore, kind))
