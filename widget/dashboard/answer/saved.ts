import { createModel, signal } from '@preact/signals'
import type { Page } from '../../../worker/contract/page.ts'
import type { SavedAnswer } from '../../../worker/contract/phrases.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { Connection } from '../core/connection.ts'
import type { Desk } from '../desk.ts'

/** The saved answers of each site that an answer was written on. */
export const Saved = createModel((connection: Connection) => {
  const lists = signal<Record<string, SavedAnswer[] | 'failed'>>({})
  return {
    lists,
    async load(siteId: string) {
      const told = (list: SavedAnswer[] | 'failed') => {
        lists.value = { ...lists.peek(), [siteId]: list }
      }
      try {
        const path = `/v1/sites/${encodeURIComponent(siteId)}/saved-answers`
        told((await connection.ask<Page<SavedAnswer>>('GET', path)).data.items)
      } catch {
        if (!Array.isArray(lists.peek()[siteId])) told('failed')
      }
    },
  }
})

/** The saved answers of a desk. */
export const savedOf = ({ connection }: Desk) => new Saved(connection)

/** What a text is written in, as the scripts of languages are called. */
const scripts: [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'Jpan'],
  [/\p{Script=Hangul}/u, 'Kore'],
  [/\p{Script=Han}/u, 'Han'],
  [/\p{Script=Cyrillic}/u, 'Cyrl'],
  [/\p{Script=Arabic}/u, 'Arab'],
]

/** What a saved answer says to a comment: in a language of its script, that of its site first, else in any. */
export function answerTo(item: QueueItem, { texts }: SavedAnswer, locale: string): string {
  const written = scripts.find(([letters]) => letters.test(item.body))?.[1] ?? 'Latn'
  const tags = Object.keys(texts)
  const fitting = tags.filter((tag) => scriptOf(tag).startsWith(written))
  const ofSite = (tag: string) => tag.split('-')[0] === locale.split('-')[0]
  const tag = fitting.find(ofSite) ?? fitting[0] ?? tags.find(ofSite) ?? tags[0] ?? ''
  return (texts[tag] ?? '').replaceAll('{name}', item.author.name)
}

const scriptOf = (tag: string) => new Intl.Locale(tag).maximize().script ?? ''
