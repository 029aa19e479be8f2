import { type Ctx, siteOf } from '../../access/identity.ts'
import { limits } from '../../contract/limits.ts'
import type { Page } from '../../contract/page.ts'
import { wordListMatchesQuery } from '../../contract/wordListMatches.ts'
import { type WordList, type WordListEntries, wordListChange, wordLists } from '../../contract/wordLists.ts'
import { parseJson, readText } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { linesOf, readEntries } from '../../moderation/text/entries.ts'
import { wordListMatches } from '../../queries/wordListMatches.ts'
import * as store from '../../store/wordLists.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/sites/:site/word-lists` */
export async function getWordLists(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const lists = await store.lists(worldOf(c, siteId).db, siteId)
  const items = wordLists.map((list) => ({ list, entries: lists[list] }))
  return c.json({ items, next: null } satisfies Page<WordListEntries>)
}

/** `PUT /v1/sites/:site/word-lists/:list`: a whole list, as JSON or as plain text with an entry a line. */
export async function putWordList(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const list = listOf(c)
  const text = await readText(c.req.raw, limits.listRequest)
  // Clients that name no type send JSON as plain text.
  const isPlain = /^text\/plain\b/i.test(c.req.header('content-type') ?? '') && !/^\s*\{/.test(text)
  const texts = isPlain ? linesOf(text) : parse(wordListChange, parseJson(text)).entries
  const entries = entriesIn(list, texts, isPlain ? 'lines' : 'entries')
  const by = { actor: c.get('moderator'), at: Date.now() }
  await store.replace(worldOf(c, siteId).db, { siteId, list, entries }, by)
  return c.json({ list, entries } satisfies WordListEntries)
}

/** @throws Refusal `not_found` for a list of another name */
function listOf(c: Ctx): WordList {
  const list = wordLists.find((name) => name === c.req.param('list'))
  if (!list) throw new Refusal('not_found')
  return list
}

/** `GET /v1/sites/:site/word-lists/:list/matches` */
export async function getWordListMatches(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const { cursor } = parse(wordListMatchesQuery, single(c.req.queries()))
  const asked = { siteId, list: listOf(c), after: cursor ?? null }
  return c.json(await wordListMatches(worldOf(c, siteId), asked))
}

/** @throws Refusal that names the first entry that is wrong, and how */
export function entriesIn(list: WordList, texts: string[], field: string): string[] {
  const read = readEntries(list, texts)
  if (!('problem' in read)) return read.entries
  const { at, code, limit } = read.problem
  const isPlain = field === 'lines'
  throw new Refusal(code, {
    field: `${field}.${isPlain ? at : at - 1}`,
    message: `${isPlain ? 'Line' : 'Entry'} ${at}: ${sentences[code](limit)}`,
    ...(limit !== undefined && { limit }),
  })
}

const sentences = {
  invalid: () => 'this is not something to look for.',
  too_long: (limit?: number) =>
    limit === limits.words
      ? `a list has at most ${limit} entries.`
      : `an entry has at most ${limit} characters.`,
}
