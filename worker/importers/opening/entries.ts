import type { Broken, Entry } from '../entry.ts'
import type { AnyImporter, FolderFile, ReadOptions } from '../importer.ts'
import { Damaged } from './bytes.ts'
import { decoded } from './encoding.ts'
import type { Member } from './member.ts'

/** What was found to be damaged while others read on. */
type Damages = Broken[]

/**
 * What is in the files of a file, one after the other. Where one ends early or is broken, what came before it is followed
 * by an entry that says so. A file in an archive is named by its path.
 *
 * @param open begins with the first of the files, as often as it is asked
 * @param encodings how each is encoded, by its place; null where it is not read
 */
export async function* entriesOf(
  open: () => AsyncIterable<Member>,
  importer: AnyImporter,
  encodings: (string | null)[],
  options: ReadOptions,
): AsyncGenerator<Entry> {
  const damages: Damages = []
  const hasSeveral = encodings.filter((one) => one !== null).length > 1
  const files = read(open(), encodings, damages)
  if ('detectFile' in importer) {
    yield* importer.readFiles(folderFiles(files, damages), options)
    yield* damages
    return
  }
  for await (const { at, path, bytes, encoding } of files) {
    const told = { ...options, file: path }
    const entries =
      'detectBytes' in importer
        ? importer.readBytes(whole(bytes, path, damages), told)
        : importer.read(textOf({ path, bytes }, at, open, encoding, damages), told)
    for await (const entry of entries)
      yield hasSeveral && entry.kind === 'broken' ? { ...entry, message: `${path}: ${entry.message}` } : entry
    yield* damages.splice(0)
  }
  yield* damages
}

interface Read extends Member {
  at: number
  encoding: string
}

async function* read(members: AsyncIterable<Member>, encodings: (string | null)[], damages: Damages) {
  let at = -1
  try {
    for await (const { path, bytes } of members) {
      const encoding = encodings[++at] ?? null
      if (encoding !== null) yield { at, path, bytes, encoding }
    }
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    const message = 'The archive ends early or is broken: files may be missing. Get it once more.'
    damages.push({ kind: 'broken', line: 0, message })
  }
}

async function* folderFiles(files: AsyncIterable<Read>, damages: Damages): AsyncGenerator<FolderFile> {
  for await (const { path, bytes, encoding } of files)
    yield { path, text: passOf(bytes, encoding, path, damages) }
}

/** Text that can be gone through again: the file is opened anew for that. */
function textOf(
  { path, bytes }: Member,
  place: number,
  open: () => AsyncIterable<Member>,
  encoding: string,
  damages: Damages,
): AsyncIterable<string> {
  let isFirst = true
  async function* again() {
    let at = -1
    for await (const member of open()) {
      if (++at < place) continue
      yield* passOf(member.bytes, encoding, path, damages)
      return
    }
  }
  return {
    [Symbol.asyncIterator]() {
      const pass = isFirst ? passOf(bytes, encoding, path, damages) : again()
      isFirst = false
      return pass[Symbol.asyncIterator]()
    },
  }
}

async function* passOf(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  path: string,
  damages: Damages,
): AsyncGenerator<string> {
  let line = 1
  try {
    for await (const text of decoded(bytes, encoding)) {
      yield text
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++
    }
  } catch (error) {
    tell(damages, damageOf(error, line, path))
  }
}

async function* whole(bytes: AsyncIterable<Uint8Array>, path: string, damages: Damages) {
  try {
    yield* bytes
  } catch (error) {
    tell(damages, damageOf(error, 0, path))
  }
}

/** A file that is read again is damaged at the same place. */
function tell(damages: Damages, damage: Broken) {
  if (!damages.some(({ message }) => message === damage.message)) damages.push(damage)
}

function damageOf(error: unknown, line: number, path: string): Broken {
  if (!(error instanceof Damaged)) throw error
  const message = `${path} is not whole: it ends early or is broken from here on. Get it once more.`
  return { kind: 'broken', line, message }
}
