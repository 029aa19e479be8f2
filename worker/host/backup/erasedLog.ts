import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import type { ErasedBefore } from '../../commands/eraseAgain.ts'
import type { Env } from '../../env.ts'
import { secrets } from '../serve/dataFolder.ts'
import { databaseFiles, databases } from '../serve/inventory.ts'
import { run } from '../serve/sqlite.ts'
import { Refusal } from '../terminal.ts'

/** What is to be erased from a folder that was restored: the next who opens its database does so. */
export const logFile = (data: string) => join(data, 'erased.jsonl')

/**
 * What was erased in a folder and stands in another that was made of a backup: ids alone.
 *
 * @returns null where a database of the folder cannot be read
 */
export async function erasedSince(data: string, restored: string): Promise<ErasedBefore | null> {
  const files = await databaseFiles(data)
  const pairs = files.map((file) => [file, join(databases(restored), basename(file))])
  const here = pairs.filter(([, file]) => existsSync(file as string))
  const found = await run(
    'erased',
    here.map((pair) => JSON.stringify(pair)),
  ).answer
  if (found.some((one) => one === null)) return null
  const all = found.flatMap((one) => one ?? [])
  return { authors: all.flatMap(({ authors }) => authors), comments: all.flatMap(({ comments }) => comments) }
}

/** A log of what was erased, as a file has it: `{"author":"…"}` or `{"comment":"…"}` on each line. @throws Refusal */
export async function readErased(file: string): Promise<ErasedBefore> {
  const found: ErasedBefore = { authors: [], comments: [] }
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new Refusal(`Cannot read ${file}: ${error.message}`)
  })
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const { author, comment } = parsed(line)
    if (typeof author === 'string') found.authors.push(author)
    else if (typeof comment === 'string') found.comments.push(comment)
    else throw new Refusal(`${file} is no log of what was erased: see its line ${index + 1}.`)
  }
  return found
}

function parsed(line: string): { author?: unknown; comment?: unknown } {
  try {
    return JSON.parse(line) ?? {}
  } catch {
    return {}
  }
}

/** Leaves in a folder what is to be erased from it. */
export async function leaveErased(data: string, { authors, comments }: ErasedBefore): Promise<void> {
  const lines = [...authors.map((author) => ({ author })), ...comments.map((comment) => ({ comment }))]
  if (lines.length === 0) return
  await writeFile(logFile(data), lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 })
}

/** Erases what was left to be erased, before anybody is served. @returns comments that lost their words */
export async function eraseLeft(data: string, db: D1Database): Promise<number> {
  const file = logFile(data)
  if (!existsSync(file)) return 0
  // Most starts have nothing to erase, and do not read what that takes.
  const { eraseAgain } = await import('../../commands/eraseAgain.ts')
  const { TOKEN_SECRET } = await secrets(data)
  const world = { env: { DB: db, TOKEN_SECRET } as Env, db, now: Date.now(), defer: () => {}, happened: [] }
  const erased = await eraseAgain(world, await readErased(file))
  await rm(file)
  return erased
}
