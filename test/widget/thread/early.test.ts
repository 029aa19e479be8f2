import { waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { locales } from '../../../widget/common/locales.ts'
import type { NewComment } from '../../../worker/contract/comment.ts'
import type { Language } from '../../../worker/contract/languages.ts'
import { comeBack, passHalfMinute, place, press, type Shown, setUp, type, worker } from './stage.ts'
import { commentOf } from './worker.ts'

setUp()

const isWriting = ({ path }: { path: string }) => path.includes('.writing.')
const posts = () => worker.asked('POST', /comments$/)

/** Words stay once they are loaded: each test speaks a language of its own. */
const languages: Language[] = [
  'en',
  'zh-Hans',
  'zh-Hant',
  'ar',
  'de',
  'fr',
  'es',
  'pt-BR',
  'id',
  'ru',
  'ja',
  'ko',
]
let language: Language = 'en'
const say = (word: string) => ({ ...locales[language].thread, ...locales[language].writing })[word] as string
const field = (thread: Shown) => thread.getByLabelText(say('write')) as HTMLTextAreaElement

async function open(): Promise<Shown> {
  const thread = place({ lang: language })
  await waitFor(() => field(thread))
  return thread
}

beforeEach(() => {
  language = languages.pop() as Language
})

const stored = () => Object.values({ ...localStorage }).join()
const remembered = () =>
  localStorage.setItem(
    `hankyo ${worker.address()} blog author`,
    JSON.stringify({ name: 'Mina', email: '', url: '' }),
  )

/** Holds back what it takes to submit a text until it is let go. */
function holdWriting(): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  worker.fault = (seen) => (isWriting(seen) ? promise : undefined)
  return () => resolve(undefined)
}

describe('what it takes to write', () => {
  it('is loaded by itself once the comments are drawn', async () => {
    worker.show(...Array.from({ length: 7 }, () => commentOf()))
    const thread = await open()
    expect(worker.seen.filter(isWriting)).toEqual([])
    await waitFor(() => expect(worker.seen.filter(isWriting)).toHaveLength(1))
    expect(thread.root.querySelectorAll('article')).toHaveLength(7)
  })

  it('is not loaded where a thread takes no comments', async () => {
    worker.thread.closed = '2026-11-20T00:00:00.000Z'
    worker.show(commentOf())
    const shut = place({ lang: language })
    await shut.findByRole('article')
    worker.thread.closed = null
    await open()
    await waitFor(() => expect(worker.seen.filter(isWriting)).toHaveLength(1))
  })

  it('changes nothing of an untouched form when it comes', async () => {
    const release = holdWriting()
    const thread = await open()
    await waitFor(() => expect(worker.seen.filter(isWriting)).toHaveLength(1))
    const form = thread.root.querySelector('form')
    const before = form?.outerHTML
    release()
    await waitFor(() => expect(worker.seen.some(({ path }) => path.includes('.more.'))).toBe(true))
    type(field(thread), 'x')
    await thread.findByLabelText(say('name'))
    expect(thread.root.querySelector('form')).toBe(form)
    expect(before).toContain('<textarea')
    expect(before).not.toContain('<input')
  })

  it('leaves the field, the focus and the text as they are when it comes', async () => {
    const release = holdWriting()
    const thread = await open()
    const early = field(thread)
    type(early, 'Before it was there')
    expect(stored()).toContain('Before it was there')
    early.setSelectionRange(6, 6)
    release()
    await thread.findByLabelText(say('name'))
    expect(field(thread)).toBe(early)
    expect(thread.root.activeElement).toBe(early)
    expect(early.value).toBe('Before it was there')
    expect(early.selectionStart).toBe(6)
  })
})

describe('a text that is submitted before that is there', () => {
  it('is posted once it comes, however often it was submitted', async () => {
    remembered()
    const release = holdWriting()
    const thread = await open()
    type(field(thread), 'Quick')
    press(field(thread), 'Enter', { ctrlKey: true })
    press(field(thread), 'Enter', { ctrlKey: true })
    await thread.findByText(say('sending'))
    expect(posts()).toEqual([])
    release()
    await thread.findByText(say('pending'))
    expect(posts().map(({ body }) => (body as NewComment).body)).toEqual(['Quick'])
    expect(field(thread).value).toBe('')
  })

  it('has a name asked for when it comes, where none is known', async () => {
    const release = holdWriting()
    const thread = await open()
    type(field(thread), 'Quick')
    press(field(thread), 'Enter', { ctrlKey: true })
    release()
    await waitFor(() => expect(thread.root.activeElement?.id).toBe('name-'))
    expect(field(thread).value).toBe('Quick')
    expect(posts()).toEqual([])
  })

  it('has a name asked for, too, where it was kept from before and its field had the focus all along', async () => {
    localStorage.setItem(`hankyo ${worker.address()} blog draft /article `, '"Kept"')
    const release = holdWriting()
    const thread = await open()
    press(field(thread), 'Enter', { ctrlKey: true })
    await thread.findByText(say('sending'))
    release()
    await waitFor(() => expect(thread.root.activeElement?.id).toBe('name-'))
    type(thread.getByLabelText(say('name')), 'Mina')
    press(field(thread), 'Enter', { ctrlKey: true })
    await thread.findByText(say('pending'))
    const sent = posts().map(({ body }) => body as NewComment)
    expect(sent.map(({ body, elapsedMs }) => [body, elapsedMs < 3_600_000])).toEqual([['Kept', true]])
  })

  it('is posted as it was, and what is typed after it stays as the next draft', async () => {
    remembered()
    const release = holdWriting()
    const thread = await open()
    type(field(thread), 'Quick')
    press(field(thread), 'Enter', { metaKey: true })
    type(field(thread), 'Quick\n\nAnd another th')
    release()
    await thread.findByText(say('pending'))
    expect(posts().map(({ body }) => (body as NewComment).body)).toEqual(['Quick'])
    expect(field(thread).value).toBe('And another th')
    expect(thread.root.activeElement).toBe(field(thread))
    expect(stored()).toContain('And another th')
    thread.getByLabelText(say('name'))
  })

  it('stays in its field while it cannot be had, and is posted once it can', async () => {
    remembered()
    worker.fault = (seen) => (isWriting(seen) ? { status: 503 } : undefined)
    const thread = await open()
    type(field(thread), 'In a tunnel')
    press(field(thread), 'Enter', { ctrlKey: true })
    await thread.findByText(say('lacking'), { selector: 'form *' })
    expect(field(thread).value).toBe('In a tunnel')
    expect(stored()).toContain('In a tunnel')
    worker.fault = undefined
    comeBack()
    await thread.findByText(say('pending'))
    expect(posts()).toHaveLength(1)
  })
})

describe('while what it takes to write cannot be loaded, a thread', () => {
  beforeEach(() => {
    worker.show(commentOf({ text: 'Stays' }))
    worker.fault = (seen) => (isWriting(seen) ? { status: 503 } : undefined)
  })

  it('says so to who writes, keeps the comments and the text, and tries again when asked', async () => {
    const thread = await open()
    expect(thread.queryByText(say('lacking'))).toBeNull()
    type(field(thread), 'Half a thought')
    await thread.findByText(say('lacking'), { selector: 'form [role=alert]' })
    expect(thread.text()).toContain('Stays')
    expect(thread.text()).not.toContain(say('failed'))
    worker.fault = undefined
    thread.getByRole('button', { name: say('retry') }).click()
    await thread.findByLabelText(say('name'))
    expect(field(thread).value).toBe('Half a thought')
    expect(thread.queryByText(say('lacking'), { selector: 'form *' })).toBeNull()
  })

  it('says so to who has sent something before, and tries again by itself', async () => {
    remembered()
    localStorage.setItem(`hankyo ${worker.address()} blog token`, '"a-token"')
    const thread = await open()
    await thread.findByText(say('lacking'))
    expect(thread.text()).toContain('Stays')
    expect(thread.text()).not.toContain(say('failed'))
    worker.fault = undefined
    passHalfMinute()
    await waitFor(() => expect(thread.queryByText(say('lacking'))).toBeNull())
    type(field(thread), 'At last')
    await thread.findByLabelText(say('name'))
  })

  it('turns pages all the same', async () => {
    worker.next = 'further'
    worker.pages.set('further', { items: [commentOf({ text: 'From further on' })], next: null })
    const thread = await open()
    thread.getByRole('button', { name: new RegExp(say('more')) }).click()
    await thread.findByText('From further on')
    expect(thread.text()).not.toContain(say('failed'))
  })
})
