import type { Comment } from '../../../../worker/contract/comment.ts'
import type { StaffComment, TakenVoice } from '../../../../worker/contract/voices.ts'
import { type ApiError, exchange } from '../../../common/api.ts'
import type { Message } from '../../../common/i18n.ts'
import type { Draft } from '../../model/draft.ts'
import { loadWriting } from '../../model/loading.ts'
import { announce, type Model } from '../../model/model.ts'
import { siteUrl } from '../../model/site.ts'
import { getItem, setItem } from '../../model/storage.ts'
import { addWords, wordsUrl } from '../../model/words.ts'

/** What this tab keeps of who writes here as staff. */
const kept = (model: Model) => [model, 'staff'] as const

/** Who writes in each thread as staff, and what readers' forms are drawn by. */
const speakers = new WeakMap<Model, TakenVoice>()

/**
 * Has a member of staff write in a thread as themselves: by the one-time code that the dashboard opened the page with,
 * or by the token that this tab was given for one before. Nothing else of the page knows that token.
 */
export async function writeAsStaff(model: Model): Promise<void> {
  const code = takeCode(model)
  if (code) await takeVoice(model, code)
  const voice = getItem<TakenVoice>(...kept(model), 'sessionStorage')
  if (!voice || speakers.has(model)) return
  const [[words], writing] = await Promise.all([
    exchange<Record<string, Message>>(wordsUrl(model, '.staff')),
    loadWriting(model),
  ])
  addWords(model, words)
  if (Date.parse(voice.expiresAt) < Date.now()) return stop(model, 'staffOver')
  speakers.set(model, voice)
  const { FormDetails } = writing
  model.loaded.writing = {
    ...writing,
    FormDetails({ model, draft }) {
      const speaker = speakers.get(model)
      if (speaker && !draft.change) draft.change = changeOf(model, draft, speaker)
      return (
        <>
          {speaker && draft.change?.button === model.say('post') && (
            <p class="notice">
              {model.say('staffAs', { name: speaker.name, badge: speaker.badge })}{' '}
              <button type="button" onClick={() => stop(model, 'staffStopped')}>
                {model.say('staffStop')}
              </button>
            </p>
          )}
          <FormDetails model={model} draft={draft} />
        </>
      )
    },
  }
  model.changed()
}

/** The code of the address bar, taken out of it. */
function takeCode({ site }: Model): string | undefined {
  const [, of, code] = /^#hankyo-staff=([^.]*)\.([\w-]+)$/.exec(location.hash) ?? []
  if (!code || decodeURIComponent(of ?? '') !== site) return
  history.replaceState(history.state, '', location.pathname + location.search)
  return code
}

async function takeVoice(model: Model, code: string): Promise<void> {
  try {
    const voice = await call<TakenVoice>(model, 'POST', 'voice', { code })
    setItem(...kept(model), voice, 'sessionStorage')
    model.focus = 'body-'
  } catch (error) {
    model.emit('error', (error as ApiError).detail)
  }
}

/** How a form posts as staff: what it takes to write asks it in place of its own way. */
const changeOf = (model: Model, draft: Draft, { token }: TakenVoice): NonNullable<Draft['change']> => ({
  label: model.say('post'),
  button: model.say('post'),
  async save() {
    const { key, url } = model
    const { id = newId(), body } = pending.get(draft) ?? { body: draft.body }
    const request: StaffComment = {
      ...{ id, key, url, body: draft.body, parentId: draft.id || null },
      title: model.loaded.watch?.cutTitle(model.page().title) ?? '',
    }
    // The same text again has the same id: sending it twice is harmless.
    if (body !== draft.body) request.id = newId()
    pending.set(draft, request)
    try {
      const { comment } = await call<{ comment: Comment }>(model, 'POST', 'voice/comments', request, token)
      show(model, draft, comment)
    } catch (error) {
      if ((error as ApiError).status === 401) stop(model, 'staffOver')
      throw error
    }
  },
})

const pending = new WeakMap<Draft, StaffComment>()

/** Shows what was posted in its place, and an empty form. */
function show(model: Model, draft: Draft, comment: Comment): void {
  pending.delete(draft)
  const { own: _, ...shown } = comment
  const isThere = model.items.some(({ id }) => id === comment.id)
  if (!isThere) {
    const isFirst = model.sort === 'newest' && comment.parentId === null
    model.items = isFirst ? [shown, ...model.items] : [...model.items, shown]
    const root = rootOf(model, comment.parentId)
    if (root) root.replies.count++
    if (model.thread) model.thread.count++
  }
  draft.body = ''
  draft.since = 0
  draft.preview = undefined
  model.loaded.writing?.closeDraft(model, draft)
  model.focus = `comment-${comment.id}`
  announce(model, model.say('sent'))
}

/** The first comment of the branch that a comment stands in. */
function rootOf({ items }: Model, id: string | null): Comment | undefined {
  const found = items.find((item) => item.id === id)
  return found && found.parentId !== null ? rootOf({ items } as Model, found.parentId) : found
}

/** Has this tab write as a reader again; texts stay. */
function stop(model: Model, why: 'staffStopped' | 'staffOver'): void {
  const voice = getItem<TakenVoice>(...kept(model), 'sessionStorage')
  setItem(...kept(model), undefined, 'sessionStorage')
  speakers.delete(model)
  for (const draft of model.drafts.values())
    if (draft.change?.button === model.say('post')) {
      Reflect.deleteProperty(draft, 'change')
      draft.errors = {}
    }
  if (voice) call(model, 'DELETE', 'voice', undefined, voice.token).catch(() => {})
  announce(model, model.say(why))
}

async function call<Data>(model: Model, method: string, path: string, body?: unknown, token?: string) {
  const [data] = await exchange<Data>(siteUrl(model) + path, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body ? JSON.stringify(body) : null,
    credentials: 'omit',
  })
  return data
}

const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}
