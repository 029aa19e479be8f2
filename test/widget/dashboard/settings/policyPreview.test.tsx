import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { useDashboard } from '../desk.tsx'

const address = '/dashboard?page=settings&site=blog'

describe('The policy preview', () => {
  const at = useDashboard()
  afterEach(() => localStorage.clear())

  const asked = () => at.server.asked.filter(({ line }) => line.endsWith('/policy-preview'))
  const links = () => screen.getByLabelText('Every comment with a link')
  const rows = () =>
    within(screen.getByRole('table'))
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent)

  it('shows what is set now, and what a change would have done instead', async () => {
    at.server.settings.decided = 200
    await at.open(address)
    await screen.findByText('Change a setting, and this shows what it would have done.')
    expect(rows()).toEqual(['Published1001000', 'Held1001000', 'Spam000', 'Rejected000'])
    fireEvent.click(links())
    await screen.findByText('Published 80, held 120, spam 0, rejected 0; against what people decided: 0.')
    expect(rows()).toEqual(['Published10080-20', 'Held100120+20', 'Spam000', 'Rejected000'])
    expect(screen.getByText('Nowhere against what people decided.')).toBeTruthy()
    const [head, first] = within(screen.getByRole('table')).getAllByRole('row')
    expect(head?.querySelectorAll('th[scope="col"]')).toHaveLength(3)
    expect(first?.querySelectorAll('th[scope="row"]')).toHaveLength(1)
  })

  it('asks in stretches up to 1,000 comments and adds them up', async () => {
    at.server.settings.decided = 2_000
    await at.open(address)
    await screen.findByText('To the latest 1,000 comments that people decided')
    expect(rows()[0]).toBe('Published5005000')
    expect(asked().map(({ body }) => body)).toEqual([
      { limit: 250 },
      { limit: 250, cursor: '250' },
      { limit: 250, cursor: '500' },
      { limit: 250, cursor: '750' },
    ])
  })

  it('asks once for a number that is being typed, and with all that is changed', async () => {
    at.server.settings.decided = 10
    await at.open(address)
    await screen.findByText(/Change a setting/)
    const input = screen.getByLabelText('Links a comment may have')
    for (const value of ['1', '12', '1', '']) fireEvent.input(input, { target: { value } })
    screen.getByText(/^Mend the field “Links a comment may have” first/)
    expect(screen.queryByRole('table')).toBeNull()
    fireEvent.input(input, { target: { value: '15' } })
    fireEvent.input(screen.getByLabelText('Domains that make it spam'), { target: { value: 'x.example' } })
    await screen.findByText('With these changes nothing would have been different.')
    expect(asked().map(({ body }) => body)).toEqual([
      { limit: 250 },
      { settings: { maxLinks: 15 }, lists: { domains: ['x.example'] }, limit: 250 },
    ])
  })

  it('gives examples of where it is against what people decided, with the reasons in words', async () => {
    at.server.settings.decided = 10
    at.server.settings.examples = [
      {
        commentId: '1',
        author: 'Mika',
        excerpt: 'Buy\u202e now',
        decided: 'spam',
        present: 'hold',
        proposed: 'approve',
        findings: [{ code: 'too_fast', weight: 2, params: { seconds: 1 } }],
      },
    ]
    await at.open(address)
    const kind = (await screen.findByText('1 published that people refused')).closest('details')
    expect(kind?.textContent).toContain('By people: spam. Here: published')
    expect(kind?.textContent).toContain('Sent 1 s after the form was touched')
    expect(kind?.textContent).toContain('BuyU+202E now')
  })

  it('says that nobody has decided anything yet', async () => {
    await at.open(address)
    await screen.findByText(/^Nobody has decided anything on this site yet/)
    expect(screen.queryByRole('table')).toBeNull()
  })

  it('tells a failure in words, keeps the settings usable, and tries again', async () => {
    at.server.settings.decided = 10
    at.server.instead = (line) =>
      line.endsWith('/policy-preview')
        ? { status: 500, body: { error: { code: 'internal', message: '' } } }
        : undefined
    await at.open(address)
    await screen.findByText('This could not be worked out: The server failed. Try again.')
    at.server.instead = () => undefined
    fireEvent.click(screen.getByText('Try again'))
    await waitFor(() => expect(screen.getByRole('table')).toBeTruthy())
  })

  it('marks the line of a list that the worker does not understand', async () => {
    at.server.settings.decided = 10
    await at.open(address)
    await screen.findByText(/Change a setting/)
    at.server.instead = (line) =>
      line.endsWith('/policy-preview')
        ? { status: 400, body: { error: { code: 'invalid', message: '', field: 'lists.domains.1' } } }
        : undefined
    const list = screen.getByLabelText('Domains that make it spam')
    fireEvent.input(list, { target: { value: 'a.example\n\n?' } })
    await screen.findByText('Line 3: This is not valid.')
    screen.getByText(/^Mend the field “Domains that make it spam” first/)
    expect(screen.queryByRole('table')).toBeNull()
    at.server.instead = () => undefined
    fireEvent.input(list, { target: { value: 'a.example' } })
    await screen.findByText('With these changes nothing would have been different.')
  })

  it('lets an answer go that a later change has overtaken', async () => {
    at.server.settings.decided = 100
    await at.open(address)
    await screen.findByText(/Change a setting/)
    let open = () => {}
    at.server.gate = new Promise<void>((done) => {
      open = done
    })
    fireEvent.click(links())
    await waitFor(() => expect(asked()).toHaveLength(2))
    at.server.gate = Promise.resolve()
    fireEvent.click(links())
    await screen.findByText(/Change a setting/)
    open()
    // What is asked now is answered after it.
    for (let more = 0; more < 3; more++) await at.desk.connection.ask('GET', '/v1/stats')
    expect(asked()).toHaveLength(3)
    expect(rows()[1]).toBe('Held50500')
  })
})
