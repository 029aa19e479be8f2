import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { DecisionRequest } from '../../../../worker/contract/decisions.ts'
import type { FlaggedComment, OpenFlag } from '../../../../worker/contract/flags.ts'
import { comment } from '../comment.ts'
import { inHand, listed, press, useDashboard } from '../desk.tsx'

const flag = (id: string, more: Partial<OpenFlag> = {}): OpenFlag => ({
  ...{ reason: 'spam', note: '', at: '2026-01-01T12:00:00.000Z', weight: 1, atOnce: false },
  reporter: { id: `${id}0123456789abcdef`.slice(0, 16), upheld: 0, refused: 0 },
  ...more,
})
const reported = (id: string, ...flags: OpenFlag[]): FlaggedComment => ({
  comment: comment(id, { status: 'approved' }),
  ...{ count: flags.length, latestAt: '2026-01-01T12:00:00.000Z', flags },
})

describe('The reports', () => {
  const at = useDashboard()
  let items: FlaggedComment[]

  /** Opens the page before a server that has these reports. */
  async function open(...all: FlaggedComment[]) {
    items = all
    at.server.items = all.map((one) => one.comment)
    at.server.instead = (line) => {
      if (line === 'GET /v1/flags') return { status: 200, body: { items, next: null } }
      return line.includes('/reporters/') ? { status: 204 } : undefined
    }
    await at.open('/dashboard?page=reports')
    await screen.findByRole('heading', { name: 'Reports' })
    await waitFor(() => expect(listed()).toHaveLength(all.length))
  }
  const sent = () =>
    at.server.asked
      .filter(({ line }) => line === 'POST /v1/decisions')
      .flatMap(({ body }) => body as DecisionRequest[])

  it('tell what was said, by whom, and what became of what they said before', async () => {
    const told = flag('one', {
      reason: 'illegal',
      note: 'A threat.',
      atOnce: true,
      reporter: { id: 'k3Fa9_xyz0123456', upheld: 3, refused: 1 },
    })
    await open({ ...reported('1', told, flag('two', { weight: 0 })), count: 4 })
    const row = within(screen.getByRole('article'))
    row.getByText('Against the law')
    row.getByText('came back at once')
    row.getByText('A threat.')
    row.getByText(/Reader k3Fa9 · 3 of 4 earlier reports right/)
    row.getByText(/no earlier report answered · does not count towards the threshold/)
    row.getByRole('link', { name: '2 older reports' })
  })

  it('are worked with the queue’s keys: one leaves with each, the next is in hand, and undo brings it back', async () => {
    await open(reported('1', flag('a')), reported('2', flag('b')), reported('3', flag('c')))
    await press('j')
    expect(inHand()).toContain('Author 2')
    await press('a')
    await screen.findByText('Kept')
    expect(listed()).toHaveLength(2)
    expect(inHand()).toContain('Author 3')
    await press('s')
    await screen.findByText('Marked as spam')
    expect(sent()).toMatchObject([
      { commentId: '2', action: 'approve', status: 'approved', revision: 1 },
      { commentId: '3', action: 'spam' },
    ])
    await press('z')
    await waitFor(() => expect(listed()).toHaveLength(2))
    await press('z')
    await waitFor(() => expect(listed()).toHaveLength(3))
    expect(listed()[1]).toContain('Author 2')
    expect(inHand()).toContain('Author 2')
  })

  it('ask why a comment is rejected; meanwhile no other key decides', async () => {
    await open(reported('1', flag('a')), reported('2', flag('b')))
    await press('r')
    await screen.findByText('Why is it rejected?')
    for (const key of ['d', 'z', 'g', 'l']) await press(key)
    expect(sent()).toEqual([])
    expect(screen.queryByText('Nothing to undo')).toBeNull()
    screen.getByText('Why is it rejected?')
    await press('2')
    await press('Enter')
    await screen.findByText('Rejected')
    expect(sent()).toMatchObject([{ commentId: '1', action: 'reject', reason: 'abuse' }])
    await press('r')
    await press('Escape')
    expect(screen.queryByText('Why is it rejected?')).toBeNull()
  })

  it('say so where somebody else was faster, and keep what could not be decided', async () => {
    await open(reported('1', flag('a')), reported('2', flag('b')))
    at.server.decideAs('Mika', '1', 'reject')
    await press('a')
    await screen.findByText(/Mika/)
    expect(listed()).toHaveLength(1)
    const usual = at.server.instead
    at.server.instead = (line) =>
      line === 'POST /v1/decisions'
        ? { status: 500, body: { error: { code: 'internal', message: 'Broken' } } }
        : usual(line)
    await press('d')
    await screen.findByText(/Not deleted/)
    expect(listed()).toHaveLength(1)
  })

  it('lose those of a reader who is muted, until that is undone', async () => {
    await open(reported('1', flag('a')), reported('2', flag('b')))
    let muted: unknown[] = []
    const usual = at.server.instead
    at.server.instead = (line) =>
      line === 'GET /v1/muted-reporters' ? { status: 200, body: { items: muted, next: null } } : usual(line)
    fireEvent.click(screen.getByRole('button', { name: 'Muted readers' }))
    await screen.findByText('Nobody is muted.')
    items = items.slice(1)
    muted = [
      {
        ...{ id: 'a0123456789abcde', upheld: 0, refused: 3, mutedBy: 'Me' },
        ...{ site: { id: 'blog', name: 'Blog' }, mutedAt: '2026-01-01T12:00:00.000Z' },
      },
    ]
    fireEvent.click(screen.getByRole('button', { name: 'Mute reader a0123' }))
    await screen.findByText('Muted: this reader’s reports count nowhere')
    await waitFor(() => expect(listed()).toHaveLength(1))
    await screen.findByRole('button', { name: 'Unmute reader a0123' })
    await press('z')
    await screen.findByText('This reader’s reports count again')
    expect(at.server.asked.map(({ line }) => line).filter((line) => line.endsWith('/mute'))).toEqual([
      'PUT /v1/sites/blog/reporters/a0123456789abcde/mute',
      'DELETE /v1/sites/blog/reporters/a0123456789abcde/mute',
    ])
  })

  it('keep the focus where one of two who reported is muted; what cannot be undone says so', async () => {
    await open(reported('1', flag('a'), flag('b')))
    const mute = screen.getByRole('button', { name: 'Mute reader a0123' })
    mute.focus()
    items = [reported('1', flag('b'))]
    fireEvent.click(mute)
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Mute reader a0123' })).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('article')))
    const usual = at.server.instead
    at.server.instead = (line) =>
      line.startsWith('DELETE')
        ? { status: 500, body: { error: { code: 'internal', message: '' } } }
        : usual(line)
    await press('z')
    await screen.findByText(/^Not changed: /)
  })

  it('stay out of a list of other reports when a decision is undone', async () => {
    await open(reported('1', flag('a')), reported('2', flag('b')))
    await press('a')
    await screen.findByText('Kept')
    items = [reported('3', flag('c', { reason: 'illegal' }))]
    fireEvent.change(screen.getByLabelText('Reported for'), { target: { value: 'illegal' } })
    await waitFor(() => expect(listed()).toEqual([expect.stringContaining('Author 3')]))
    await press('z')
    await screen.findByText('Undone')
    expect(listed()).toEqual([expect.stringContaining('Author 3')])
  })

  it('are reached by two keys, and say when there is none', async () => {
    at.server.instead = (line) =>
      line === 'GET /v1/flags' ? { status: 200, body: { items: [], next: null } } : undefined
    await at.open()
    await press('g')
    await press('r')
    await screen.findByText('No report is open.')
    fireEvent.change(screen.getByLabelText('Reported for'), { target: { value: 'illegal' } })
    await screen.findByText('No open report is like that.')
    expect(location.search).toContain('reason=illegal')
  })
})
