import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Secrets } from '../serve/dataFolder.ts'
import { Refusal } from '../terminal.ts'

/** The form of the file, which a program must know to read it. */
const format = 'hankyo-backup'
const formatVersion = 1

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Files of a data folder that a backup may hold; a database's as Miniflare names it. */
export const fileName = /^(secrets|sign-in|demo)\.json$|^databases\/[0-9a-f]{64}\.sqlite$/

/** What the first file of a backup says of it: `manifest.json`. */
const manifest = v.object({
  format: v.literal(format),
  formatVersion: v.literal(formatVersion),
  /** When the first database was read, in UTC. */
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  /** The version of the program that made it. */
  version: v.string(),
  /** Tells the backups of one instance from those of another. */
  instance: v.string(),
  files: v.record(v.pipe(v.string(), v.regex(fileName)), v.object({ bytes: count, sha256 })),
  /** What the databases hold, by the names of their files. */
  databases: v.record(
    v.string(),
    v.object({
      /** Names of the migrations that were applied, in order. */
      migrations: v.array(v.string()),
      tables: v.record(v.string(), v.object({ rows: count, hash: sha256 })),
    }),
  ),
})
export type Manifest = v.InferOutput<typeof manifest>

export const header = { format, formatVersion } as const

/**
 * The manifest of a backup, checked.
 *
 * @param file where the backup lies
 * @throws Refusal where the text is none, or one of a later form
 */
export function manifestOf(text: string, file: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal(`${file} is no backup of Hankyo.`)
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion
  if (typeof version === 'number' && version > formatVersion)
    throw new Refusal(`${file} was made by a newer Hankyo: use that version, or a newer one.`)
  const result = v.safeParse(manifest, value)
  if (!result.success) throw new Refusal(`${file} is damaged: its manifest is not in order.`)
  return result.output
}

/** What a backup calls the instance that has these secrets. */
export const instanceOf = ({ TOKEN_SECRET }: Secrets): string =>
  createHash('sha256').update(`backup ${TOKEN_SECRET}`).digest('hex').slice(0, 16)

/** Rows that all databases of a backup have in a table. */
export const rowsIn = ({ databases }: Manifest, table: string): number =>
  Object.values(databases).reduce((sum, { tables }) => sum + (tables[table]?.rows ?? 0), 0)

/** The number of the newest migration in a list, as `0057`; `none` where there is none. */
export const schemaOf = (migrations: string[]): string =>
  /^\d+/.exec([...migrations].sort().at(-1) ?? '')?.[0] ?? 'none'

/** The newest schema that a backup has. */
export const schemaIn = ({ databases }: Manifest): string =>
  schemaOf(Object.values(databases).flatMap(({ migrations }) => migrations))

/** So many of a thing, in English. */
export const several = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`

/** Bytes as people say them. */
export function sized(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let unit = 0
  let size = bytes
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`
}

/** What a backup is, in words. */
export const inWords = (one: Manifest): string =>
  `${several(rowsIn(one, 'comments'), 'comment')} on ${several(rowsIn(one, 'sites'), 'site')}, of ${one.madeAt.slice(0, 19).replace('T', ' ')} UTC (Hankyo ${one.version}, schema ${schemaIn(one)})`
