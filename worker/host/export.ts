import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { ExportPart } from '../contract/exports.ts'
import type { Operator } from './operator.ts'
import type { Work } from './siteCommands.ts'
import { note, Refusal } from './terminal.ts'

/** What the command line says of an export. */
interface Asked {
  site?: string | undefined
  out?: string | undefined
}

/**
 * Writes an export without loss: to a file that is there once it is whole, or to stdout.
 *
 * @throws Refusal where the file is there already, or something is refused or arrives damaged
 */
export function exportTo({ site, out }: Asked): Work {
  if (out !== undefined && existsSync(out)) throw new Refusal(`${out} is there already.`)
  return async (instance) => {
    if (out === undefined) {
      const told = await writeParts(instance, site, (text) => toStdout(text))
      note(told)
      return ''
    }
    const unfinished = `${out}.unfinished`
    const file = await open(unfinished, 'w', 0o600)
    try {
      const told = await writeParts(instance, site, async (text) => void (await file.write(text)))
      await file.sync()
      await file.close()
      await rename(unfinished, out)
      return `${out}: ${told}`
    } catch (error) {
      await file.close().catch(() => {})
      await rm(unfinished, { force: true })
      throw error
    }
  }
}

const toStdout = (text: string) =>
  new Promise<void>((resolve, reject) =>
    process.stdout.write(text, (error) => (error ? reject(error) : resolve())),
  )

/** Asks for one part after the other. @returns what there is to say at the end */
async function writeParts(
  instance: Operator,
  site: string | undefined,
  write: (text: string) => Promise<void>,
): Promise<string> {
  let [cursor, before]: [string | null, string] = [null, '']
  for (;;) {
    const text = await instance.exportPart('hankyo.jsonl', {
      ...(site !== undefined && { site }),
      ...(cursor !== null && { cursor }),
    })
    const part = lastLineOf(text, before)
    await write(text)
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
