import type { Comment } from '../../../worker/contract/comment.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { dayOf } from '../../common/i18n.ts'
import * as tellingScript from '../later/telling/telling.ts'
import * as writingScript from '../later/writing/writing.ts'
import type { Draft } from '../model/draft.ts'
import { draftOf } from '../model/drafts.ts'
import { type Model, modelOf } from '../model/model.ts'
import type { Wiring } from '../model/wiring.ts'
import type { Failure } from '../model/words.ts'
import { hueOf } from '../view/Monogram.tsx'
import { type Place, placesOf } from '../view/places.tsx'
import { Above, Below, frameOf } from '../view/Thread.tsx'
import { type Rendering, type Writing, wordsOn } from './rendering.ts'

export { Isolated } from '../view/Isolated.tsx'

/**
 * A thread, by the components that readers' browsers draw it with. It works without a script: its buttons submit
 * to the thread's own page, `/t/:site`.
 */
export function ServedThread({ rendering }: { rendering: Rendering }) {
  const { host, site, page, lang, given, nonce } = rendering
  return (
    <>
      <Thread model={modelFor(rendering)} />
      <form id="plain" action={`${host}/t/${site}`} hidden>
        <Hidden fields={{ key: page.thread.key, lang, ...(given && { title: given }) }} />
      </form>
      {nonce && <style nonce={nonce}>{hueRules(page)}</style>}
    </>
  )
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

function Hidden({ fields }: { fields: Record<string, string> }) {
  return Object.entries(fields).map(([name, value]) => <input type="hidden" name={name} value={value} />)
}

function modelFor(rendering: Rendering): Model {
  const { host, site, page, writing, own, nonce } = rendering
  const { key, url, title } = page.thread
  const named = { key, url: url ?? '', title: rendering.title || title || '', here: '' }
  const look = { sort: rendering.sort, heading: rendering.heading, ...wordsOn(rendering.lang) }
  const model = modelOf({
    host,
    site,
    ...named,
    page: () => named,
    restart() {},
    ...look,
    look: () => look,
    ...wiringOf(rendering),
    changed() {},
    emit() {},
    load: () => Promise.reject(),
    // Nobody knows the reader's clock.
    sayTime: dayOf,
  })
  Object.assign(model, page, { complete: true })
  // A form that is open is drawn whole.
  model.loaded.writing = writingScript
  if (page.thread.telling) model.loaded.telling = tellingScript
  if (nonce) model.items = page.items.map(withoutHue)
  if (own) model.mine.set(own.id, { id: own.id, thread: page.thread.key, comment: own })
  if (!rendering.readOnly) draftOf(model, '')
  if (writing) write(model, writing)
  return model
}

function wiringOf({ host, site, page, lang, writing }: Rendering): Wiring {
  return {
    button: { type: 'submit', form: 'plain' },
    ...(writing && {
      composer: { method: 'post', action: `${host}/t/${site}` },
      fields: <Hidden fields={sent(page.thread.key, lang, writing)} />,
    }),
  }
}

/** What the form sends besides what is written in it. */
const sent = (key: string, lang: string, { id, parentId, page, title, since }: Writing) => ({
  ...{ key, lang, id, parentId, page, title },
  since: String(since),
})

function write(model: Model, { parentId, body, author, subscribe, error }: Writing): void {
  Object.assign(model, { author, subscribe })
  const answered = model.items.some(({ id }) => id === parentId) ? parentId : ''
  // The first line break in a textarea is none of its text.
  const draft: Draft = { id: answered, body: body.replace(/^\r?\n/, '\n$&'), since: 1, errors: {} }
  if (error) draft.errors[fieldOf(error)] = error
  if (answered) model.drafts.delete('')
  model.drafts.set(answered, draft)
}

const fieldOf = ({ field = '' }: Failure) =>
  (['name', 'email', 'url', 'body'] as const).find((name) => field.endsWith(name)) ?? ''

/** A comment whose disc has no attribute for its hue: no nonce lets attributes style. */
const withoutHue = (comment: Comment): Comment => ({ ...comment, author: { ...comment.author, id: '' } })

/** The discs' hues by rules instead, which a nonce lets style. */
const hueRules = ({ items }: ThreadPage) =>
  items
    .filter(({ author }) => author.id)
    .map(({ id, author }) => `#comment-${id}>.disc{--hue:0.08 ${hueOf(author.id)}}`)
    .join('')
