import type { D1Database } from '@cloudflare/workers-types'
import { all, first, sql } from './database.ts'
import type { ExportTable, Numbering } from './exportTables.ts'

/** A value of a row, as the database has it. */
export type Value = string | number | null
export type Row = Record<string, Value>

/** Where a row stands in a table: its primary key. */
export type Key = (string | number)[]

/** What an export is of. */
export interface ExportScope {
  /** Null for all that the database has. */
  siteId: string | null
  /** The highest numbers when it began: of what came later it has nothing. */
  upTo: Record<Numbering | 'events', number>
}

/** The state of a database when an export begins. */
export interface Beginning {
  upTo: ExportScope['upTo']
  /** The name of the latest migration. */
  schema: string
  /** Comments that there are about. */
  comments: number
}

/** What a site's export begins with, or that of all sites. */
export async function beginning(db: D1Database, siteId: string | null): Promise<Beginning> {
  const row = await first<Record<Numbering | 'events' | 'total', number> & { schema: string }>(
    sql(
      db,
      `SELECT coalesce((SELECT max(seq) FROM comments), 0) AS comments,
         coalesce((SELECT max(id) FROM threads), 0) AS threads,
         coalesce((SELECT max(id) FROM authors), 0) AS authors,
         coalesce((SELECT max(number) FROM imports), 0) AS imports,
         coalesce((SELECT max(id) FROM events), 0) AS events,
         (SELECT name FROM d1_migrations ORDER BY name DESC LIMIT 1) AS schema,
         coalesce((SELECT sum(total) FROM tallies WHERE ?1 IS NULL OR site_id = ?1), 0) AS total`,
      siteId,
    ),
  )
  const { schema = '', total = 0, ...upTo } = row ?? {}
  return {
    schema,
    comments: total,
    upTo: { comments: 0, threads: 0, authors: 0, imports: 0, events: 0, ...upTo },
  }
}

/** Most things that are told to have happened since an export began. */
export const mostCounted = 1000

/** How much has happened since an export began: what was exported before may have changed. */
export async function happenedSince(db: D1Database, { siteId, upTo }: ExportScope): Promise<number> {
  const row = await first<{ count: number }>(
    sql(
      db,
      `SELECT count(*) AS count FROM (SELECT 1 FROM (SELECT site_id FROM events WHERE id > ?1 ORDER BY id LIMIT ${mostCounted})
         WHERE ?2 IS NULL OR site_id = ?2)`,
      upTo.events,
      siteId,
    ),
  )
  return row?.count ?? 0
}

/** A stretch of a table by its key: rows beyond `after`, up to and with `to`. */
export interface Stretch {
  after: Key
  to: Key
  /** About the bytes of its rows that are meant. */
  bytes: number
  /** Rows that were looked at, and those of them that are meant. */
  looked: number
  meant: number
  /** Whether the table ends with it. */
  isLast: boolean
}

/** Bytes of a row besides its long texts, about. */
const rowBytes = 400

/**
 * The next stretch of a table, by looking at keys and lengths alone; null where there is none. It holds the rows that it
 * looked at, of which other sites' are left out when it is read: so each look is bounded, whatever a database has.
 *
 * @param most rows that are looked at, and bytes that those that are meant may have; one row may have more
 */
export async function stretchOf(
  db: D1Database,
  table: ExportTable,
  scope: ExportScope,
  { after, most }: { after: Key; most: { rows: number; bytes: number } },
): Promise<Stretch | null> {
  const { siteId } = scope
  const columns = Object.keys(table.key)
  const lengths = (table.long ?? []).map((column) => `coalesce(octet_length(t.${column}), 0)`)
  const values = [...after, ...(siteId === null ? [] : [siteId])]
  const rows = await all<Row & { bytes: number; isMeant: number }>(
    sql(
      db,
      `SELECT ${columns.map((column) => `t.${column}`)}, ${[rowBytes, ...lengths].join(' + ')} AS bytes,
         ${siteId === null ? '1' : belongs(table, `?${values.length}`)} AS isMeant
       FROM ${table.name} t
       WHERE ${beyond(columns, '>', 1)}${siteId !== null && columns[0] === 'site_id' ? ` AND t.site_id = ?${values.length}` : ''}
       ORDER BY ${columns.map((column) => `t.${column}`)} LIMIT ${most.rows}`,
      ...values,
    ),
  )
  let [bytes, meant, looked] = [0, 0, 0]
  let last: Row | null = null
  for (const row of rows) {
    const more = row.isMeant ? row.bytes : 0
    if (last !== null && bytes + more > most.bytes) break
    bytes += more
    looked++
    meant += row.isMeant
    last = row
  }
  if (last === null) return null
  const to = columns.map((column) => last[column] as string | number)
  return { after, to, bytes, looked, meant, isLast: looked === rows.length && looked < most.rows }
}

/** The rows of a stretch that an export is of, as the database has them. */
export function rowsOf(
  db: D1Database,
  table: ExportTable,
  { siteId, upTo }: ExportScope,
  { after, to }: Pick<Stretch, 'after' | 'to'>,
): Promise<Row[]> {
  const columns = Object.keys(table.key)
  const values: Value[] = [...after, ...to]
  const bind = (value: Value) => `?${values.push(value)}`
  const conditions = [beyond(columns, '>', 1), beyond(columns, '<=', columns.length + 1)]
  if (siteId !== null) conditions.push(belongs(table, bind(siteId)))
  for (const [column, kind] of Object.entries(table.numbers ?? {}))
    conditions.push(`coalesce(t.${column}, 0) <= ${bind(upTo[kind])}`)
  if (table.name === 'events') conditions.push(`t.id <= ${bind(upTo.events)}`)
  const text = `SELECT t.* FROM ${table.name} t WHERE ${conditions.join(' AND ')}
    ORDER BY ${columns.map((column) => `t.${column}`)}`
  return all<Row>(sql(db, text, ...values))
}

const beyond = (columns: string[], sign: '>' | '<=', from: number) =>
  `(${columns.map((column) => `t.${column}`)}) ${sign} (${columns.map((_, at) => `?${from + at}`)})`

/** Holds of rows `t` that belong to a site. */
function belongs({ name, of }: ExportTable, site: string): string {
  if (of === null) return 'FALSE'
  if (name === 'sites') return `t.id = ${site}`
  // No index is wanted for it: rows are read by their keys.
  if (of === 'site') return `+t.site_id IS ${site}`
  return of === 'comment'
    ? `EXISTS (SELECT 1 FROM comments c WHERE c.seq = t.comment_seq AND c.site_id = ${site})`
    : `EXISTS (SELECT 1 FROM authors a WHERE a.id = t.author_id AND a.site_id = ${site})`
}
