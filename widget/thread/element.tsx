import { render } from 'preact'
import { sorts } from '../../worker/contract/sorts.ts'
import { makeFormatters } from '../common/i18n.ts'
import type { Trouble } from './later/embedder.ts'
import { open } from './model/drafts.ts'
import { begin, goTo, isDrawn, late, linkedId, load, type Model, modelOf, slice } from './model/model.ts'
import { attend } from './model/ownComments.ts'
import { isRegistered, pageOf } from './model/page.ts'
import { get, set } from './model/storage.ts'
import { learnWords, wordsFor } from './model/words.ts'
import type { Served } from './server.tsx'
import { Thread } from './view/Thread.tsx'
import css from './view/thread.css?inline'

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

/** Shows the thread an element asks for, until the function it returns is called. */
function show(element: HTMLElement, root: ShadowRoot, host: string, sheet: CSSStyleSheet): () => void {
  const attribute = (name: string) => element.getAttribute(name) ?? ''
  const owner = { host, site: attribute('site') }
  let drawing = true
  const model: Model = modelOf({
    ...owner,
    // In JSX and templates of Vue `key` is the framework's own.
    ...pageOf(attribute('key') || attribute('data-key'), attribute('title')),
    ...wordsFor(
      element.closest<HTMLElement>('[lang]')?.lang || document.documentElement.lang || navigator.language,
    ),
    sort: sorts.find((name) => name === attribute('sort')) ?? 'oldest',
    heading: attribute('heading'),
    /** Draws once, however much has changed until then. */
    changed() {
      model.kept.clear()
      if (drawing) return
      drawing = true
      queueMicrotask(draw)
    },
    emit(event, detail) {
      element.dispatchEvent(new CustomEvent(`hankyo:${event}`, { detail, bubbles: true, composed: true }))
      const { code, origins } = detail as Trouble
      if (code === 'unknown_site' || (origins && !isRegistered(origins)))
        import('./later/embedder.ts')
          .then(({ advise }) => advise(root, model, detail as Trouble))
          .catch(() => {})
    },
  })
  const draw = () => {
    drawing = false
    // Its run is not a number once the element shows another thread, or none.
    if (Number.isNaN(model.run)) return
    // What stood in for the script and for its style sheet, where the thread came with its page.
    for (const needless of root.querySelectorAll('style, #plain, noscript')) needless.remove()
    root.adoptedStyleSheets = [sheet]
    // Below the comments once they are all there: so it need not move.
    if (model.thread && isDrawn(model)) open(model, '')
    render(<Thread model={model} />, root)
    root.getElementById(model.focus)?.focus()
    model.focus = ''
    if (model.drawn < model.items.length) setTimeout(drawMore)
  }
  const drawMore = (some = slice) => {
    model.drawn += some
    draw()
  }
  model.author = get(owner, 'author') ?? model.author
  model.likes = new Set(get<string[]>(owner, 'likes'))

  const listening = new AbortController()
  const on = (events: string[], act: (event: Event) => void) => {
    for (const event of events) addEventListener(event, act, { signal: listening.signal })
  }
  on(['online', 'offline', 'pageshow', 'visibilitychange'], (event) => {
    // A page that is shown for the first time is no news.
    if ((event as PageTransitionEvent).persisted === false) return
    model.changed()
    if (model.failed) load(model)
    else attend(model)
  })
  const follow = () => {
    model.linked = undefined
    const id = linkedId()
    if (id && root.getElementById(`comment-${id}`)) goTo(model, id)
    else if (id) load(model)
  }
  on(['hashchange'], follow)
  // "3 minutes ago" must not stay so for hours, and others write meanwhile.
  const clock = setInterval(() => {
    if (model.failed) load(model)
    else if (model.thread && !document.hidden) late(model, (part) => part.poll(model))
    else model.changed()
  }, 30_000)

  // A reader who does something need not wait for what they do it with.
  on(['pointerdown', 'keydown'], () => {
    if (model.drawn < model.items.length) drawMore(Number.POSITIVE_INFINITY)
  })

  const data = element.querySelector('script[type="application/json"]')
  // It is of what the element asked for then, and for once.
  data?.remove()
  const served = data && (JSON.parse(data.textContent) as Served)
  const near = new IntersectionObserver(
    // A busy page may tell of several moments at once: the last counts.
    (entries) => {
      if (!entries.pop()?.isIntersecting) return
      near.disconnect()
      load(model)
    },
    { rootMargin: '100%' },
  )
  if (served?.asked === model.key + model.tag + model.sort) {
    const { page, words } = served
    makeFormatters(model.tag).then(() => {
      if (Number.isNaN(model.run)) return
      learnWords(model, words)
      // So that what was written before the script was there is not lost.
      const written = root.querySelector('textarea')?.value
      if (written) set(owner, `draft ${page.thread.key} `, written)
      begin(model, page, { served: true })
      follow()
      draw()
    })
  } else {
    draw()
    if (attribute('loading') === 'eager' || location.hash) load(model)
    else near.observe(element)
  }
  return () => {
    near.disconnect()
    listening.abort()
    clearInterval(clock)
    clearTimeout(model.timer)
    model.run = Number.NaN
  }
}
