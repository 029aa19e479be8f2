import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { comment } from './comment.ts'
import { inHand, listed, press, useDashboard } from './desk.tsx'

const of = (id: string) => `Comment by Author ${id}`

describe('A sheet over the desk', () => {
  const at = useDashboard()

  it('begins with the focus on none of its buttons', async () => {
    at.server.items = [comment('1')]
    await at.open()
    fireEvent.click(screen.getByRole('button', { name: /Details/ }))
    await waitFor(() => expect(document.activeElement?.tagName).toBe('DIALOG'))
  })

  it('lets no key decide that was typed on when one of the keys had closed it', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open()
    fireEvent.click(screen.getByRole('button', { name: /Details/ }))
    await screen.findByRole('dialog')
    await press(' ')
    fireEvent.click(screen.getByRole('button', { name: 'Close' }))
    for (const key of 'sheep') await press(key)
    expect(listed()).toEqual([of('1'), of('2')])
    expect(at.desk.place.here.value.page).toBe('queue')
    await press('?')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('leaves the keys to the desk at once when Escape closed it', async () => {
    at.server.items = [comment('1'), comment('2')]
    await at.open()
    fireEvent.click(screen.getByRole('button', { name: /Details/ }))
    await screen.findByRole('dialog')
    await press('Escape')
    fireEvent(screen.getByRole('dialog'), new Event('close'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await press('a')
    await screen.findByText('Approved')
  })

  it('about a comment goes when that is decided in it, and the next has the focus', async () => {
    const appealed = { state: 'open' as const, refusal: null, answer: null }
    at.server.items = [comment('1', { appeal: 'Please', appealed }), comment('2')]
    await at.open()
    fireEvent.click(screen.getByRole('button', { name: /Details/ }))
    const sheet = within(await screen.findByRole('dialog'))
    const button = await sheet.findByRole('button', { name: 'Approve the comment' })
    button.focus()
    fireEvent.click(button)
    await screen.findByText('Approved')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(inHand()).toBe(of('2'))
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe(of('2')))
  })

  it('says what was done in it, and lets it be undone there', async () => {
    at.server.items = [comment('1')]
    await at.open()
    fireEvent.click(screen.getByRole('button', { name: /Details/ }))
    const sheet = within(await screen.findByRole('dialog'))
    fireEvent.click(await sheet.findByRole('button', { name: /^Ban author/ }))
    fireEvent.click(await sheet.findByRole('button', { name: 'Ban' }))
    await sheet.findByText(/banned/i)
    fireEvent.click(sheet.getByRole('button', { name: /^Undo/ }))
    await sheet.findByText('Ban lifted')
  })
})

describe('Somebody who was faster', () => {
  const at = useDashboard()

  it('and decided the same is told in one line, with nothing left to do', async () => {
    at.server.items = [comment('1'), comment('2'), comment('3')]
    await at.open()
    at.server.decideAs('Mika', '1', 'approve')
    await press('a')
    await screen.findByText(/Already approved by Mika .* ago/)
    expect(listed()).toEqual([of('2'), of('3')])
    at.server.decideAs('Mika', '2', 'approve')
    await press('A')
    await press('a')
    await screen.findByText('Approved')
    expect(listed()).toEqual([])
  })
})
