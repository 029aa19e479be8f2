import { threads } from '../../model/threads.ts'
import { copyLink } from './copyLink.ts'
import { offerQuote } from './quoting.tsx'

/** How long a selection has to stay as it is, in milliseconds. */
const pause = 200

/** Has threads respond to what readers do with what is no button: they press the time of a comment, or select a text. */
export function watchGestures(): void {
  addEventListener('click', (event) => {
    const path = event.composedPath() as Element[]
    const time = path[0]?.closest<HTMLElement>('[part=time]') ?? undefined
    const id = time?.closest('article')?.id.slice('comment-'.length)
    // With a key held it opens a page of its own.
    if (!id || event.ctrlKey || event.metaKey || event.shiftKey) return
    for (const [model, root] of threads) if (path.includes(root as never)) copyLink(model, id, time)
  })
  let timer: ReturnType<typeof setTimeout>
  document.addEventListener('selectionchange', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const [model, root] of threads) offerQuote(model, root)
    }, pause)
  })
}
