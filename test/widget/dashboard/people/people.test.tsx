import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { SessionOfPerson } from '../../../../worker/contract/session.ts'
import type { Person } from '../../../../worker/contract/staff.ts'
import { comment, session } from '../comment.ts'
import { lookAgain, press, useDashboard } from '../desk.tsx'

const at = '2026-01-01T00:00:00.000Z'
const person = (name: string, more: Partial<Person> = {}): Person => ({
  ...{ id: name.toLowerCase(), name, role: 'moderator', sites: '*', changeable: true },
  ...{ createdAt: at, seenAt: at, invitedUntil: null },
  ...more,
})
const refusal = (status: number, code: string, field?: string) => ({
  status,
  body: { error: { code, message: '', ...(field && { field }) } },
})

describe('The people', () => {
  const dashboard = useDashboard()

  /** Opens the page before a worker that knows these people, and answers other calls as told. */
  async function open(people: Person[], answers: Record<string, { status: number; body?: unknown }> = {}) {
    dashboard.server.instead = (line) =>
      answers[line] ??
      (line === 'GET /v1/staff' ? { status: 200, body: { items: people, next: null } } : undefined)
    await dashboard.open('/dashboard?page=people')
    await screen.findByRole('form', { name: 'Invite somebody' })
  }
  const asked = (line: string) => dashboard.server.asked.find((one) => one.line === line)?.body
  const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } })

  it('are invited for chosen sites, by a link that is shown once', async () => {
    const link = 'https://x.example/dashboard#sign-in=secret'
    await open([person('Olga', { id: 'me' })], {
      'POST /v1/staff': { status: 201, body: { id: 'mika', link, expiresAt: at } },
    })
    type(screen.getByLabelText(/^Name/), 'Mika')
    fireEvent.click(screen.getByLabelText('Only some'))
    expect(screen.getByRole('button', { name: 'Invite' }).getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(screen.getByLabelText('Blog'))
    fireEvent.click(screen.getByRole('button', { name: 'Invite' }))
    const shown = await screen.findByRole('textbox', { name: 'Sign-in link for Mika' })
    expect(shown).toHaveProperty('value', link)
    expect(asked('POST /v1/staff')).toEqual({ name: 'Mika', role: 'moderator', sites: ['blog'] })
  })

  it('say what is wrong with a name where it is typed, and keep it', async () => {
    await open([], { 'POST /v1/staff': refusal(409, 'name_taken', 'name') })
    const field = screen.getByLabelText(/^Name/)
    type(field, 'Olga')
    fireEvent.click(screen.getByRole('button', { name: 'Invite' }))
    await screen.findByText(/Somebody else has this name/)
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field).toHaveProperty('value', 'Olga')
  })

  it('tell who never came and whose link has ended; oneself cannot be removed', async () => {
    await open([
      person('Olga', { id: 'me', role: 'owner' }),
      person('Mika', { seenAt: null, invitedUntil: null, sites: ['blog'] }),
      person('Elsa', { changeable: false }),
    ])
    await screen.findByText('Elsa')
    const rows = screen.getAllByRole('listitem').filter(({ className }) => className === 'of-person')
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Olga (you)Owner · all sites'),
      expect.stringContaining('MikaModerator · BlogInvited. The link has ended'),
      expect.stringContaining('Also on sites that are not yours'),
    ])
    expect(screen.getAllByRole('button', { name: /^Remove / })).toHaveLength(1)
    expect(within(rows[2] as HTMLElement).queryAllByRole('button')).toEqual([])
  })

  it('are removed after a question, and signed out of single devices without one', async () => {
    const phone: SessionOfPerson = {
      ...{ id: 's1', current: false, browser: 'Firefox', system: 'Android', timeZone: null },
      ...{ startedAt: at, seenAt: at, expiresAt: at },
    }
    await open([person('Mika')], {
      'GET /v1/sessions': { status: 200, body: { items: [phone], next: null } },
      'DELETE /v1/sessions/s1': { status: 204 },
      'DELETE /v1/staff/mika': { status: 204 },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Devices of Mika' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out Firefox on Android' }))
    await screen.findByText('Signed in nowhere.')
    fireEvent.click(screen.getByRole('button', { name: 'Remove Mika' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Remove' }))
    await screen.findByText('There is nobody yet.')
  })
})

describe('Whose session ends', () => {
  const dashboard = useDashboard()

  it('finds what they had begun as it was, once they are signed in again', async () => {
    dashboard.server.instead = (line) =>
      line === 'GET /v1/tokens' ? { status: 200, body: { items: [], next: null } } : undefined
    await dashboard.open('/dashboard?page=tokens')
    const field = await screen.findByLabelText('Name of the new token')
    fireEvent.input(field, { target: { value: 'Half a na' } })
    dashboard.server.signedIn = false
    lookAgain()
    fireEvent.input(await screen.findByLabelText('Paste the link here'), { target: { value: 'good' } })
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(screen.queryByLabelText('Paste the link here')).toBeNull())
    expect(screen.getByLabelText('Name of the new token')).toHaveProperty('value', 'Half a na')
  })

  it('as their account was removed, is told so, with what they had not sent', async () => {
    dashboard.server.add(comment('c1'))
    await dashboard.open()
    await press('e')
    const field = await screen.findByRole('textbox', { name: /Your answer/ })
    fireEvent.input(field, { target: { value: 'Half an answer' } })
    dashboard.server.instead = () => refusal(401, 'account_removed')
    lookAgain()
    const heading = await screen.findByRole('heading', { name: 'Your account was removed' })
    await waitFor(() => expect(document.activeElement).toBe(heading))
    expect(await screen.findByLabelText('Unsent text 1')).toHaveProperty('value', 'Half an answer')
  })
})

describe('One’s own account', () => {
  const dashboard = useDashboard()

  it('has a name, a language and a time zone, which hold at once', async () => {
    const moderator = { ...session.moderator, name: 'Mika', locale: 'ja' as const, timeZone: 'Asia/Tokyo' }
    dashboard.server.instead = (line) => {
      if (line === 'PATCH /v1/session') return { status: 200, body: { ...session, moderator } }
      return line === 'GET /v1/sessions' ? { status: 200, body: { items: [], next: null } } : undefined
    }
    await dashboard.open('/dashboard?page=account')
    const set = async (label: string, value: string) =>
      fireEvent.change(await screen.findByLabelText(label), { target: { value } })
    await set('Language', 'ja')
    await set('Time zone', 'Asia/Tokyo')
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Mika' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findByText('保存しました。')
    expect(dashboard.server.asked.find(({ line }) => line === 'PATCH /v1/session')?.body).toEqual({
      name: 'Mika',
      locale: 'ja',
      timeZone: 'Asia/Tokyo',
    })
    expect(screen.getByRole('link', { name: 'Mika' })).toBeDefined()
  })
})
