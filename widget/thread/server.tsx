import { options, type VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Comment } from '../../worker/contract/comment.ts'
import type { ContentNode } from '../../worker/contract/content.ts'
import type { Sort, ThreadPage } from '../../worker/contract/thread.ts'
import { Content } from '../common/content.tsx'
import { dayOf, languageOf } from '../common/i18n.ts'
import { locales } from '../common/locales/index.ts'
import * as writingScript from './later/writing/writing.ts'
import type { Draft } from './model/draft.ts'
import { openDraft } from './model/drafts.ts'
import { type Model, modelOf } from './model/model.ts'
import type { Served } from './model/served.ts'
import { addWords, type Failure, type Words, wordsFor } from './model/words.ts'
import { type Place, placesOf } from './view/places.tsx'
import { Above, Below, frameOf } from './view/Thread.tsx'

/** A thread to be rendered where there is no browser. */
export interface Rendering {
  /** The worker's own origin, or nothing on its own pages. */
  host: string
  site: string
  page: ThreadPage
  /** BCP 47. */
  lang: string
  sort: Sort
  heading: string | null
  /** What the page is called where the thread does not say. */
  title: string
  /** What whoever asked calls the page; it is passed on. */
  given?: string
  /** Of the policy of the page it is put into: its styles have it. */
  nonce?: string
  /** Whether there is no form: the thread takes comments by its script only. */
  readOnly?: boolean
  /** What its writer has written so far: the form is open. */
  writing?: Writing
  /** A comment to be shown as its author sees it. */
  own?: Comment
}

export interface Writing {
  /** The comment's id to be: sending the form twice is harmless. */
  id: string
  parentId: string
  /** The article it is about: its address and title. */
  page: string
  title: string
  /** When the form was served, in milliseconds since the epoch. */
  since: number
  body: string
  author: { name: string; email: string; url: string }
  error?: Failure
}

/** Words of the parts, too, for pages without a script. */
export function wordsOn(lang: string): Words {
  const words = wordsFor(lang)
  const { thread, writing, own, errors, reasons, page } = locales[languageOf(lang).language]
  addWords(words, { ...thread, ...writing, ...own, ...errors, ...reasons, ...page })
  return words
}

/** What the script needs to go on with a thread that came with its page. */
export function servedWith({ page, lang, sort }: Rendering): Served {
  const { tag, language } = languageOf(lang)
  return { asked: page.thread.key + tag + sort, page, words: locales[language].thread }
}

/** The safe tree of a comment as HTML. */
export function renderContent(nodes: ContentNode[]): string {
  return renderToString(<Content nodes={nodes} />)
}

/**
 * A thread as HTML, by the components that readers' browsers draw it with. It works without a script:
 * its buttons submit to the thread's own page, `/t/:site`.
 */
export function renderThread(rendering: Rendering): string {
  const { host, site, page, writing, own } = rendering
  const model = modelOf({
    host,
    site,
    key: page.thread.key,
    url: page.thread.url ?? '',
    title: page.thread.title || rendering.title,
    sort: rendering.sort,
    heading: rendering.heading,
    ...wordsOn(rendering.lang),
    changed() {},
    emit() {},
    load: () => Promise.reject(),
    // Nobody knows the reader's clock.
    sayTime: dayOf,
  })
  Object.assign(model, page, { complete: true })
  // A form that is open is drawn whole; there is nobody to be warned.
  model.loaded.writing = { ...writingScript, Warnings: () => null }
  if (own) model.mine.set(own.id, { id: own.id, thread: page.thread.key, comment: own })
  if (!rendering.readOnly) openDraft(model, '')
  if (writing) write(model, writing)
  const before = options.vnode
  const { nonce, given } = rendering
  const hues = new Set<string>()
  options.vnode = (vnode) => {
    withoutScript(vnode as VNode<Record<string, unknown>>, rendering)
    if (nonce) withoutAttribute(vnode as VNode<Record<string, unknown>>, hues)
  }
  try {
    return `${renderToString(<Thread model={model} />)}${renderToString(
      <>
        <form id="plain" action={`${host}/t/${site}`} hidden>
          <input type="hidden" name="key" value={page.thread.key} />
          <input type="hidden" name="lang" value={rendering.lang} />
          {given && <input type="hidden" name="title" value={given} />}
        </form>
        {nonce && <style nonce={nonce}>{[...hues].join('')}</style>}
      </>,
    )}`
  } finally {
    options.vnode = before
  }
}

/** The whole thread. In browsers `Drawing` keeps the same elements, and draws what is in their places. */
function Thread({ model }: { model: Model }) {
  return (
    <section part="thread" {...frameOf(model)}>
      <div class="place">
        <Above model={model} />
      </div>
      <List places={placesOf(model)} />
      <div class="place">
        <Below model={model} />
      </div>
    </section>
  )
}

function List({ places }: { places: Place[] }) {
  return (
    <ol class="list">
      {places.map(({ key, content, replies }) => (
        <li key={key}>
          <div class="place">{content}</div>
          {replies && <List places={replies} />}
        </li>
      ))}
    </ol>
  )
}

function write(model: ReturnType<typeof modelOf>, { parentId, body, author, error }: Writing): void {
  model.author = author
  const answered = model.items.some(({ id }) => id === parentId) ? parentId : ''
  // The first line break in a textarea is none of its text.
  const draft: Draft = { id: answered, body: body.replace(/^\r?\n/, '\n$&'), since: 1, errors: {} }
  if (error) draft.errors[fieldOf(error)] = error
  if (answered) model.drafts.delete('')
  model.drafts.set(answered, draft)
}

const fieldOf = ({ field = '' }: Failure) =>
  (['name', 'email', 'url', 'body'] as const).find((name) => field.endsWith(name)) ?? ''

/** Styles a disc by a rule: no nonce lets attributes do so. */
function withoutAttribute({ props }: VNode<Record<string, unknown>>, hues: Set<string>) {
  const style = props.style as Record<string, string> | undefined
  const hue = style?.['--hue']
  if (!hue) return
  const name = `hue-${hue.split(' ')[1]}`
  Object.assign(props, { style: undefined, class: `${props.class} ${name}` })
  hues.add(`.${name}{--hue:${hue}}`)
}

/** Makes what a script would do a form's work; what only a script can do is left out. */
function withoutScript(
  vnode: VNode<Record<string, unknown>>,
  { host, site, page, lang, writing }: Rendering,
) {
  const { type, props } = vnode
  if (type === 'button' && props.type === 'button') {
    Object.assign(props, { type: 'submit', form: 'plain' })
  }
  if (!writing || type !== 'form' || props.part !== 'composer') return
  Object.assign(props, { method: 'post', action: `${host}/t/${site}` })
  const { id, parentId, title, since, page: article } = writing
  const hidden = { key: page.thread.key, lang, id, parentId, page: article, title, since }
  props.children = [
    props.children,
    Object.entries(hidden).map(([name, value]) => <input type="hidden" name={name} value={String(value)} />),
  ]
}
