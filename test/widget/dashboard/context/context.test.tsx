import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { comment, session } from '../comment.ts'
import { inHand, listed, lookAgain, press, useDashboard } from '../desk.tsx'

const of = (id: string) => `Comment by Author ${id}`
const flags = { count: 3, reasons: { abuse: 1, spam: 2 }, notes: ['He <b>shouts</b>.', 'Twice\u202e.'] }
const flagged = (id: string) => comment(id, { status: 'approved', flags })
const chips = () => [...document.querySelectorAll('.chips li')].map((chip) => chip.textContent)

describe('A comment that was brought', () => {
  const at = useDashboard()
  const brought = comment('1', { imported: { id: 'i1', system: 'Movable Type' } })

  it('says from where, and on its page owners have the way to its import', async () => {
    at.server.items = [brought]
    const keptUntil = { comment: null, email: null, formerTexts: null, notes: null }
    const nothing = { revisions: [], decisions: [], flags: [], appeal: null, notes: [], keptUntil }
    at.server.instead = (line) =>
      line === 'GET /v1/comments/1' ? { status: 200, body: { comment: brought, ...nothing } } : undefined
    await at.open()
    await press('i')
    await screen.findByText('Imported from Movable Type')
    at.desk.place.go({ page: 'comment', ids: '1' })
    const link = await screen.findByRole('link', { name: 'Imported from Movable Type' })
    expect(link.getAttribute('href')).toContain('page=imports')
    const { moderator } = session
    at.desk.session.session.value = { ...session, moderator: { ...moderator, role: 'moderator' } }
    await waitFor(() => expect(screen.queryByRole('link', { name: /^Imported/ })).toBe(null))
    screen.getByText('Imported from Movable Type')
  })
})

describe('What readers flagged', () => {
  const at = useDashboard()
  const decisions = () => at.server.asked.filter(({ line }) => line === 'POST /v1/decisions')

  it('is told in words with counts, and what they wrote is quoted as text', async () => {
    at.server.items = [flagged('1')]
    await at.open('/dashboard?tab=flagged')
    expect(chips()).toEqual(['Readers: spam 2, insult 1'])
    await press('i')
    await screen.findByText('3 readers flagged it')
    const notes = [...document.querySelectorAll('blockquote.voice')].map((note) => note.textContent)
    expect(notes).toEqual(['He <b>shouts</b>.', 'TwiceU+202E.'])
    expect(document.querySelector('blockquote b')).toBeNull()
  })

  it('is kept with one key, has the next in hand, and comes back with another', async () => {
    at.server.items = [flagged('1'), flagged('2')]
    await at.open('/dashboard?tab=flagged')
    expect(inHand()).toBe(of('2'))
    expect(screen.getByRole('button', { name: /^Keep/ })).toBeTruthy()
    await press('a')
    await screen.findByText('Kept')
    expect(listed()).toEqual([of('1')])
    expect(inHand()).toBe(of('1'))
    expect(decisions()[0]?.body).toEqual([
      { commentId: '2', revision: 1, status: 'approved', action: 'approve' },
    ])
    await press('z')
    await screen.findByText('Undone')
    expect(listed()).toEqual([of('2'), of('1')])
    expect(chips()).toEqual(['Readers: spam 2, insult 1', 'Readers: spam 2, insult 1'])
    await press('s')
    await screen.findByText('Marked as spam')
    await press('a')
    await screen.findByText('No reader has complained.')
  })

  it('offers to keep on every tab, and nothing more once it is kept', async () => {
    at.server.items = [flagged('1')]
    await at.open('/dashboard?tab=all')
    await press('a')
    await screen.findByText('Kept')
    expect(listed()).toEqual([of('1')])
    expect(screen.queryByRole('button', { name: /^(Keep|Approve)/ })).toBeNull()
    await press('a')
    expect(decisions()).toHaveLength(1)
  })

  it('leaves the list when somebody else answered it', async () => {
    at.server.items = [flagged('1')]
    await at.open('/dashboard?tab=flagged')
    at.server.change('1', { flags: null })
    lookAgain()
    await screen.findByText('No longer in this list')
  })
})

describe('An author who asks for another look', () => {
  const at = useDashboard()

  it('is heard: a chip in the list, their words in the context', async () => {
    at.server.items = [
      comment('1', {
        appeal: 'I <i>meant</i> well.',
        appealed: { state: 'open', answer: null, refusal: null },
      }),
      comment('2', { appeal: '' }),
    ]
    await at.open()
    expect(chips()).toEqual(['Asked for another look', 'Asked for another look'])
    await press('i')
    await screen.findByText('Its author asks for another look')
    expect(screen.getByText('I <i>meant</i> well.')).toBeTruthy()
    fireEvent.click(screen.getByText('Close'))
    await press('j')
    await press('i')
    await screen.findByText('Without a word of why.')
  })

  it('is not waiting any more once that is decided', async () => {
    at.server.items = [
      comment('1', {
        appeal: 'Please.',
        appealed: { state: 'open', answer: null, refusal: null },
        status: 'rejected',
      }),
    ]
    await at.open('/dashboard?tab=all')
    expect(chips()).toEqual([])
  })
})

describe('A shown root comment', () => {
  const at = useDashboard()
  const pins = () => at.server.asked.map(({ line }) => line).filter((line) => line.endsWith('/pin'))
  const shown = (id: string, more = {}) => comment(id, { status: 'approved', ...more })

  it('is pinned with a key or in the context, says so, and is unpinned by undo', async () => {
    at.server.items = [shown('1')]
    await at.open('/dashboard?tab=all')
    await press('p')
    await screen.findByText('Pinned above the others')
    expect(chips()).toEqual(['Pinned'])
    await press('z')
    await screen.findByText('No longer pinned')
    expect(chips()).toEqual([])
    await press('i')
    fireEvent.click(await screen.findByText('Pin above the others'))
    await screen.findByText('Unpin')
    expect(pins()).toEqual(['PUT /v1/comments/1/pin', 'DELETE /v1/comments/1/pin', 'PUT /v1/comments/1/pin'])
  })

  it('tells in words that its thread has enough of them', async () => {
    at.server.items = [shown('1')]
    at.server.instead = (line) =>
      line.endsWith('/pin')
        ? { status: 409, body: { error: { code: 'conflict', message: 'x', limit: 3 } } }
        : undefined
    await at.open('/dashboard?tab=all')
    await press('p')
    await screen.findByText('Not pinned: this thread has 3 pinned comments. Unpin one first.')
    expect(chips()).toEqual([])
  })

  it('is the only kind that can be pinned', async () => {
    const parent = { id: '9', name: 'Mika', content: [] }
    at.server.items = [shown('1', { parent }), comment('2')]
    await at.open('/dashboard?tab=all')
    await press('p')
    await screen.findByText(/only a first comment that readers see can be pinned/)
    await press('j')
    await press('p')
    await press('i')
    await screen.findByText('Close thread')
    expect(screen.queryByText('Pin above the others')).toBeNull()
    expect(pins()).toEqual([])
  })
})

describe('An author’s badge', () => {
  const at = useDashboard()
  const field = () => screen.findByLabelText('Badge shown to readers') as Promise<HTMLInputElement>
  const badges = () => at.server.asked.filter(({ line }) => line.endsWith('/badge')).map(({ body }) => body)

  it('is set by an owner from suggestions or freely, and taken back', async () => {
    at.server.items = [comment('1')]
    await at.open()
    await press('i')
    const suggested = [...((await field()).list?.options ?? [])].map(({ value }) => value)
    expect(suggested).toEqual(['Author', 'Editor', 'Staff'])
    expect(screen.queryByText('Save badge')).toBeNull()
    fireEvent.input(await field(), { target: { value: ' Editor ' } })
    fireEvent.click(screen.getByText('Save badge'))
    await screen.findByText('Badge set: Editor')
    expect((await field()).value).toBe('Editor')
    fireEvent.click(screen.getByText('Close'))
    await press('z')
    await screen.findByText('Badge removed')
    expect(badges()).toEqual([{ badge: 'Editor' }, { badge: null }])
  })

  it('is told to a moderator, who cannot change it', async () => {
    at.server.session = { ...session, moderator: { ...session.moderator, role: 'moderator' } as never }
    const { author } = comment('1')
    at.server.items = [comment('1', { author: { ...author, badge: 'Staff' } })]
    await at.open()
    await press('i')
    await waitFor(() => expect(screen.getByText('Staff')).toBeTruthy())
    expect(screen.queryByLabelText('Badge shown to readers')).toBeNull()
  })
})

describe('A page’s name', () => {
  const at = useDashboard()
  const field = () => screen.findByLabelText('Name of the page') as Promise<HTMLInputElement>
  const names = () => at.server.asked.filter(({ line }) => line.endsWith('/title')).map(({ body }) => body)

  it('is set by staff, shown in the list, and taken back by undo', async () => {
    at.server.items = [comment('1')]
    await at.open()
    await press('i')
    expect((await field()).value).toBe('')
    expect(screen.queryByText('Save')).toBeNull()
    fireEvent.input(await field(), { target: { value: ' The cat ' } })
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Page renamed to “The cat”')
    expect((await field()).value).toBe('The cat')
    expect(screen.getAllByText('The cat').length).toBeGreaterThan(1)
    fireEvent.click(screen.getByText('Close'))
    await press('z')
    await screen.findByText('The page’s comments name it again')
    expect(screen.queryByText('The cat')).toBeNull()
    expect((await screen.findAllByText('As its comments say')).length).toBeGreaterThan(0)
    expect(names()).toEqual([{ title: 'The cat' }, { title: null }])
  })

  it('stays, and what was typed with it, where it cannot be set', async () => {
    at.server.items = [comment('1')]
    at.server.instead = (line) =>
      line.endsWith('/title')
        ? { status: 503, body: { error: { code: 'unavailable', message: 'x' } } }
        : undefined
    await at.open()
    await press('i')
    fireEvent.input(await field(), { target: { value: 'The cat' } })
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText(/^The page was not renamed: /)
    expect((await field()).value).toBe('The cat')
  })
})

describe('How many readers’ flags bring a comment back', () => {
  const at = useDashboard()

  it('is set with the other rules of a site', async () => {
    await at.open('/dashboard?page=settings&site=blog')
    const field = (await screen.findByLabelText(
      'Readers’ flags that bring a comment back',
    )) as HTMLInputElement
    expect(field.value).toBe('3')
    fireEvent.input(field, { target: { value: '21' } })
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('A number from 1 to 20, please.')
    fireEvent.input(field, { target: { value: '5' } })
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
    expect(at.server.settings.sites[0]?.settings.flagThreshold).toBe(5)
    localStorage.clear()
  })
})
