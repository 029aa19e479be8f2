import * as v from 'valibot'
import { exportNumbers } from '../contract/exports.ts'
import { base64url } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { exportTables } from '../store/exportTables.ts'

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

const written = v.strictObject({
  /** That of the export. */
  id: v.pipe(v.string(), v.uuid()),
  siteId: v.nullable(v.string()),
  complete: v.boolean(),
  /** The highest numbers when it began. */
  upTo: exportNumbers,
  /** The part that comes, from 1. */
  part: whole,
  /** The table that it begins with, and the key after which; null for its beginning. */
  table: whole,
  after: v.nullable(v.array(v.union([v.string(), v.number()]))),
  /** Of the part before. */
  sha256: v.string(),
  /** Rows that were exported of each table. */
  rows: v.record(v.string(), whole),
})

/** How far an export is. Whoever asks for the next part says it, so that nothing is kept of it here. */
export type Progress = v.InferOutput<typeof written>

/** A cursor that says how far an export is. */
export const writeCursor = (progress: unknown): string =>
  base64url(new TextEncoder().encode(JSON.stringify(progress)))

/**
 * How far an export without loss is, as a cursor says it.
 *
 * @throws Refusal `invalid` where it is none of what is asked for
 */
export const readProgress = (cursor: string, asked: Pick<Progress, 'siteId' | 'complete'>): Progress =>
  readCursor(
    written,
    cursor,
    (one) => one.siteId === asked.siteId && one.complete === asked.complete && isPlace(one),
  )

/** Whether it begins with a table that there is, after a key as that table has them. */
function isPlace({ table, after }: Progress): boolean {
  const found = exportTables[table]
  return found !== undefined && (after === null || after.length === Object.keys(found.key).length)
}

/**
 * What a cursor says, of a schema.
 *
 * @throws Refusal `invalid` where it says something else, or `isMeant` does not hold of it
 */
export function readCursor<Schema extends v.GenericSchema>(
  schema: Schema,
  cursor: string,
  isMeant: (said: v.InferOutput<Schema>) => boolean,
): v.InferOutput<Schema> {
  try {
    const letters = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
    const said = v.parse(schema, JSON.parse(new TextDecoder().decode(bytes)))
    if (isMeant(said)) return said
  } catch {
    // Refused below.
  }
  throw new Refusal('invalid', { field: 'cursor' })
}
