import { sorts } from '../../worker/contract/sorts.ts'
import { relativeTime } from '../common/i18n.ts'
import { type Drawing, drawingOf } from './drawing.tsx'
import { loadLater } from './later.ts'
import { goToComment, linkedId, loadComments, resume } from './model/comments.ts'
import { loadWriting } from './model/loading.ts'
import { isOver, type Model, modelOf } from './model/model.ts'
import { pageOf } from './model/page.ts'
import { getItem } from './model/storage.ts'
import { threads } from './model/threads.ts'
import { wordsFor } from './model/words.ts'
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
      static observedAttributes = ['site', 'data-site', 'key', 'data-key', 'sort']
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
  const attribute = (name: string) => (element.getAttribute(name) ?? '').trim()
  // In JSX and templates of Vue `key` is the framework's own.
  const named = (name: string) => attribute(name) || attribute(`data-${name}`)
  const owner = { host, site: named('site') }
  const page = () => pageOf(named('key'), attribute('title'))
  const look = () => ({
    ...wordsFor(
      element.closest<HTMLElement>('[lang]')?.lang || document.documentElement.lang || navigator.language,
    ),
    sort: sorts.find((name) => name === attribute('sort')) ?? 'oldest',
    heading: attribute('heading'),
  })
  const model: Model = modelOf({
    ...owner,
    ...page(),
    ...look(),
    page,
    look,
    restart: () => element.attributeChangedCallback(),
    changed: () => schedule(),
    sayTime: relativeTime,
    emit(event, detail) {
      element.dispatchEvent(new CustomEvent(`hankyo:${event}`, { detail, bubbles: true, composed: true }))
    },
    async load(name) {
      const script = await loadLater(name)
      if ('css' in script) sheet.replaceSync([...styles.add(script.css)].join(''))
      return script
    },
  })
  threads.set(model, root)
  model.likes = new Set(getItem<string[]>(owner, 'likes'))

  let drawing: Drawing | undefined
  let scheduled = false
  let begun = false
  const draw = () => {
    scheduled = false
    if (isOver(model)) return
    root.adoptedStyleSheets = [sheet]
    drawing?.draw()
  }
  /** Before anyone needs it, and in nobody's way. */
  const prepare = () => {
    if (begun) return
    begun = true
    whenIdle(() => {
      if (!isOver(model) && !model.thread?.closed) loadWriting(model).catch(() => {})
    })
  }
  /** Draws once, however much has changed until then. */
  const schedule = () => {
    if (scheduled || !drawing) return
    scheduled = true
    queueMicrotask(draw)
  }

  const listening = new AbortController()
  const on = (events: string[], act: (event: Event) => void) => {
    for (const event of events) addEventListener(event, act, { signal: listening.signal })
  }
  on(['online'], () => resume(model))
  const follow = () => {
    model.linked = undefined
    const id = linkedId()
    if (id && root.getElementById(`comment-${id}`)) goToComment(model, id)
    else if (id) loadComments(model)
  }
  // Other than `hashchange`, it tells of a link that is followed twice, too.
  on(['popstate'], follow)
  // A reader who does something need not wait for what they do it with.
  on(['pointerdown', 'keydown'], () => drawing?.finish())
  const data = element.querySelector('script[type="application/json"]')
  // It is of what the element asked for then, and for once.
  data?.remove()
  const near = new IntersectionObserver(
    // A busy page may tell of several moments at once: the last counts.
    (entries) => {
      if (!entries.pop()?.isIntersecting) return
      near.disconnect()
      // A link may have led here, and asked for its page already.
      if (!model.run) loadComments(model)
    },
    { rootMargin: '100%' },
  )
  const start = () => {
    if (isOver(model)) return
    drawing = drawingOf(root, model, prepare)
    draw()
    if (attribute('loading') === 'eager' || location.hash) loadComments(model)
    else near.observe(element)
  }
  if (data)
    loadLater('served')
      .then(async ({ adopt, takeOver }) => {
        await takeOver(model, root, data.textContent)
        drawing = drawingOf(root, model, prepare, adopt)
        follow()
        draw()
      })
      .catch(start)
  else start()
  return () => {
    threads.delete(model)
    near.disconnect()
    listening.abort()
    clearTimeout(model.timer)
    model.run = Number.NaN
  }
}

// Safari has no such callback.
const whenIdle = (act: () => void) =>
  globalThis.requestIdleCallback?.(act, { timeout: 2000 }) ?? setTimeout(act, 200)
