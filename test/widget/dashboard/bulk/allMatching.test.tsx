import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { BulkAct, BulkPreview } from '../../../../worker/contract/bulkActs.ts'
import { comment } from '../comment.ts'
import { useDashboard } from '../desk.tsx'

const preview: BulkPreview = {
  matching: 1500,
  more: false,
  statuses: { pending: 1500, approved: 0, rejected: 0, spam: 0, deleted: 0 },
  pages: [{ threadId: 1, siteId: 'blog', title: 'Flooded', count: 1400 }],
  sample: [{ id: 'a', author: 'Reader', excerpt: 'Cheap watches', status: 'pending' }],
}
const act: BulkAct = {
  ...{ id: 'act', action: 'spam', reason: null, by: 'Mika', at: '2026-01-01T00:00:00.000Z', ban: null },
  ...{ state: 'working', matching: 1500, decided: 300, left: 0, restored: 0 },
}

describe('All that match', () => {
  const at = useDashboard()

  it('are told beforehand, decided with progress, and undone as one', async () => {
    at.server.items = [comment('one'), comment('two')]
    let now = act
    at.server.instead = (line) => {
      if (line === 'GET /v1/bulk-acts/preview') return { status: 200, body: preview }
      if (line === 'DELETE /v1/bulk-acts/act') now = { ...now, state: 'undone', restored: 1499 }
      return line.includes('/v1/bulk-acts') ? { status: 200, body: now } : undefined
    }
    await at.open('/dashboard?site=blog')
    fireEvent.click((await screen.findAllByRole('checkbox'))[0] as HTMLElement)
    fireEvent.click(await screen.findByRole('button', { name: 'All that match…' }))
    const sheet = within(await screen.findByRole('dialog', { name: 'All that match…' }))
    await sheet.findByText('1,500 comments match')
    sheet.getByText('Flooded')
    fireEvent.click(sheet.getByRole('button', { name: 'Mark 1,500 as spam' }))
    await sheet.findByText('300 of 1,500 done.')
    expect(at.server.asked.find(({ line }) => line === 'POST /v1/bulk-acts')?.body).toMatchObject({
      ...{ filter: { tab: 'held', site: 'blog' }, action: 'spam' },
    })
    now = { ...act, state: 'done', decided: 1499, left: 1 }
    await screen.findByText('1,499 marked as spam')
    await sheet.findByText(/1 was left/)
    fireEvent.click(screen.getByRole('button', { name: /Undo/, hidden: true }))
    await screen.findByText('1,499 undone')
  })

  it('are offered when all that are shown are selected once more, and there are others', async () => {
    at.server.items = [comment('one'), comment('two')]
    at.server.instead = (line) =>
      line === 'GET /v1/bulk-acts/preview' ? { status: 200, body: preview } : undefined
    await at.open('/dashboard?site=blog')
    await screen.findAllByRole('checkbox')
    const A = () => fireEvent.keyDown(document.body, { key: 'A', shiftKey: true })
    for (let times = 0; times < 2; times++) A()
    await screen.findByText('2 selected')
    expect(screen.queryByRole('dialog', { name: 'All that match…' })).toBeNull()
    at.desk.queue.list.next.value = 'more'
    A()
    const sheet = within(await screen.findByRole('dialog', { name: 'All that match…' }))
    await sheet.findByText('1,500 comments match')
    const choice = sheet.getByLabelText('What to do with all of them')
    await waitFor(() => expect(document.activeElement).toBe(choice))
    expect(at.server.asked.some(({ line }) => line.startsWith('POST'))).toBe(false)
  })

  it('are rejected for a reason, one of the usual or in one’s own words', async () => {
    at.server.items = [comment('one')]
    at.server.instead = (line) => {
      if (line === 'GET /v1/bulk-acts/preview') return { status: 200, body: preview }
      return line.includes('/v1/bulk-acts') ? { status: 200, body: { ...act, state: 'done' } } : undefined
    }
    await at.open('/dashboard?site=blog')
    fireEvent.click((await screen.findAllByRole('checkbox'))[0] as HTMLElement)
    const sent = () =>
      at.server.asked.filter(({ line }) => line === 'POST /v1/bulk-acts').map(({ body }) => body)
    fireEvent.click(await screen.findByRole('button', { name: 'All that match…' }))
    const sheet = within(await screen.findByRole('dialog', { name: 'All that match…' }))
    await sheet.findByText('1,500 comments match')
    expect(sheet.queryByText('Why are they rejected?')).toBeNull()
    fireEvent.change(sheet.getByLabelText('What to do with all of them'), { target: { value: 'reject' } })
    fireEvent.click(sheet.getByLabelText('Off topic'))
    fireEvent.input(sheet.getByLabelText('In your own words'), { target: { value: 'Not here.' } })
    fireEvent.click(sheet.getByRole('button', { name: 'Reject 1,500' }))
    await sheet.findByText('Done')
    expect(sent()).toMatchObject([{ action: 'reject', reason: 'Not here.' }])
  })
})
