import { makeFormatters } from '../../common/i18n.ts'
import { showPage } from '../model/comments.ts'
import { draftOf, typeInto } from '../model/drafts.ts'
import { isOver, type Model } from '../model/model.ts'
import type { Served } from '../model/served.ts'
import { addWords } from '../model/words.ts'
import type { Items, Place } from '../view/places.tsx'

/**
 * Goes on with a thread that came with its page.
 *
 * @param data what came with it, as JSON
 * @throws where the element asks for another thread
 */
export async function takeOver(model: Model, root: ShadowRoot, data: string): Promise<void> {
  const { asked, page, words }: Served = JSON.parse(data)
  await makeFormatters(model.tag)
  if (isOver(model) || asked !== model.key + model.tag + model.sort) throw new Error('asked for another')
  addWords(model, words)
  const written = root.querySelector('textarea')?.value
  // What stood in for the script and for its style sheet.
  for (const needless of root.querySelectorAll('style, #plain, noscript')) needless.remove()
  showPage(model, page)
  // So that what was written before the script was there is not lost.
  if (written) typeInto(model, draftOf(model, ''), 'body', written)
}

/** Takes over the items of a list that came with the page, to be drawn when their turn comes. */
export function adopt(items: Items, list: Element | null | undefined, places: Place[]): void {
  for (const [at, { key, replies }] of places.entries()) {
    const element = list?.children[at]
    const [place, below = null] = element?.children ?? []
    if (!element || !place) continue
    items.set(key, { element, place, replies: below })
    if (replies) adopt(items, below, replies)
  }
}
