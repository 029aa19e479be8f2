import { existsSync, openAsBlob } from 'node:fs'
import type { SourceComment } from '../../importers/entry.ts'
import { markdownBody } from '../../importers/markdown.ts'
import { openFile } from '../../importers/opening/open.ts'
import { UnreadableFile } from '../../importers/opening/problems.ts'
import { Refusal } from '../terminal.ts'
import { printable, type Row } from './corpus.ts'

/** What is no file of another system, but may be a corpus. */
const otherwise = ['unknown', 'table', 'empty']

/**
 * The comments of another system's file that people decided there, as an import would have screening learn them: approved
 * and spam. Their group is the page.
 *
 * @returns null where no importer knows the file
 * @throws Refusal where the file cannot be read, or tells of no decision
 */
export async function readImported(file: string): Promise<Row[] | null> {
  if (!existsSync(file)) return null
  const blob = await openAsBlob(file).catch(() => null)
  const opened = blob && (await openFile(blob, file).catch((error) => notKnown(error, file)))
  if (!opened) return null
  const rows: Row[] = []
  let comments = 0
  for await (const entry of opened.entries({ file, pings: false, origin: '' })) {
    if (entry.kind !== 'comment') continue
    comments++
    const label = entry.status === 'approved' ? 'fine' : entry.status === 'spam' ? 'spam' : null
    if (entry.decided && label)
      rows.push({
        ...{ group: entry.page.address, label, number: entry.line },
        ...{ name: entry.author.name, url: entry.author.url },
        ...{ date: dateOf(entry.createdAt), body: markdownBody(entry) },
      })
  }
  if (rows.length === 0)
    throw new Refusal(
      `${printable(file)} is a file of ${opened.formatName}, which tells of none of its ${comments} comments whether a person decided it.`,
    )
  return rows
}

function notKnown(error: unknown, file: string): null {
  if (!(error instanceof UnreadableFile)) throw error
  if (otherwise.includes(error.code)) return null
  throw new Refusal(`${printable(file)} cannot be read: ${error.message}`)
}

/** For the order alone: a time that names no zone is taken as it stands. */
function dateOf(time: SourceComment['createdAt']): string {
  if (typeof time === 'number') return new Date(time).toISOString()
  return Number.isNaN(Date.parse(`${time.local}Z`)) ? new Date(0).toISOString() : `${time.local}Z`
}
