import { render } from 'preact'
import { sorts } from '../../worker/contract.ts'
import { load, type Model } from './model.ts'
import { attend } from './own.ts'
import { pageOf } from './page.ts'
import { get } from './storage.ts'
import { Thread } from './Thread.tsx'
import css from './thread.css?inline'
import { wordsFor } from './words.ts'

/** Makes `<hankyo-thread>` show the threads of a worker. Doing so twice is harmless. */
export function define(host: string): void {
  if (customElements.get('hankyo-thread')) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)

  customElements.define(
    'hankyo-thread',
    class extends HTMLElement {
      static observedAttributes = ['site', 'key', 'title', 'lang', 'sort', 'heading']
      readonly #root = this.attachShadow({ mode: 'open' })
      #stop: (() => void) | undefined

      connectedCallback(): void {
        this.#root.adoptedStyleSheets = [sheet]
        this.#stop = show(this, this.#root, host)
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
function show(element: HTMLElement, root: ShadowRoot, host: string): () => void {
  const attribute = (name: string) => element.getAttribute(name) ?? ''
  const owner = { host, site: attribute('site') }
  let drawing = false
  const model: Model = {
    ...owner,
    ...pageOf(attribute('key'), attribute('title')),
    ...wordsFor(element.closest<HTMLElement>('[lang]')?.lang || navigator.language),
    sort: sorts.find((name) => name === attribute('sort')) ?? 'oldest',
    heading: attribute('heading'),
    author: get(owner, 'author') ?? { name: '', email: '', url: '' },
    items: [],
    focus: '',
    drafts: new Map(),
    mine: new Map(),
    run: 0,
    /** Draws once, however much has changed until then. */
    changed() {
      if (drawing) return
      drawing = true
      queueMicrotask(() => {
        drawing = false
        // Its run is not a number once the element shows another thread, or none.
        if (Number.isNaN(model.run)) return
        render(<Thread model={model} />, root)
        root.getElementById(model.focus)?.focus()
        model.focus = ''
      })
    },
    emit(event, detail) {
      element.dispatchEvent(new CustomEvent(`hankyo:${event}`, { detail, bubbles: true, composed: true }))
    },
  }
  const listening = new AbortController()
  const back = () => {
    model.changed()
    if (model.failed) load(model)
    else attend(model)
  }
  for (const event of ['online', 'offline', 'pageshow', 'visibilitychange'])
    addEventListener(event, back, { signal: listening.signal })
  // "3 minutes ago" must not stay so for hours.
  const clock = setInterval(() => (model.failed ? load(model) : model.changed()), 60_000)
  load(model)
  return () => {
    listening.abort()
    clearInterval(clock)
    clearTimeout(model.timer)
    model.run = Number.NaN
  }
}
