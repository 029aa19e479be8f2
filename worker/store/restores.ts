import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ExportHead } from '../contract/exports.ts'
import { all, batch, first, sql } from './database.ts'
import type { Row } from './exportRows.ts'
import { exportTables, type Numbering } from './exportTables.ts'
import { freeing, freeingAll, reserving } from './reservedNumbers.ts'

/** An export that is put back. */
export interface Restore {
  id: string
  head: ExportHead
  /** Parts that came. */
  part: number
  /** Of the last of them. */
  sha256: string
  /** What is added to the numbers of its rows, so that they are free. */
  added: Record<Numbering, number>
  /** Since when its sites were archived, by id. */
  archived: Record<string, number | null>
  /** Whether the log tells of its site already: then it is not told once more. */
  hasLog: boolean
  leftOut: number
  endedAt: number | null
}

interface Stored extends Omit<Restore, 'head' | 'added' | 'hasLog' | 'archived'> {
  head: string
  added: string
  archived: string
}

export async function find(db: D1Database, id: string): Promise<Restore | null> {
  const row = await first<Stored>(
    sql(
      db,
      `SELECT id, head, part, sha256, added, archived, left_out AS leftOut, ended_at AS endedAt
       FROM restores WHERE id = ?`,
      id,
    ),
  )
  const [head, { hasLog, ...added }, archived] = [row?.head, row?.added, row?.archived].map((text) =>
    JSON.parse(text ?? '{}'),
  )
  return row && { ...row, head, added, hasLog, archived }
}

/** What is here before an export is put back. */
export interface Before {
  /** The highest numbers. */
  numbers: Record<Numbering, number>
  /** Whether there is anybody, or any site. */
  isEmpty: boolean
  /** Whether the site is there. */
  isTaken: boolean
  /** Whether the database has the schema that the export was made with. */
  isKnown: boolean
  /** Whether the log tells of the site, which was there before. */
  hasLog: boolean
}

export async function before(db: D1Database, { schema, site }: ExportHead): Promise<Before> {
  const row = await first<Record<string, number>>(
    sql(
      db,
      `SELECT coalesce((SELECT max(seq) FROM comments), 0) AS comments,
         coalesce((SELECT max(id) FROM threads), 0) AS threads, coalesce((SELECT max(id) FROM authors), 0) AS authors,
         coalesce((SELECT max(number) FROM imports), 0) AS imports,
         NOT EXISTS (SELECT 1 FROM sites) AND NOT EXISTS (SELECT 1 FROM staff) AS isEmpty,
         EXISTS (SELECT 1 FROM sites WHERE id = ?1) AS isTaken,
         EXISTS (SELECT 1 FROM events WHERE site_id = ?1 AND logged = 1) AS hasLog,
         EXISTS (SELECT 1 FROM d1_migrations WHERE name = ?2) AS isKnown`,
      site,
      schema,
    ),
  )
  const { comments = 0, threads = 0, authors = 0, imports = 0 } = row ?? {}
  return {
    numbers: { comments, threads, authors, imports },
    isEmpty: row?.isEmpty === 1,
    isTaken: row?.isTaken === 1,
    isKnown: row?.isKnown === 1,
    hasLog: row?.hasLog === 1,
  }
}

/** Whether all of a site is there, in a query: of one that is being put back the row of its tallies comes last. */
export const isWhole = (siteId: string) => `EXISTS (SELECT 1 FROM tallies WHERE site_id = ${siteId})`

/** The columns of the tables of an export, by table. */
export async function columns(db: D1Database): Promise<Map<string, Set<string>>> {
  const rows = await all<{ name: string; names: string }>(
    sql(
      db,
      `SELECT t.value AS name, (SELECT json_group_array(name) FROM pragma_table_info(t.value)) AS names
       FROM json_each(?) t`,
      JSON.stringify(exportTables.map(({ name }) => name)),
    ),
  )
  return new Map(rows.map(({ name, names }) => [name, new Set<string>(JSON.parse(names))]))
}

/** Rows of one table, of the same columns, as they are to be stored. */
export interface TableRows {
  name: string
  rows: Row[]
}

/** A part, with what its rows make of the restore. */
export interface Part {
  restore: Restore
  number: number
  sha256: string
  tables: TableRows[]
  isLast: boolean
  /** Milliseconds since the epoch. */
  at: number
}

/**
 * Stores a part in one transaction, where it is its turn. Sites take no comments until the end. The highest numbers are
 * taken at once, by rows that nobody sees, so that what others write meanwhile gets numbers beyond.
 *
 * @throws the database's error where a row cannot be stored, or the part came out of turn: then nothing was
 */
export async function add(
  db: D1Database,
  { restore, number, sha256, tables, isLast, at }: Part,
): Promise<void> {
  const { id, head, added, archived, hasLog, leftOut } = restore
  const isWhole = head.site === null
  await batch(db, [
    sql(db, 'PRAGMA defer_foreign_keys = on'),
    sql(
      db,
      'INSERT INTO restores (id, head, added, begun_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ...[id, JSON.stringify(head), JSON.stringify({ ...added, hasLog }), at],
    ),
    sql(
      db,
      'UPDATE restores SET part = ?, sha256 = ?, archived = ?, left_out = ?, ended_at = ? WHERE id = ?',
      ...[number, sha256, JSON.stringify(archived), leftOut, isLast ? at : null, id],
    ),
    // Days are not counted before it is told how far they are.
    ...(isWhole && number === 1
      ? [sql(db, 'INSERT OR REPLACE INTO roll_ups (id, counted_to) VALUES (1, ?)', nowhere)]
      : []),
    ...tables.flatMap((table) => [...freeing(db, restore, table), ...inserting(db, table)]),
    ...(number === 1 && head.site !== null ? reserving(db, restore, head.site) : []),
    ...(isLast ? ending(db, restore) : []),
  ])
}

/** An event that there is none of. */
const nowhere = Number.MAX_SAFE_INTEGER

/** Bytes of rows that one statement is given, unless one row has more: a value of D1 has at most 2 MB. */
const mostTogether = 1_800_000

/** Bytes of UTF-8 that a unit of UTF-16 takes at most. */
const bytesOfUnit = 3

/** The statements that insert rows, which have the columns of the first. */
function inserting(db: D1Database, { name, rows }: TableRows): D1PreparedStatement[] {
  const names = Object.keys(rows[0] ?? {})
  const values = names.map((column) => `j.value ->> '$.${column}'`)
  const how = name === 'roll_ups' ? 'INSERT OR REPLACE' : 'INSERT'
  const text = `${how} INTO ${name} (${names}) SELECT ${values} FROM json_each(?) j ORDER BY j.key`
  const chunks: string[][] = []
  let left = 0
  for (const row of rows) {
    const json = JSON.stringify(row)
    const bytes = bytesOfUnit * json.length
    if (chunks.length === 0 || bytes > left) {
      chunks.push([])
      left = mostTogether
    }
    left -= bytes
    chunks.at(-1)?.push(json)
  }
  return chunks.map((chunk) => sql(db, text, `[${chunk.join()}]`))
}

function ending(db: D1Database, restore: Restore): D1PreparedStatement[] {
  return [
    ...freeingAll(db, restore),
    sql(db, 'DELETE FROM roll_ups WHERE counted_to = ?', nowhere),
    sql(
      db,
      `UPDATE sites SET archived_at = j.value FROM json_each(?) j WHERE sites.id = j.key`,
      JSON.stringify(restore.archived),
    ),
  ]
}
