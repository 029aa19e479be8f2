import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { swipes } from '../../../../widget/dashboard/core/preferences.ts'
import type { Locale } from '../../../../widget/dashboard/core/wordFiles.ts'
import { speak } from '../../../../widget/dashboard/core/words.ts'
import ar from '../../../../widget/dashboard/locales/ar.json'
import { readFindings } from '../../../../worker/contract/readFindings.ts'
import type { Session } from '../../../../worker/contract/session.ts'
import { comment } from '../comment.ts'
import { inHand, listed, lookAgain, press, useDashboard } from '../desk.tsx'

const of = (id: string) => `Comment by Author ${id}`

const linked = 'd9428888-122b-41e1-b85a-61aeb3f0b0c1'

describe('The queue on screen', () => {
  const at = useDashboard()

  it('takes in what comes at its end without moving the comment in hand', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open()
    await press('j')
    at.server.add(comment('3'))
    lookAgain()
    await waitFor(() => expect(listed()).toEqual([of('1'), of('2'), of('3')]))
    expect(inHand()).toBe(of('2'))
  })

  it('offers what would push others down until it is asked for', async () => {
    at.server.items = [comment('1', { status: 'spam' }), comment('2', { status: 'spam' })]
    await at.open('/dashboard?tab=spam')
    expect(listed()).toEqual([of('2'), of('1')])
    at.server.add(comment('3', { status: 'spam' }))
    lookAgain()
    const offer = await screen.findByText(/1 new comment/)
    expect(listed()).toEqual([of('2'), of('1')])
    fireEvent.click(offer)
    expect(listed()).toEqual([of('3'), of('2'), of('1')])
    expect(inHand()).toBe(of('3'))
  })

  it('says who decided a comment before its row leaves', async () => {
    at.server.items = [comment('1'), comment('2'), comment('3')]
    await at.open()
    at.server.decideAs('Mika', '2', 'approve')
    lookAgain()
    await screen.findByText('Approved by Mika')
    expect(listed()).toEqual([of('1'), of('2'), of('3')])
    lookAgain()
    await waitFor(() => expect(listed()).toEqual([of('1'), of('3')]))
    expect(inHand()).toBe(of('1'))
  })

  it('leads from a site that is none of one’s own to all', async () => {
    at.server.items = [comment('1')]
    const none = { error: { code: 'not_found', message: 'There is no such site.' } }
    at.server.instead = (line, query) =>
      line === 'GET /v1/queue' && query?.has('site') ? { status: 404, body: none } : undefined
    await at.open('/dashboard?site=another')
    fireEvent.click(await screen.findByRole('button', { name: 'All sites' }))
    await waitFor(() => expect(listed()).toEqual([of('1')]))
    expect(location.search).toBe('')
  })

  it('lets the search be narrowed by any reason that it knows, and names it once it is typed', async () => {
    at.server.items = [comment('1')]
    await at.open('/dashboard?tab=all&q=reason:abuse')
    const chosen = () => (screen.getByRole('combobox', { name: 'Any reason' }) as HTMLSelectElement).value
    await screen.findByRole('option', { name: 'Abuse' })
    expect(chosen()).toBe('abuse')
    at.desk.place.go({ q: 'lang:ja' })
    await waitFor(() => expect(chosen()).toBe(''))
  })

  it('holds rows and counts still while the mouse rests on the list', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open()
    const held = () => screen.getByRole('link', { name: /^Held/ }).textContent
    expect(held()).toBe('Held2')
    const rest = (type: string) =>
      fireEvent(
        document.querySelector('ol.comments') as Element,
        Object.assign(new Event(type), { pointerType: 'mouse' }),
      )
    rest('pointerenter')
    at.server.decideAs('Mika', '1', 'approve')
    lookAgain()
    await screen.findByText('Approved by Mika')
    lookAgain()
    await waitFor(() =>
      expect(at.server.asked.filter(({ line }) => line === 'GET /v1/queue').length).toBeGreaterThan(2),
    )
    expect(listed()).toHaveLength(2)
    expect(held()).toBe('Held2')
    rest('pointerleave')
    await waitFor(() => expect(held()).toBe('Held1'))
  })

  it('does not bring back a decided comment by an answer that set out before', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open()
    let open = () => {}
    at.server.gate = new Promise<void>((done) => {
      open = done
    })
    at.server.add(comment('3'))
    lookAgain()
    const asked = () => at.server.asked.filter(({ line }) => line === 'GET /v1/queue').length
    await waitFor(() => expect(asked()).toBe(2))
    at.server.gate = Promise.resolve()
    await press('a')
    await screen.findByText('Approved')
    open()
    await waitFor(() => expect(listed()).toContain(of('3')))
    expect(listed()).toEqual([of('2'), of('3')])
    expect(screen.queryByText(/new comment/)).toBeNull()
  })

  it('says so when an author edits a comment that is on screen', async () => {
    at.server.items = [comment('1')]
    await at.open()
    at.server.change('1', { revision: 2, content: [{ type: 'paragraph', children: ['Now this'] }] })
    lookAgain()
    await screen.findByText('The author has just edited this.')
    expect(screen.getByText('Now this')).toBeTruthy()
  })

  it('says that an earlier version is public while an edit of it waits, and no longer', async () => {
    const told = () => screen.queryByText('An earlier version is still public')
    at.server.items = [comment('1', { shown: true, revision: 2 }), comment('2')]
    await at.open('/dashboard?tab=all')
    expect(told()?.closest('article')?.getAttribute('aria-label')).toBe(of('1'))
    await press('j')
    await press('a')
    await screen.findByText('Approved')
    expect(told()).toBeNull()
    at.server.change('2', { shown: true, revision: 2 })
    lookAgain()
    await screen.findByText('An earlier version is still public')
    at.server.change('2', { shown: false })
    lookAgain()
    await waitFor(() => expect(told()).toBeNull())
  })

  it('tells where nothing waits what was done in the last hour, and when the next is likely', async () => {
    at.server.pace = {
      ...{ decided: { approve: 12, reject: 0, spam: 3, delete: 0 }, screened: 1200 },
      ...{ seconds: 1500, complete: false, nextInSeconds: 540 },
    }
    await at.open('/dashboard?site=blog')
    await screen.findByText(
      'In the last 25 min: 12 approved, 3 marked as spam, 1,200 by screening itself. The next is likely in 9 minutes.',
    )
    at.desk.place.go({ tab: 'spam' })
    await waitFor(() => expect(screen.queryByText(/In the last/)).toBeNull())
  })

  it('says that nothing waits, and shows what comes then', async () => {
    await at.open()
    expect(screen.getByText('Nothing waits for you.')).toBeTruthy()
    at.server.add(comment('1'))
    lookAgain()
    await waitFor(() => expect(inHand()).toBe(of('1')))
  })

  it.each([`?comment=${linked}`, `#comment-${linked}`])(
    'opens with the comment that a link leads to, whatever became of it: %s',
    async (link) => {
      at.server.items = [comment('1'), comment('2', { id: linked, status: 'rejected' })]
      await at.open(`/dashboard${link}`)
      expect(listed()).toEqual(['Comment by Author 2'])
      expect(location.pathname + location.search + location.hash).toBe(`/dashboard?tab=all&ids=${linked}`)
    },
  )

  it('goes on with what follows when all that is listed is cleared', async () => {
    at.server.items = [comment('1'), comment('2'), comment('3')]
    at.server.pageSize = 2
    await at.open()
    await press('A')
    await press('a')
    await waitFor(() => expect(listed()).toEqual([of('3')]))
  })

  it('leaves the focus on the page when the last comment goes, and on the comment when it comes back', async () => {
    at.server.items = [comment('1')]
    await at.open()
    screen.getByRole('article').focus()
    await press('a')
    await waitFor(() => expect(document.activeElement?.id).toBe('main'))
    await press('z')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('article')))
  })

  it('takes the focus from the search to the comment in hand', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open()
    const first = screen.getByRole('article', { name: of('1') })
    const field = screen.getByLabelText('Search comments')
    await press('/')
    expect(document.activeElement).toBe(field)
    fireEvent.submit(field.closest('form') as HTMLFormElement)
    expect(document.activeElement).toBe(first)
    await press('/')
    await press('Escape')
    expect(document.activeElement).toBe(first)
  })

  it('ends a search by Escape in its field, in the list as well', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open('/dashboard?q=of+1')
    expect(listed()).toEqual([of('1')])
    await press('/')
    await press('Escape')
    await waitFor(() => expect(listed()).toEqual([of('1'), of('2')]))
    expect(screen.getByLabelText<HTMLInputElement>('Search comments').value).toBe('')
    expect(location.search).toBe('')
  })

  it('says once what it does not understand in a search, and takes it back', async () => {
    at.server.items = [comment('1')]
    const error = { code: 'invalid', field: 'q', message: 'There is no "auther:".' }
    at.server.instead = (line) => (line === 'GET /v1/queue' ? { status: 400, body: { error } } : undefined)
    await at.open('/dashboard?tab=all&q=auther:ann')
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /There is no “auther:”\. There are author: /,
    )
    at.server.instead = () => undefined
    fireEvent.click(await screen.findByRole('button', { name: 'Show everything' }))
    await waitFor(() => expect(listed()).toEqual([of('1')]))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(at.server.asked.map(({ line }) => line)).not.toContain('GET /v1/queue/counts')
  })

  it('goes to a comment whose link is pasted into the search', async () => {
    at.server.items = [comment('1'), comment('2', { id: linked, status: 'spam' })]
    await at.open()
    const field = screen.getByLabelText('Search comments')
    fireEvent.input(field, { target: { value: `https://blog.example/post#comment-${linked}` } })
    fireEvent.submit(field.closest('form') as HTMLFormElement)
    await waitFor(() => expect(listed()).toEqual(['Comment by Author 2']))
  })

  it('names the site of each comment where there are several, and where its links lead', async () => {
    const link = (href: string) => ({ type: 'link' as const, href, children: ['here'] })
    const content = [
      {
        type: 'paragraph' as const,
        children: ['See ', link('https://www.a.example/x'), link('https://a.example/y')],
      },
      { type: 'quote' as const, children: ['b', 'c', 'd'].map((name) => link(`mailto:me@${name}.example`)) },
    ]
    at.server.items = [comment('1', { content, site: { id: 'shop', name: 'The shop' } })]
    const blog = at.server.session.sites[0] as Session['sites'][number]
    at.server.session = { ...at.server.session, sites: [blog, { ...blog, id: 'shop', name: 'The shop' }] }
    await at.open()
    const row = () => screen.getByRole('article')
    expect(row().querySelector('.meta')?.textContent).toContain('The shop')
    const chips = [...row().querySelectorAll('.chips .link')].map((chip) => chip.textContent)
    expect(chips).toEqual(['Links to a.example', 'Links to b.example', 'Links to c.example', '+1'])
    at.desk.place.go({ site: 'shop' })
    await waitFor(() => expect(row().querySelector('.meta')?.textContent).not.toContain('The shop'))
  })

  describe('under a finger', () => {
    const path = [
      [12, 1],
      [40, 4],
      [120, 6],
    ]
    /** Pushes the first row along a path that begins in its middle. */
    async function push(way: 1 | -1, steps = path, pointerType = 'touch') {
      const row = screen.getAllByRole('article')[0] as Element
      const touch = { pointerType, pointerId: 1, bubbles: true }
      fireEvent.pointerDown(row, { ...touch, clientX: 300, clientY: 100 })
      for (const [x = 0, y = 0] of steps)
        fireEvent.pointerMove(row, { ...touch, clientX: 300 + way * x, clientY: 100 + y })
      const [x = 0, y = 0] = steps.at(-1) ?? []
      fireEvent.pointerUp(row, { ...touch, clientX: 300 + way * x, clientY: 100 + y })
      await new Promise(setImmediate)
    }
    const statuses = () => at.server.items.map(({ status }) => status)

    it('approves to the right, calls spam to the left, and both can be undone', async () => {
      at.server.items = [comment('1'), comment('2')]
      await at.open()
      await push(1)
      await screen.findByText('Approved')
      await push(-1)
      await screen.findByText('Marked as spam')
      expect(statuses()).toEqual(['approved', 'spam'])
      await press('z')
      await screen.findByText('Undone')
      expect(statuses()).toEqual(['approved', 'pending'])
    })

    it('does so the other way round where lines begin at the right', async () => {
      at.server.items = [comment('1'), comment('2')]
      await at.open()
      speak('ar', ar as Locale)
      await push(1)
      await push(-1)
      await waitFor(() => expect(statuses()).toEqual(['spam', 'approved']))
    })

    it.each([
      [
        'up or down',
        [
          [3, 14],
          [40, 20],
          [200, 30],
        ],
        'touch',
      ],
      [
        'as much up as sideways',
        [
          [10, 9],
          [200, 30],
        ],
        'touch',
      ],
      [
        'not far enough',
        [
          [20, 1],
          [80, 2],
        ],
        'touch',
      ],
      [
        'and back',
        [
          [20, 1],
          [150, 2],
          [5, 2],
        ],
        'touch',
      ],
      ['of a mouse', path, 'mouse'],
    ])('decides nothing by a push that goes %s', async (_, steps, pointerType) => {
      at.server.items = [comment('1'), comment('2')]
      await at.open()
      await push(1, steps, pointerType)
      expect(listed()).toEqual([of('1'), of('2')])
      expect(statuses()).toEqual(['pending', 'pending'])
    })

    it('decides nothing where swiping is switched off', async () => {
      at.server.items = [comment('1'), comment('2')]
      await at.open()
      await press('?')
      fireEvent.click(await screen.findByLabelText(/^Swipe a comment/))
      await press('Escape')
      await push(1)
      expect(listed()).toEqual([of('1'), of('2')])
      swipes.value = true
    })
  })

  it('tells a failure to load in words and recovers by itself', async () => {
    at.server.items = [comment('1')]
    at.server.instead = (line) =>
      line === 'GET /v1/queue'
        ? { status: 503, body: { error: { code: 'unavailable', message: 'x' } } }
        : undefined
    await at.open()
    expect(screen.getByText('The comments could not be loaded.')).toBeTruthy()
    at.server.instead = () => undefined
    lookAgain()
    await waitFor(() => expect(listed()).toEqual([of('1')]))
  })

  it('shows markup in names, titles and bodies as the text it is, and names what hides', async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    at.server.items = [
      comment('1', {
        author: { id: 'x', name: hostile, email: '"<b>"@x.example', url: 'javascript:alert(1)', badge: null },
        thread: {
          id: 7,
          key: '/',
          url: 'javascript:alert(1)',
          title: `"><script>${hostile}`,
          givenTitle: null,
          closed: null,
          checked: false,
        },
        content: [
          { type: 'paragraph', children: [hostile, 'in\u202evisible'] },
          { type: 'link', href: 'javascript:alert(1)', children: ['click'] },
        ],
        findings: readFindings([{ code: 'constructor', weight: 3, params: {} }]),
      }),
    ]
    await at.open()
    expect(document.querySelector('article img, article script, aside img')).toBeNull()
    expect(document.querySelector('[href^="javascript"]')).toBeNull()
    expect(screen.getAllByText(hostile).length).toBeGreaterThan(0)
    expect(screen.getByText('U+202E')).toBeTruthy()
    expect(document.body.textContent).not.toContain('\u202e')
    expect(document.querySelector('.chips')?.textContent).toBe('constructor')
  })

  it('has every comment of a thread checked, says so, and stops by undo', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open()
    await press('i')
    fireEvent.click(await screen.findByText('Check every comment here'))
    await screen.findByText('Every comment of the thread waits for a person now')
    expect(screen.getByText('Every comment here waits for a person')).toBeTruthy()
    expect(screen.getByText('Stop checking')).toBeTruthy()
    fireEvent.click(screen.getByText('Close'))
    await press('z')
    await screen.findByText('The thread’s comments are no longer all checked')
    const checks = at.server.asked.filter(({ line }) => line.includes('check'))
    expect(checks.map(({ line }) => line)).toEqual(['POST /v1/threads/7/check', 'DELETE /v1/threads/7/check'])
  })

  it('shows the comments that one resembles, itself among them', async () => {
    const params = { count: 2, refused: 0, ids: ['3', '4'] }
    at.server.items = [
      comment('1', { findings: [{ code: 'near_duplicate', weight: 2, params }] }),
      comment('2'),
      comment('3', { status: 'approved' }),
      comment('4', { status: 'spam' }),
    ]
    await at.open()
    expect(screen.getByText('Much like 2 other comments')).toBeTruthy()
    await press('i')
    fireEvent.click(await screen.findByText('See the comments alike'))
    await waitFor(() => expect(listed()).toEqual([of('4'), of('3'), of('1')]))
    expect(location.search).toBe('?tab=all&ids=1%2C3%2C4')
    fireEvent.click(screen.getByRole('button', { name: 'Remove filter: Comments alike' }))
    await waitFor(() => expect(listed()).toHaveLength(4))
  })

  it('closes a thread and reopens it by undo', async () => {
    at.server.items = [comment('1')]
    await at.open()
    await press('i')
    fireEvent.click(await screen.findByText('Close thread'))
    await screen.findByText('Thread closed')
    fireEvent.click(screen.getByText('Close'))
    await press('z')
    await screen.findByText('Thread reopened')
    const closures = at.server.asked.filter(({ line }) => line.includes('closure'))
    expect(closures.map(({ line }) => line)).toEqual([
      'POST /v1/threads/7/closure',
      'DELETE /v1/threads/7/closure',
    ])
  })
})
