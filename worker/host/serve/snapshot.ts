import { createHash, type Hash } from 'node:crypto'
import { setPriority } from 'node:os'
import type { DatabaseSync } from 'node:sqlite'

/** What one table of a database holds. */
export interface Table {
  rows: number
  /** SHA-256 of all rows in the order of their keys, as hex. */
  hash: string
}

/** What a whole database holds, and what is wrong with it. */
export interface Summary {
  /** Names of the migrations that were applied, in order. */
  migrations: string[]
  tables: Record<string, Table>
  /** In SQLite's words; empty where nothing was found. */
  damage: string[]
}

/** Identifiers as SQL has them. */
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/**
 * Writes a database that may be served at this moment into a new file, as it was at one point of time: readers of a log
 * see no later writes, and keep no writer waiting. Free pages, which may hold what was taken back, stay behind.
 */
export function copyTo(db: DatabaseSync, file: string): void {
  setPriority(10)
  db.prepare('VACUUM INTO ?').run(file)
}

/** What each table of a database holds, by name. */
export function tablesOf(db: DatabaseSync): Record<string, Table> {
  const names = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all()
    .map(({ name }) => String(name))
  return Object.fromEntries(names.map((name) => [name, tableOf(db, name)]))
}

function tableOf(db: DatabaseSync, name: string): Table {
  // Without an index a table is read in the order of its keys.
  const read = db.prepare(`SELECT * FROM ${quoted(name)} NOT INDEXED`)
  read.setReadBigInts(true)
  read.setReturnArrays(true)
  const hash = createHash('sha256')
  let rows = 0
  for (const row of read.iterate() as unknown as Iterable<unknown[]>) {
    rows++
    for (const value of row) add(hash, value)
  }
  return { rows, hash: hash.digest('hex') }
}

/** A value with its type and its length, so that no two rows come to the same text. */
function add(hash: Hash, value: unknown) {
  if (value === null) hash.update('n;')
  else if (value instanceof Uint8Array) hash.update(`b${value.length}:`).update(value)
  else if (typeof value === 'string') hash.update(`t${value.length}:${value}`)
  else hash.update(`${typeof value === 'bigint' ? 'i' : 'f'}${value};`)
}

/**
 * Ids of authors and comments that were erased in one database and have words in another, an older one of the same site.
 *
 * @param db the older one
 * @param file that in which they were erased
 */
export function erasedIn(db: DatabaseSync, file: string): { authors: string[]; comments: string[] } {
  db.prepare('ATTACH ? AS later').run(file)
  const ids = (query: string) =>
    db
      .prepare(query)
      .all()
      .map(({ id }) => String(id))
  const isLogged = db.prepare("SELECT 1 FROM later.sqlite_schema WHERE name = 'erasures'").get() !== undefined
  const authors = isLogged
    ? ids(`SELECT l.public_id AS id FROM later.erasures e JOIN later.authors l ON l.id = e.author_id
        JOIN main.authors a ON a.public_id = l.public_id`)
    : []
  const comments = ids(`SELECT c.id FROM main.comments c JOIN later.comments l ON l.id = c.id
    WHERE l.erased = 1 AND c.erased = 0`)
  return { authors, comments }
}

/** All that SQLite finds wrong in a database: pages, indexes, constraints and what rows lead to. A few lines at most. */
export function damageOf(db: DatabaseSync): string[] {
  const found = db
    .prepare('PRAGMA integrity_check(5)')
    .all()
    .map((row) => String(Object.values(row)[0]))
  const lost = db.prepare('PRAGMA foreign_key_check').all().slice(0, 5)
  return [
    ...found.filter((line) => line !== 'ok').map((line) => line.replace(/\s+/g, ' ')),
    ...lost.map(({ table, parent }) => `a row of ${table} leads to no row of ${parent}`),
  ]
}
