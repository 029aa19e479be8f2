import { announce, type Model } from '../../model/model.ts'
import { announceBeside } from './announceBeside.ts'

/** How long it is told at the time that the link was copied, in milliseconds. */
const told = 4_000

/** Copies the link to a comment, and tells so: at its time, where that was pressed, or else below the comment. */
export async function copyLink(model: Model, id: string, time?: HTMLElement): Promise<void> {
  const link = `${model.here}#comment-${id}`
  const words = model.say('copied')
  try {
    await navigator.clipboard.writeText(link)
  } catch {
    // Where the clipboard is refused, the link is in the address bar.
    location.assign(link)
    return
  }
  if (!time) return announceBeside(model, id, words)
  announce(model, words)
  time.dataset.told = words
  setTimeout(() => delete time.dataset.told, told)
}
