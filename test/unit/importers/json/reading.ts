import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entry, LeftOut, SourceComment } from '../../../../worker/importers/entry.ts'
import type { Importer, ReadOptions } from '../../../../worker/importers/importer.ts'
import { importers } from '../../../../worker/importers/importers.ts'

export const options: ReadOptions = { file: 'export.json', pings: false, origin: '' }

/** Text that can be gone through again, in pieces of so many characters. */
export function textOf(text: string, size = 1000): AsyncIterable<string> {
  return {
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
    },
  }
}

/** All entries that a format finds in a text, or in the JSON of a value. */
export async function entriesOf(
  importer: Importer,
  source: unknown,
  given: Partial<ReadOptions> = {},
): Promise<Entry[]> {
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  const entries: Entry[] = []
  for await (const entry of importer.read(textOf(text), { ...options, ...given })) entries.push(entry)
  return entries
}

/** The formats that know a text by its beginning. */
export function formatsOf(text: string): string[] {
  const head = text.slice(0, 64 * 1024)
  return importers.flatMap((one) => ('detect' in one && one.detect(head) ? [one.format] : []))
}

export function commentsOf(entries: Entry[]): SourceComment[] {
  return entries.filter((entry) => entry.kind === 'comment')
}

/** The only comment of some entries. */
export function onlyComment(entries: Entry[]): SourceComment {
  const [comment] = commentsOf(entries)
  if (!comment || entries.length !== 1)
    throw new Error(`One comment was expected: ${JSON.stringify(entries)}`)
  return comment
}

export function leftOut(entries: Entry[]): LeftOut[] {
  return entries.filter((entry) => entry.kind === 'leftOut')
}

const collection = join(import.meta.dirname, '../../../../../shared/exports')

/** Whether files of other systems are beside the project. */
export const hasExports = existsSync(collection)

/** A file of another system, where there is one. */
export function exported(name: string): string {
  return readFileSync(join(collection, name), 'utf8')
}

/** A comment as LeanCloud has it, of Valine. */
export const lean = {
  objectId: '5f1',
  nick: 'Mei',
  mail: 'mei@example.com',
  link: 'https://mei.example',
  comment: '<p>Hello</p>\n',
  url: '/a%20b/',
  pid: '5f0',
  rid: '5ef',
  insertedAt: { __type: 'Date', iso: '2020-01-02T03:04:05.678Z' },
  createdAt: '2021-01-01T00:00:00.000Z',
  ua: 'Mozilla/5.0',
  ip: '203.0.113.9',
}
