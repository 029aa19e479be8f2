import { importFormats } from '../../contract/importFormats.ts'
import type { AnyImporter } from '../importer.ts'
import { importers } from '../importers.ts'
import type { ImportSource } from '../plan/source.ts'
import { containerOf, membersOf } from './archives.ts'
import { beginning, Damaged, type Progress } from './bytes.ts'
import { encodingOf, headText } from './encoding.ts'
import { entriesOf } from './entries.ts'
import { kindOf } from './kinds.ts'
import type { Member } from './member.ts'
import { type OpenProblem, UnreadableFile, type Warning } from './problems.ts'

/** A file whose format is known: what a plan reads. */
export interface OpenedFile extends ImportSource {
  /** What whoever opened it should know, the first hundred. */
  warnings: Warning[]
}

/** What was seen of a file. */
interface Found {
  importer: AnyImporter | undefined
  /** How many of its files are of that format. */
  parts: number
  /** How each file of it is encoded, by its place; null where it is not read. */
  encodings: (string | null)[]
  warnings: Warning[]
  /** What the first one is that is not read. */
  problem: OpenProblem | undefined
}

const mostWarnings = 100

/** Parts of an export beyond which none is read: each may be gone through again, from the beginning of an archive. */
const mostParts = 1_000

/**
 * Finds out what a file is: how it is packed, how its text is encoded and which format it has, all by what is in it. It
 * is read once, to its end.
 *
 * @param blob a `File` of a browser, or what `openAsBlob` of Node gives
 * @param onRead told how many of its bytes were read; may throw to end it
 * @param formats those that are tried
 * @throws UnreadableFile where it is nothing that can be read, or too much; its message says what it is and what to do
 */
export async function openFile(
  blob: Blob,
  name: string,
  onRead?: Progress,
  formats: AnyImporter[] = importers,
): Promise<OpenedFile> {
  const found: Found = { importer: undefined, parts: 0, encodings: [], warnings: [], problem: undefined }
  try {
    for await (const member of membersOf(blob, name, onRead)) await look(member, found, formats)
  } catch (error) {
    // What is damaged is told when it is read.
    if (!(error instanceof Damaged)) throw error
  }
  const { importer, encodings, warnings } = found
  if (!importer) throw await refusal(blob, found, formats)
  const { format } = importer
  return {
    ...{ file: name, format, formatName: importFormats[format], size: blob.size, warnings },
    entries: (options, onRead) =>
      entriesOf(() => membersOf(blob, name, onRead), importer, encodings, options),
  }
}

async function look(member: Member, found: Found, formats: AnyImporter[]) {
  const { path } = member
  const { head, bytes } = await beginning(member.bytes)
  const text = headText(head)
  const known = formats.find((one) => knows(one, path, head, text))
  const warn = (warning: Omit<Warning, 'file'>) => {
    if (found.warnings.length < mostWarnings) found.warnings.push({ ...warning, file: path })
  }
  if (known && (!found.importer || known === found.importer)) {
    found.importer = known
    found.parts++
    if (found.parts > mostParts && !('detectFile' in known)) throw new UnreadableFile('too_many_files')
    const encoding = 'detectBytes' in known ? null : await encodingOf(head, withoutDamage(bytes))
    found.encodings.push(encoding?.label ?? 'utf-8')
    if (encoding?.warning) warn(encoding.warning)
  } else {
    const problem = path === '[Content_Types].xml' ? 'office' : kindOf(head, text)
    found.problem ??= containerOf(head) ? 'nested_archive' : problem
    found.encodings.push(null)
    if (known) warn({ code: 'other_format', what: importFormats[known.format] })
    else if (containerOf(head)) warn({ code: 'nested_archive', what: '' })
    else warn({ code: 'not_read', what: '' })
  }
  await bytes.return?.()
}

function knows(importer: AnyImporter, path: string, head: Uint8Array, text: string): boolean {
  if ('detect' in importer) return importer.detect(text)
  return 'detectBytes' in importer ? importer.detectBytes(head) : importer.detectFile(path, text)
}

async function refusal(blob: Blob, { encodings, problem }: Found, formats: AnyImporter[]) {
  const isArchive = containerOf(new Uint8Array(await blob.slice(0, 512).arrayBuffer())) !== null
  const names = formats.map(({ format }) => importFormats[format])
  if (encodings.length === 0) return new UnreadableFile(isArchive ? 'nothing_inside' : 'empty', names)
  const isAlone = encodings.length === 1 || problem === 'office'
  return new UnreadableFile(isAlone && problem ? problem : 'nothing_inside', names)
}

async function* withoutDamage(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
  }
}
