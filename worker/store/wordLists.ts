import type { D1Database } from '@cloudflare/workers-types'
import { type WordList, wordLists } from '../contract/wordLists.ts'
import { all, batch, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** What was read of each list last. The same text is the same array, so that it is made ready once. */
const latest = new Map<string, { text: string; entries: string[] }>()

/** More sites than this one worker seldom serves; a list may be a megabyte. */
const mostKept = 60

/** The lists of a site; those it has not filled in are empty. */
export async function lists(db: D1Database, siteId: string): Promise<Record<WordList, string[]>> {
  const rows = await all<{ list: WordList; entries: string }>(
    sql(db, 'SELECT list, entries FROM word_lists WHERE site_id = ?', siteId),
  )
  const texts = new Map(rows.map(({ list, entries }) => [list, entries]))
  return Object.fromEntries(
    wordLists.map((list) => [list, entriesOf(`${siteId} ${list}`, texts.get(list) ?? '[]')]),
  ) as Record<WordList, string[]>
}

function entriesOf(name: string, text: string): string[] {
  const before = latest.get(name)
  if (before?.text === text) return before.entries
  const entries = JSON.parse(text) as string[]
  if (latest.size >= mostKept) latest.clear()
  latest.set(name, { text, entries })
  return entries
}

/** Puts a list in place of the one that a site has. */
export async function replace(
  db: D1Database,
  { siteId, list, entries }: { siteId: string; list: WordList; entries: string[] },
  { actor, at }: { actor: Actor; at: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO word_lists (site_id, list, entries) VALUES (?, ?, ?)
       ON CONFLICT (site_id, list) DO UPDATE SET entries = excluded.entries`,
      siteId,
      list,
      JSON.stringify(entries),
    ),
    recordEvent(db, { act: 'words.change', at, actor, siteId, list, count: entries.length }),
  ])
}
