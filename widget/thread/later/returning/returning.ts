import { loadPage, showPage } from '../../model/comments.ts'
import type { Model } from '../../model/model.ts'
import { getItem, setItem } from '../../model/storage.ts'
import { threads } from '../../model/threads.ts'

/** Where a reader was: the comment at the top of the screen, and how far below it began. */
type ReaderPlace = [id: string, top: number]

const session = 'sessionStorage'
const named = (model: Model) => [model, `place ${model.key}`] as const
const topOf = (element: Element) => element.getBoundingClientRect().top

/** Remembers for this tab, when the page is left, where the reader is in its threads. */
function notePlaces(): void {
  addEventListener('pagehide', () => {
    for (const [model, root] of threads) {
      const articles = [...root.querySelectorAll('article')]
      const article = articles.findLast((element) => topOf(element) <= 0) ?? articles[0]
      const place: ReaderPlace | undefined = article && [article.id, topOf(article)]
      setItem(...named(model), place, session)
    }
  })
}

/**
 * Brings a reader who came back, or loaded the page anew, to where they were: the browser could not scroll as far
 * before the comments were there. A comment of another page of the thread is loaded first.
 *
 * @param scrolled how far the page was scrolled a while ago: who is at the top of the page, or has moved since, stays there
 */
export async function returnToPlace(model: Model, root: ShadowRoot, scrolled: number): Promise<void> {
  const [id = '', top = 0] = getItem<ReaderPlace>(...named(model), session) ?? []
  const stays = () => !scrollY || scrollY !== scrolled || location.hash.startsWith('#comment')
  if (stays()) return
  if (id && !root.getElementById(id))
    await loadPage(model, { around: id.slice('comment-'.length) }, (page) => {
      if (stays()) return
      model.hurried = true
      showPage(model, page)
    })
  const element = root.getElementById(id)
  // What is out of sight has no place until it is brought into it.
  element?.scrollIntoView({ behavior: 'instant' })
  if (element) scrollBy({ top: topOf(element) - top, behavior: 'instant' })
}

notePlaces()
