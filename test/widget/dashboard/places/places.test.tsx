import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { addressesOf, idFrom } from '../../../../widget/dashboard/sites/addresses.ts'
import type { Author } from '../../../../worker/contract/authors.ts'
import type { Erasure } from '../../../../worker/contract/erasures.ts'
import type { Sightings } from '../../../../worker/contract/sightings.ts'
import type { ListedSite } from '../../../../worker/contract/site.ts'
import type { StaffThread } from '../../../../worker/contract/staffThread.ts'
import { session } from '../comment.ts'
import { lookAgain, press, useDashboard } from '../desk.tsx'
import { site as oneSite } from '../settings/server.ts'

const at = '2026-01-01T00:00:00.000Z'
const site = (more: Partial<ListedSite> = {}): ListedSite => ({
  ...oneSite,
  counts: { all: 1200, held: 5, flagged: 0, spam: 3 },
  ...more,
})
const dashboard = useDashboard()
const asked = (line: string) => dashboard.server.asked.filter((one) => one.line === line)
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } })
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

type Answers = Record<string, { status: number; body?: unknown }>

describe('The sites', () => {
  let sites: ListedSite[] = []
  let sightings: Sightings = { items: [], unregistered: null, next: null }

  async function open(all: ListedSite[], answers: Answers = {}) {
    sites = all
    dashboard.server.session = {
      ...session,
      moderator: { ...session.moderator, role: 'owner', everySite: true },
    }
    dashboard.server.instead = (line) => {
      if (line === 'GET /v1/sites') return { status: 200, body: { items: sites, next: null } }
      if (/sightings$/.test(line)) return { status: 200, body: sightings }
      return answers[line]
    }
    await dashboard.open('/dashboard?page=sites')
    await screen.findByRole('heading', { name: /^Blog/ })
  }

  it('are added by name and addresses; then their lines are shown, and whether a page was seen', async () => {
    await open([site()], { 'POST /v1/sites': { status: 201, body: site({ id: 'my-news' }) } })
    click('Add a site')
    const form = screen.getByRole('form', { name: 'Add a site' })
    expect(document.activeElement).toBe(within(form).getByLabelText('Name'))
    type(within(form).getByLabelText('Name'), 'My Néws!')
    for (const composing of [{ isComposing: true }, { keyCode: 229 }])
      fireEvent.keyDown(within(form).getByLabelText('Name'), { key: 'Escape', ...composing })
    expect(form.isConnected).toBe(true)
    expect(within(form).getByLabelText('Short name')).toHaveProperty('value', 'my-news')
    type(within(form).getByLabelText('Addresses of its pages'), 'news.example/page\nhttps://www.news.example')
    sites = [site(), site({ id: 'my-news', name: 'My Néws!' })]
    fireEvent.submit(form)
    const lines = await screen.findByRole('region', { name: 'Lines for its pages: My Néws!' })
    expect(asked('POST /v1/sites')[0]?.body).toEqual({
      ...{ id: 'my-news', name: 'My Néws!', locale: 'en' },
      origins: ['https://news.example', 'https://www.news.example'],
    })
    expect(lines.textContent).toContain(`src="${location.origin}/embed.js"`)
    expect(lines.textContent).toContain('<hankyo-thread site="my-news">')
    await within(lines).findByText(/^Not seen on a page yet/)
    const url = 'https://news.example/first'
    sightings = {
      items: [{ origin: 'https://news.example', url, at }],
      unregistered: { origin: 'https://other.example', at },
      next: null,
    }
    await waitFor(() => expect(within(lines).getByRole('link', { name: url })), { timeout: 4_000 })
    expect(lines.textContent).toContain('A page of https://other.example asked')
  })

  it('say what is wrong with a new one, and keep what was typed', async () => {
    const error = { code: 'id_taken', message: '', field: 'id' }
    await open([site()], { 'POST /v1/sites': { status: 409, body: { error } } })
    click('Add a site')
    type(screen.getByLabelText('Name'), 'Blog')
    type(screen.getByLabelText('Addresses of its pages'), 'blog.example')
    fireEvent.submit(screen.getByRole('form', { name: 'Add a site' }))
    await screen.findByText(/There is a site with this short name/)
    expect(screen.getByLabelText('Short name').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Blog')
  })

  it('are archived, which can be taken back, and then offer to be brought back', async () => {
    await open([site()], {
      'POST /v1/sites/blog/archive': { status: 200, body: site() },
      'DELETE /v1/sites/blog/archive': { status: 200, body: site() },
    })
    sites = [site({ archivedAt: at })]
    click('Archive Blog')
    await screen.findByText('Blog is archived: it is read, and takes no comments')
    await screen.findByRole('button', { name: 'Bring back Blog' })
    await press('z')
    await waitFor(() => expect(asked('DELETE /v1/sites/blog/archive')).toHaveLength(1))
  })

  it('are removed once their name is typed, some comments at a time', async () => {
    await open([site()])
    let left = [500, 500, 200]
    const before = dashboard.server.instead
    dashboard.server.instead = (line) => {
      if (line !== 'DELETE /v1/sites/blog') return before(line)
      const [comments = 0, ...rest] = left
      left = rest
      if (rest.length === 0 && comments === 0) sites = []
      return { status: 200, body: { comments, done: comments === 0 } }
    }
    click('Remove Blog')
    const form = screen.getByRole('form', { name: 'Remove Blog' })
    expect(form.textContent).toContain('its 1,200 comments')
    const field = within(form).getByLabelText('Type its name to go on: Blog')
    expect(document.activeElement).toBe(field)
    type(field, 'blog')
    fireEvent.submit(form)
    expect(asked('DELETE /v1/sites/blog')).toEqual([])
    type(field, 'Blog')
    fireEvent.submit(form)
    await screen.findByText('Blog is removed')
    expect(asked('DELETE /v1/sites/blog')).toHaveLength(4)
    await waitFor(() => expect(screen.queryByRole('heading', { name: /^Blog/ })).toBeNull())
    expect(document.activeElement?.textContent).toBe('Sites')
  })

  it('are removed beside one another; where one stops it says so, goes on when told to, and keeps the focus', async () => {
    const other = site({ id: 'news', name: 'News' })
    await open([site(), other])
    const usual = dashboard.server.instead
    let broken = true
    let [blog, news] = [2, 2]
    dashboard.server.instead = (line) => {
      if (line === 'DELETE /v1/sites/blog') {
        if (broken && blog === 1)
          return { status: 500, body: { error: { code: 'internal', message: 'Broken' } } }
        if (--blog < 0) sites = sites.filter(({ id }) => id !== 'blog')
        return { status: 200, body: { comments: blog < 0 ? 0 : 600, done: blog < 0 } }
      }
      if (line !== 'DELETE /v1/sites/news') return usual(line)
      if (--news < 0) sites = sites.filter(({ id }) => id !== 'news')
      return { status: 200, body: { comments: news < 0 ? 0 : 600, done: news < 0 } }
    }
    const remove = (name: string) => {
      click(`Remove ${name}`)
      const form = screen.getByRole('form', { name: `Remove ${name}` })
      const field = within(form).getByLabelText(`Type its name to go on: ${name}`)
      field.focus()
      type(field, name)
      fireEvent.submit(form)
    }
    remove('News')
    remove('Blog')
    expect(screen.getAllByRole('progressbar', { name: 'Removing the site' })).toHaveLength(2)
    await screen.findByText(/^The removal stopped: /)
    await screen.findByText('News is removed')
    const goOn = screen.getByRole('button', { name: 'Remove Blog' })
    expect(goOn.textContent).toBe('Go on removing…')
    expect(document.activeElement).toBe(goOn)
    broken = false
    remove('Blog')
    await screen.findByText('Blog is removed')
  })

  it('are offered to be added to owners of all sites alone', async () => {
    await open([site()])
    const { moderator } = dashboard.server.session
    dashboard.server.session = { ...session, moderator: { ...moderator, everySite: false } }
    await dashboard.desk.open()
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Add a site' })).toBeNull())
  })
})

describe('What is typed of a new site', () => {
  it.each([
    ['My Blog', 'my-blog'],
    [' Üben & Lesen! ', 'uben-lesen'],
    ['反響', ''],
  ])('%j makes the short name %j', (name, id) => expect(idFrom(name)).toBe(id))

  it('is taken for origins, whatever else of an address it has', () => {
    expect(
      addressesOf('blog.example, https://www.blog.example/a?b\nhttp://localhost:*  blog.example'),
    ).toEqual(['https://blog.example', 'https://www.blog.example', 'http://localhost:*'])
  })
})

describe('A thread', () => {
  let thread: StaffThread

  async function open(more: Partial<StaffThread> = {}) {
    thread = {
      ...{ id: 7, site: { id: 'blog', name: 'Blog' }, key: '/post', url: 'https://blog.example/post' },
      ...{ title: 'A post', givenTitle: null, closed: null, closesAt: null, closeAfterDays: null },
      ...{ siteCloseAfterDays: 30, slowSeconds: 0, checked: false, most: 1000, firstAt: at, lastAt: at },
      counts: { pending: 2, approved: 1000, rejected: 0, spam: 4, deleted: 0 },
      pinned: [{ id: 'c1', author: 'Mika', excerpt: 'Well said' }],
      ...more,
    }
    dashboard.server.instead = (line) => {
      if (line === 'GET /v1/threads/7') return { status: 200, body: thread }
      if (/ \/v1\/(threads\/7|comments\/c1\/pin)/.test(line)) return { status: 204 }
    }
    await dashboard.open('/dashboard?page=thread&thread=7')
    await screen.findByRole('heading', { name: 'A post' })
  }

  it('tells its comments by state, how it stands and what is pinned', async () => {
    await open({ closed: { at, by: 'age' } })
    const text = document.querySelector('main')?.textContent ?? ''
    for (const told of ['2 waiting · 1,000+ approved · 4 spam', 'Closed since its time is over', 'Well said'])
      expect(text).toContain(told)
    expect(screen.getByRole('link', { name: 'https://blog.example/post' })).toBeTruthy()
  })

  it('is closed, checked, and slowed down, and each is taken back', async () => {
    await open()
    thread = { ...thread, closed: { at, by: 'staff' } }
    click('Close thread')
    await screen.findByText('Thread closed')
    await screen.findByRole('button', { name: 'Reopen thread' })
    await press('z')
    await waitFor(() => expect(asked('DELETE /v1/threads/7/closure')).toHaveLength(1))
    fireEvent.change(screen.getByLabelText('Slow mode'), { target: { value: '300' } })
    fireEvent.change(screen.getByLabelText('Closes by itself'), { target: { value: '0' } })
    expect(screen.getByLabelText('Closes by itself').textContent).toContain(
      'As the site says: 30 days after its first comment',
    )
    click('Save')
    await screen.findByText('How the thread takes comments is saved')
    await press('z')
    await waitFor(() => expect(asked('PATCH /v1/threads/7')).toHaveLength(2))
    expect(asked('PATCH /v1/threads/7').map(({ body }) => body)).toEqual([
      { slowSeconds: 300, closeAfterDays: 0 },
      { slowSeconds: 0, closeAfterDays: null },
    ])
    click('Unpin the comment of Mika')
    await waitFor(() => expect(asked('DELETE /v1/comments/c1/pin')).toHaveLength(1))
  })

  it('has all that waits in it decided together', async () => {
    HTMLDialogElement.prototype.showModal ??= vi.fn()
    await open()
    click('Decide all that wait (2)…')
    await waitFor(() => expect(asked('GET /v1/bulk-acts/preview')).toHaveLength(1))
  })

  it('goes to another address once it is told what that comes to, and back', async () => {
    HTMLDialogElement.prototype.showModal ??= vi.fn()
    await open()
    const page = { id: 7, key: '/post', title: 'A post', count: 1000 }
    const there = { id: 9, key: '/new', title: 'A new post', count: 3 }
    const move = { id: 'm', site: 'blog', from: '/post', to: '/new', moved: 200, restored: 0 }
    let state = 'working'
    dashboard.server.instead = (line) => {
      if (line === 'GET /v1/threads/7') return { status: 200, body: { ...thread, id: 9, key: '/new' } }
      if (line === 'POST /v1/thread-move-checks')
        return {
          status: 200,
          body: {
            items: [
              { from: '/post', to: '/new', outcome: 'merge', thread: page, other: there, unpinned: [] },
            ],
          },
        }
      if (line === 'POST /v1/thread-moves') return { status: 202, body: { ...move, state } }
      if (line === 'GET /v1/thread-moves/m') return { status: 200, body: { ...move, state } }
      if (line.startsWith('DELETE /v1/thread-moves/'))
        return { status: 202, body: { ...move, state: 'undone' } }
      if (line === 'DELETE /v1/threads/9/closure' || line === 'POST /v1/threads/9/closure')
        return { status: 204 }
    }
    click('Move or merge…')
    const form = await screen.findByRole('form', { name: /^Move this page/ })
    type(within(form).getByLabelText('New address or key'), 'https://blog.example/new')
    fireEvent.submit(form)
    await within(form).findByText(/“A new post” \(3 shown\).* \(1,000 shown\)/)
    expect(asked('POST /v1/thread-moves')).toEqual([])
    fireEvent.submit(form)
    await within(form).findByText('200 comments brought so far…')
    state = 'done'
    await screen.findByText('Pages merged at /new')
    await waitFor(() => expect(form.isConnected).toBe(false))
    const [{ body } = { body: null }] = asked('POST /v1/thread-moves')
    expect(body).toMatchObject({ site: 'blog', from: '/post', to: '/new' })
    fireEvent.click(await screen.findByRole('button', { name: /Undo/, hidden: true }))
    await screen.findByText('The page is at /post again')
    const { id } = body as { id: string }
    expect(asked(`DELETE /v1/thread-moves/${id}`)).toHaveLength(1)
    // What is done to it next is done to the thread that answers for it.
    fireEvent.click(screen.getByRole('button', { name: 'Close thread', hidden: true }))
    await waitFor(() => expect(asked('POST /v1/threads/9/closure')).toHaveLength(1))
  })

  it('that is not there is told so', async () => {
    const error = { code: 'not_found', message: '' }
    dashboard.server.instead = (line) =>
      line === 'GET /v1/threads/8' ? { status: 404, body: { error } } : undefined
    await dashboard.open('/dashboard?page=thread&thread=8')
    await screen.findByText(/There is no such thread/)
  })
})

describe('An author', () => {
  const facts = { level: 'known', pinned: null, automatic: 'known', approvedByPeople: 1, refused: 0 } as const
  const author: Author = {
    ...{ id: 'a1', site: { id: 'blog', name: 'Blog' }, name: 'Mika', badge: null, firstSeen: at },
    trust: { ...facts, trustedAfter: 3 },
    counts: { approved: 1, rejected: 0, spam: 0 },
    latest: { pending: 0, deleted: 0, more: false },
    ...{ notes: 0, ban: null, erasure: null },
  }
  const read = (more: Partial<Author> = {}) => ({
    status: 200,
    body: { author: { ...author, ...more }, items: [], next: null },
  })

  async function open(answers: Answers) {
    dashboard.server.instead = (line) => answers[line]
    await dashboard.open('/dashboard?page=author&author=a1')
    await screen.findByRole('heading', { name: 'Mika' })
  }

  it('is banned, and given a badge, on their own page', async () => {
    const ban = {
      ...{
        id: 'b1',
        siteId: author.site.id,
        kind: 'author' as const,
        value: 'a1',
        until: null,
        reason: 'Rude',
      },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', network: null, replaced: null },
    }
    await open({
      'GET /v1/authors/a1': read(),
      'POST /v1/bans': { status: 201, body: ban },
      'PUT /v1/authors/a1/badge': { status: 204 },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Ban author…' }))
    const form = await screen.findByRole<HTMLFormElement>('form', { name: 'Ban Mika' })
    const reads = () => dashboard.server.asked.filter(({ line }) => line === 'GET /v1/authors/a1').length
    const before = reads()
    fireEvent.submit(form)
    await screen.findByText('Mika banned')
    await waitFor(() => expect(reads()).toBeGreaterThan(before))
    fireEvent.input(screen.getByLabelText('Badge shown to readers'), { target: { value: 'Editor' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save badge' }))
    await screen.findByText('Badge set: Editor')
    await waitFor(() => expect(reads()).toBeGreaterThan(before + 1))
  })

  it('is shown as trusted as before where a choice is refused', async () => {
    const error = { code: 'internal', message: '' }
    await open({
      'GET /v1/authors/a1': read(),
      'PUT /v1/authors/a1/trust': { status: 500, body: { error } },
    })
    const choice = screen.getByRole('combobox', { name: 'Trust' })
    fireEvent.change(choice, { target: { value: 'held' } })
    await screen.findByText(/^Not changed: /)
    await waitFor(() => expect(choice).toHaveProperty('value', ''))
  })

  it.each([
    [
      'with those who are said to be the same person',
      202,
      ['DELETE /v1/authors/a2', 'DELETE /v1/authors/a1'],
    ],
    ['not at all where one of these is refused', 403, ['DELETE /v1/authors/a2']],
  ])('is erased %s', async (_, status, lines) => {
    const part = { site: author.site, authorId: 'a1', comments: 1, more: false, erased: 0 }
    const erasure = (state: Erasure['state']) => ({ state, by: null, at: null, parts: [part] })
    const namesake = (id: string, name: string) => ({ ...part, id, name })
    const refused = { error: { code: 'forbidden', message: '' } }
    await open({
      'GET /v1/authors/a1': read(),
      'GET /v1/authors/a1/erasure': { status: 200, body: erasure('none') },
      'POST /v1/persons/searches': {
        status: 200,
        body: {
          emails: [],
          authors: [namesake('a1', 'Mika'), namesake('a2', 'M.'), namesake('a3', 'Nora')],
          more: false,
        },
      },
      'DELETE /v1/authors/a2': { status, body: status === 202 ? erasure('done') : refused },
      'DELETE /v1/authors/a1': { status: 202, body: erasure('done') },
    })
    click('Erase this person…')
    fireEvent.click(await screen.findByRole('checkbox', { name: 'M. – Blog' }))
    fireEvent.click(screen.getByRole('checkbox', { name: /^Nothing brings this back/ }))
    click('Erase for good')
    if (status === 403) await screen.findByText(/^Not erased: /)
    else await screen.findByText('0 of 1 comments erased.')
    const erased = dashboard.server.asked.filter(({ line }) => line.startsWith('DELETE /v1/authors/'))
    expect(erased.map(({ line }) => line)).toEqual(lines)
  })

  it('leaves the focus on what became of them when their erasure has ended', async () => {
    const part = { site: author.site, authorId: 'a1', comments: 1, more: false }
    const erasure = (state: Erasure['state'], erased: number) => ({
      status: 200,
      body: { state, by: 'Me', at, parts: [{ ...part, erased }] },
    })
    const answers: Answers = {
      'GET /v1/authors/a1': read({ erasure: { state: 'working', at } }),
      'GET /v1/authors/a1/erasure': erasure('working', 0),
    }
    await open(answers)
    await waitFor(() => expect(document.activeElement?.tagName).toBe('H2'))
    answers['GET /v1/authors/a1'] = read({ erasure: { state: 'done', at } })
    answers['GET /v1/authors/a1/erasure'] = erasure('done', 1)
    await waitFor(() => expect(document.activeElement).toHaveProperty('className', 'erased'))
  })
})

describe('The mentions', () => {
  it('say that those not seen yet could not be read, and read them again', async () => {
    const by = { id: 'm2', name: 'Mika' }
    const note = { id: 'n1', body: 'Look at this', by, at, mentions: [by], removable: false }
    const about = { siteId: 'blog', commentId: 'c1', authorId: 'a1', authorName: 'Nao' }
    let broken = true
    let turn = 0
    dashboard.server.instead = (line) => {
      if (line !== 'GET /v1/mentions') return undefined
      // What is not seen yet is asked for first.
      if (++turn % 2 && broken) return { status: 500, body: { error: { code: 'internal', message: '' } } }
      return { status: 200, body: { items: [{ note, seen: false, ...about }], next: null } }
    }
    await dashboard.open('/dashboard?page=mentions')
    const again = await screen.findByRole('button', { name: 'Try again' })
    broken = false
    fireEvent.click(again)
    await screen.findByText('Look at this')
    expect(document.activeElement?.textContent).toBe('Not seen yet')
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })
})

describe('The filter by site', () => {
  it('ends on the way to a page that is about no site', async () => {
    dashboard.server.session = { ...session, moderator: { ...session.moderator, role: 'owner' } }
    await dashboard.open('/dashboard?page=stats&site=blog')
    const link = screen.getByRole('link', { name: 'People' })
    expect(link.getAttribute('href')).toBe('/dashboard?page=people')
    fireEvent.click(link)
    expect(dashboard.desk.place.here.value).toMatchObject({ page: 'people', site: '' })
    expect(dashboard.desk.place.list.value).toBe('tab=held')
  })
})

describe('A list that could not be read for want of a connection', () => {
  it('is read when that is back', async () => {
    await dashboard.open('/dashboard')
    dashboard.server.audit = []
    dashboard.server.instead = (line) => (line === 'GET /v1/bans' ? { status: 503 } : undefined)
    dashboard.desk.place.go({ page: 'bans' })
    await screen.findByRole('alert')
    dashboard.desk.connection.online.value = false
    dashboard.server.instead = () => undefined
    lookAgain()
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })
})
