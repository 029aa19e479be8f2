import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { useDashboard } from '../desk.tsx'

describe('How long things are kept', () => {
  const at = useDashboard()
  afterEach(() => localStorage.clear())

  it('says what a change of it would remove before it is saved, and nothing once it is put back', async () => {
    at.server.settings.removals = { emailDays: { removes: 1240 }, spamDays: { removes: 2000, more: true } }
    await at.open('/dashboard?page=settings&site=blog')
    const emails = await screen.findByLabelText('Days that commenters’ e-mail addresses are kept')
    fireEvent.input(emails, { target: { value: '90' } })
    await screen.findByText('A day after it is saved, this removes 1,240.')
    fireEvent.input(screen.getByLabelText('Days that spam is kept'), { target: { value: '7' } })
    await screen.findByText('A day after it is saved, this removes 2,000 or more.')
    fireEvent.input(screen.getByLabelText('Days that notes are kept'), { target: { value: '7' } })
    await screen.findByText('A day after it is saved, this removes nothing.')
    const asked = at.server.asked.filter(({ line }) => line.endsWith('/retention-preview'))
    expect(asked.map(({ body }) => body)).toEqual([
      { settings: { emailDays: 90 } },
      { settings: { spamDays: 7, emailDays: 90 } },
      { settings: { spamDays: 7, emailDays: 90, noteDays: 7 } },
    ])
    fireEvent.click(screen.getByText('Discard'))
    await waitFor(() => expect(screen.queryByText(/^A day after it is saved/)).toBeNull())
  })
})
