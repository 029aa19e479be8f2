import { readFile, stat } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Byline } from '../../moderation/learner/byline.ts'
import type { Label } from '../../moderation/learner/lessons.ts'
import { Refusal } from '../terminal.ts'

/** Columns that mean something here; others are left aside. */
export type Column = 'group' | 'label' | 'date' | 'body' | 'name' | 'url'

/** A text that a person decided, with what stood above it where that is known. */
export interface Row extends Partial<Byline> {
  group: string
  label: Label
  date: string
  body: string
  /** Its row in the file, the header's being 1. */
  number: number
}

/** Megabytes of a file beyond which it is not read. */
const largest = 64

/** A file's bytes, or in one sentence why there are none. */
export async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size <= largest * 1024 * 1024) return await readFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Refusal(`${file} cannot be read: ${code === 'ENOENT' ? 'there is none' : code}.`)
  }
  throw new Refusal(`${file} is larger than ${largest} MB.`)
}

/** What a file says, fit for a terminal: without what would steer it. */
export const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')

/** What labels say, in whatever case: a site's own words for its decisions are understood, too. */
const labels: Record<string, Label> = { spam: 'spam', ham: 'fine', fine: 'fine', approved: 'fine' }

/**
 * Reads a corpus: CSV (RFC 4180) in UTF-8, with a header that names the columns in any order.
 *
 * @param name what the file is called in complaints
 * @param needed columns it must have besides `label` and `body`
 */
export function readCorpus(bytes: Uint8Array, name: string, needed: Column[] = []): Row[] {
  const [header, ...records] = recordsOf(textOf(bytes, name), name)
  if (!header) throw new Refusal(`${name} is empty.`)
  const names = header.map((column) => column.trim().toLowerCase())
  for (const column of ['label', 'body', ...needed] as const)
    if (!names.includes(column))
      throw new Refusal(
        `${name} has no column "${column}", only ${names.map((one) => `"${printable(one)}"`).join(', ')}.`,
      )
  if (records.length === 0) throw new Refusal(`${name} has a header but no rows.`)
  const field = (record: string[], column: Column) => record[names.indexOf(column)] ?? ''
  return records.map((record, at) => {
    const number = at + 2
    const label = labels[field(record, 'label').trim().toLowerCase()]
    if (!label)
      throw new Refusal(
        `${name}, row ${number}: the label "${printable(field(record, 'label')).slice(0, 40)}" is neither spam nor ham.`,
      )
    return {
      group: field(record, 'group'),
      label,
      date: field(record, 'date').trim(),
      body: field(record, 'body'),
      ...(names.includes('name') && { name: field(record, 'name') }),
      ...(names.includes('url') && { url: field(record, 'url') || null }),
      number,
    }
  })
}

function recordsOf(text: string, name: string): string[][] {
  try {
    return parse(text, { record_delimiter: ['\r\n', '\n', '\r'], skip_empty_lines: true })
  } catch (error) {
    throw new Refusal(`${name} is no CSV as RFC 4180 has it: ${printable((error as Error).message)}.`)
  }
}

/** Text without its byte order mark. */
function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal(`${name} is not UTF-8.`)
  }
}

/** Refuses a corpus in which there is nothing to be told apart. */
export function bothClasses<Sample extends Pick<Row, 'label'>>(samples: Sample[], name: string): Sample[] {
  const missing = (['spam', 'fine'] as const).find((label) => !samples.some((one) => one.label === label))
  if (missing) throw new Refusal(`${name} has no ${missing === 'fine' ? 'ham' : 'spam'}.`)
  return samples
}

/** Reads a file of texts that nobody labelled: a JSON array of strings. */
export function readTexts(json: string, name: string): string[] {
  let texts: unknown
  try {
    texts = JSON.parse(json)
  } catch {
    texts = null
  }
  if (!Array.isArray(texts) || texts.length === 0 || texts.some((text) => typeof text !== 'string'))
    throw new Refusal(`${name} must be a JSON array of strings.`)
  return texts
}
