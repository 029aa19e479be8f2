import { screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { useDashboard } from '../desk.tsx'

describe('Passkeys, at a number of this machine', () => {
  const at = useDashboard()

  it('are offered at its name, on the same page', async () => {
    await at.open('/dashboard?page=account')
    const link = await screen.findByRole('link', { name: /localhost/ })
    expect(link.getAttribute('href')).toBe(`http://localhost:${location.port}/dashboard?page=account`)
  })
})
