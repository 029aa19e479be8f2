import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { comment } from '../comment.ts'
import { press, useDashboard } from '../desk.tsx'

const until = '2026-11-30T00:00:00.000Z'

describe('The ban of an author', () => {
  const at = useDashboard()
  const banning = async () => {
    at.server.items = [comment('1')]
    await at.open('/dashboard')
    await press('i')
    fireEvent.click(await screen.findByRole('button', { name: 'Ban author…' }))
    return screen.findByRole<HTMLFormElement>('form', { name: /^Ban / })
  }
  const sent = async (form: HTMLFormElement) => {
    fireEvent.submit(form)
    await screen.findByText(/ banned$/)
    return at.server.asked.find(({ line }) => line === 'POST /v1/bans')?.body
  }

  it('takes their network along only when that is chosen, and tells first whom it hits', async () => {
    const others = { address: { authors: 0, comments: 0 }, network: { authors: 1200, comments: 3400 } }
    at.server.networks = { until, others }
    const form = await banning()
    const field = await screen.findByLabelText<HTMLSelectElement>('Their network today')
    expect(document.getElementById('ban-network')?.textContent).toBe('')
    const told = async (width: string) => {
      fireEvent.change(field, { target: { value: width } })
      await waitFor(() => expect(field.value).toBe(width))
      return document.getElementById('ban-network')?.textContent
    }
    expect(await told('address')).toContain('Nobody else wrote from there today.')
    expect(await told('network')).toMatch(/1,200, with 3,400 comments.*at the latest November 30, 2026/)
    expect(await sent(form)).toMatchObject({ kind: 'author', network: 'network' })
  })

  it('is of the author alone where nobody knows their network', async () => {
    const form = await banning()
    await screen.findByText('It is not known from which network they wrote today.')
    expect(await sent(form)).not.toHaveProperty('network')
  })

  it('is lifted and comes back with the network', async () => {
    at.server.bans = [
      {
        ...{ id: 'one', siteId: 'blog', kind: 'author', value: 'abcdef01', reason: null, until: null },
        ...{ createdAt: until, network: { width: 'address', until } },
      },
    ]
    await at.open('/dashboard?page=bans')
    await screen.findByText(/Their address until/)
    fireEvent.click(screen.getByRole('button', { name: 'Lift the ban of abcdef01' }))
    await screen.findByText('Ban lifted')
    fireEvent.click(screen.getByRole('button', { name: /Undo/ }))
    await screen.findByText('abcdef01 banned')
    const body = at.server.asked.find(({ line }) => line === 'POST /v1/bans')?.body
    expect(body).toMatchObject({ kind: 'author', network: 'address' })
  })
})
