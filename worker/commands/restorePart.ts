import * as v from 'valibot'
import {
  type ExportHead,
  type ExportPart,
  exportFormat,
  exportHead,
  exportPart,
} from '../contract/exports.ts'
import type { RestoredPart } from '../contract/restores.ts'
import { digest, fingerprint } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { erasedBefore } from '../store/erasedBefore.ts'
import { exportTables } from '../store/exportTables.ts'
import * as restores from '../store/restores.ts'
import { eraseAgain } from './eraseAgain.ts'
import { placed, requireOwn, requireSound, rowIn, WrongRow } from './restoredRow.ts'
import { refusalOf } from './restoreRefusal.ts'
import type { World } from './world.ts'

/** Tables whose rows are found by an HMAC under `TOKEN_SECRET`: under another one nobody finds them. */
const underSecret = new Set(['subscribers', 'subscriptions', 'mail_blocks'])

/**
 * Puts a part of an export back, wholly or not at all. The first begins a restore: the instance must be empty, or the site
 * not there. Each next one comes in its turn, and is refused where it is not as it was exported. The same part again
 * changes nothing, so what broke off can be repeated from its beginning.
 *
 * Sites are archived until the last part came. Its rows say who did what when; so nothing is written to the log, and nobody
 * is told.
 *
 * @param siteId that of the export; null where it is of a whole instance
 * @throws Refusal `invalid` with the line that is wrong; `id_taken` and `conflict` where something is there already
 */
export async function restorePart(world: World, siteId: string | null, text: string): Promise<RestoredPart> {
  const { db, now } = world
  const end = text.trimEnd().lastIndexOf('\n') + 1
  const part = read(exportPart, lineOf(text.slice(end)).part, 'The last line of a part says which it is.')
  const known = await restores.find(db, part.export)
  if (known && part.number <= known.part) return view(await finished(world, known), 0)
  if (known && part.number > known.part + 1)
    throw new Refusal('conflict', { message: `Part ${known.part + 1} comes next.` })
  if (!known && part.number !== 1)
    throw new Refusal('conflict', { message: 'This export was not begun here: send its first part.' })
  if ((await digest((known?.sha256 ?? '') + text.slice(0, end))) !== part.sha256)
    throw new Refusal('invalid', { message: `Part ${part.number} is not as it was exported.` })
  const lines = text.slice(0, end).trimEnd().split('\n')
  const restore = known ?? (await begun(world, lines.shift() ?? '', part, siteId))
  const { tables, leftOut } = await rowsIn(world, restore, lines, known ? 1 : 2)
  restore.leftOut += leftOut
  for (const { name, rows } of tables)
    if (name === 'sites')
      for (const row of rows) {
        restore.archived[String(row.id)] = row.archived_at as number | null
        row.archived_at = now
      }
  const isLast = part.end !== null
  try {
    await restores.add(db, { restore, number: part.number, sha256: part.sha256, tables, isLast, at: now })
  } catch (error) {
    throw await refusalOf(error, world, part)
  }
  const after = { ...restore, part: part.number, endedAt: isLast ? now : null }
  return view(
    await finished(world, after),
    tables.reduce((sum, { rows }) => sum + rows.length, 0),
  )
}

/**
 * Erases again what was erased here since the export was made, some of it at a time: a restore is over when nothing of it
 * is left.
 */
async function finished(world: World, restore: restores.Restore): Promise<restores.Restore> {
  if (restore.endedAt === null || !restore.hasLog) return restore
  const erased = await erasedBefore(world.db)
  if (erased.authors.length + erased.comments.length === 0) return restore
  await eraseAgain(world, erased)
  return { ...restore, endedAt: null }
}

const view = ({ id, part, leftOut, endedAt }: restores.Restore, rows: number): RestoredPart => ({
  ...{ id, part, rows, leftOut, ended: endedAt !== null },
})

/** The restore that a first line begins. @throws Refusal where this is no place for it */
async function begun(
  { db }: World,
  line: string,
  part: ExportPart,
  siteId: string | null,
): Promise<restores.Restore> {
  const { hankyo } = lineOf(line)
  const form = (hankyo as Partial<ExportHead> | undefined)?.format
  const newer = 'This file is of a newer Hankyo: update this instance first.'
  if (typeof form === 'number' && form > exportFormat) throw new Refusal('invalid', { message: newer })
  const head = read(exportHead, hankyo, 'The first line says what an export is.')
  if (head.id !== part.export || head.site !== siteId)
    throw new Refusal('invalid', {
      message:
        head.site === null
          ? 'This export is of a whole instance.'
          : `This export is of the site ${head.site}.`,
    })
  const found = await restores.before(db, head)
  if (!found.isKnown) throw new Refusal('invalid', { message: newer })
  if (found.isTaken) throw new Refusal('id_taken', { message: `There is a site ${head.site} already.` })
  if (head.site === null && !found.isEmpty)
    throw new Refusal('conflict', {
      message:
        'A whole instance is put back into an empty one: this has sites or people. A site of it can be exported by itself.',
    })
  const { id } = head
  return {
    id,
    head,
    part: 0,
    sha256: '',
    added: found.numbers,
    hasLog: found.hasLog,
    archived: {},
    leftOut: 0,
    endedAt: null,
  }
}

/** The rows of a part by table, in its order, checked and with their numbers here. @throws Refusal */
async function rowsIn(
  { db, env }: World,
  restore: restores.Restore,
  lines: string[],
  firstLine: number,
): Promise<{ tables: restores.TableRows[]; leftOut: number }> {
  const columns = await restores.columns(db)
  const isOurs = restore.head.secret === (await fingerprint(`export ${env.TOKEN_SECRET}`))
  const tables: restores.TableRows[] = []
  let leftOut = 0
  for (const [at, line] of lines.entries()) {
    const found = lineOf(line, at + firstLine)
    const [name = '', more] = Object.keys(found)
    const table = exportTables.find((one) => one.name === name)
    try {
      if (!table || more !== undefined)
        throw new WrongRow(`there is nothing called ${name || 'so'} to put back.`)
      if (restore.head.site !== null && table.of === null) throw new WrongRow(`${name} is of no site.`)
      const row = rowIn(found[name], table, columns.get(name) ?? new Set(), new Set(table.omit))
      requireOwn(table, row, restore)
      requireSound(table, row)
      if (name === 'events' && restore.hasLog) continue
      if (underSecret.has(name) && !isOurs) {
        leftOut++
        continue
      }
      const here = placed(table, row, restore.added)
      const last = tables.at(-1)
      if (last?.name === name && isAlike(last.rows[0] ?? {}, here)) last.rows.push(here)
      else tables.push({ name, rows: [here] })
    } catch (error) {
      if (error instanceof WrongRow)
        throw new Refusal('invalid', {
          field: `lines.${at + firstLine}`,
          message: `Line ${at + firstLine}: ${error.message}`,
        })
      throw error
    }
  }
  return { tables, leftOut }
}

const isAlike = (one: object, other: object) => Object.keys(one).join() === Object.keys(other).join()

/** @throws Refusal where a line is no object */
function lineOf(line: string, number?: number): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(line)
    if (typeof found === 'object' && found !== null && !Array.isArray(found))
      return found as Record<string, unknown>
  } catch {
    // Refused below.
  }
  throw new Refusal('invalid', { message: `Line ${number ?? 'last'} is no object of JSON.` })
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  data: unknown,
  message: string,
): v.InferOutput<Schema> {
  const found = v.safeParse(schema, data)
  if (!found.success) throw new Refusal('invalid', { message })
  return found.output
}
