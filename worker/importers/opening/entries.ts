import type { Broken, Entry } from '../entry.ts'
import type { AnyImporter, FolderFile, ReadOptions } from '../importer.ts'
import { Damaged } from './bytes.ts'
import { decoded } from './encoding.ts'
import type { Member } from './member.ts'

/** What was found to be damaged while others read on. */
type Damages = Broken[]

/**
 * What is in the files of a file, one after the other. Where one ends early or is broken, what came before it is followed
 * by an entry that says so.
 *
 * @param encodings how each is encoded, by its place; null where it is not read
 */
export async function* entriesOf(
  members: AsyncIterable<Member>,
  importer: AnyImporter,
  encodings: (string | null)[],
  options: Omit<ReadOptions, 'file'>,
): AsyncGenerator<Entry> {
  const damages: Damages = []
  const hasSeveral = encodings.filter((one) => one !== null).length > 1
  const files = read(members, encodings, damages)
  if ('detectFile' in importer) {
    const texts = (async function* (): AsyncGenerator<FolderFile> {
      for await (const { path, bytes, encoding } of files)
        yield { path, text: textOf(bytes, encoding, path, damages) }
    })()
    yield* importer.readFiles(texts, { ...options, file: '' })
    yield* damages
    return
  }
  for await (const { path, bytes, encoding } of files) {
    const told = { ...options, file: path }
    const entries =
      'detectBytes' in importer
        ? importer.readBytes(bytesOf(bytes, path, damages), told)
        : importer.read(textOf(bytes, encoding, path, damages), told)
    for await (const entry of entries)
      yield hasSeveral && entry.kind === 'broken' ? { ...entry, message: `${path}: ${entry.message}` } : entry
    yield* damages.splice(0)
  }
  yield* damages
}

async function* read(members: AsyncIterable<Member>, encodings: (string | null)[], damages: Damages) {
  let at = 0
  try {
    for await (const { path, bytes } of members) {
      const encoding = encodings[at++] ?? null
      if (encoding !== null) yield { path, bytes, encoding }
    }
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    damages.push({
      kind: 'broken',
      line: 0,
      message: 'The archive ends early or is broken: files may be missing. Get it once more.',
    })
  }
}

async function* textOf(bytes: AsyncIterable<Uint8Array>, encoding: string, path: string, damages: Damages) {
  let line = 1
  try {
    for await (const text of decoded(bytes, encoding)) {
      yield text
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++
    }
  } catch (error) {
    damages.push(damageOf(error, line, path))
  }
}

async function* bytesOf(bytes: AsyncIterable<Uint8Array>, path: string, damages: Damages) {
  try {
    yield* bytes
  } catch (error) {
    damages.push(damageOf(error, 0, path))
  }
}

function damageOf(error: unknown, line: number, path: string): Broken {
  if (!(error instanceof Damaged)) throw error
  const message = `${path} is not whole: it ends early or is broken from here on. Get it once more.`
  return { kind: 'broken', line, message }
}
