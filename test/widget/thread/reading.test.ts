import { waitFor } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import type { Comment } from '../../../worker/contract/comment.ts'
import { comeBy, loaded, passHalfMinute, press, reload, type Shown, setUp, type, worker } from './stage.ts'
import { commentOf, uuid } from './worker.ts'

setUp()

const asked = () => worker.asked('GET', /thread$/)
const said = (thread: Shown) => thread.root.querySelector('[role=status]')?.textContent
const articles = (thread: Shown) => [...thread.root.querySelectorAll('article')].map(({ id }) => id.slice(8))
const article = (thread: Shown, id: string) => thread.root.getElementById(`comment-${id}`) as HTMLElement
const failuresOf = (thread: Shown) => {
  const failures: unknown[] = []
  thread.element.addEventListener('hankyo:error', (event) => failures.push((event as CustomEvent).detail))
  return failures
}
const gate = () => {
  let release = () => {}
  const closed = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined)
  })
  return { closed, release: () => release() }
}

/** Opens what can be done about a comment besides liking and answering it. */
async function openActs(thread: Shown, id: string): Promise<void> {
  thread.root.getElementById(`acts-${id}`)?.click()
  await thread.findByRole('button', { name: 'Report' })
}

describe('a comment', () => {
  it('says at once that the editors wrote what is there', async () => {
    const editedAt = new Date().toISOString()
    worker.show(commentOf({ editedAt, editedBy: 'staff' }), commentOf({ editedAt }))
    const thread = await loaded()
    const headers = [...thread.root.querySelectorAll('article header')].map((one) => one.textContent)
    expect(headers).toEqual([
      expect.stringContaining('edited by the editors'),
      expect.stringMatching(/edited$/),
    ])
  })

  it('shows its author’s badge, and that it is pinned', async () => {
    worker.show(
      commentOf({ pinned: true, author: { id: 'a', name: 'Mina', url: null, badge: 'Staff' } }),
      commentOf(),
    )
    const thread = await loaded()
    const [first, second] = [...thread.root.querySelectorAll('article header')].map(
      (header) => header.textContent,
    )
    expect(first).toMatch(/^MinaStaff.*Pinned$/)
    expect(second).not.toMatch(/Staff|Pinned/)
  })

  it('is linked to by its time', async () => {
    worker.show(commentOf({ id: uuid(1) }))
    document.head.append(Object.assign(document.createElement('base'), { href: '/elsewhere/' }))
    const thread = await loaded()
    const link = thread.root.querySelector('time')?.closest('a')
    expect(link?.href).toBe(`${location.origin}/article#comment-${uuid(1)}`)
  })
})

describe('the most liked', () => {
  it('come first when asked for', async () => {
    worker.show(commentOf(), commentOf())
    const thread = await loaded()
    thread.getByRole('button', { name: 'Most liked' }).click()
    await waitFor(() => expect(asked()[1]?.query.get('sort')).toBe('top'))
    await waitFor(() =>
      expect(thread.getByRole('button', { name: 'Most liked' }).getAttribute('aria-pressed')).toBe('true'),
    )
  })
})

describe('a link to a comment', () => {
  it('loads the page it is on and goes to it', async () => {
    worker.pages.set(uuid(7), { items: [commentOf({ id: uuid(7), text: 'This one' })], next: null })
    await comeBy(`#comment-${uuid(7)}`)
    const thread = await loaded()
    expect(asked()[0]?.query.get('around')).toBe(uuid(7))
    expect(thread.root.activeElement).toBe(article(thread, uuid(7)))
    expect(article(thread, uuid(7)).className).toBe('linked')
  })

  it('finds it by an id in capitals, and on a page of a hash router', async () => {
    worker.show(commentOf({ id: 'abcdef01-0000-4000-8000-000000000000' }))
    await comeBy('#/guide#comment-ABCDEF01-0000-4000-8000-000000000000')
    const thread = await loaded()
    expect(asked()[0]?.query.get('key')).toBe('/article#/guide')
    await waitFor(() => expect(thread.root.querySelector('.linked')).not.toBeNull())
  })

  it('says that the comment is not there', async () => {
    worker.show(commentOf())
    await comeBy(`#comment-${uuid(7)}`)
    const thread = await loaded()
    await thread.findByText('The comment this link leads to is not here.')
    expect(articles(thread)).toHaveLength(1)
    worker.pages.set(uuid(8), { items: [commentOf({ id: uuid(8) })], next: null })
    location.hash = `comment-${uuid(8)}`
    await waitFor(() => expect(articles(thread)).toEqual([uuid(8)]))
    expect(thread.text()).not.toContain('not here')
  })

  it('goes to a comment that is shown without asking', async () => {
    worker.show(commentOf({ id: uuid(1) }), commentOf({ id: uuid(2) }))
    const thread = await loaded()
    location.hash = `comment-${uuid(2)}`
    await waitFor(() => expect(thread.root.activeElement).toBe(article(thread, uuid(2))))
    expect(asked()).toHaveLength(1)
  })

  it('is no matter of links to elsewhere on the page', async () => {
    worker.show(commentOf({ id: uuid(1) }))
    const thread = await loaded()
    location.hash = 'section-2'
    location.hash = `comment-${uuid(1)}`
    await waitFor(() => expect(thread.root.activeElement).toBe(article(thread, uuid(1))))
    expect(asked()).toHaveLength(1)
  })

  it('is followed once: another order starts at its beginning', async () => {
    worker.show(commentOf(), commentOf())
    worker.pages.set(uuid(7), { items: [commentOf({ id: uuid(7) })], next: null, previous: 'before' })
    await comeBy(`#comment-${uuid(7)}`)
    const thread = await loaded()
    const newest = thread.getByRole('button', { name: 'Newest' })
    newest.focus()
    newest.click()
    await waitFor(() => expect(articles(thread)).toHaveLength(2))
    expect(asked()[1]?.query.has('around')).toBe(false)
    expect(thread.root.activeElement).toBe(newest)
    expect(thread.queryByRole('button', { name: 'Previous comments' })).toBeNull()
  })

  it('leads to what came before, too', async () => {
    worker.pages.set(uuid(7), { items: [commentOf({ id: uuid(7) })], next: null, previous: 'before 7' })
    worker.pages.set('before 7', {
      items: [commentOf({ id: uuid(5) }), commentOf({ id: uuid(6) })],
      next: null,
    })
    await comeBy(`#comment-${uuid(7)}`)
    const thread = await loaded()
    thread.getByRole('button', { name: 'Previous comments' }).click()
    await waitFor(() => expect(thread.root.activeElement).toBe(article(thread, uuid(5))))
    expect(articles(thread)).toEqual([uuid(5), uuid(6), uuid(7)])
    expect(thread.queryByRole('button', { name: 'Previous comments' })).toBeNull()
  })

  it('can be copied, and the copying is told beside it', async () => {
    worker.show(commentOf({ id: uuid(1) }))
    const copy = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    history.replaceState(null, '', '/article?page=2')
    const thread = await loaded()
    await openActs(thread, uuid(1))
    thread.getByRole('button', { name: 'Copy link' }).click()
    await waitFor(() => expect(said(thread)).toBe('Link copied.'))
    expect(copy).toHaveBeenCalledWith(`${location.origin}/article?page=2#comment-${uuid(1)}`)
    expect(article(thread, uuid(1)).textContent).toContain('Link copied.')
    expect(thread.root.activeElement?.id).toBe(`acts-${uuid(1)}`)
    expect(thread.queryByRole('button', { name: 'Copy link' })).toBeNull()
  })

  it('is in the address bar where the clipboard is refused', async () => {
    worker.show(commentOf({ id: uuid(1) }))
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    const thread = await loaded()
    await openActs(thread, uuid(1))
    thread.getByRole('button', { name: 'Copy link' }).click()
    await waitFor(() => expect(location.hash).toBe(`#comment-${uuid(1)}`))
  })
})

describe('what others write meanwhile', () => {
  /** Half a minute passes, and the thread has asked what came. */
  async function ask(): Promise<void> {
    const before = asked().length
    passHalfMinute()
    await waitFor(() => expect(asked()).toHaveLength(before + 1))
  }
  const offer = (thread: Shown, count: RegExp) => thread.findByRole('button', { name: count })

  it('has another text at once where it is shown already, and says who changed it', async () => {
    worker.show(commentOf({ id: 'one' }), commentOf({ id: 'two' }))
    const thread = await loaded()
    const other = {
      content: [{ type: 'paragraph' as const, children: ['Another text'] }],
      editedBy: 'staff' as const,
    }
    worker.arrive(commentOf({ id: 'one', ...other, editedAt: '2026-01-02T00:00:00.000Z' }))
    await ask()
    await waitFor(() => expect(article(thread, 'one').textContent).toContain('Another text'))
    expect(article(thread, 'one').textContent).toContain('edited by the editors')
    expect(articles(thread)).toEqual(['one', 'two'])
    expect(thread.queryByRole('button', { name: /new comment/ })).toBeNull()
    // One that is not shown yet has its latest text when it is.
    worker.arrive(commentOf({ id: 'three' }))
    await ask()
    worker.arrive(commentOf({ id: 'three', ...other, editedAt: '2026-01-02T00:00:00.000Z' }))
    await ask()
    ;(await offer(thread, /^1 new comment$/)).click()
    await waitFor(() => expect(article(thread, 'three').textContent).toContain('Another text'))
  })

  it('is no news where another text stands further down than is loaded', async () => {
    worker.show(commentOf({ id: 'one' }))
    const thread = await loaded()
    worker.arrive(commentOf({ id: 'far', editedAt: '2026-01-02T00:00:00.000Z' }))
    worker.arrive(commentOf({ id: 'two' }))
    // One of the two was counted already.
    worker.thread.count -= 1
    await ask()
    ;(await offer(thread, /^1 new comment$/)).click()
    await waitFor(() => expect(articles(thread)).toEqual(['one', 'two']))
  })

  it('is asked for by the version that is known, and offered without moving anything', async () => {
    worker.show(commentOf({ id: 'one' }))
    worker.thread.version = 5
    const thread = await loaded()
    for (const id of ['two', 'three']) worker.arrive(commentOf({ id }))
    await ask()
    expect(asked()[1]?.query.get('since')).toBe('5')
    await offer(thread, /^2 new comments$/)
    expect(articles(thread)).toEqual(['one'])
    worker.arrive(commentOf({ id: 'four' }))
    await ask()
    expect(asked()[2]?.query.get('since')).toBe('7')
    ;(await offer(thread, /^3 new comments$/)).click()
    await waitFor(() => expect(articles(thread)).toEqual(['one', 'two', 'three', 'four']))
    expect(thread.root.activeElement).toBe(article(thread, 'two'))
    expect(thread.root.querySelector('h2')?.textContent).toMatch(/^4 thoughts/)
    expect(thread.queryByRole('button', { name: /new comment/ })).toBeNull()
  })

  it('goes on top, but for what is pinned, where the newest come first', async () => {
    worker.show(commentOf({ id: 'pinned', pinned: true }), commentOf({ id: 'old' }))
    const thread = await loaded({ sort: 'newest' })
    worker.arrive(commentOf({ id: 'new' }))
    worker.arrive(commentOf({ id: 'newer' }))
    await ask()
    ;(await offer(thread, /^2 new/)).click()
    await waitFor(() => expect(articles(thread)).toEqual(['pinned', 'newer', 'new', 'old']))
  })

  it('goes under what it answers', async () => {
    worker.show(
      commentOf({ id: 'one', replies: { count: 1, next: null } }),
      commentOf({ id: 'reply', parentId: 'one' }),
      commentOf({ id: 'two' }),
    )
    const thread = await loaded()
    worker.arrive(commentOf({ id: 'answer', parentId: 'reply', createdAt: '2026-11-21T00:00:00.000Z' }))
    await ask()
    ;(await offer(thread, /^1 new/)).click()
    await waitFor(() => expect(articles(thread)).toEqual(['one', 'reply', 'answer', 'two']))
    const item = (id: string) => article(thread, id).closest('li')
    expect(item('answer')?.parentElement?.closest('li')).toBe(item('reply'))
    expect(thread.queryByRole('button', { name: /more repl/ })).toBeNull()
  })

  it('is gone to on its own page where that is not loaded', async () => {
    worker.show(commentOf())
    worker.next = 'more'
    const thread = await loaded()
    const latest = commentOf({ id: uuid(9) })
    worker.arrive(latest)
    worker.pages.set(uuid(9), { items: [latest], next: null, previous: 'before 9' })
    await ask()
    ;(await offer(thread, /^1 new/)).click()
    await waitFor(() => expect(articles(thread)).toEqual([uuid(9)]))
    expect(asked().at(-1)?.query.get('around')).toBe(uuid(9))
    await waitFor(() => expect(thread.root.activeElement).toBe(article(thread, uuid(9))))
  })

  it('is shown though many comments are', async () => {
    worker.show(...Array.from({ length: 8 }, (_, n) => commentOf({ id: uuid(n) })))
    const thread = await loaded()
    worker.arrive(commentOf({ id: 'ninth' }))
    await ask()
    ;(await offer(thread, /^1 new/)).click()
    await waitFor(() => expect(thread.root.activeElement?.id).toBe('comment-ninth'))
  })

  it('is not offered again once it came with another page', async () => {
    worker.show(commentOf({ id: 'one', replies: { count: 1, next: null } }))
    worker.next = 'after one'
    const thread = await loaded()
    const two = commentOf({ id: 'two' })
    worker.arrive(two)
    worker.pages.set('after one', { items: [two], next: null })
    await ask()
    await offer(thread, /^1 new/)
    thread.getByRole('button', { name: /^More comments/ }).click()
    await waitFor(() => expect(articles(thread)).toEqual(['one', 'two']))
    expect(thread.queryByRole('button', { name: /new comment/ })).toBeNull()
    expect(thread.root.querySelector('h2')?.textContent).toMatch(/^2 thoughts/)
  })

  it('is not missed though it came before another page was loaded', async () => {
    worker.show(commentOf({ id: 'new' }))
    worker.next = 'older'
    worker.pages.set('older', { items: [commentOf({ id: 'old' })], next: null })
    const thread = await loaded({ sort: 'newest' })
    worker.arrive(commentOf({ id: 'newest' }))
    thread.getByRole('button', { name: /^More comments/ }).click()
    await waitFor(() => expect(articles(thread)).toEqual(['new', 'old']))
    await ask()
    await offer(thread, /^1 new/)
  })

  it('is not offered again once the thread was loaded anew', async () => {
    worker.show(commentOf({ id: 'one' }), commentOf({ id: 'two' }))
    const thread = await loaded()
    const three = commentOf({ id: 'three' })
    worker.arrive(three)
    await ask()
    await offer(thread, /^1 new/)
    worker.items.push(three)
    thread.getByRole('button', { name: 'Newest' }).click()
    await waitFor(() => expect(articles(thread)).toHaveLength(3))
    expect(thread.queryByRole('button', { name: /new comment/ })).toBeNull()
    await ask()
    expect(asked().at(-1)?.query.get('since')).toBe('2')
  })

  it('may be that the thread was closed', async () => {
    const thread = await loaded()
    worker.thread = { ...worker.thread, closed: '2026-11-21T00:00:00.000Z' }
    await ask()
    await thread.findByText(/^Comments were closed on /)
  })

  it('troubles nobody when it cannot be asked for, nor while the page is hidden', async () => {
    const thread = await loaded()
    const failures = failuresOf(thread)
    worker.fault = () => ({ status: 500 })
    await ask()
    worker.fault = undefined
    await ask()
    expect(failures).toEqual([])
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    passHalfMinute()
    vi.restoreAllMocks()
    await loaded({ key: 'other' })
    expect(asked().map(({ query }) => query.get('key'))).toEqual([
      '/article',
      '/article',
      '/article',
      'other',
    ])
  })
})

describe('liking', () => {
  const like = (thread: Shown) => thread.getByRole('button', { name: /^Like/ })
  const state = (thread: Shown) => [
    like(thread).textContent?.trim(),
    like(thread).getAttribute('aria-pressed'),
  ]

  it('shows at once, is remembered, and can be undone', async () => {
    worker.show(commentOf({ id: 'one', likes: 2 }))
    const thread = await loaded()
    expect(state(thread)).toEqual(['Like 2', 'false'])
    const { closed, release } = gate()
    worker.fault = ({ method }) => (method === 'PUT' ? closed : undefined)
    like(thread).click()
    await waitFor(() => expect(state(thread)).toEqual(['Like 3', 'true']))
    release()
    await waitFor(() => expect(worker.liked.has('one')).toBe(true))
    expect(worker.asked('PUT', /comments\/one\/like$/)[0]?.token).toMatch(/^[\w-]{43}$/)
    const again = await reload()
    expect(like(again).getAttribute('aria-pressed')).toBe('true')
    like(again).click()
    await waitFor(() => expect(worker.liked.has('one')).toBe(false))
    expect(like(again).getAttribute('aria-pressed')).toBe('false')
    expect(like(await reload()).getAttribute('aria-pressed')).toBe('false')
  })

  it('takes the worker’s count for its own', async () => {
    worker.show(commentOf({ id: 'one', likes: 2 }))
    const thread = await loaded()
    ;(worker.items[0] as Comment).likes = 40
    like(thread).click()
    await waitFor(() => expect(state(thread)).toEqual(['Like 41', 'true']))
  })

  it('is put back when it fails, and says why', async () => {
    worker.show(commentOf({ id: 'one', likes: 2 }))
    const thread = await loaded()
    const failures = failuresOf(thread)
    worker.fault = ({ method }) =>
      method === 'PUT' ? { status: 429, error: { code: 'rate_limited', message: '' } } : undefined
    like(thread).click()
    await waitFor(() => expect(said(thread)).toBe('Too many at once. Please wait a moment.'))
    expect(state(thread)).toEqual(['Like 2', 'false'])
    expect(article(thread, 'one').textContent).toContain('Too many at once.')
    await waitFor(() => expect(failures).toMatchObject([{ code: 'rate_limited' }]))
    expect(like(await reload()).getAttribute('aria-pressed')).toBe('false')
  })

  it('ends as it was meant last, however quickly it was', async () => {
    worker.show(commentOf({ id: 'one', likes: 2 }))
    const thread = await loaded()
    const { closed, release } = gate()
    const second = gate()
    worker.fault = ({ method }) => ({ PUT: closed, DELETE: second.closed })[method]
    like(thread).click()
    await waitFor(() => expect(worker.asked('PUT', /like/)).toHaveLength(1))
    like(thread).click()
    await waitFor(() => expect(state(thread)).toEqual(['Like 2', 'false']))
    expect(worker.asked('DELETE', /like/)).toEqual([])
    release()
    await waitFor(() => expect(worker.asked('DELETE', /like/)).toHaveLength(1))
    expect(state(thread)).toEqual(['Like 2', 'false'])
    second.release()
    await waitFor(() => expect(worker.liked.size).toBe(0))
    await waitFor(() => expect(state(thread)).toEqual(['Like 2', 'false']))
  })
})

describe('reporting', () => {
  const open = async () => {
    worker.show(commentOf({ id: 'one' }))
    const thread = await loaded()
    await openActs(thread, 'one')
    thread.getByRole('button', { name: 'Report' }).click()
    await thread.findByRole('radio', { name: 'Insult or hate' })
    return thread
  }
  const flags = () => worker.asked('POST', /comments\/one\/flags$/)

  it('asks what is wrong, sends it with a note, and thanks', async () => {
    const thread = await open()
    await waitFor(() => expect(thread.root.activeElement?.id).toBe('why-one'))
    expect(thread.getByRole('group', { name: 'What is wrong with this comment?' })).toBeTruthy()
    thread.getByRole('radio', { name: 'Insult or hate' }).click()
    type(thread.getByLabelText('Anything a moderator should know? (optional)'), 'Again.')
    thread.getByRole('button', { name: 'Send report' }).click()
    await waitFor(() => expect(said(thread)).toBe('Thank you. Your report was sent.'))
    expect(flags().map(({ body }) => body)).toEqual([{ reason: 'abuse', note: 'Again.' }])
    expect(flags()[0]?.token).toMatch(/^[\w-]{43}$/)
    expect(article(thread, 'one').textContent).toContain('Your report was sent.')
    expect(thread.root.activeElement?.id).toBe('acts-one')
    expect(thread.queryByRole('radio')).toBeNull()
  })

  it('sends nothing without a reason', async () => {
    const thread = await open()
    thread.getByRole('button', { name: 'Send report' }).click()
    await thread.findByText('Please fill this in.')
    expect(flags()).toEqual([])
    thread.getByRole('radio', { name: 'Off topic' }).click()
    await waitFor(() => expect(thread.queryByText('Please fill this in.')).toBeNull())
  })

  it('stays open when it could not be sent', async () => {
    const thread = await open()
    worker.fault = ({ method }) => (method === 'POST' ? 'hang up' : undefined)
    thread.getByRole('radio', { name: 'Something else' }).click()
    thread.getByRole('button', { name: 'Send report' }).click()
    await thread.findByText('There is no connection at the moment.')
    worker.fault = undefined
    thread.getByRole('button', { name: 'Send report' }).click()
    await waitFor(() => expect(said(thread)).toBe('Thank you. Your report was sent.'))
    expect(flags().at(-1)?.body).toEqual({ reason: 'other' })
  })

  it.each([
    ['Escape', (thread: Shown) => press(thread.getByRole('radio', { name: 'Off topic' }), 'Escape')],
    ['Cancel', (thread: Shown) => thread.getByRole('button', { name: 'Cancel' }).click()],
  ])('is left by %s, back to where it was opened', async (_, leave) => {
    const thread = await open()
    leave(thread)
    await waitFor(() => expect(thread.root.activeElement?.id).toBe('acts-one'))
    expect(thread.queryByRole('radio')).toBeNull()
  })
})

describe('replies', () => {
  it('can be hidden and shown again', async () => {
    worker.show(
      commentOf({ id: 'one', replies: { count: 2, next: null } }),
      commentOf({ id: 'r1', parentId: 'one' }),
      commentOf({ id: 'r2', parentId: 'r1' }),
      commentOf({ id: 'two' }),
    )
    const thread = await loaded()
    // What it takes comes when the reader comes near.
    expect(thread.queryByRole('button', { name: 'Hide replies' })).toBeNull()
    thread.root
      .getElementById('reply-two')
      ?.dispatchEvent(new Event('pointerover', { bubbles: true, composed: true }))
    await waitFor(() => expect(thread.getAllByRole('button', { name: 'Hide replies' })).toHaveLength(2))
    expect(thread.root.getElementById('fold-two')).toBeNull()
    thread.root.getElementById('fold-one')?.click()
    await waitFor(() => expect(articles(thread)).toEqual(['one', 'two']))
    await waitFor(() => expect(thread.root.activeElement?.textContent).toBe('Show 2 replies'))
    const show = thread.getByRole('button', { name: 'Show 2 replies' })
    expect(show.getAttribute('aria-expanded')).toBe('false')
    show.click()
    await waitFor(() => expect(articles(thread)).toEqual(['one', 'r1', 'r2', 'two']))
  })
})
