import type { World } from '../commands/world.ts'
import { type ExportHead, type ExportPart, exportFormat } from '../contract/exports.ts'
import { digest, fingerprint } from '../crypto.ts'
import { sitesElsewhere } from '../store/database.ts'
import {
  beginning,
  type ExportScope,
  happenedSince,
  type Row,
  rowsOf,
  stretchOf,
} from '../store/exportRows.ts'
import { type ExportTable, exportTables } from '../store/exportTables.ts'
import { type Progress, readProgress, writeCursor } from './progress.ts'

/** What one part may take: bytes of its rows, rows that are looked at, and statements, of which the free plan has 50. */
export const partLimits = { bytes: 400_000, rows: 1000, statements: 36 } as const

/** Rows that one look at a table takes. */
const perLook = 500

/** What an export is asked for. */
export interface Asked {
  /** Null for the whole instance. */
  siteId: string | null
  /** Whether the operator asks: see `exportTables`. */
  complete: boolean
  cursor: string | null
}

/**
 * A part of an export without loss. All that stands in the tables of `exportTables` is in it as it stands there, a row a
 * line under its table's name, each after those that it names by number. It is read by keys, never further than a part goes,
 * so a part costs alike however much there is.
 *
 * It has what was there when it began: later comments, threads and authors are left out by their numbers. What changes on
 * the way is exported as it is when its turn comes, and the last line says whether anything happened meanwhile.
 *
 * Nobody can sign in by a file: no session, link, passkey or token of staff is in it. The operator's has the hashes of
 * authors' tokens, by which authors keep their comments after a move: a hash of 256 random bits opens nothing. It also has who
 * likes what, and the addresses of those who are told by mail. An owner's has neither: who owns a site of an instance is not
 * given what tells its readers on other sites. E-mail addresses of comments are in both, as owners see them anyway.
 *
 * @throws Refusal `invalid` for a cursor that is not of such an export
 */
export async function jsonLinesPart(world: World, asked: Asked): Promise<string> {
  const { db } = world
  const lines: string[] = []
  let progress: Progress
  if (asked.cursor === null) {
    const head = await headOf(world, asked)
    progress = {
      ...{ id: head.id, part: 1, table: 0, after: null, sha256: '', rows: {} },
      ...{ siteId: asked.siteId, complete: asked.complete, upTo: head.numbers },
    }
    lines.push(JSON.stringify({ hankyo: head }))
  } else progress = readProgress(asked.cursor, asked)
  const next = await addRows(world, progress, lines)
  const text = `${lines.join('\n')}\n`
  const part: ExportPart = {
    ...{ export: progress.id, number: progress.part, sha256: await digest(progress.sha256 + text) },
    ...{ next: null, end: null },
  }
  if (next) part.next = writeCursor({ ...next, part: part.number + 1, sha256: part.sha256 })
  else part.end = { rows: progress.rows, happened: await happenedSince(db, progress) }
  return `${text}${JSON.stringify({ part })}\n`
}

async function headOf({ db, env, now }: World, { siteId, complete }: Asked): Promise<ExportHead> {
  const { upTo, schema, comments } = await beginning(db, siteId)
  return {
    ...{ format: exportFormat, schema, id: crypto.randomUUID(), at: new Date(now).toISOString() },
    ...{ site: siteId, complete, comments, numbers: upTo },
    secret: complete ? await fingerprint(`export ${env.TOKEN_SECRET}`) : null,
    elsewhere: siteId === null ? sitesElsewhere(env) : [],
  }
}

/** Adds the lines of rows until the part is full. @returns where the next begins, or null at the end */
async function addRows({ db }: World, progress: Progress, lines: string[]): Promise<Progress | null> {
  const left = { ...partLimits } as Record<keyof typeof partLimits, number>
  const { rows: counts } = progress
  let { table: at, after } = progress
  for (; at < exportTables.length; at++, after = null) {
    const table = exportTables[at] as ExportTable
    if (isLeftOut(table, progress)) continue
    for (;;) {
      const from = after ?? Object.values(table.key)
      if (left.bytes <= 0 || left.rows <= 0 || left.statements < 2)
        return { ...progress, table: at, after: from }
      const most = { rows: Math.min(perLook, left.rows), bytes: left.bytes }
      const stretch = await stretchOf(db, table, progress, { after: from, most })
      left.statements--
      if (stretch === null) break
      left.bytes -= stretch.bytes
      left.rows -= stretch.looked
      if (stretch.meant > 0) {
        left.statements--
        const rows = await rowsOf(db, table, progress, stretch)
        for (const row of rows) lines.push(JSON.stringify({ [table.name]: shown(table, row, progress) }))
        if (rows.length > 0) counts[table.name] = (counts[table.name] ?? 0) + rows.length
      }
      if (stretch.isLast) break
      after = stretch.to
    }
  }
  return null
}

/** Tables that are no part of an export of one site, or are the operator's. */
const isLeftOut = (
  { of, private: hidden }: ExportTable,
  { siteId, complete }: ExportScope & { complete: boolean },
) => (siteId !== null && of === null) || (hidden === true && !complete)

/** Letters of a reader's hash by which an owner knows them: those that the list of reports shows. */
const readerLetters = 16

function shown({ omit = [], private: hidden }: ExportTable, row: Row, { complete }: Progress): Row {
  const kept = { ...row }
  for (const column of omit) delete kept[column]
  if (complete || !Array.isArray(hidden)) return kept
  for (const column of hidden) {
    if (column === 'reader') kept.reader = String(row.reader).slice(0, readerLetters)
    else delete kept[column]
  }
  return kept
}
