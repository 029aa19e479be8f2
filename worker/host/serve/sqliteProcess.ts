import { statSync } from 'node:fs'
import { setPriority } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { copyTo, damageOf, erasedIn, type Summary, tablesOf } from './snapshot.ts'

/**
 * SQLite outside of workerd, as a process of its own: `node sqliteProcess.ts ACT FILE…` prints a list of what `acts`
 * answers, as JSON. So a damaged file harms nobody else, a long check can be ended at any time, and its memory goes
 * with it.
 */
export interface Look {
  /** Names of the migrations that were applied. */
  migrations: string[]
  /** The number of the last event. Events are never removed, so it never falls. */
  events: number
  /** What is wrong with the file, in SQLite's words; null where nothing was found. */
  damage: string | null
  /** Whether all pages were looked at. Larger files take a while: `check` is for those. */
  whole: boolean
}

/** So much is read whole in well under a second. */
const small = 64 * 1024 * 1024

/** So much is written anew in less than a minute: services that take longer to stop are killed. */
const large = 2 * 1024 ** 3

const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Opens a file, works with it, and tells what was wrong. Nothing is changed in it where it is only read. */
function withFile(file: string, readOnly: boolean, work: (db: DatabaseSync) => string | null): string | null {
  try {
    const db = new DatabaseSync(file, { readOnly, timeout: 2000 })
    try {
      return work(db)
    } finally {
      db.close()
    }
  } catch (error) {
    return (error as Error).message
  }
}

const numberOf = (db: DatabaseSync, query: string) =>
  Number(Object.values(db.prepare(query).get() ?? {})[0] ?? 0)

const has = (db: DatabaseSync, table: string) =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined

/** SQLite's own check of every page, without comparing indexes with their tables. */
function check(db: DatabaseSync): string | null {
  const found = String(Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0])
  return found === 'ok' ? null : found.replace(/\s+/g, ' ')
}

/** Pages that neither the file nor its log can hold. */
function missing(db: DatabaseSync, file: string): string | null {
  const needed = numberOf(db, 'PRAGMA page_count') * numberOf(db, 'PRAGMA page_size')
  const there = size(file) + size(`${file}-wal`)
  return there < needed ? `it has ${there} bytes of ${needed}` : null
}

/** Writes what stands in a file's log into the file, and takes the log away. */
const checkpoint = (db: DatabaseSync) => db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()

/** Writes a file anew from which somebody took their words back. Where there is no room for that, the next one does it. */
function scrub(db: DatabaseSync, file: string) {
  if (size(file) > large || !has(db, 'scrubbing') || numberOf(db, 'SELECT count(*) FROM scrubbing') === 0)
    return
  try {
    // What was removed from a full-text index goes when its parts are put together.
    if (has(db, 'documents')) db.exec("INSERT INTO documents (documents) VALUES ('optimize')")
    db.exec('VACUUM; DELETE FROM scrubbing')
  } catch {
    // It stays noted.
  }
  checkpoint(db)
}

/** Names of the migrations that a database has, in order. */
const migrationsOf = (db: DatabaseSync): string[] =>
  has(db, 'd1_migrations')
    ? db
        .prepare('SELECT name FROM d1_migrations ORDER BY id')
        .all()
        .map(({ name }) => String(name))
    : []

/** What an open file holds. */
function holding(db: DatabaseSync, found: Look) {
  found.migrations = migrationsOf(db)
  if (has(db, 'events')) found.events = numberOf(db, 'SELECT max(id) FROM events')
}

const acts = {
  /** What a file holds, without writing to it; a small one is looked at whole. */
  look(file: string): Look {
    const found: Look = { migrations: [], events: 0, damage: null, whole: size(file) <= small }
    found.damage = withFile(file, true, (db) => {
      const gap = missing(db, file)
      if (gap) return gap
      holding(db, found)
      return found.whole ? check(db) : null
    })
    return found
  },

  /** What is wrong anywhere in a file, however large; null for nothing. Others go first. */
  check(file: string): string | null {
    setPriority(19)
    return withFile(file, true, check)
  },

  /** Takes what was taken back out of free parts of a file that is being served. Nobody else may write meanwhile. */
  scrub: (file: string): string | null =>
    withFile(file, false, (db) => {
      scrub(db, file)
      return null
    }),

  /** Copies a file that may be served into a new one. @param pair the two paths, as JSON */
  copy(pair: string): string | null {
    const [from, to] = JSON.parse(pair) as [string, string]
    return withFile(from, true, (db) => {
      copyTo(db, to)
      return null
    })
  },

  /** What was erased in a file and stands in an older one; null where one cannot be read. @param pair both, as JSON */
  erased(pair: string): ReturnType<typeof erasedIn> | null {
    const [later, older] = JSON.parse(pair) as [string, string]
    let found: ReturnType<typeof erasedIn> | null = null
    withFile(older, true, (db) => {
      found = erasedIn(db, later)
      return null
    })
    return found
  },

  /** What a file holds, table by table, and all that is wrong with it. Nothing is written. Others go first. */
  sum(file: string): Summary {
    setPriority(10)
    const found: Summary = { migrations: [], tables: {}, damage: [] }
    const damage = withFile(file, true, (db) => {
      found.damage = damageOf(db)
      if (found.damage.length > 0) return null
      found.migrations = migrationsOf(db)
      found.tables = tablesOf(db)
      return null
    })
    return damage === null ? found : { ...found, damage: [damage] }
  },

  /**
   * Leaves a file at rest, without a log and without what was taken back in free parts of it, and tells what it holds.
   */
  settle(file: string): Look {
    const found: Look = { migrations: [], events: 0, damage: null, whole: false }
    found.damage = withFile(file, false, (db) => {
      checkpoint(db)
      holding(db, found)
      scrub(db, file)
      return null
    })
    return found
  },
}

export type Act = keyof typeof acts
export type Answer<Name extends Act> = ReturnType<(typeof acts)[Name]>

const [act, ...files] = process.argv.slice(2)
process.stdout.write(JSON.stringify(files.map((file) => acts[act as Act](file))))
