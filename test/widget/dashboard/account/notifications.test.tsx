import { fireEvent, screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { Notifications } from '../../../../worker/contract/notifications.ts'
import { useDashboard } from '../desk.tsx'

const usual: Notifications = {
  ...{
    sendsMail: true,
    address: null,
    asked: null,
    trouble: null,
    sites: [],
    quiet: null,
    timeZone: 'Asia/Tokyo',
  },
  choice: { pace: 'minutes', minutes: 15, hour: 9, held: true, disputed: true },
}

describe('How one is told', () => {
  const dashboard = useDashboard()

  /** Opens the page before a worker that answers so, and so to each change. */
  async function open(now: Partial<Notifications>, then: Partial<Notifications> = now) {
    dashboard.server.instead = (line) => {
      if (line === 'GET /v1/notifications') return { status: 200, body: { ...usual, ...now } }
      if (line === 'PATCH /v1/notifications') return { status: 200, body: { ...usual, ...then } }
      return undefined
    }
    await dashboard.open('/dashboard?page=account')
    await screen.findByRole('heading', { name: 'Be told when something waits' })
  }
  const sent = () => dashboard.server.asked.findLast(({ line }) => line === 'PATCH /v1/notifications')?.body

  it('begins with an address, which gets a link before anything else', async () => {
    await open({}, { asked: 'mika@mail.example' })
    const field = await screen.findByLabelText('E-mail address')
    expect(screen.queryByLabelText('How often')).toBeNull()
    fireEvent.input(field, { target: { value: ' mika@mail.example ' } })
    fireEvent.click(screen.getByRole('button', { name: 'Use this address' }))
    await screen.findByText(/^A link was sent to mika@mail\.example\./)
    expect(sent()).toEqual({ address: 'mika@mail.example' })
    fireEvent.click(screen.getByRole('button', { name: 'Send the link again' }))
    await screen.findByText('The link was sent again.')
    expect(sent()).toEqual({ address: 'mika@mail.example' })
  })

  it('is chosen by pace, by what, and by hours, in the person’s own time', async () => {
    await open({ address: 'mika@mail.example' })
    fireEvent.change(await screen.findByLabelText('How often'), { target: { value: 'daily' } })
    fireEvent.change(screen.getByLabelText('At'), { target: { value: '18' } })
    fireEvent.click(screen.getByLabelText('Appeals, and comments that readers reported'))
    fireEvent.change(screen.getByLabelText('Nothing is sent from'), { target: { value: '22' } })
    expect(screen.getByText('Hours are those of Asia/Tokyo.')).toBeTruthy()
    const form = screen.getByRole('form', { name: 'Be told when something waits' })
    fireEvent.submit(form)
    await screen.findByText('Saved.')
    fireEvent.input(screen.getByLabelText('At'), { target: { value: '19' } })
    expect(screen.queryByText('Saved.')).toBeNull()
    expect(sent()).toEqual({
      choice: { pace: 'daily', minutes: 15, hour: 18, held: true, disputed: false },
      sites: [],
      quiet: { from: 22, until: 7 },
    })
  })

  it('says where the instance sends no mail', async () => {
    await open({ sendsMail: false })
    const how = await screen.findByRole('link', { name: 'How to set up mail' })
    expect(how.getAttribute('href')).toBe('docs/mail')
    expect(screen.queryByLabelText('E-mail address')).toBeNull()
  })
})
