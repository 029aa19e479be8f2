import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ExportHead, ExportPart } from '../contract/exports.ts'
import type { Operator } from './operator.ts'
import { note, Refusal, sentence } from './terminal.ts'

/** What the first line of every export begins with. */
const beginning = '{"hankyo":'

/** Whether a file is an export of Hankyo, as `export` writes it. @throws Refusal where it cannot be read */
export async function isExport(path: string): Promise<boolean> {
  const file = await open(path).catch((error) => {
    throw new Refusal(`${path} cannot be read: ${sentence(error)}`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(beginning.length), 0, beginning.length, 0)
    return buffer.toString('utf8', 0, bytesRead) === beginning
  } finally {
    await file.close()
  }
}

/** Milliseconds between two lines of progress. */
const pause = 2000

/**
 * Puts an export back: a whole instance into an empty one, or a site that is not there. The file is read to its end before
 * anything is sent, so that one that is cut off or was changed does nothing. What broke off is repeated: parts that came
 * before are passed over.
 *
 * @returns what there is to say at the end
 * @throws Refusal
 */
export async function restore(instance: Operator, path: string): Promise<string> {
  const { head, end } = await headAndEnd(path)
  const count = (table: string) => (end.rows[table] ?? 0).toLocaleString('en')
  const all = Object.values(end.rows).reduce((sum, rows) => sum + rows, 0)
  let [told, sent, leftOut] = [Date.now(), 0, 0]
  for await (const { text, rows, part } of partsOf(path)) {
    const send = () =>
      instance.restorePart(head.site, text).catch((error) => {
        throw new Refusal(
          `${sentence(error)}${sent > 0 ? ' What came before is kept; run it again, and it goes on there.' : ''}`,
        )
      })
    let done = await send()
    // What was erased since the export was made is erased again, some of it at a time.
    while (part.end && !done.ended) done = await send()
    sent += rows
    leftOut = done.leftOut
    if (Date.now() - told < pause) continue
    told = Date.now()
    note(`${Math.floor((100 * sent) / all)} % of ${all.toLocaleString('en')} rows`)
  }
  // The search follows events; what has none is found by an index that is made anew.
  await instance.emptySearchIndex().catch(() => {})
  const what = head.site === null ? `${count('sites')} sites` : `The site ${head.site}`
  const left = leftOut
    ? ` ${leftOut} rows about those who are told by mail were left out: their links are signed with the TOKEN_SECRET of the instance that the file is from.`
    : ''
  return `${what}, ${count('comments')} comments, ${count('threads')} threads and ${count('authors')} authors are put back.${left}`
}

/** A part of a file, as it stands there. */
interface FilePart {
  text: string
  /** Lines of it that are rows, or the head. */
  rows: number
  part: ExportPart
}

/** What a file says of itself, where it is whole. @throws Refusal */
export async function headAndEnd(
  path: string,
): Promise<{ head: ExportHead; end: NonNullable<ExportPart['end']> }> {
  let head: ExportHead | null = null
  let [before, number] = ['', 0]
  for await (const { text, part } of partsOf(path)) {
    head ??= (JSON.parse(text.slice(0, text.indexOf('\n'))) as { hankyo: ExportHead }).hankyo
    const lines = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)
    const sha256 = createHash('sha256')
      .update(before + lines)
      .digest('base64url')
    number++
    if (part.sha256 !== sha256 || part.number !== number)
      throw new Refusal(
        `${path} is not as it was exported: something is missing or changed in part ${number}.`,
      )
    before = sha256
    if (part.end) return { head, end: part.end }
  }
  throw new Refusal(`${path} is cut off: it has no end. Nothing was done.`)
}

/** The parts of a file, one at a time. */
async function* partsOf(path: string): AsyncGenerator<FilePart> {
  let [text, rows, line] = ['', 0, '']
  for await (const chunk of createReadStream(path, 'utf8')) {
    const pieces = (line + chunk).split('\n')
    line = pieces.pop() ?? ''
    for (const piece of pieces) {
      text += `${piece}\n`
      if (!piece.startsWith('{"part":')) {
        rows++
        continue
      }
      yield { text, rows, part: partIn(piece) }
      text = ''
      rows = 0
    }
  }
}

function partIn(line: string): ExportPart {
  try {
    return (JSON.parse(line) as { part: ExportPart }).part
  } catch {
    throw new Refusal('The file is damaged: the end of one of its parts cannot be read.')
  }
}
