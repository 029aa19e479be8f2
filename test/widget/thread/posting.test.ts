import { waitFor } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import type { NewComment } from '../../../worker/contract/comment.ts'
import { comeBack, loaded, place, press, reload, type Shown, setUp, type, worker, write } from './stage.ts'
import { commentOf, uuid } from './worker.ts'

setUp()

const posts = () => worker.asked('POST', /comments$/)
const sent = () => posts()[0]?.body as NewComment
const waiting = 'Waiting for approval · only you see this'
const unsent = 'Not sent yet. It is kept and will be sent as soon as possible.'
const said = (root: ShadowRoot) => root.querySelector('[role=status]')?.textContent

describe('writing', () => {
  it('shows one field until it is touched, then asks for a name', async () => {
    const thread = await loaded()
    expect(thread.queryByLabelText('Name')).toBeNull()
    type(thread.getByLabelText('Write a comment'), 'H')
    await thread.findByLabelText('Name')
    thread.getByRole('button', { name: 'Send for approval' })
  })

  it('posts by keyboard and shows the comment at once to its author', async () => {
    const thread = await loaded()
    await write(thread, 'Bread and salt.')
    await thread.findByText(waiting)
    expect(thread.text()).toContain('Bread and salt.')
    expect(sent()).toMatchObject({ key: '/article', title: 'The article', body: 'Bread and salt.', trap: '' })
    expect(sent().author).toEqual({ name: 'Mina' })
    expect(sent().url).toBe(`${location.origin}/article`)
    expect(posts()[0]?.token).toMatch(/^[\w-]{43}$/)
    await waitFor(() => expect(said(thread.root)).toBe('Sent. Your comment waits for approval.'))
    expect(thread.root.activeElement?.id).toBe(`comment-${sent().id}`)
    expect(thread.getByLabelText('Write a comment')).toHaveProperty('value', '')
  })

  it('says that it is posted where nothing waits for approval', async () => {
    worker.thread.moderated = false
    const thread = await loaded()
    type(thread.getByLabelText('Write a comment'), 'x')
    await thread.findByRole('button', { name: 'Post' })
    await write(thread, 'Hello')
    await waitFor(() => expect(said(thread.root)).toBe('Your comment is posted.'))
    expect(thread.text()).not.toContain(waiting)
  })

  it('says to browsers what they can fill in', async () => {
    const thread = await loaded()
    type(thread.getByLabelText('Write a comment'), 'x')
    await thread.findByLabelText('Name')
    const fields = [...thread.root.querySelectorAll('input')].map(({ name, type, autocomplete }) => ({
      name,
      type,
      autocomplete,
    }))
    expect(fields).toEqual([
      { name: 'name', type: 'text', autocomplete: 'name' },
      { name: 'url', type: 'url', autocomplete: 'url' },
      { name: 'subject', type: 'text', autocomplete: 'off' },
    ])
  })

  it('never sends with an Enter that belongs to a composition', async () => {
    const thread = await loaded()
    type(thread.getByLabelText('Write a comment'), 'にほん')
    type(await thread.findByLabelText('Name'), 'みな')
    const field = thread.getByLabelText('Write a comment')
    expect(press(field, 'Enter', { ctrlKey: true, isComposing: true }).defaultPrevented).toBe(true)
    expect(press(field, 'Enter', { ctrlKey: true, keyCode: 229 }).defaultPrevented).toBe(true)
    press(field, 'Enter', { metaKey: true })
    await thread.findByText(waiting)
    expect(posts()).toHaveLength(1)
  })

  it('says what is missing at the field and goes there', async () => {
    const thread = await loaded()
    await write(thread, 'Text', '')
    const error = await thread.findByText('Please fill this in.')
    const field = thread.getByLabelText('Name')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field.getAttribute('aria-describedby')).toBe(error.id)
    expect(thread.root.activeElement).toBe(field)
    expect(posts()).toHaveLength(0)
  })

  it('counts what is left in code points near the limit and refuses more', async () => {
    worker.thread.bodyLimit = 320
    const thread = await loaded()
    type(thread.getByLabelText('Write a comment'), '😀'.repeat(100))
    await thread.findByText('220 characters left')
    await write(thread, '😀'.repeat(321))
    await thread.findByText('Too long: 320 characters at most.')
    expect(posts()).toHaveLength(0)
  })

  it('remembers name and address for the next time', async () => {
    worker.thread.telling = true
    const thread = await loaded()
    type(thread.getByLabelText('Write a comment'), 'x')
    type(
      await thread.findByLabelText('E-mail for news of this (optional, not published)'),
      'mina@example.com',
    )
    await write(thread, 'First')
    await thread.findByText(waiting)
    const again = await reload()
    type(again.getByLabelText('Write a comment'), 'Second')
    expect(await again.findByLabelText('Name')).toHaveProperty('value', 'Mina')
    expect(await again.findByLabelText('E-mail for news of this (optional, not published)')).toHaveProperty(
      'value',
      'mina@example.com',
    )
  })

  it('keeps a draft for when the page is opened again', async () => {
    type((await loaded()).getByLabelText('Write a comment'), 'Half a th')
    expect((await reload()).getByLabelText('Write a comment')).toHaveProperty('value', 'Half a th')
  })

  it('keeps a draft for each thread, and none once it is sent', async () => {
    const draft = async (key: string) => {
      worker.thread.key = key
      return (await reload()).getByLabelText('Write a comment')
    }
    type(await draft('/one'), 'To the first')
    type(await draft('/two'), 'To the second')
    expect(await draft('/one')).toHaveProperty('value', 'To the first')
    const two = await reload()
    await write(two, 'Sent')
    await two.findByText(waiting)
    expect(await draft('/one')).toHaveProperty('value', '')
    expect(await draft('/two')).toHaveProperty('value', 'To the second')
  })

  it('sends what a robot wrote into the field people do not see', async () => {
    const thread = await loaded()
    type(thread.getByLabelText('Write a comment'), 'Buy')
    await thread.findByLabelText('Name')
    const trap = thread.root.querySelector<HTMLInputElement>('[name=subject]') as HTMLInputElement
    expect(trap.getAttribute('tabindex')).toBe('-1')
    expect(trap.getAttribute('aria-hidden')).toBe('true')
    trap.value = 'spam'
    await write(thread, 'Buy')
    await thread.findByText(waiting)
    expect(sent().trap).toBe('spam')
  })
})

describe('replying', () => {
  const field = { selector: 'textarea' }

  it('opens under the comment, sends its id, and puts the answer there', async () => {
    worker.show(commentOf({ id: 'root' }), commentOf({ id: 'other' }))
    const thread = await loaded()
    thread.root.getElementById('reply-root')?.click()
    const answer = await thread.findByLabelText('Reply to Haruka Tanabe', field)
    await waitFor(() => expect(thread.root.activeElement).toBe(answer))
    type(answer, 'I agree.')
    type((await thread.findAllByLabelText('Name'))[0] as HTMLElement, 'Mina')
    press(answer, 'Enter', { ctrlKey: true })
    await thread.findByText(waiting)
    expect(sent().parentId).toBe('root')
    expect(thread.root.getElementById(`comment-${sent().id}`)?.closest('ol ol')).not.toBeNull()
  })

  it('returns to the button on Escape and keeps the text', async () => {
    worker.show(commentOf({ id: 'root' }))
    const thread = await loaded()
    const button = thread.root.getElementById('reply-root')
    button?.click()
    type(await thread.findByLabelText('Reply to Haruka Tanabe', field), 'Perhaps')
    await thread.findByRole('button', { name: 'Cancel' })
    press(thread.getByLabelText('Reply to Haruka Tanabe', field), 'Escape')
    await waitFor(() => expect(thread.root.activeElement).toBe(button))
    expect(thread.queryByLabelText('Reply to Haruka Tanabe', field)).toBeNull()
    button?.click()
    expect(await thread.findByLabelText('Reply to Haruka Tanabe', field)).toHaveProperty('value', 'Perhaps')
  })
})

describe('a draft', () => {
  const field = { selector: 'textarea' }
  const body = (thread: Shown) => thread.getByLabelText('Write a comment') as HTMLTextAreaElement

  it('is not wiped by another tab of the page', async () => {
    type(body(await loaded()), 'Of this tab')
    // Tabs share what is stored for the site, and nothing else.
    const own = { ...sessionStorage }
    sessionStorage.clear()
    const other = await reload()
    type(body(other), 'Of another')
    type(body(other), '')
    sessionStorage.clear()
    for (const [name, value] of Object.entries(own)) sessionStorage.setItem(name, value)
    expect(body(await reload()).value).toBe('Of this tab')
  })

  it('of a reply opens again after a reload, unless it was closed', async () => {
    worker.show(commentOf({ id: 'root' }))
    const thread = await loaded()
    thread.root.getElementById('reply-root')?.click()
    type(await thread.findByLabelText('Reply to Haruka Tanabe', field), 'Half')
    const again = await reload()
    expect(again.getByLabelText('Reply to Haruka Tanabe', field)).toHaveProperty('value', 'Half')
    ;(await again.findByRole('button', { name: 'Cancel' })).click()
    expect((await reload()).queryByLabelText('Reply to Haruka Tanabe', field)).toBeNull()
  })

  it('keeps the name that was typed with it', async () => {
    const thread = await loaded()
    type(body(thread), 'Half')
    type(await thread.findByLabelText('Name'), 'Mina')
    expect(await (await reload()).findByLabelText('Name')).toHaveProperty('value', 'Mina')
  })
})

describe('a private link', () => {
  it('brings a comment to another device, and leaves the address without its token', async () => {
    worker.show(commentOf({ id: uuid(9) }))
    const thread = await loaded()
    await write(thread, 'Carried')
    await thread.findByText(waiting)
    const token = worker.asked('POST', /comments$/)[0]?.token
    localStorage.clear()
    history.replaceState(null, '', `/article#comment-${sent().id}.${token}`)
    const there = await reload()
    await there.findByText('Carried')
    expect(location.hash).toBe(`#comment-${sent().id}`)
    expect(await there.findByRole('button', { name: 'Withdraw' })).toBeTruthy()
    // What is written there is written under a token of its own.
    expect(JSON.parse(localStorage.getItem(`hankyo ${worker.address()} blog token`) ?? '')).not.toBe(token)
  })
})

describe('the outbox', () => {
  it('keeps what could not be sent, and sends it once the server is back', async () => {
    const thread = await loaded()
    worker.fault = ({ method }) => (method === 'POST' ? 'hang up' : undefined)
    await write(thread, 'Later')
    await thread.findByText(unsent, { selector: '.state' })
    expect(said(thread.root)).toMatch(/^It could not be sent just now/)
    worker.fault = undefined
    comeBack()
    await thread.findByText(waiting)
    expect(worker.stored.size).toBe(1)
  })

  it('survives a reload and is emptied once', async () => {
    worker.fault = ({ method }) => (method === 'POST' ? { status: 503 } : undefined)
    const thread = await loaded()
    await write(thread, 'Across a reload')
    await thread.findByText(unsent, { selector: '.state' })
    worker.fault = undefined
    const again = await reload()
    await again.findByText(waiting)
    expect([...worker.stored.values()].map(({ sent }) => sent.body)).toEqual(['Across a reload'])
    const before = posts().length
    const third = await reload()
    await third.findByText(waiting)
    expect(posts()).toHaveLength(before)
  })

  it('sends a comment once though the answer was lost', async () => {
    const thread = await loaded()
    worker.fault = ({ method }) => (method === 'POST' ? 'lose the answer' : undefined)
    await write(thread, 'Did it arrive?')
    await thread.findByText(unsent, { selector: '.state' })
    worker.fault = undefined
    comeBack()
    await thread.findByText(waiting)
    expect(new Set(posts().map(({ body }) => (body as NewComment).id)).size).toBe(1)
    expect(worker.stored.size).toBe(1)
  })

  it('sends what was left by another page of the site', async () => {
    worker.fault = ({ method }) => (method === 'POST' ? 'hang up' : undefined)
    const thread = await loaded()
    await write(thread, 'From there')
    await thread.findByText(unsent, { selector: '.state' })
    worker.fault = undefined
    worker.thread.key = '/elsewhere'
    const there = await reload()
    await waitFor(() => expect(worker.stored.size).toBe(1))
    expect(sent().key).toBe('/article')
    expect(there.text()).not.toContain('From there')
  })

  it('is patient when asked to be, unless the reader is not', async () => {
    const thread = await loaded()
    worker.fault = ({ method }) => (method === 'POST' ? { status: 429, retryAfter: 600 } : undefined)
    await write(thread, 'Too fast')
    await thread.findByText(unsent, { selector: '.state' })
    worker.fault = undefined
    comeBack()
    const other = await loaded({ key: 'other' })
    other.element.remove()
    expect(posts()).toHaveLength(1)
    ;(await thread.findByRole('button', { name: 'Try now' })).click()
    await thread.findByText(waiting)
    expect(posts()).toHaveLength(2)
  })

  it('says from when on it can be sent where the thread takes comments slowly, and sends it then', async () => {
    const error = { code: 'slow_mode', message: '', limit: 300 } as const
    worker.fault = ({ method }) => (method === 'POST' ? { status: 429, error, retryAfter: 240 } : undefined)
    const thread = await loaded()
    await write(thread, 'Not so fast')
    const told = await thread.findByText(/^Comments come slowly here: yours can be sent at \d{1,2}:\d\d/)
    const minutes = Number(/:(\d\d)/.exec(told.textContent ?? '')?.[1])
    expect([4, 5]).toContain((minutes - new Date().getMinutes() + 60) % 60)
    await thread.findByText(unsent, { selector: '.state' })
    const again = await reload()
    await again.findByText(told.textContent ?? '')
    await again.findByText(unsent, { selector: '.state' })
    worker.fault = () => undefined
    again.getByRole('button', { name: 'Try now' }).click()
    await again.findByText(waiting)
    expect(again.text()).not.toContain('slowly')
  })

  it('gives an unsent text back to be changed', async () => {
    const thread = await loaded()
    worker.fault = ({ method }) => (method === 'POST' ? 'hang up' : undefined)
    await write(thread, 'Not quite')
    ;(await thread.findByRole('button', { name: 'Take back' })).click()
    await waitFor(() => expect(thread.queryByText(unsent, { selector: '.state' })).toBeNull())
    expect(thread.getByLabelText('Write a comment')).toHaveProperty('value', 'Not quite')
    worker.fault = undefined
    await reload()
    expect(worker.stored.size).toBe(0)
  })

  it('gives back what is refused for good, with the reason at its field', async () => {
    worker.thread.telling = true
    const thread = await loaded()
    type(thread.getByLabelText('Write a comment'), 'x')
    await thread.findByLabelText('E-mail for news of this (optional, not published)')
    worker.fault = ({ method }) =>
      method === 'POST'
        ? { status: 400, error: { code: 'invalid', message: 'Not an address.', field: 'author.email' } }
        : undefined
    const errors: unknown[] = []
    thread.element.addEventListener('hankyo:error', (event) => errors.push((event as CustomEvent).detail))
    await write(thread, 'My words')
    await thread.findByText('Please check this.')
    expect(thread.getByLabelText('Write a comment')).toHaveProperty('value', 'My words')
    expect(thread.root.activeElement).toBe(
      thread.getByLabelText('E-mail for news of this (optional, not published)'),
    )
    expect(errors).toMatchObject([{ code: 'invalid' }])
    worker.fault = undefined
    await reload()
    expect(posts()).toHaveLength(1)
  })

  it('keeps what its writer would not prove to be a person for', async () => {
    worker.thread.proof = { kind: 'turnstile', siteKey: '0x4' }
    const render = (_: HTMLElement, options: Record<string, (code: string) => void>) =>
      options['error-callback']?.('110200')
    vi.stubGlobal('turnstile', { render })
    const thread = await loaded()
    await write(thread, 'A robot?')
    await thread.findByText(unsent, { selector: '.state' })
    expect(posts()).toHaveLength(0)
    vi.stubGlobal('turnstile', {
      render: (_: HTMLElement, { callback }: Record<string, (token: string) => void>) => callback?.('token'),
    })
    ;(await thread.findByRole('button', { name: 'Try now' })).click()
    await thread.findByText(waiting)
    expect(sent().proof).toBe('token')
    vi.unstubAllGlobals()
  })

  it('tells the embedder of an origin that is not registered', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const thread = await loaded()
    worker.fault = ({ method }) =>
      method === 'POST'
        ? { status: 403, error: { code: 'wrong_origin', message: 'http://localhost is not registered.' } }
        : undefined
    await write(thread, 'Hello?')
    await thread.findByText('This page’s address is not registered for the site.')
    expect(complain).toHaveBeenCalledWith('hankyo:', 'http://localhost is not registered.')
    complain.mockRestore()
  })

  it('says so when this browser cannot keep anything', async () => {
    const refuse = () => {
      throw new DOMException('not here', 'SecurityError')
    }
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
    const thread = await loaded()
    worker.fault = ({ method }) => (method === 'POST' ? 'hang up' : undefined)
    await write(thread, 'In memory')
    await thread.findByText(/This browser stores nothing here/, { selector: '.state' })
    worker.fault = undefined
    comeBack()
    await thread.findByText(waiting)
    vi.unstubAllGlobals()
  })
})

describe('one’s own comments', () => {
  const posted = async () => {
    const thread = await loaded()
    await write(thread, 'Mine')
    await thread.findByText(waiting)
    return { thread, id: sent().id }
  }

  it('are still seen waiting after a reload, by their author only', async () => {
    await posted()
    const again = await reload()
    await again.findByText(waiting)
    localStorage.clear()
    const stranger = await reload()
    expect(stranger.text()).not.toContain('Mine')
  })

  it('turn into normal ones when approved', async () => {
    const { thread, id } = await posted()
    worker.decide(id, 'approved')
    comeBack()
    await waitFor(() => expect(said(thread.root)).toBe('Your comment was approved.'))
    expect(thread.text()).not.toContain(waiting)
    expect(thread.getByRole('heading', { level: 2 }).textContent).toBe('One thought on “The article”')
  })

  it.each([
    ['off_topic', 'Your comment was not approved. It is off topic.'],
    ['Please be kind.', 'Your comment was not approved. Please be kind.'],
    ['constructor', 'Your comment was not approved. constructor'],
  ])('say why they were rejected (%s)', async (reason, words) => {
    const { thread, id } = await posted()
    worker.decide(id, 'rejected', reason)
    comeBack()
    await thread.findByText(words, { selector: '.state' })
    ;(await thread.findByRole('button', { name: 'Hide' })).click()
    await waitFor(() => expect(thread.text()).not.toContain('Mine'))
  })

  it('say that they were taken for spam', async () => {
    const { thread, id } = await posted()
    worker.decide(id, 'spam')
    comeBack()
    await thread.findByText('Your comment was taken for spam and is not shown.', { selector: '.state' })
  })

  it('are forgotten when the worker no longer knows them', async () => {
    const { thread } = await posted()
    worker.stored.clear()
    comeBack()
    await waitFor(() => expect(thread.text()).not.toContain('Mine'))
    expect(Object.keys(localStorage).filter((name) => name.includes(' own '))).toEqual([])
  })

  it('can be edited, from the latest text', async () => {
    const { thread, id } = await posted()
    const stored = worker.stored.get(id)
    if (stored) Object.assign(stored.own, { body: 'Mine, changed elsewhere', revision: 4 })
    ;(await thread.findByRole('button', { name: 'Edit' })).click()
    const field = await thread.findByLabelText('Edit your comment')
    expect(field).toHaveProperty('value', 'Mine, changed elsewhere')
    type(field, 'Better')
    press(field, 'Enter', { ctrlKey: true })
    await thread.findByText('Better')
    expect(worker.asked('PATCH', /./)[0]?.body).toEqual({ body: 'Better', revision: 4 })
    expect(thread.root.activeElement?.id).toBe(`edit-${id}`)
  })

  it('are not set back by an answer older than what is known', async () => {
    const { thread, id } = await posted()
    ;(await thread.findByRole('button', { name: 'Edit' })).click()
    const field = await thread.findByLabelText('Edit your comment')
    type(field, 'Second version')
    press(field, 'Enter', { ctrlKey: true })
    await thread.findByText('Second version')
    const stored = worker.stored.get(id)
    if (stored) {
      stored.own.revision = 1
      stored.comment.content = ['First version']
    }
    const reads = () => worker.asked('GET', /comments/).length
    const before = reads()
    comeBack()
    await waitFor(() => expect(reads()).toBeGreaterThan(before))
    comeBack()
    await waitFor(() => expect(reads()).toBeGreaterThan(before + 1))
    expect(thread.text()).toContain('Second version')
  })

  it('keep the changed text when the change is refused', async () => {
    const { thread } = await posted()
    ;(await thread.findByRole('button', { name: 'Edit' })).click()
    const field = await thread.findByLabelText('Edit your comment')
    worker.fault = ({ method }) =>
      method === 'PATCH' ? { status: 403, error: { code: 'edit_window_over', message: '' } } : undefined
    type(field, 'Too late')
    press(field, 'Enter', { ctrlKey: true })
    await thread.findByText('The time for changes is over.')
    expect(field).toHaveProperty('value', 'Too late')
  })

  it('can be withdrawn, after a question', async () => {
    const { thread, id } = await posted()
    ;(await thread.findByRole('button', { name: 'Withdraw' })).click()
    ;(await thread.findByRole('button', { name: 'Keep' })).click()
    await waitFor(() => expect(thread.root.activeElement?.id).toBe(`withdraw-${id}`))
    thread.getByRole('button', { name: 'Withdraw' }).click()
    await thread.findByText('Withdraw this comment for good?')
    thread.getByRole('button', { name: 'Withdraw' }).click()
    await waitFor(() => expect(thread.text()).not.toContain('Mine'))
    expect(worker.stored.size).toBe(0)
    expect(said(thread.root)).toBe('Your comment was withdrawn.')
  })

  it('can still be withdrawn once they are public', async () => {
    const { id } = await posted()
    worker.decide(id, 'approved')
    comeBack()
    await waitFor(() => expect(localStorage.getItem(`${prefix()}own ${id}`)).toContain('approved'))
    worker.show(commentOf({ id, text: 'Mine' }))
    const again = await reload()
    ;(await again.findByRole('button', { name: 'Withdraw' })).click()
    await again.findByText('Withdraw this comment for good?')
    again.getByRole('button', { name: 'Withdraw' }).click()
    await waitFor(() => expect(again.text()).not.toContain('Mine'))
  })
})

describe('a thread that is left', () => {
  it('asks no more', async () => {
    const thread = place({ loading: 'eager' })
    thread.element.remove()
    await waitFor(() => expect(worker.asked('GET', /thread/).length).toBeGreaterThan(0))
    comeBack()
    const next = await loaded()
    expect(worker.asked('GET', /thread/)).toHaveLength(2)
    expect(next.text()).toContain('Write a comment')
  })
})

describe('a comment of a thread that is left', () => {
  it('is asked about no more', async () => {
    const thread = await loaded()
    await write(thread, 'Mine')
    await thread.findByText(waiting)
    thread.element.remove()
    comeBack()
    worker.thread.key = '/other'
    await write(await loaded({ key: '/other' }), 'Another')
    await waitFor(() => expect(worker.stored.size).toBe(2))
    expect(worker.asked('GET', new RegExp(sent().id))).toEqual([])
  })
})

const prefix = () => Object.keys(localStorage)[0]?.match(/^hankyo \S+ \S+ /)?.[0] ?? ''
