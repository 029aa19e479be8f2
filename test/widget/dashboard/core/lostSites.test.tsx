import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { comment, session } from '../comment.ts'
import { inHand, lookAgain, press, useDashboard } from '../desk.tsx'

const news = { id: 'news', name: 'News', locale: 'en', policy: 'premoderate' as const }
const notFound = { status: 404, body: { error: { code: 'not_found', message: 'No such site.' } } }
const noOthers = { status: 200, body: { items: [] } }

describe('Somebody whose site is taken from them', () => {
  const at = useDashboard()

  it('is told, keeps what they had begun to write, and is led to the sites they have', async () => {
    at.server.items = [comment('1'), comment('2')]
    at.server.session = { ...session, sites: [...session.sites, news] }
    await at.open('/dashboard?site=blog')
    await press('e')
    fireEvent.input(await screen.findByRole('textbox', { name: /^Your answer/ }), {
      target: { value: 'Half of an answer' },
    })
    at.server.session = { ...session, sites: [news] }
    at.server.instead = (line) =>
      line === 'GET /v1/queue' && at.desk.place.here.value.site ? notFound : undefined
    lookAgain()
    const line = await screen.findByText('You no longer moderate Blog. What you did there stays done.')
    const told = within(line.closest('[role=alert]') as HTMLElement)
    expect(told.getByDisplayValue('Half of an answer')).toBeTruthy()
    expect(location.search).toBe('')
    await waitFor(() => expect(inHand()).toBeTruthy())
    fireEvent.click(told.getByRole('button', { name: 'Hide' }))
    expect(line.isConnected).toBe(false)
  })

  it('is given back what they had changed on a page of that site, and not what is stored', async () => {
    at.server.session = { ...session, sites: [...session.sites, news] }
    await at.open('/dashboard?page=settings&site=blog')
    fireEvent.input(await screen.findByLabelText('Words that make a comment wait'), {
      target: { value: 'casino\npoker' },
    })
    at.server.session = { ...session, sites: [news] }
    at.server.instead = (line) =>
      line.startsWith('GET /v1/queue') && at.desk.place.here.value.site ? notFound : undefined
    lookAgain()
    const line = await screen.findByText('You no longer moderate Blog. What you did there stays done.')
    const told = within(line.closest('[role=alert]') as HTMLElement)
    const texts = told.getAllByRole<HTMLTextAreaElement>('textbox').map(({ value }) => value)
    expect(texts).toEqual(['casino\npoker'])
  })

  it('is told so when an act of theirs comes too late', async () => {
    at.server.items = [comment('1'), comment('2')]
    at.server.session = { ...session, sites: [...session.sites, news] }
    await at.open()
    at.server.session = { ...session, sites: [news] }
    at.server.instead = (line) => (line === 'POST /v1/decisions' ? notFound : undefined)
    await press('a')
    await screen.findByText('You no longer moderate Blog. What you did there stays done.')
  })
})

describe('What is not there, but for another reason', () => {
  const at = useDashboard()

  it('says nothing of sites, and is asked about once', async () => {
    at.server.items = [comment('1'), comment('2')]
    at.server.instead = (line) =>
      line === 'POST /v1/decisions' ? notFound : line === 'PUT /v1/presence' ? noOthers : undefined
    await at.open()
    const looks = () => at.server.asked.filter(({ line }) => line === 'GET /v1/session').length
    await press('a')
    await screen.findAllByText(/^Not approved: /)
    await waitFor(() => expect(looks()).toBe(2))
    await press('s')
    await screen.findAllByText(/^Not marked as spam: /)
    expect(looks()).toBe(2)
    expect(screen.queryByText(/no longer moderate/)).toBeNull()
  })
})
