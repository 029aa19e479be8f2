import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { ExportPart, SiteExport } from '../contract/exports.ts'
import { filesOf, zipped } from './markdownZip.ts'
import type { Operator } from './operator.ts'
import type { Work } from './siteCommands.ts'
import { note, Refusal } from './terminal.ts'

/** What the command line says of an export. */
interface Asked {
  site?: string | undefined
  out?: string | undefined
  format?: string | undefined
}

/** The forms that have a file of their own, besides the one without loss. */
const files: Record<string, SiteExport> = {
  ...{ wxr: 'wordpress.xml', disqus: 'disqus.xml', csv: 'comments.csv', markdown: 'comments.md' },
}

/** Names of all forms, as the command line takes them. */
export const exportFormats = ['jsonl', ...Object.keys(files)]

/** Texts of a file, one after the other; at the end what there is to say of it. */
type Texts = AsyncGenerator<string, string>

/**
 * Writes an export: to a file that is there once it is whole, or to stdout. Markdown in a `.zip` has a file for each thread.
 *
 * @throws Refusal where the file is there already, or something is refused or arrives damaged
 */
export function exportTo({ site, out, format = 'jsonl' }: Asked): Work {
  const file = files[format]
  if (!exportFormats.includes(format))
    throw new Refusal(`--format takes ${exportFormats.join(', ')}, not "${format}".`)
  if (file && site === undefined) throw new Refusal(`--format ${format} is of one site: say --site ID.`)
  if (out !== undefined && existsSync(out)) throw new Refusal(`${out} is there already.`)
  const isZip = format === 'markdown' && out?.endsWith('.zip')
  return async (instance) => {
    const texts = file ? siteTexts(instance, file, site as string) : lineTexts(instance, site)
    if (out === undefined) {
      note(await each(texts, toStdout))
      return ''
    }
    return `${out}: ${await whole(out, (handle) => (isZip ? zipped(handle, filesOf(texts)) : each(texts, (text) => handle.writeFile(text))))}`
  }
}

async function each(texts: Texts, take: (text: string) => Promise<unknown>): Promise<string> {
  for (;;) {
    const { value, done } = await texts.next()
    if (done) return value
    await take(value)
  }
}

const toStdout = (text: string) =>
  new Promise<void>((resolve, reject) =>
    process.stdout.write(text, (error) => (error ? reject(error) : resolve())),
  )

/** Writes a file beside its place, and moves it there when it is whole. */
async function whole(path: string, write: (file: FileHandle) => Promise<string>): Promise<string> {
  const unfinished = `${path}.unfinished`
  const file = await open(unfinished, 'w', 0o600)
  try {
    const told = await write(file)
    await file.sync()
    await file.close()
    await rename(unfinished, path)
    return told
  } catch (error) {
    await file.close().catch(() => {})
    await rm(unfinished, { force: true })
    throw error
  }
}

/** A form for other systems. */
async function* siteTexts(instance: Operator, file: SiteExport, site: string): Texts {
  for (let cursor: string | null = null; ; ) {
    const { text, next }: { text: string; next: string | null } = await instance.exportPart(file, {
      ...{ site, ...(cursor !== null && { cursor }) },
    })
    yield text
    if (next === null) return `the comments of ${site}.`
    cursor = next
  }
}

/** The form without loss. */
async function* lineTexts(instance: Operator, site: string | undefined): Texts {
  let [cursor, before]: [string | null, string] = [null, '']
  for (;;) {
    const { text } = await instance.exportPart('hankyo.jsonl', {
      ...(site !== undefined && { site }),
      ...(cursor !== null && { cursor }),
    })
    const part = lastLineOf(text, before)
    yield text
    if (part.end) return inWords(part.end, site)
    if (part.next === null) throw new Refusal('The export ended before its end. Run it again.')
    cursor = part.next
    before = part.sha256
  }
}

/** What the last line of a part says. @throws Refusal where it is not what its hash says */
function lastLineOf(text: string, before: string): ExportPart {
  const end = text.lastIndexOf('\n', text.length - 2) + 1
  const { part } = JSON.parse(text.slice(end) || '{}') as { part?: ExportPart }
  const sha256 = createHash('sha256')
    .update(before + text.slice(0, end))
    .digest('base64url')
  if (part?.sha256 !== sha256) throw new Refusal('A part of the export arrived damaged. Run it again.')
  return part
}

function inWords({ rows, happened }: NonNullable<ExportPart['end']>, site: string | undefined): string {
  const count = (table: string) => (rows[table] ?? 0).toLocaleString('en')
  const what = site === undefined ? `${count('sites')} sites` : `the site ${site}`
  const meanwhile =
    happened === 0
      ? ''
      : ` ${happened} things happened meanwhile: of what they changed it may have one part before and another after. For a file of one moment, export again while nobody writes.`
  return `${what}, ${count('comments')} comments, ${count('threads')} threads, ${count('authors')} authors.${meanwhile}`
}
