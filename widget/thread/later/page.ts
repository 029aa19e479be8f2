import { canonicalKey } from '../../../worker/contract/canonicalKey.ts'
import { longestTitle } from '../../../worker/contract/pageLimits.ts'
import { loadAsked } from '../model/loading.ts'
import type { Model } from '../model/model.ts'
import { namesHome } from '../model/page.ts'
import { threads } from '../model/threads.ts'
import { fillCounts } from './counts.ts'

/** How often the page is looked at, in milliseconds. A router may change it in a way that nobody tells. */
const every = 500

let watching = false

/** Has threads and count badges follow the page: its address, its canonical link, its title. Once is enough. */
export function watchPage(host: string): void {
  if (watching) return
  watching = true
  for (const type of ['pointerover', 'focusin']) addEventListener(type, approach)
  const look = () => {
    for (const [model, { advise }] of [...threads]) {
      followPage(model)
      if (model.thread && isForeign(model)) advise(model.thread)
    }
    fillCounts(host)
  }
  // Not every browser has the Navigation API.
  ;(globalThis as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', look)
  setInterval(look, every)
  look()
  const link = document.querySelector<HTMLLinkElement>('link[rel=canonical][href]')
  if (threads.size > 0 && link && namesHome(link, location))
    console.warn(
      `hankyo: the canonical link of this page names the home page (${link.href}). It is not believed, or all pages would share one thread: mend it in the theme, or give the thread a data-key.`,
    )
}

/** A reader comes near to a thread: what they may do about its comments is loaded. */
function approach(event: Event): void {
  for (const [model, { root }] of threads)
    if (!model.loaded.acts && event.composedPath().includes(root)) loadAsked(model, 'acts').catch(() => {})
}

const advised = new WeakSet<Model>()

/** Whether a thread's site does not know the origin of this page, when it is first asked about one that is there. */
function isForeign(model: Model): boolean {
  if (!model.thread || advised.has(model)) return false
  advised.add(model)
  return !isRegistered(model.thread.origins)
}

/**
 * Has a thread show what the page is now. A new address is another thread; a new title is the same with another name.
 *
 * @returns whether it is the thread of the page still
 */
export function followPage(model: Model): boolean {
  const { key, url, title: own } = model.page()
  // Staff may call the page otherwise than it calls itself.
  const title = model.thread?.givenTitle ?? own
  if (canonicalKey(key) !== canonicalKey(model.key)) {
    model.restart()
    return false
  }
  if (url !== model.url || title !== model.title) {
    Object.assign(model, { url, title })
    model.changed()
  }
  return true
}

/** Whether the page's own origin is one of those registered; a loopback host may have any port. */
export function isRegistered(origins: string[]): boolean {
  const { protocol, hostname } = location
  // A sandboxed frame has none, whatever its address says.
  if (globalThis.origin === 'null') return false
  const { origin } = location
  return origins.some((one) => one === origin || one === `${protocol}//${hostname}:*`)
}

/** A title as long as the worker takes one. */
export const cutTitle = (title: string): string => [...title].slice(0, longestTitle).join('')
