import type { Entry } from '../entry.ts'
import { noComment } from './entryOf.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { readJson } from './readJson.ts'
import type { JsonRecord } from './recordTokens.ts'

/**
 * Reads the records of a file and makes entries of those that are objects. What is none is reported as broken.
 *
 * @param paths as `readJson` has them
 * @param entries what a record is, and where it stands
 */
export async function* readEntries(
  text: AsyncIterable<string>,
  paths: string[],
  entries: (fields: Fields, record: JsonRecord) => Entry | Entry[],
): AsyncGenerator<Entry> {
  for await (const found of readJson(text, paths)) {
    const fields = found.kind === 'record' ? fieldsOf(found.value) : null
    if (found.kind === 'broken') yield found
    else if (!fields) yield noComment(found.line)
    else {
      const made = entries(fields, found)
      if (Array.isArray(made)) yield* made
      else yield made
    }
  }
}

/** Goes through the records of a file before its comments are read, for what is said of their authors and pages. */
export async function lookUp(
  text: AsyncIterable<string>,
  paths: string[],
  note: (fields: Fields, record: JsonRecord) => void,
): Promise<void> {
  for await (const found of readJson(text, paths)) {
    const fields = found.kind === 'record' ? fieldsOf(found.value) : null
    if (fields && found.kind === 'record') note(fields, found)
  }
}
