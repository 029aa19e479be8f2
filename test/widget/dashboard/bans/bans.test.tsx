import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { Ban } from '../../../../worker/contract/bans.ts'
import { useDashboard } from '../desk.tsx'

const ban: Ban = {
  id: 'one',
  siteId: 'blog',
  kind: 'domain',
  value: 'spam.example',
  until: null,
  reason: 'Sells watches',
  createdAt: '2026-01-01T00:00:00.000Z',
  network: null,
}

describe('The bans', () => {
  const at = useDashboard()

  it('come back as they were when lifting one is undone', async () => {
    at.server.bans = [ban]
    await at.open('/dashboard?page=bans')
    fireEvent.click(await screen.findByRole('button', { name: 'Lift the ban of spam.example' }))
    await screen.findByText('Ban lifted')
    expect(at.server.bans).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: /Undo/ }))
    await screen.findByText('spam.example banned')
    const { siteId, kind, value, reason } = ban
    expect(at.server.bans).toMatchObject([{ siteId, kind, value, reason }])
    await screen.findByText('Sells watches')
  })

  it('say at the field what is wrong with a new one, until it is typed anew', async () => {
    await at.open('/dashboard?page=bans')
    const field = await screen.findByLabelText<HTMLInputElement>(/Host name/)
    at.server.instead = (line) =>
      line === 'POST /v1/bans'
        ? { status: 400, body: { error: { code: 'invalid', message: '', field: 'value' } } }
        : undefined
    fireEvent.input(field, { target: { value: 'no host' } })
    fireEvent.submit(field.form as HTMLFormElement)
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
    const told = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(told?.textContent).not.toBe('')
    expect(field.closest('label')?.contains(told)).toBe(true)
    fireEvent.input(field, { target: { value: 'host.example' } })
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('false'))
  })

  it('are searched once whoever types pauses, without Enter', async () => {
    const looks = () => at.server.asked.filter(({ line }) => line === 'GET /v1/bans').length
    await at.open('/dashboard?page=bans')
    const field = await screen.findByRole('searchbox')
    await waitFor(() => expect(looks()).toBe(1))
    fireEvent.input(field, { target: { value: 'spa' } })
    fireEvent.input(field, { target: { value: 'spam' } })
    await screen.findByText('No ban fits.')
    await waitFor(() => expect(looks()).toBe(2))
  })
})
