import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entry, LeftOut, SourceComment } from '../../../worker/importers/entry.ts'
import type { Importer, ReadOptions } from '../../../worker/importers/importer.ts'

/** A text as it comes from a file, in pieces of a length that parts no pair of surrogates. */
export const pieces = (text: string, length = 1000): AsyncIterable<string> => ({
  async *[Symbol.asyncIterator]() {
    for (let at = 0; at < text.length; ) {
      const isHalf = /[\ud800-\udbff]/.test(text[at + length - 1] ?? '')
      yield text.slice(at, at + length + (isHalf ? 1 : 0))
      at += length + (isHalf ? 1 : 0)
    }
  },
})

export const usual: ReadOptions = { file: 'comments', pings: false, origin: '' }

/** All that a format has of a text. */
export async function entriesOf(
  importer: Importer,
  text: string,
  options: Partial<ReadOptions> = {},
  length?: number,
): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of importer.read(pieces(text, length), { ...usual, ...options })) entries.push(entry)
  return entries
}

export const comments = (entries: Entry[]) =>
  entries.filter((entry): entry is SourceComment => entry.kind === 'comment')
export const leftOut = (entries: Entry[]) =>
  entries.filter((entry): entry is LeftOut => entry.kind === 'leftOut')
export const broken = (entries: Entry[]) =>
  entries.flatMap((entry) => (entry.kind === 'broken' ? [`${entry.line}: ${entry.message}`] : []))

/** A file of the collection of exports, where it is at hand. */
export function exported(name: string): string | null {
  const path = join(import.meta.dirname, '../../../../shared/exports', name)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
