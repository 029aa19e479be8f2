import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
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
  madeBy: null,
})

describe('The API tokens', () => {
  const at = useDashboard()
  afterEach(() => {
    vi.restoreAllMocks()
  })
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

  it('have one copied that was just made, and say so', async () => {
    const copied: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
      copied.push(text)
    })
    await open()
    const { instead } = at.server
    at.server.instead = (line) =>
      line === 'POST /v1/tokens' ? { status: 201, body: { ...token('3'), token: 'hk_once' } } : instead(line)
    const name = screen.getByLabelText('Name of the new token')
    fireEvent.input(name, { target: { value: 'Backup' } })
    fireEvent.submit(name.closest('form') as HTMLFormElement)
    await screen.findByText('Copy it now: it is not shown again.')
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
    await screen.findByText('Copied')
    expect(copied).toEqual(['hk_once'])
  })

  it('lose one that is revoked', async () => {
    fireEvent.click(await open())
    fireEvent.click(screen.getByRole('button', { name: 'Revoke' }))
    await waitFor(() => expect(screen.queryByText('Token 1')).toBeNull())
    screen.getByText('Token 2')
    expect(revoked()).toEqual(['DELETE /v1/tokens/1'])
  })

  it('are said to be for owners, to who opens their address and is none', async () => {
    at.server.instead = (line) =>
      line === 'GET /v1/tokens'
        ? { status: 403, body: { error: { code: 'forbidden', message: '' } } }
        : undefined
    await at.open('/dashboard?page=tokens')
    await screen.findByText('Only owners see this page.')
    expect(screen.queryByRole('button', { name: 'Make token' })).toBeNull()
  })
})
