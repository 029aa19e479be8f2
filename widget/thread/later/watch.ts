import { canonicalKey } from '../../../worker/contract/canonicalKey.ts'
import { longestTitle } from '../../../worker/contract/pageLimits.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { exchangeNow } from '../../common/exchangeNow.ts'
import type { Message } from '../../common/i18n.ts'
import { resume, showPage } from '../model/comments.ts'
import type { Trouble } from '../model/loadable.ts'
import { loadAsked, withReactions } from '../model/loading.ts'
import { isOver, type Look, type Model } from '../model/model.ts'
import { namesHome } from '../model/page.ts'
import { pageUrl } from '../model/site.ts'
import { getItem } from '../model/storage.ts'
import { threads } from '../model/threads.ts'
import { addWords, loadWords, wordsUrl } from '../model/words.ts'

/** How often the page is looked at, in milliseconds. A router may change it in a way that nobody tells. */
const every = 500

let watching = false

/** What loads the parts that few pages need. */
interface Load {
  (name: 'staff'): Promise<{ writeAsStaff(model: Model): Promise<void> }>
  (name: 'counts'): Promise<{ fillCounts(host: string): unknown }>
  (
    name: 'embedder',
  ): Promise<{
    advise(root: ShadowRoot, model: Model, trouble: Trouble): void
    warnOfHome(link: HTMLLinkElement): void
  }>
}

/** Has threads and count badges follow the page: its address, its canonical link, its title. Once is enough. */
export function watchPage(host: string, load: Load): void {
  if (watching) return
  watching = true
  let counts: Promise<{ fillCounts(host: string): unknown }> | undefined
  const arrived = scrollY
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const comesBack = /reload|back/.test(navigation?.type ?? '')
  const returned = new WeakSet<Model>()
  const look = () => {
    for (const [model, root] of [...threads]) {
      if (!model.loaded.watch) {
        model.loaded.watch = { followPage, isRegistered, cutTitle, sayLeft }
        if (model.thread?.closed) model.changed()
      }
      if (followPage(model)) followLook(model).catch(() => looks.delete(model))
      if (comesBack && model.complete && !returned.has(model)) {
        returned.add(model)
        loadAsked(model, 'returning')
          .then((part) => part.returnToPlace(model, root, arrived))
          .catch(() => {})
      }
      const opened = location.hash.startsWith('#hankyo-staff=')
      if (opened || !staffed.has(model)) {
        staffed.add(model)
        if (opened || getItem(model, 'staff', 'sessionStorage'))
          load('staff')
            .then((part) => part.writeAsStaff(model))
            .catch(() => {})
      }
      const trouble = troubleOf(model)
      if (trouble)
        load('embedder')
          .then((embedder) => embedder.advise(root, model, trouble))
          .catch(() => {})
    }
    if (document.querySelector('[data-hankyo-count]')) {
      counts ??= load('counts')
      counts.then((part) => part.fillCounts(host)).catch(() => {})
    }
  }
  // Not every browser has the Navigation API.
  ;(globalThis as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', look)
  setInterval(look, every)
  look()
  for (const type of ['pointerover', 'focusin']) addEventListener(type, approach)
  // "3 minutes ago" must not stay so for hours.
  setInterval(() => {
    catchUp(false)
    counts = undefined
  }, 30_000)
  for (const type of ['offline', 'pageshow', 'visibilitychange'])
    addEventListener(type, () => catchUp(type !== 'offline'))
  addEventListener('beforeprint', () => {
    for (const model of threads.keys()) print(model)
  })
  const link = document.querySelector<HTMLLinkElement>('link[rel=canonical][href]')
  if (threads.size > 0 && link && namesHome(link, location))
    load('embedder')
      .then((embedder) => embedder.warnOfHome(link))
      .catch(() => {})
  // This part comes late where the page was left before, and kept by the browser: what came meanwhile is news.
  // Not every browser tells that it was out of sight meanwhile.
  const [script] = performance.getEntriesByName(`${host}/embed.js`)
  const [, left] = performance.getEntriesByType('visibility-state')
  if (left || (script && performance.now() - script.startTime > 5000)) catchUp(true)
}

/** A reader comes near to a thread: what they may do about its comments is loaded. */
function approach(event: Event): void {
  for (const [model, root] of threads)
    if (!model.loaded.acts && event.composedPath().includes(root))
      for (const name of ['acts', 'reactions', 'returning'] as const) loadAsked(model, name).catch(() => {})
}

/** Shows what came meanwhile, and how the reader's own comments stand when they look at the page again. */
function catchUp(again: boolean): void {
  for (const model of threads.keys()) {
    model.changed()
    if (again || model.failed || model.lacking.size) resume(model)
    if (model.thread && !model.failed && !document.hidden && navigator.onLine)
      withReactions(model, (reactions) => reactions.fetchNews(model))
  }
}

/** Draws all comments before the page is printed, which waits for nothing: those that are not here are asked for at once. */
function print(model: Model): void {
  if (!model.thread && !model.run++) {
    const page = exchangeNow<ThreadPage>(pageUrl(model))
    addWords(model, exchangeNow<Record<string, Message>>(wordsUrl(model, '')))
    showPage(model, page)
  }
  model.hurried = true
  model.changed()
}

/** Threads of which it is known whether staff writes in them from this tab. */
const staffed = new WeakSet<Model>()

const advised = new WeakSet<object>()

/** What the embedder of a thread has to mend: a site that is not there, or that does not know this page's origin. Told once. */
function troubleOf({ failed, thread }: Model): Trouble | undefined {
  const told = failed || thread
  if (!told || told === true || advised.has(told)) return
  advised.add(told)
  if ('origins' in told ? !isRegistered(told.origins ?? []) : told.code === 'unknown_site') return told
}

/**
 * Has a thread show what the page is now. A new address is another thread; a new title is the same with another name.
 *
 * @returns whether it is the thread of the page still
 */
export function followPage(model: Model): boolean {
  const page = model.page()
  if (canonicalKey(page.key) !== canonicalKey(model.key)) {
    model.restart()
    return false
  }
  const { url, here } = page
  // Staff may call the page otherwise than it calls itself.
  const title = model.thread?.givenTitle ?? page.title
  if (url !== model.url || title !== model.title || here !== model.here) {
    Object.assign(model, { url, title, here })
    model.changed()
  }
  return true
}

/** How threads were asked for when that was last looked at. */
const looks = new WeakMap<Model, Look>()

/** Follows attributes that leave it the same thread, once their words are here: what is being written stays. */
async function followLook(model: Model): Promise<void> {
  const now = model.look()
  const { tag, heading } = looks.get(model) ?? model
  looks.set(model, now)
  if (now.tag === tag && now.heading === heading) return
  await Promise.all((['', '.writing', '.more'] as const).map((kind) => loadWords({ ...model, ...now }, kind)))
  if (isOver(model)) return
  // The reader may have chosen another order.
  Object.assign(model, now, { sort: model.sort })
  model.changed()
}

/** Whether the page's own origin is one of those registered; a loopback host may have any port. */
export function isRegistered(origins: string[]): boolean {
  const { protocol, hostname, origin } = location
  // A sandboxed frame has none, whatever its address says.
  if (globalThis.origin === 'null') return false
  return origins.some((one) => one === origin || one === `${protocol}//${hostname}:*`)
}

/** A title as long as the worker takes one. */
export const cutTitle = (title: string): string => [...title].slice(0, longestTitle).join('')

/** How many comments follow those that are shown, where it is known: not if some above are not loaded either. */
export function sayLeft({ thread, items, previous, tag }: Model): string {
  let left = thread?.count ?? 0
  for (const { parentId, gone, replies } of items) if (!parentId) left -= replies.count + Number(!gone)
  return previous ? '' : ` (${left.toLocaleString(tag)})`
}
