import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { ApiToken } from '../../../../worker/contract/tokens.ts'
import { useDashboard } from '../desk.tsx'

const token = (id: string): ApiToken => ({
  id,
  name: `Token ${id}`,
  scope: 'read',
  site: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
})

describe('The API tokens', () => {
  const at = useDashboard()
  const revoked = () => at.server.asked.map(({ line }) => line).filter((line) => line.startsWith('DELETE'))
  const open = async () => {
    let tokens = [token('1'), token('2')]
    at.server.instead = (line) => {
      if (line === 'GET /v1/tokens') return { status: 200, body: { items: tokens, next: null } }
      if (!line.startsWith('DELETE /v1/tokens/')) return undefined
      tokens = tokens.filter(({ id }) => !line.endsWith(`/${id}`))
      return { status: 204 }
    }
    await at.open('/dashboard?page=tokens')
    return screen.findByRole('button', { name: 'Revoke Token 1' })
  }

  it('ask before one is revoked, and have the focus on the answer that keeps it', async () => {
    fireEvent.click(await open())
    const keep = screen.getByRole('button', { name: 'Keep it' })
    screen.getByRole('group', { name: /Revoke Token 1\? .* nothing brings it back/ })
    expect(document.activeElement).toBe(keep)
    fireEvent.click(keep)
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Revoke Token 1' }))
    expect(revoked()).toEqual([])
  })

  it('lose one that is revoked', async () => {
    fireEvent.click(await open())
    fireEvent.click(screen.getByRole('button', { name: 'Revoke' }))
    await waitFor(() => expect(screen.queryByText('Token 1')).toBeNull())
    screen.getByText('Token 2')
    expect(revoked()).toEqual(['DELETE /v1/tokens/1'])
  })
})
