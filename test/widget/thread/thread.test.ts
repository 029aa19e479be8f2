import { waitFor } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { define } from '../../../widget/thread/element.tsx'
import { fillCounts } from '../../../widget/thread/later/counts.ts'
import {
  comeBack,
  far,
  loaded,
  passHalfMinute,
  place,
  type Shown,
  scroll,
  setUp,
  type,
  worker,
} from './stage.ts'
import { commentOf, uuid } from './worker.ts'

setUp()

const asked = () => worker.asked('GET', /thread$/)

/** Begins a comment in a thread. */
async function writing(thread: Shown): Promise<void> {
  const field = thread.getByLabelText('Write a comment')
  type(field, 'Begun')
  type(await thread.findByLabelText('Name'), 'Mina')
  field.focus()
}

describe('a thread', () => {
  it('heads its comments with their number and the page’s title', async () => {
    worker.show(commentOf({ text: 'First thought' }), commentOf({ text: 'Second thought' }))
    const thread = await loaded()
    expect(thread.root.querySelector('h2')?.textContent).toBe('2 thoughts on “The article”')
    expect([...thread.root.querySelectorAll('h3')].map(({ textContent }) => textContent)).toEqual([
      'Haruka Tanabe',
      'Haruka Tanabe',
    ])
    const time = thread.root.querySelector('time')
    expect(time?.dateTime).toBe('2026-11-20T01:09:00.000Z')
    expect(time?.title).toMatch(/2026/)
  })

  it('speaks Japanese where the page does', async () => {
    worker.show(commentOf(), commentOf())
    document.documentElement.lang = 'ja-JP'
    const thread = place()
    const heading = await thread.findByRole('heading', { level: 2 })
    expect(heading.textContent).toBe('“The article” への2件のフィードバック')
    thread.getByLabelText('コメントを書く')
  })

  it('tells anew how long ago it was, each half minute', async () => {
    const comment = commentOf()
    worker.show(comment)
    const thread = await loaded()
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse(comment.createdAt) + 5 * 60_000)
    passHalfMinute()
    await waitFor(() => expect(thread.root.querySelector('time')?.textContent).toBe('5 minutes ago'))
  })

  it('asks for its words and its comments at once', async () => {
    let release = () => {}
    const gate = new Promise<undefined>((resolve) => {
      release = () => resolve(undefined)
    })
    worker.fault = () => gate
    place({ lang: 'fr' })
    // The thread of an earlier test may just have asked for further words in English, and for news.
    const asked = () =>
      worker.seen
        .filter(({ path, query }) => !path.includes('/en.') && !query.has('since'))
        .map(({ path }) => path)
    await waitFor(() =>
      expect(asked().toSorted()).toEqual(['/embed/words-0123/fr.json', '/v1/sites/blog/thread']),
    )
    release()
  })

  it('asks for nothing before the reader is near', async () => {
    const thread = place()
    far.add(thread.element)
    await loaded({ key: 'near' })
    expect(asked().map(({ query }) => query.get('key'))).toEqual(['near'])
    scroll()
    await thread.findByLabelText('Write a comment')
  })

  it.each([
    ['its attribute says so', { loading: 'eager' }, ''],
    ['the address leads to a comment', {}, `#comment-${uuid(1)}`],
  ])('loads from afar where %s', async (_, attributes: Record<string, string>, hash) => {
    history.replaceState(null, '', `/article${hash}`)
    const thread = place(attributes)
    far.add(thread.element)
    await thread.findByLabelText('Write a comment')
  })

  it('without words says in English what is wrong, and leads to its own page', async () => {
    worker.fault = ({ path }) => (path.startsWith('/embed/') ? { status: 503 } : undefined)
    worker.show(commentOf())
    const thread = place({ lang: 'de', key: 'a&b' })
    await thread.findByText('The comments could not be loaded.', { exact: false })
    expect(thread.getByRole('link', { name: 'Open them on their own page' })).toHaveProperty(
      'href',
      `${worker.address()}/t/blog?key=a%26b&title=The+article&lang=de`,
    )
    worker.fault = undefined
    thread.getByRole('button', { name: 'Try again' }).click()
    await thread.findByLabelText('Kommentar schreiben')
    expect(thread.root.querySelector('h2')?.textContent).toBe('Ein Gedanke zu „The article“')
  })

  it('invites to write where there is nothing yet, below a heading', async () => {
    const thread = await loaded()
    thread.getByText('No comments yet. Yours can be the first.')
    expect(thread.root.querySelector('h2')?.textContent).toBe('Comments on “The article”')
  })

  it('takes the level of its heading, or its words, from the page', async () => {
    worker.show(commentOf())
    expect((await loaded({ heading: '3' })).root.querySelector('h3')?.textContent).toMatch(/^One thought/)
    document.body.replaceChildren()
    expect((await loaded({ heading: 'Letters' })).root.querySelector('h2')?.textContent).toBe('Letters (1)')
  })

  it('calls the page as staff does, where staff gave it a name', async () => {
    worker.show(commentOf())
    worker.thread.givenTitle = 'By staff'
    const { root } = await loaded()
    await waitFor(() => expect(root.querySelector('h2')?.textContent).toBe('One thought on “By staff”'))
  })

  it('says when it was closed, and takes no more', async () => {
    worker.show(commentOf())
    worker.thread.closed = '2026-11-21T00:00:00.000Z'
    const thread = place()
    await thread.findByText(/^Comments were closed on /)
    expect(thread.root.querySelector('textarea')).toBeNull()
    expect(thread.queryByRole('button', { name: /Reply/ })).toBeNull()
  })

  it('says when it was closed in its own language, not in the one of the browser', async () => {
    worker.thread.closed = '2026-11-21T12:00:00.000Z'
    await place({ lang: 'ja' }).findByText(/2026年11月2[12]日/)
    document.body.replaceChildren()
    await place({ lang: 'de' }).findByText(/2[12]\. November 2026/)
  })

  it('says that it could not be loaded, and tries again', async () => {
    worker.fault = () => ({ status: 500 })
    const failures: unknown[] = []
    document.body.addEventListener('hankyo:error', (event) => failures.push((event as CustomEvent).detail), {
      once: true,
    })
    const thread = place()
    await thread.findByText('The comments could not be loaded.', { exact: false })
    expect(failures).toHaveLength(1)
    worker.fault = undefined
    thread.getByRole('button', { name: 'Try again' }).click()
    await thread.findByLabelText('Write a comment')
    expect(thread.text()).not.toContain('could not be loaded')
  })

  it('loads by itself once the connection is back', async () => {
    worker.fault = () => 'hang up'
    const thread = place()
    await thread.findByText('The comments could not be loaded.', { exact: false })
    worker.fault = undefined
    comeBack()
    await thread.findByLabelText('Write a comment')
  })

  it('asks once, though the page is shown while it waits for the answer', async () => {
    place()
    window.dispatchEvent(new Event('pageshow'))
    await waitFor(() => expect(asked()).not.toHaveLength(0))
    await loaded()
    expect(asked()).toHaveLength(2)
  })

  it('asks in another order', async () => {
    worker.show(commentOf(), commentOf())
    const thread = await loaded({ sort: 'newest' })
    expect(asked()[0]?.query.get('sort')).toBe('newest')
    expect(thread.getByRole('button', { name: 'Newest' }).getAttribute('aria-pressed')).toBe('true')
    thread.getByRole('button', { name: 'Oldest' }).click()
    await waitFor(() => expect(asked()[1]?.query.get('sort')).toBe('oldest'))
  })

  it('shows the order asked for last, whichever answer comes last', async () => {
    worker.show(commentOf({ text: 'The oldest' }), commentOf())
    const thread = await loaded()
    let release = () => {}
    const gate = new Promise<undefined>((resolve) => {
      release = () => resolve(undefined)
    })
    worker.fault = ({ query }) => (query.get('sort') === 'newest' ? gate : undefined)
    thread.getByRole('button', { name: 'Newest' }).click()
    await waitFor(() => expect(asked()).toHaveLength(2))
    thread.getByRole('button', { name: 'Oldest' }).click()
    await waitFor(() => expect(asked()).toHaveLength(3))
    worker.items = [commentOf({ text: 'The newest' }), commentOf()]
    release()
    await loaded({ key: 'other' })
    expect(thread.text()).toContain('The oldest')
  })

  it('loads the comments after those shown, and goes to the first of them', async () => {
    worker.show(commentOf({ id: 'one' }))
    worker.next = 'after one'
    worker.pages.set('after one', { items: [commentOf({ id: 'one' }), commentOf({ id: 'two' })], next: null })
    const thread = await loaded()
    thread.getByRole('button', { name: /^More comments/ }).click()
    await waitFor(() => expect(thread.root.activeElement?.id).toBe('comment-two'))
    expect(thread.root.querySelectorAll('article')).toHaveLength(2)
    expect(thread.queryByRole('button', { name: /^More comments/ })).toBeNull()
  })

  it('loads the rest of a branch into its place', async () => {
    worker.show(commentOf({ id: 'one', replies: { count: 2, next: 'branch' } }), commentOf({ id: 'two' }))
    worker.pages.set('branch', {
      items: [commentOf({ id: 'r1', parentId: 'one' }), commentOf({ id: 'r2', parentId: 'r1' })],
      next: null,
    })
    const thread = await loaded()
    thread.getByRole('button', { name: '2 more replies' }).click()
    await waitFor(() => expect(thread.root.getElementById('comment-r2')).not.toBeNull())
    expect([...thread.root.querySelectorAll('article')].map(({ id }) => id)).toEqual(
      ['one', 'r1', 'r2', 'two'].map((id) => `comment-${id}`),
    )
    expect(thread.queryByRole('button', { name: /more repl/ })).toBeNull()
  })

  it('leaves the place of a comment that is gone to its replies', async () => {
    worker.show(commentOf({ id: 'one', gone: true }), commentOf({ parentId: 'one', text: 'Still here' }))
    const thread = await loaded()
    thread.getByText('This comment was removed.')
    thread.getByText('Still here')
  })

  it('links a name only to the web', async () => {
    worker.show(
      commentOf({ author: { id: '1', name: 'Good', url: 'https://good.example/' } }),
      commentOf({ author: { id: '2', name: 'Bad', url: 'javascript:alert(1)' } }),
    )
    const thread = await loaded()
    expect([...thread.root.querySelectorAll<HTMLAnchorElement>('.name a')].map(({ href }) => href)).toEqual([
      'https://good.example/',
    ])
  })

  it('tells the page when it is ready', async () => {
    worker.show(commentOf())
    const ready = new Promise((resolve) =>
      document.addEventListener('hankyo:ready', (event) => resolve((event as CustomEvent).detail), {
        once: true,
      }),
    )
    place()
    expect(await ready).toMatchObject({ key: '/article', count: 1 })
  })

  it('asks for another thread when its attributes change', async () => {
    const thread = await loaded({ key: 'one' })
    thread.element.setAttribute('key', 'two')
    await waitFor(() => expect(asked().map(({ query }) => query.get('key'))).toEqual(['one', 'two']))
    thread.element.setAttribute('site', 'news')
    await waitFor(() => expect(asked()[2]?.path).toBe('/v1/sites/news/thread'))
    thread.element.setAttribute('sort', 'top')
    await waitFor(() => expect(asked()[3]?.query.get('sort')).toBe('top'))
  })

  it.each([
    ['heading', '3', 'h3', 'One thought on “The article”'],
    ['heading', 'Letters', 'h2', 'Letters (1)'],
    ['title', 'Another', 'h2', 'One thought on “Another”'],
    ['lang', 'es', 'h2', 'Un comentario en «The article»'],
  ])('shows by its %s %s at once, and leaves what is being written', async (name, value, tag, words) => {
    worker.show(commentOf())
    const thread = await loaded()
    await writing(thread)
    thread.element.setAttribute(name, value)
    await waitFor(() => expect(thread.root.querySelector(`.title:is(${tag})`)?.textContent).toBe(words))
    expect(thread.root.querySelectorAll('section')).toHaveLength(1)
    expect(asked()).toHaveLength(1)
    const field = thread.root.querySelector('textarea')
    expect(field?.value).toBe('Begun')
    expect(thread.root.activeElement).toBe(field)
    expect(thread.root.querySelector<HTMLInputElement>('[name=name]')?.value).toBe('Mina')
  })

  it('leaves the title out of its heading where its page has none', async () => {
    document.title = ''
    worker.show(commentOf())
    const thread = await loaded()
    expect(thread.root.querySelector('h2')?.textContent).toBe('One thought')
  })

  it('has the direction of its words, and keeps names apart from them', async () => {
    document.documentElement.dir = 'ltr'
    const name = 'Haruka (12)'
    worker.show(commentOf({ author: { id: 'f00d', name, url: null } }))
    const thread = place({ lang: 'ar' })
    const reply = await thread.findByRole('button', { name: /^رد على Haruka/ })
    expect(thread.root.querySelector('section')?.dir).toBe('rtl')
    reply.click()
    await waitFor(() => expect(thread.root.querySelector('label bdi')?.textContent).toBe(name))
    expect(thread.root.querySelector('h2 bdi')?.textContent).toBe('The article')
    expect((await loaded({ lang: 'en' })).root.querySelector('section')?.dir).toBe('ltr')
  })

  it('goes on where it is moved to', async () => {
    worker.show(commentOf({ text: 'Still here' }))
    const thread = await loaded()
    const main = document.body.appendChild(document.createElement('main'))
    main.append(thread.element)
    await waitFor(() => expect(asked()).toHaveLength(2))
    await thread.findByText('Still here')
    thread.element.remove()
    passHalfMinute()
    comeBack()
    await loaded({ key: 'other' })
    expect(asked().map(({ query }) => query.get('key'))).toEqual(['/article', '/article', 'other'])
    main.append(thread.element)
    await waitFor(() => expect(asked()).toHaveLength(4))
    await thread.findByText('Still here')
  })

  it('stands beside another one, and survives its script being loaded twice', async () => {
    define('https://elsewhere.example')
    const one = await loaded({ key: 'one' })
    const two = await loaded({ key: 'two' })
    expect(one.getByLabelText('Write a comment')).not.toBe(two.getByLabelText('Write a comment'))
    expect(new Set(asked().map(({ query }) => query.get('key')))).toEqual(new Set(['one', 'two']))
  })

  it('uses neither markup nor inline style', async () => {
    worker.show(
      commentOf({ text: '<img src=x onerror=alert(1)>', author: { id: '1', name: '<b>x', url: null } }),
    )
    const thread = await loaded()
    expect(thread.root.querySelector('img, b, script, style')).toBeNull()
    expect(thread.root.adoptedStyleSheets).toHaveLength(1)
  })
})

describe('count badges', () => {
  it('are filled with one request for each site', async () => {
    worker.counts = { '/a': 3, '/b': 0 }
    document.body.innerHTML =
      '<main data-hankyo-site="blog"><i data-hankyo-count="/a">…</i><i data-hankyo-count="/b"></i>' +
      '<i data-hankyo-count="/a"></i><i data-hankyo-count="/unknown">–</i></main>'
    await fillCounts(worker.address())
    expect([...document.querySelectorAll('i')].map(({ textContent }) => textContent)).toEqual([
      '3',
      '0',
      '3',
      '–',
    ])
    expect(worker.asked('GET', /counts$/).map(({ query }) => query.getAll('key'))).toEqual([
      ['/a', '/b', '/unknown'],
    ])
  })

  it('cost no request where there are none', async () => {
    await fillCounts(worker.address())
    expect(worker.seen).toEqual([])
  })
})
