import { sorts } from '../../worker/contract/sorts.ts'
import { makeFormatters, relativeTime } from '../common/i18n.ts'
import { type Drawing, drawingOf } from './drawing.tsx'
import { loadLater, watchPage } from './later.ts'
import { goToComment, linkedId, loadComments, resume, showPage } from './model/comments.ts'
import { draftOf, typeInto } from './model/drafts.ts'
import type { Trouble } from './model/loadable.ts'
import { loadWriting, withReactions } from './model/loading.ts'
import { isOver, type Model, modelOf } from './model/model.ts'
import { pageOf } from './model/page.ts'
import type { Served } from './model/served.ts'
import { getItem } from './model/storage.ts'
import { threads } from './model/threads.ts'
import { addWords, wordsFor } from './model/words.ts'
import css from './view/thread.css?inline'

/** The styles of all threads on the page, as far as they are loaded. */
const styles = new Set([css])

/** Makes `<hankyo-thread>` show the threads of a worker. Doing so twice is harmless. */
export function define(host: string): void {
  if (customElements.get('hankyo-thread')) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)

  customElements.define(
    'hankyo-thread',
    class extends HTMLElement {
      static observedAttributes = ['site', 'key', 'data-key', 'title', 'lang', 'sort', 'heading']
      // A root that came with the page is there already.
      readonly #root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
      #stop: (() => void) | undefined

      connectedCallback(): void {
        this.#stop = show(this, this.#root, host, sheet)
      }

      disconnectedCallback(): void {
        this.#stop?.()
        this.#stop = undefined
      }

      attributeChangedCallback(): void {
        if (!this.#stop) return
        this.#stop()
        this.connectedCallback()
      }
    },
  )
}

interface Restartable extends HTMLElement {
  attributeChangedCallback(): void
}

/** Shows the thread an element asks for, until the function it returns is called. */
function show(element: Restartable, root: ShadowRoot, host: string, sheet: CSSStyleSheet): () => void {
  const attribute = (name: string) => element.getAttribute(name) ?? ''
  const owner = { host, site: attribute('site') }
  /** Tells whoever embeds the thread what they have to mend. */
  const advise = (trouble: Trouble) =>
    loadLater('embedder')
      .then((embedder) => embedder.advise(root, model, trouble))
      .catch(() => {})
  // In JSX and templates of Vue `key` is the framework's own.
  const page = () => pageOf(attribute('key') || attribute('data-key'), attribute('title'))
  const model: Model = modelOf({
    ...owner,
    ...page(),
    page,
    restart: () => element.attributeChangedCallback(),
    ...wordsFor(
      element.closest<HTMLElement>('[lang]')?.lang || document.documentElement.lang || navigator.language,
    ),
    sort: sorts.find((name) => name === attribute('sort')) ?? 'oldest',
    heading: attribute('heading'),
    changed: () => schedule(),
    sayTime: relativeTime,
    emit(event, detail) {
      element.dispatchEvent(new CustomEvent(`hankyo:${event}`, { detail, bubbles: true, composed: true }))
      if ((detail as Trouble).code === 'unknown_site') advise(detail as Trouble)
    },
    async load(name) {
      const script = await loadLater(name)
      if ('css' in script) sheet.replaceSync([...styles.add(script.css)].join(''))
      return script
    },
  })
  threads.set(model, { root, advise })
  model.author = getItem(owner, 'author') ?? model.author
  model.likes = new Set(getItem<string[]>(owner, 'likes'))

  let drawing: Drawing | undefined
  let scheduled = false
  let begun = false
  const draw = () => {
    scheduled = false
    if (isOver(model)) return
    // What stood in for the script and for its style sheet, where the thread came with its page.
    for (const needless of root.querySelectorAll('style, #plain, noscript')) needless.remove()
    root.adoptedStyleSheets = [sheet]
    drawing?.draw()
  }
  /** Before anyone needs it, and in nobody's way. */
  const prepare = () => {
    if (begun) return
    begun = true
    whenIdle(() => {
      watchPage(host)
      if (!isOver(model) && !model.thread?.closed) loadWriting(model).catch(() => {})
    })
  }
  /** Draws once, however much has changed until then. */
  const schedule = () => {
    if (scheduled || !drawing) return
    scheduled = true
    queueMicrotask(draw)
  }

  const fetchNews = () => {
    model.changed()
    if (model.thread && !document.hidden) withReactions(model, (reactions) => reactions.fetchNews(model))
  }

  const listening = new AbortController()
  const on = (events: string[], act: (event: Event) => void) => {
    for (const event of events) addEventListener(event, act, { signal: listening.signal })
  }
  on(['online', 'offline', 'pageshow', 'visibilitychange'], (event) => {
    // A page that is shown for the first time is no news.
    if ((event as PageTransitionEvent).persisted === false) return
    resume(model)
    fetchNews()
  })
  const follow = () => {
    model.linked = undefined
    const id = linkedId()
    if (id && root.getElementById(`comment-${id}`)) goToComment(model, id)
    else if (id) loadComments(model)
  }
  on(['hashchange'], follow)
  // A reader who does something need not wait for what they do it with.
  on(['pointerdown', 'keydown'], () => drawing?.finish())
  // "3 minutes ago" must not stay so for hours, and others write meanwhile.
  const clock = setInterval(() => {
    if (model.failed || model.lacking.size) resume(model)
    else fetchNews()
  }, 30_000)

  const data = element.querySelector('script[type="application/json"]')
  // It is of what the element asked for then, and for once.
  data?.remove()
  const served = data && (JSON.parse(data.textContent) as Served)
  const near = new IntersectionObserver(
    // A busy page may tell of several moments at once: the last counts.
    (entries) => {
      if (!entries.pop()?.isIntersecting) return
      near.disconnect()
      loadComments(model)
    },
    { rootMargin: '100%' },
  )
  if (served?.asked === model.key + model.tag + model.sort) {
    const { page, words } = served
    makeFormatters(model.tag).then(() => {
      if (isOver(model)) return
      addWords(model, words)
      const written = root.querySelector('textarea')?.value
      showPage(model, page)
      // So that what was written before the script was there is not lost.
      if (written) typeInto(model, draftOf(model, ''), 'body', written)
      drawing = drawingOf(root, model, prepare, true)
      follow()
      draw()
    })
  } else {
    drawing = drawingOf(root, model, prepare)
    draw()
    if (attribute('loading') === 'eager' || location.hash) loadComments(model)
    else near.observe(element)
  }
  return () => {
    threads.delete(model)
    near.disconnect()
    listening.abort()
    clearInterval(clock)
    clearTimeout(model.timer)
    model.run = Number.NaN
  }
}

const whenIdle = (act: () => void) =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 200)
