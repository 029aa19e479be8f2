import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ListedLetter } from '../../../../worker/contract/letters.ts'
import { useDashboard } from '../desk.tsx'

const items: ListedLetter[] = [
  { kind: 'newReplies', audience: 'reader', subject: 'Two replies' },
  { kind: 'staffDigest', audience: 'staff', subject: 'Four comments wait' },
]

describe('The page of mails', () => {
  const at = useDashboard()
  beforeEach(() => {
    at.server.instead = (line) => {
      if (line === 'GET /v1/letters') return { status: 200, body: { items, next: null } }
      const [, kind] = /^GET \/v1\/letters\/(\w+)$/.exec(line) ?? []
      return kind
        ? { status: 200, body: { subject: `About ${kind}`, text: `Text of ${kind}`, html: '' } }
        : undefined
    }
  })
  const open = async () => {
    await at.open('/dashboard?page=letters')
    await screen.findByRole('option', { name: 'Four comments wait' })
  }
  const frame = () => screen.findByTitle<HTMLIFrameElement>(/^Mail: /)
  const choose = (name: RegExp, value: string) =>
    fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } })

  it('shows the first in a frame of its own that may do nothing', async () => {
    await open()
    const shown = await frame()
    expect(shown.getAttribute('sandbox')).toBe('')
    expect(shown.getAttribute('src')).toBe('/v1/letters/newReplies/html?lang=en&site=blog&scheme=light')
    screen.getByText('About newReplies')
  })

  it('shows another, in another language, in dark colours and as narrow as a phone', async () => {
    await open()
    choose(/^Mail/, 'staffDigest')
    choose(/^Language of the mail/, 'ja')
    fireEvent.click(screen.getByRole('button', { name: 'Dark' }))
    fireEvent.click(screen.getByLabelText('Narrow as a phone'))
    await screen.findByText('About staffDigest')
    const shown = await frame()
    expect(shown.getAttribute('src')).toBe('/v1/letters/staffDigest/html?lang=ja&site=blog&scheme=dark')
    expect(shown.className).toBe('mail phone')
  })

  it('goes on in its own language until that of another is here', async () => {
    await open()
    const before = await screen.findByText('About newReplies')
    choose(/^Mail/, 'staffDigest')
    choose(/^Language of the mail/, 'ja')
    expect(before.lang).toBe('en')
    expect((await screen.findByText('About staffDigest')).lang).toBe('ja')
  })

  it('shows it as the text that it has besides', async () => {
    await open()
    fireEvent.click(screen.getByRole('button', { name: 'Plain text' }))
    await screen.findByText('Text of newReplies')
    expect(screen.queryByTitle(/^Mail: /)).toBeNull()
  })

  it('says what failed, and tries again', async () => {
    await open()
    const { instead } = at.server
    at.server.instead = (line) =>
      line.endsWith('/staffDigest')
        ? { status: 500, body: { error: { code: 'internal', message: '' } } }
        : instead(line)
    choose(/^Mail/, 'staffDigest')
    await screen.findByText('This could not be loaded: The server failed. Try again.')
    at.server.instead = instead
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => screen.getByText('About staffDigest'))
  })
})
