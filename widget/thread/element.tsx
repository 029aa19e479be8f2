import { render } from 'preact'
import { sorts } from '../../worker/contract.ts'
import { load, type Model } from './model.ts'
import { tend } from './own.ts'
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

  class HankyoThread extends HTMLElement {
    static observedAttributes = ['site', 'key', 'title', 'lang', 'sort', 'heading']
    readonly #root = this.attachShadow({ mode: 'open' })
    #model: Model | undefined
    #listening = new AbortController()
    #drawing = false

    connectedCallback(): void {
      this.#root.adoptedStyleSheets = [sheet]
      this.#start()
    }

    disconnectedCallback(): void {
      this.#stop()
    }

    attributeChangedCallback(): void {
      if (this.#model) this.#start()
    }

    #start(): void {
      this.#stop()
      const attribute = (name: string) => this.getAttribute(name) ?? ''
      const owner = { host, site: attribute('site') }
      const model: Model = {
        ...owner,
        ...pageOf(attribute('key'), attribute('title')),
        ...wordsFor(this.closest<HTMLElement>('[lang]')?.lang || navigator.language),
        sort: sorts.find((name) => name === attribute('sort')) ?? 'oldest',
        heading: attribute('heading'),
        author: get(owner, 'author') ?? { name: '', email: '', url: '' },
        items: [],
        next: null,
        failed: false,
        said: '',
        focus: '',
        drafts: new Map(),
        mine: new Map(),
        run: 0,
        changed: () => this.#change(),
        emit: (event, detail) =>
          this.dispatchEvent(new CustomEvent(`hankyo:${event}`, { detail, bubbles: true, composed: true })),
      }
      this.#model = model
      this.#listening = new AbortController()
      const { signal } = this.#listening
      const back = () => {
        model.changed()
        if (model.thread) tend(model)
        else if (model.failed) load(model)
      }
      for (const event of ['online', 'offline', 'pageshow', 'visibilitychange'])
        addEventListener(event, back, { signal })
      load(model)
    }

    #stop(): void {
      this.#listening.abort()
      if (!this.#model) return
      this.#model.run = Number.NaN
      clearTimeout(this.#model.timer)
      this.#model = undefined
    }

    /** Draws once, however much has changed until then. */
    #change(): void {
      if (this.#drawing) return
      this.#drawing = true
      queueMicrotask(() => {
        this.#drawing = false
        const model = this.#model
        if (!model) return
        render(<Thread model={model} />, this.#root)
        this.#root.getElementById(model.focus)?.focus()
        model.focus = ''
      })
    }
  }
  customElements.define('hankyo-thread', HankyoThread)
}
