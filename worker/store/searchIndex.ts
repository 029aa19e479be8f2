import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, batch, first, sql } from './database.ts'

/** How far the index has come. */
export interface Progress {
  /** Goes up with each write. */
  turn: number
  /** The last event that it followed; null before it is begun. */
  event: number | null
  /** It has no comments yet of this number or a lower one, apart from new ones; 0 when it is complete. */
  buildBelow: number
  built: number
  /** Comments that there were when it was begun. */
  total: number
  /** A thread whose comments are read again, and below which position they still have to be. */
  thread: number | null
  threadBelow: number | null
}

export const progress = (index: D1Database): Promise<Progress | null> =>
  first(
    sql(
      index,
      `SELECT turn, event, build_below AS buildBelow, built, total, thread, thread_below AS threadBelow FROM progress`,
    ),
  )

/** A part of the index. */
export interface Range {
  /** What the documents must be, in FTS5's language. */
  expression: string
  order: 'ASC' | 'DESC'
  /** Positions between these two, and not they themselves. */
  above: number
  below: number
  limit: number
}

/** Positions of the documents of a part. */
export async function find(
  index: D1Database,
  { expression, order, above, below, limit }: Range,
): Promise<number[]> {
  const rows = await all<{ position: number }>(
    sql(
      index,
      // D1 binds numbers as floating ones, which FTS5 would compare with each document.
      `SELECT rowid AS position FROM documents WHERE documents MATCH ?
         AND rowid > CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER) ORDER BY rowid ${order} LIMIT ?`,
      expression,
      above,
      below,
      limit,
    ),
  )
  return rows.map(({ position }) => position)
}

/** Comments that screening had not looked at when they were indexed. */
export async function unscreened(index: D1Database, limit: number): Promise<number[]> {
  const rows = await all<{ seq: number }>(
    sql(index, 'SELECT seq FROM unscreened ORDER BY seq LIMIT ?', limit),
  )
  return rows.map(({ seq }) => seq)
}

/** What a turn writes. */
export interface Turn {
  documents: { position: number; tokens: string }[]
  /** Positions of those that go. */
  removed: number[]
  /** Comments to be looked at again once screening has, and those that need not any more. */
  unscreened: number[]
  screened: number[]
  /** When words were taken back, in milliseconds since the epoch; null where none were. */
  takenBackAt: number | null
  progress: Progress
}

/** Characters of tokens that one statement brings: D1 takes no value of more than two million bytes. */
const portion = 400_000

/** Documents in their order, as many together as one statement takes. */
function portions(documents: Turn['documents']): Turn['documents'][] {
  const all: Turn['documents'][] = []
  let length = portion
  for (const one of documents) {
    length += one.tokens.length
    if (length > portion) {
      all.push([])
      length = one.tokens.length
    }
    all.at(-1)?.push(one)
  }
  return all
}

/** Writes a turn, unless another worker has written one since its progress was read. @returns whether it was written */
export async function write(index: D1Database, before: Progress, turn: Turn): Promise<boolean> {
  const isOurs = `(SELECT turn FROM progress) = ${before.turn}`
  const each = (text: string, values: unknown[]): D1PreparedStatement[] =>
    values.length === 0
      ? []
      : [sql(index, `${text} FROM json_each(?) WHERE ${isOurs}`, JSON.stringify(values))]
  const gone = (table: string, key: string, values: number[]) =>
    values.length === 0
      ? []
      : [
          sql(
            index,
            `DELETE FROM ${table} WHERE ${isOurs} AND ${key} IN (SELECT value FROM json_each(?))`,
            JSON.stringify(values),
          ),
        ]
  const { event, buildBelow, built, total, thread, threadBelow } = turn.progress
  const results = await batch(index, [
    ...gone('documents', 'rowid', turn.removed),
    ...portions(turn.documents).flatMap((some) =>
      each(
        'INSERT OR REPLACE INTO documents (rowid, tokens) SELECT value ->> 0, value ->> 1',
        some.map(({ position, tokens }) => [position, tokens]),
      ),
    ),
    ...gone('unscreened', 'seq', turn.screened),
    ...each('INSERT OR IGNORE INTO unscreened (seq) SELECT value', turn.unscreened),
    ...(turn.takenBackAt === null
      ? []
      : [
          sql(
            index,
            `INSERT OR IGNORE INTO scrubbing (id, since) SELECT 1, ? WHERE ${isOurs}`,
            turn.takenBackAt,
          ),
        ]),
    sql(
      index,
      `UPDATE progress SET turn = turn + 1, event = ?, build_below = ?, built = ?, total = ?, thread = ?,
         thread_below = ? WHERE turn = ? RETURNING turn`,
      event,
      buildBelow,
      built,
      total,
      thread,
      threadBelow,
      before.turn,
    ),
  ])
  return results.at(-1)?.results.length === 1
}

/** Empties the index, to be begun anew. */
export async function clear(index: D1Database): Promise<void> {
  await batch(index, [
    sql(index, "INSERT INTO documents (documents) VALUES ('delete-all')"),
    sql(index, 'DELETE FROM unscreened'),
    sql(index, 'DELETE FROM scrubbing'),
    sql(
      index,
      `UPDATE progress SET turn = turn + 1, event = NULL, build_below = 0, built = 0, total = 0, thread = NULL,
         thread_below = NULL`,
    ),
  ])
}

/**
 * Notes that a job will bring the index up to date, unless one is on its way.
 *
 * @param now milliseconds since the epoch, as `until`, after which the job is taken for lost
 * @returns whether it was noted
 */
export async function ask(
  index: D1Database,
  { now, until }: { now: number; until: number },
): Promise<boolean> {
  const [, noted] = await batch<{ until: number }>(index, [
    sql(index, 'UPDATE progress SET asked_until = ? WHERE asked_until < ?', until, now),
    // Where the transaction ran twice, the second changed nothing.
    sql(index, 'SELECT asked_until AS until FROM progress'),
  ])
  return noted?.results[0]?.until === until
}

/** Notes that no job is on its way any more. */
export async function rest(index: D1Database): Promise<void> {
  await batch(index, [sql(index, 'UPDATE progress SET asked_until = 0 WHERE asked_until > 0')])
}
