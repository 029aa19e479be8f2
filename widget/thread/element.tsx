import { render } from 'preact'
import { sorts } from '../../worker/contract.ts'
import { Model } from './model.ts'
import { pageOf } from './page.ts'
import { Thread } from './Thread.tsx'
import css from './thread.css?inline'
import { Words } from './words.ts'

/** Makes `<hankyo-thread>` show the threads of a worker. Doing so twice is harmless. */
export function define(host: string): void {
  if (customElements.get('hankyo-thread')) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)

  class HankyoThread extends HTMLElement {
    static observedAttributes = ['site', 'key', 'title', 'lang', 'sort', 'heading']
    readonly #root = this.attachShadow({ mode: 'open' })
    #model: Model | undefined
    #listening: AbortController | undefined
    #drawing = false

    connectedCallback(): void {
      this.#root.adoptedStyleSheets = [sheet]
      this.#start()
    }

    disconnectedCallback(): void {
      this.#stop()
      render(null, this.#root)
    }

    attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
      if (this.#model && before !== after) this.#start()
    }

    #start(): void {
      this.#stop()
      const sort = this.getAttribute('sort')
      const model = new Model(
        {
          host,
          site: this.getAttribute('site') ?? '',
          page: pageOf({ key: this.getAttribute('key'), title: this.getAttribute('title') }),
          words: new Words(this.closest<HTMLElement>('[lang]')?.lang || navigator.language),
          sort: sorts.find((name) => name === sort) ?? 'oldest',
          heading: this.getAttribute('heading'),
        },
        {
          changed: () => this.#change(),
          emit: (event, detail) =>
            this.dispatchEvent(new CustomEvent(`hankyo:${event}`, { detail, bubbles: true, composed: true })),
        },
      )
      this.#model = model
      this.#listening = new AbortController()
      const { signal } = this.#listening
      const back = () => document.hidden || model.resume()
      addEventListener('online', back, { signal })
      addEventListener('offline', () => this.#change(), { signal })
      addEventListener('pageshow', back, { signal })
      document.addEventListener('visibilitychange', back, { signal })
      model.load()
    }

    #stop(): void {
      this.#model?.stop()
      this.#listening?.abort()
    }

    /** Draws once, however much has changed until then. */
    #change(): void {
      if (this.#drawing) return
      this.#drawing = true
      queueMicrotask(() => {
        this.#drawing = false
        const model = this.#model
        if (!model || !this.isConnected) return
        render(<Thread model={model} />, this.#root)
        const { focus } = model
        model.focus = ''
        if (focus) this.#root.getElementById(focus)?.focus()
      })
    }
  }
  customElements.define('hankyo-thread', HankyoThread)
}
