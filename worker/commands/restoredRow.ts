import * as v from 'valibot'
import { type ContentNode, contentNodeSchema } from '../contract/content.ts'
import type { Row } from '../store/exportRows.ts'
import type { ExportTable } from '../store/exportTables.ts'
import type { Restore } from '../store/restores.ts'
import { moved, moveInside } from './numbersInside.ts'

/** What is wrong with a row, in words. */
export class WrongRow extends Error {}

const value = v.union([v.string(), v.pipe(v.number(), v.finite()), v.null()])
const row = v.record(v.string(), value)

/** A row that a line has, as it is there. @throws WrongRow */
export function rowIn(data: unknown, { name }: ExportTable, columns: Set<string>, omit: Set<string>): Row {
  const found = v.safeParse(row, data)
  if (!found.success) throw new WrongRow(`a row of ${name} is made of texts, numbers and null.`)
  for (const column of Object.keys(found.output))
    if (!columns.has(column) || omit.has(column)) throw new WrongRow(`${name} has no ${column} to put back.`)
  return found.output
}

/**
 * Refuses a row that leads out of its export: to another site, or to rows that are none of it.
 *
 * @throws WrongRow
 */
export function requireOwn({ name, of, numbers = {} }: ExportTable, row: Row, { head }: Restore): void {
  const site = name === 'sites' ? row.id : row.site_id
  if (head.site !== null && (of === 'site' || site !== undefined) && site !== head.site)
    throw new WrongRow(`this row of ${name} is of another site.`)
  for (const [column, kind] of Object.entries(numbers)) {
    const number = row[column] ?? 0
    if (typeof number !== 'number' || number < 0 || number > head.numbers[kind])
      throw new WrongRow(`${name}.${column} is no number of this export.`)
  }
}

/** Columns that hold JSON, and of what. */
const json: Record<string, v.GenericSchema> = {
  'sites.origins': v.array(v.string()),
  'sites.settings': v.record(v.string(), v.unknown()),
  'comments.content': v.array(v.unknown()),
  'comments.shown_content': v.array(v.unknown()),
  'comments.findings': v.array(v.unknown()),
  'revisions.content': v.array(v.unknown()),
  'revisions.findings': v.array(v.unknown()),
  'word_lists.entries': v.array(v.string()),
  'phrases.answers': v.array(v.unknown()),
  'lesson_packs.lessons': v.array(v.looseObject({ features: v.optional(v.string()) })),
  'lesson_packs.features': v.array(v.string()),
  'learners.automation': v.record(v.string(), v.unknown()),
  'events.details': v.record(v.string(), v.unknown()),
  'bulk_acts.filter': v.record(v.string(), v.unknown()),
  'bulk_slices.decisions': v.array(v.string()),
  'thread_moves.former': v.strictObject({
    keys: v.array(v.string()),
    settings: v.nullable(v.record(v.string(), v.nullable(v.union([v.string(), v.number()])))),
    pins: v.optional(v.array(v.strictObject({ id: v.string(), at: v.number() }))),
  }),
  'thread_move_slices.comments': v.array(v.string()),
  'daily_figures.figures': v.record(v.string(), v.unknown()),
}

/** Columns that readers are led to by. */
const addresses = new Set(['comments.url', 'comments.page_url', 'threads.url'])

/**
 * Refuses what a reader of the database would stumble over, or a reader of comments be harmed by: the tables themselves
 * know kinds and ranges, not what a text must say.
 *
 * @throws WrongRow
 */
export function requireSound({ name }: ExportTable, row: Row): void {
  for (const [column, value] of Object.entries(row)) {
    const place = `${name}.${column}`
    if (value === null) continue
    const schema = json[place]
    if (schema && !v.is(schema, parsed(value)))
      throw new WrongRow(`${place} is not the JSON that it should be.`)
    if (/content$/.test(column) && schema && !isSafe(parsed(value)))
      throw new WrongRow(`${place} is no tree that a comment can be.`)
    if (addresses.has(place) && !/^(https?:\/\/|$)/i.test(String(value)))
      throw new WrongRow(`${place} is no web address.`)
  }
}

function parsed(value: string | number): unknown {
  try {
    return JSON.parse(String(value))
  } catch {
    return undefined
  }
}

function isSafe(tree: unknown): boolean {
  try {
    return v.is(v.array(contentNodeSchema()), tree) && tree.every(leadsNowhere)
  } catch {
    // Too deep.
    return false
  }
}

/** Whether a node leads to no address but those that links of comments may have. */
const leadsNowhere = (node: ContentNode): boolean =>
  typeof node === 'string' ||
  ((node.type !== 'link' || /^(https?|mailto):/i.test(node.href)) &&
    (!('children' in node) || node.children.every(leadsNowhere)))

/** A row with its numbers as they are here, and what no owner's export has. */
export function placed({ name, numbers = {} }: ExportTable, row: Row, added: Restore['added']): Row {
  const here = { ...row }
  for (const [column, kind] of Object.entries(numbers)) here[column] = moved(row[column] ?? null, added[kind])
  // They get the next numbers here.
  if (name === 'events') delete here.id
  if (name === 'lesson_packs' && here.features === undefined) Object.assign(here, apart(String(here.lessons)))
  if (name === 'authors' && here.token_hash === undefined) here.token_hash = `none ${here.public_id}`
  if (Object.values(added).some((more) => more > 0)) {
    moveInside(name, here, added)
    if (name === 'tallies') here.expiry_places = '{}'
  }
  return here
}

/** A pack of an earlier release with what its lessons say beside them. */
function apart(written: string): Row {
  const lessons: (Record<string, unknown> & { features?: string })[] = JSON.parse(written)
  const told = lessons.map(({ features = '' }) => features.split(' '))
  return {
    lessons: JSON.stringify(
      lessons.map(({ features, ...lesson }, at) => {
        const [script = '', whole = ''] = told[at] ?? []
        // Four numbers stand before the features, each of two bytes.
        return {
          ...lesson,
          script,
          size: Math.max(0, Math.floor((whole.replace(/=+$/, '').length * 3) / 8) - 4),
        }
      }),
    ),
    features: JSON.stringify(told.map(([, ...features]) => features.join(' '))),
  }
}
