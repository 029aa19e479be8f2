import { createEvent, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { bare, comment } from './comment.ts'
import { inHand, listed, lookAgain, press, useDashboard } from './desk.tsx'

const three = () => [comment('1'), comment('2'), comment('3')]
const of = (id: string) => `Comment by Author ${id}`

describe('A moderator at the desk', () => {
  const at = useDashboard()

  it('approves with one key, has the next in hand, and takes it back with another', async () => {
    at.server.items = three()
    await at.open()
    expect(inHand()).toBe(of('1'))
    await press('a')
    await screen.findByText('Approved')
    expect(listed()).toEqual([of('2'), of('3')])
    expect(inHand()).toBe(of('2'))
    expect(at.server.items[0]?.status).toBe('approved')
    await press('z')
    await screen.findByText('Undone')
    expect(listed()).toEqual([of('1'), of('2'), of('3')])
    expect(inHand()).toBe(of('1'))
    expect(at.server.items[0]?.status).toBe('pending')
  })

  it('goes from an entry of the audit log to the page of the comment it tells of', async () => {
    at.server.items = three()
    await at.open()
    await press('a')
    await screen.findByText('Approved')
    at.desk.place.go({ page: 'audit-log' })
    const entry = await screen.findByRole('link', { name: /approved a comment/ })
    expect(entry.getAttribute('href')).toBe('/dashboard?page=comment&ids=1')
    fireEvent.click(entry)
    expect(at.desk.place.here.value).toMatchObject({ page: 'comment', ids: '1' })
  })

  it('reads in the audit log whose comment an entry tells of, and how it begins', async () => {
    const actor = { kind: 'moderator' as const, id: 'mika', name: 'Mika' }
    const entry = {
      at: new Date().toISOString(),
      actor,
      act: 'comment.approve',
      siteId: 'blog',
      details: {},
      ...bare,
    }
    at.server.audit = [
      { ...entry, id: 2, commentId: '2', comment: { author: 'Noor', excerpt: 'What I\u202e mean…' } },
      { ...entry, id: 1, commentId: '1', comment: null },
    ]
    await at.open('/dashboard?page=audit-log')
    const [first, second] = (await screen.findAllByRole('link', { name: /approved a comment/ })).map((one) =>
      one.closest('li'),
    )
    expect(first?.textContent).toContain('Noor: What IU+202E mean…')
    expect(second?.textContent).not.toContain(':')
  })

  it('says in the log what a setting was and is in the words of the settings', async () => {
    const actor = { kind: 'moderator' as const, id: 'mika', name: 'Mika' }
    const told = { ...bare, id: 1, at: new Date().toISOString(), actor, siteId: 'blog', details: {} }
    const changes = [{ field: 'publishedSpam', before: 'share', after: 'one_in_200' }]
    at.server.audit = [{ ...told, act: 'site.change', commentId: null, comment: null, changes }]
    await at.open('/dashboard?page=audit-log')
    await screen.findByText(/→ At most 1 in 200 published comments is spam$/)
  })

  it('leaves the focus on a line of the log whose undo is gone', async () => {
    const actor = { kind: 'moderator' as const, id: 'mika', name: 'Mika' }
    const told = { at: new Date().toISOString(), actor, siteId: 'blog', details: {}, ...bare }
    const line = { ...told, id: 1, act: 'comment.approve', commentId: '1', comment: null }
    const request = { method: 'DELETE' as const, path: '/v1/decisions/d-1' }
    at.server.audit = [{ ...line, undo: { state: 'open', request } }]
    await at.open('/dashboard?page=audit-log')
    const button = await screen.findByRole('button', { name: /^Undo.*approved/ })
    button.focus()
    fireEvent.click(button)
    at.server.audit = [{ ...line, undo: { state: 'undone', request: null } }]
    await waitFor(() => expect(button.isConnected).toBe(false))
    await waitFor(() => expect(document.activeElement?.tagName).toBe('LI'))
  })

  it('tells how far the undo of an act on many is, and what it brought back in the end', async () => {
    const actor = { kind: 'moderator' as const, id: 'mika', name: 'Mika' }
    const told = {
      ...bare,
      at: new Date().toISOString(),
      actor,
      siteId: 'blog',
      comment: null,
      commentId: null,
    }
    const line = {
      ...told,
      id: 9,
      act: 'bulk.start',
      bulk: { id: 'b', count: 300 },
      details: { action: 'spam' },
    }
    const request = { method: 'DELETE' as const, path: '/v1/bulk-acts/b' }
    at.server.audit = [{ ...line, undo: { state: 'open', request } }]
    let restored = 120
    at.server.instead = (line) =>
      line.endsWith(' /v1/bulk-acts/b')
        ? {
            status: 200,
            body: { id: 'b', state: restored < 300 ? 'undoing' : 'undone', decided: 300, restored },
          }
        : undefined
    await at.open('/dashboard?page=audit-log')
    fireEvent.click(await screen.findByRole('button', { name: /^Undo all 300/ }))
    await screen.findByText(/120 of 300/)
    at.server.audit = [{ ...line, undo: { state: 'undone', request: null } }]
    restored = 300
    await screen.findByText(/^300 .*undone/)
    await screen.findByText('Undone since')
  })

  it('undoes of what was decided together what stands, and never decides again what was taken back', async () => {
    const actor = { kind: 'moderator' as const, id: 'mika', name: 'Mika' }
    const told = { at: new Date().toISOString(), actor, siteId: 'blog', comment: null, ...bare }
    const decision = (id: number, state: 'open' | 'undone') => {
      const request = state === 'open' ? { method: 'DELETE' as const, path: `/v1/decisions/d-${id}` } : null
      return {
        ...told,
        id,
        act: 'comment.approve',
        commentId: `${id}`,
        details: {},
        undo: { state, request },
      }
    }
    const again = { method: 'POST' as const, path: '/v1/decisions', body: [] }
    const bulk = { id: 'b', count: 2 }
    at.server.audit = [
      {
        ...{ ...told, id: 9, act: 'bulk.decide', commentId: null, bulk, details: { action: 'approve' } },
        undo: { state: 'open', request: null },
      },
    ]
    at.server.instead = (line) =>
      line === 'DELETE /v1/decisions/d-1' ? { status: 200, body: {} } : undefined
    await at.open('/dashboard?page=audit-log')
    const button = await screen.findByRole('button', { name: /^Undo all 2/ })
    const undone = { ...decision(2, 'undone'), id: 3, act: 'comment.undo' }
    at.server.audit = [
      { ...undone, undo: { state: 'open', request: again } },
      decision(2, 'undone'),
      decision(1, 'open'),
    ]
    fireEvent.click(button)
    await screen.findByText(/undone; 1 has changed since/)
    const sent = at.server.asked.map(({ line }) => line).filter((line) => line.includes('/v1/decisions'))
    expect(sent).toEqual(['DELETE /v1/decisions/d-1'])
  })

  it('sends the revision and the status it saw, and the reason chosen by its number', async () => {
    at.server.items = three()
    await at.open()
    await press('r')
    await press('2')
    await press('Enter')
    await screen.findByText('Rejected')
    expect(at.server.asked.find(({ line }) => line === 'POST /v1/decisions')?.body).toEqual([
      { commentId: '1', revision: 1, status: 'pending', action: 'reject', reason: 'abuse' },
    ])
  })

  it('leaves the reason chooser by Escape with nothing decided', async () => {
    at.server.items = three()
    await at.open()
    await press('r')
    expect(screen.getByText('Why is it rejected?')).toBeTruthy()
    await press('Escape')
    await waitFor(() => expect(screen.queryByText('Why is it rejected?')).toBeNull())
    expect(at.server.items[0]?.status).toBe('pending')
    expect(listed()).toHaveLength(3)
  })

  it('rejects in own words, where digits are text', async () => {
    at.server.items = three()
    await at.open()
    await press('r')
    const own = screen.getByLabelText('In your own words')
    fireEvent.keyDown(own, { key: '2' })
    fireEvent.input(own, { target: { value: 'See rule 2' } })
    fireEvent.keyDown(own, { key: 'Enter' })
    await screen.findByText('Rejected')
    expect(at.server.asked.find(({ line }) => line === 'POST /v1/decisions')?.body).toMatchObject([
      { reason: 'See rule 2' },
    ])
  })

  it('decides a selection at once and undoes all of it at once', async () => {
    at.server.items = three()
    await at.open()
    await press('x')
    await press('j')
    await press('j')
    await press('X')
    expect(screen.getByText('3 selected')).toBeTruthy()
    await press('s')
    await screen.findByText('3 marked as spam')
    expect(listed()).toEqual([])
    await press('z')
    await screen.findByText('3 undone')
    expect(listed()).toEqual([of('1'), of('2'), of('3')])
    expect(at.server.items.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending'])
  })

  it('is told when somebody was faster, sees the present state, and can decide anyway', async () => {
    at.server.items = three()
    await at.open()
    at.server.decideAs('Mika', '1', 'reject')
    await press('a')
    const [told] = await screen.findAllByText(/Already rejected by Mika .* ago; nothing changed\./)
    expect(told).toBeTruthy()
    expect(at.server.items[0]?.status).toBe('rejected')
    expect(listed()[0]).toBe(of('1'))
    const row = within(screen.getByRole('article', { name: of('1') }))
    expect(row.getByText('rejected')).toBeTruthy()
    fireEvent.click(row.getByText('Approve anyway'))
    await waitFor(() => expect(listed()).toEqual([of('2'), of('3')]))
    expect(inHand()).toBe(of('2'))
    await screen.findByText('Approved')
    expect(at.server.items[0]?.status).toBe('approved')
  })

  it('gets the losers of a batch back, and the winners can still be undone', async () => {
    at.server.items = three()
    await at.open()
    at.server.decideAs('Mika', '2', 'approve')
    await press('A')
    await press('d')
    await screen.findByText('2 deleted; 1 was not, see the note on it')
    expect(listed()).toEqual([of('2')])
    expect(screen.getByText(/Already approved by Mika/)).toBeTruthy()
    await press('z')
    await screen.findByText('2 undone')
    expect(listed()).toEqual([of('1'), of('2'), of('3')])
  })

  it('gets a comment back with the error in words when the worker fails', async () => {
    at.server.items = three()
    await at.open()
    at.server.instead = (line) =>
      line === 'POST /v1/decisions'
        ? { status: 500, body: { error: { code: 'internal', message: 'boom' } } }
        : undefined
    await press('a')
    await screen.findAllByText('Not approved: The server failed. Try again.')
    expect(listed()).toEqual([of('1'), of('2'), of('3')])
    at.server.instead = () => undefined
    fireEvent.click(within(screen.getByRole('article', { name: of('1') })).getByText('Try again'))
    await screen.findByText('Approved')
  })

  it('does not pretend to decide while the worker cannot be reached', async () => {
    at.server.items = three()
    await at.open()
    await at.server.close()
    await press('a')
    await screen.findAllByText(/Not approved: The server does not answer/)
    expect(listed()).toHaveLength(3)
    expect(screen.getByText(/No connection to the server/)).toBeTruthy()
    await press('j')
    await press('a')
    await screen.findByText(/No connection: nothing was decided/)
    expect(listed()).toHaveLength(3)
  })

  it('undoes a decision that is still under way', async () => {
    at.server.items = three()
    await at.open()
    let open = () => {}
    at.server.gate = new Promise<void>((done) => {
      open = done
    })
    await press('a')
    await press('z')
    open()
    await screen.findByText('Undone')
    expect(at.server.items[0]?.status).toBe('pending')
    expect(listed()).toEqual([of('1'), of('2'), of('3')])
  })

  it('keeps place and comment in hand through a lost session', async () => {
    at.server.items = three()
    await at.open('/dashboard?q=Body')
    await press('j')
    at.server.signedIn = false
    lookAgain()
    await screen.findByText(/Your session has ended/)
    fireEvent.input(screen.getByLabelText('Paste the link here'), {
      target: { value: 'http://x/dashboard#sign-in=good' },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(inHand()).toBe(of('2')))
    expect(location.search).toBe('?q=Body')
  })

  it('signs in by a link, whose token leaves the address bar, and says when it was used before', async () => {
    at.server.signedIn = false
    await at.open('/dashboard#sign-in=used')
    await screen.findByText(/has been used or has expired/)
    expect(location.hash).toBe('')
    expect(at.server.asked[0]).toMatchObject({ line: 'POST /v1/session', body: { token: 'used' } })
  })

  it('signs in by a link that is opened in the tab that is open', async () => {
    at.server.signedIn = false
    at.server.items = three()
    await at.open()
    await screen.findByLabelText('Paste the link here')
    location.hash = '#sign-in=good'
    await waitFor(() => expect(listed()).toHaveLength(3))
    expect(location.hash).toBe('')
  })

  it('stays signed in when the link opened in the tab has ended, and is told so', async () => {
    at.server.items = three()
    await at.open()
    at.server.instead = (line) =>
      line === 'POST /v1/session'
        ? { status: 401, body: { error: { code: 'link_expired', message: '' } } }
        : undefined
    location.hash = '#sign-in=used'
    await screen.findByText(/has been used or has expired/)
    expect(listed()).toHaveLength(3)
  })

  it('decides nothing by a key that is held on a button, or presses it twice', async () => {
    at.server.items = three()
    await at.open()
    const [button] = screen.getAllByRole('button', { name: /Approve/ })
    const isPressed = (key: string, more: KeyboardEventInit & { at: number }) => {
      const event = createEvent.keyDown(button as Element, { key, ...more })
      Object.defineProperty(event, 'timeStamp', { value: more.at })
      return fireEvent(button as Element, event)
    }
    expect(isPressed('Enter', { at: 1_000 })).toBe(true)
    expect(isPressed('Enter', { at: 1_040, repeat: true })).toBe(false)
    expect(isPressed('Enter', { at: 1_200 })).toBe(false)
    expect(isPressed(' ', { at: 1_700 })).toBe(true)
    isPressed('Tab', { at: 1_750 })
    expect(isPressed('Enter', { at: 1_800 })).toBe(true)
  })

  it('decides nothing by the second half of a double click', async () => {
    at.server.items = three()
    await at.open()
    const approveAt = async (timeStamp: number) => {
      const [button] = screen.getAllByRole('button', { name: /Approve/ })
      const click = createEvent.click(button as Element, { detail: 1, clientX: 40, clientY: 90 })
      Object.defineProperty(click, 'timeStamp', { value: timeStamp })
      fireEvent(button as Element, click)
      await new Promise(setImmediate)
    }
    await approveAt(1_000)
    expect(listed()).toEqual([of('2'), of('3')])
    await approveAt(1_200)
    expect(listed()).toEqual([of('2'), of('3')])
    await approveAt(1_600)
    expect(listed()).toEqual([of('3')])
  })

  it('waits for the second key of two for a moment only', async () => {
    at.server.items = three()
    await at.open()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    fireEvent.keyDown(document.body, { key: 'g' })
    vi.advanceTimersByTime(2_000)
    vi.useRealTimers()
    await press('a')
    await screen.findByText('Approved')
  })
})
