/// <reference path="./sqlJs.d.ts" />

/** A row, by its columns. */
export type Row = Record<string, number | string | Uint8Array | null>

/** A database that somebody else wrote, in memory, read only. */
export interface ForeignDatabase {
  rows(sql: string): Generator<Row>
  close(): void
}

/** How a file of SQLite begins (sqlite.org/fileformat.html, 1.3). */
export const isSqlite = (head: Uint8Array) =>
  new TextDecoder().decode(head.subarray(0, 16)) === 'SQLite format 3\0'

/** Reads a database from its bytes. SQLite comes with the first of them, and nothing a file says runs with it. */
export async function openSqlite(bytes: Uint8Array): Promise<ForeignDatabase> {
  const { default: initSqlJs } = await import('sql.js/dist/sql-wasm-inline.js')
  const { Database } = await initSqlJs()
  // Written with a log beside it (WAL), of which a file alone knows nothing: it is read as one without.
  if (bytes[18] === 2) bytes.fill(1, 18, 20)
  const database = new Database(bytes)
  // What the file defines is data: no function of it may do more than read (sqlite.org/security.html).
  database.run('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON')
  return {
    *rows(sql) {
      const statement = database.prepare(sql)
      try {
        while (statement.step()) yield statement.getAsObject() as Row
      } finally {
        statement.free()
      }
    },
    close: () => database.close(),
  }
}
