import { signal } from '@preact/signals'
import { act, cleanup, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { doneNotice, offlineNotice } from '../../../../widget/dashboard/core/notices.ts'
import { StatusLine } from '../../../../widget/dashboard/core/StatusLine.tsx'
import { UndoStack } from '../../../../widget/dashboard/core/undoStack.ts'
import { speak } from '../../../../widget/dashboard/core/words.ts'
import { type Desk, DeskContext } from '../../../../widget/dashboard/desk.ts'
import en from '../../../../widget/dashboard/locales/en.json'

const seconds = (count: number) => act(() => void vi.advanceTimersByTime(count * 1_000))
const line = () => screen.getByRole('status').parentElement?.textContent

describe('What was just done', () => {
  const acts = new UndoStack()

  beforeEach(() => {
    vi.useFakeTimers()
    speak('en', en)
    render(
      <DeskContext.Provider value={{ acts, covered: signal(false) } as unknown as Desk}>
        <StatusLine />
      </DeskContext.Provider>,
    )
    act(() => acts.say(doneNotice(() => 'Approved', true)))
  })
  afterEach(() => {
    cleanup()
    vi.useRealTimers()
  })

  it('is told for ten seconds', () => {
    seconds(9)
    expect(line()).toContain('Approved')
    seconds(1)
    expect(line()).toBe('')
  })

  it('stays while nobody can see it, and what failed stays until it is hidden', () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    const turn = () => act(() => void document.dispatchEvent(new Event('visibilitychange')))
    turn()
    seconds(60)
    expect(line()).toContain('Approved')
    hidden.mockRestore()
    turn()
    seconds(10)
    expect(line()).toBe('')
    act(() => acts.say(offlineNotice()))
    seconds(60)
    act(() => screen.getByRole('button', { name: 'Hide' }).click())
    expect(line()).toBe('')
  })

  it('does not leave from under the focus', () => {
    const button = screen.getByRole('button', { name: /^Undo/ })
    act(() => button.focus())
    seconds(60)
    expect(line()).toContain('Approved')
    act(() => button.blur())
    seconds(10)
    expect(line()).toBe('')
  })

  it('has its ten seconds from what was done last', () => {
    seconds(6)
    act(() => acts.say(doneNotice(() => 'Rejected', true)))
    seconds(6)
    expect(line()).toContain('Rejected')
  })
})
