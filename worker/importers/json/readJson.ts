import type { Broken } from '../entry.ts'
import { JsonReader, piece } from './jsonReader.ts'
import type { JsonRecord } from './recordTokens.ts'

const encoder = new TextEncoder()

/**
 * Reads the records of JSON of any size: one value, or several one after the other with or without lines between them. A
 * line that begins with `#` between them is passed over. No more than one record is in memory.
 *
 * @param paths Where records are: `$` for the roots, `$.*` for what the root array holds, `$.data.*` for what the array
 *   `data` of the root object holds. A root that holds other records is none itself.
 * @returns Records in their order, with `Broken` where something cannot be read: with `$` reading goes on with the next
 *   line, else it ends there.
 */
export async function* readJson(
  text: AsyncIterable<string>,
  paths: string[],
): AsyncGenerator<JsonRecord | Broken> {
  const reader = new JsonReader(paths)
  let rest = ''
  let isFirst = true
  for await (const chunk of text) {
    for (let at = 0; at < chunk.length; at += piece) {
      const part = rest + chunk.slice(at, at + piece).replace(isFirst ? /^\uFEFF/ : '', '')
      isFirst = false
      const end = isHighSurrogate(part.charCodeAt(part.length - 1)) ? part.length - 1 : part.length
      rest = part.slice(end)
      reader.write(encoder.encode(part.slice(0, end)))
      yield* reader.take()
    }
    if (reader.over) return
  }
  reader.write(encoder.encode(rest))
  reader.end()
  yield* reader.take()
}

function isHighSurrogate(unit: number) {
  return unit >= 0xd800 && unit <= 0xdbff
}
