import { afterEach, expect, it, vi } from 'vitest'
import { showWaiting } from '../../../../widget/dashboard/core/appBadge.ts'

afterEach(() => vi.unstubAllGlobals())

it('The icon of the installed app shows how many comments wait, and nothing where none does', async () => {
  const shown: (number | null)[] = []
  const setAppBadge = async (count: number) => void shown.push(count)
  // What the system refuses is nobody's trouble.
  const clearAppBadge = async () => {
    shown.push(null)
    throw new DOMException('no', 'NotAllowedError')
  }
  vi.stubGlobal('navigator', { setAppBadge, clearAppBadge })
  for (const count of [3, 0]) showWaiting(count)
  expect(shown).toEqual([3, null])
  vi.stubGlobal('navigator', {})
  expect(() => showWaiting(3)).not.toThrow()
})
