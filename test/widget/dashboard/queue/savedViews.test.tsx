import { fireEvent, screen, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { SavedView } from '../../../../worker/contract/savedViews.ts'
import { comment } from '../comment.ts'
import { useDashboard } from '../desk.tsx'

const shared: SavedView = {
  ...{ id: 'a', name: 'Links of today', query: 'tab=all&q=has%3Alink', shared: { site: 'blog' } },
  ...{ mine: false, by: 'Ann' },
}

describe('Saved views', () => {
  const at = useDashboard()

  it('lead to their list, and keep the present one under a name', async () => {
    at.server.items = [comment('one')]
    at.server.instead = (line) => {
      if (line === 'GET /v1/views') return { status: 200, body: { items: [shared], next: null } }
      if (line === 'POST /v1/views')
        return { status: 201, body: { ...shared, id: 'b', name: 'Mine', shared: null, mine: true } }
      return undefined
    }
    await at.open('/dashboard?tab=spam&site=blog')
    fireEvent.click(await screen.findByRole('button', { name: 'Saved views…' }))
    const sheet = within(await screen.findByRole('dialog', { name: 'Saved views…' }))
    await sheet.findByText(/by Ann/)
    fireEvent.input(sheet.getByLabelText('Name of the present list'), { target: { value: 'Mine' } })
    fireEvent.click(sheet.getByRole('button', { name: 'Save' }))
    await sheet.findByRole('link', { name: 'Mine' })
    expect(at.server.asked.find(({ line }) => line === 'POST /v1/views')?.body).toMatchObject({
      ...{ name: 'Mine', query: 'tab=spam&site=blog', shared: null },
    })
    fireEvent.click(sheet.getByRole('link', { name: 'Links of today' }))
    expect(location.search).toBe('?tab=all&q=has%3Alink')
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
