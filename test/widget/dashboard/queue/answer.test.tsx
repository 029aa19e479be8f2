import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Reason } from '../../../../worker/contract/phrases.ts'
import { comment } from '../comment.ts'
import { inHand, listed, lookAgain, press, useDashboard } from '../desk.tsx'

const at = useDashboard()
beforeEach(() => localStorage.clear())

/** A worker that takes answers, and has some saved. */
function answering(status = 201) {
  at.server.instead = (line) => {
    if (line === 'GET /v1/sites/blog/saved-answers')
      return {
        status: 200,
        body: {
          items: [{ title: 'Thanks', texts: { en: 'Thank you, {name}.', ja: '感謝します。' } }],
          next: null,
        },
      }
    const [, id] = /^POST \/v1\/comments\/(.+)\/replies$/.exec(line) ?? []
    if (id && status !== 201) return { status, body: { error: { code: 'unavailable', message: 'No' } } }
    if (!id) return undefined
    at.server.change(id, { status: 'approved' })
    return { status, body: { comment: {}, decisionId: 'answered', approvalId: `approved-${id}` } }
  }
}

const field = (name: string) =>
  screen.findByRole<HTMLTextAreaElement>('textbox', { name: `Your answer to Author ${name}` })
const sent = () => at.server.asked.filter(({ line }) => line.endsWith('/replies')).map(({ body }) => body)

describe('An answer from the queue', () => {
  it('approves what waits with it, and puts the next comment in hand', async () => {
    at.server.add(comment('c1'), comment('c2'))
    answering()
    await at.open()
    await press('e')
    fireEvent.input(await field('c1'), { target: { value: 'It is **mended**.' } })
    fireEvent.keyDown(await field('c1'), { key: 'Enter', ctrlKey: true })
    await screen.findByText('Answered and approved')
    expect(sent()).toMatchObject([{ body: 'It is **mended**.', approve: true, revision: 1 }])
    expect(listed()).toEqual(['Comment by Author c2'])
    expect(inHand()).toBe('Comment by Author c2')
  })

  it('is kept by Escape until it is sent, and lost by nothing', async () => {
    at.server.add(comment('c1'), comment('c2'))
    answering(503)
    await at.open()
    await press('e')
    fireEvent.input(await field('c1'), { target: { value: 'Half a' } })
    fireEvent.keyDown(await field('c1'), { key: 'Escape' })
    expect(screen.queryByRole('textbox', { name: /Your answer/ })).toBeNull()
    await press('j')
    await press('k')
    await press('e')
    expect((await field('c1')).value).toBe('Half a')
    fireEvent.click(screen.getByRole('button', { name: /Answer and approve/ }))
    await screen.findByRole('alert')
    expect((await field('c1')).value).toBe('Half a')
    const [first] = sent() as { id: string }[]
    fireEvent.click(screen.getByRole('button', { name: /Answer and approve/ }))
    await waitFor(() => expect(sent()).toHaveLength(2))
    expect(sent()[1]).toMatchObject({ id: first?.id })
  })

  it('is undone with the approval, and its text is a draft again', async () => {
    at.server.add(comment('c1'), comment('c2'))
    answering()
    await at.open()
    await press('e')
    fireEvent.input(await field('c1'), { target: { value: 'Too quick' } })
    fireEvent.click(screen.getByRole('button', { name: /Answer and approve/ }))
    await screen.findByText('Answered and approved')
    at.server.instead = (line) => {
      const [, id] = /^DELETE \/v1\/decisions\/(.+)$/.exec(line) ?? []
      if (id) at.server.change('c1', { status: 'pending' })
      return id
        ? { status: 200, body: { commentId: 'c1', decisionId: id, status: 'pending', revision: 1 } }
        : undefined
    }
    await press('z')
    await screen.findByText('Undone')
    const undone = at.server.asked.flatMap(({ line }) => /^DELETE .*\/(.+)$/.exec(line)?.[1] ?? [])
    expect(undone).toEqual(['answered', 'approved-c1'])
    expect(inHand()).toBe('Comment by Author c1')
    await press('e')
    expect((await field('c1')).value).toBe('Too quick')
  })

  it('begins with a saved one, in the language of the comment', async () => {
    at.server.add(comment('c1', { body: 'ありがとう' }), comment('c2'))
    answering()
    await at.open()
    await press('e')
    fireEvent.click(await screen.findByRole('button', { name: /Thanks/ }))
    expect((await field('c1')).value).toBe('感謝します。')
    fireEvent.keyDown(await field('c1'), { key: 'Escape' })
    await press('j')
    await press('e')
    await field('c2')
    fireEvent.keyDown(await field('c2'), { key: '¡', code: 'Digit1', altKey: true })
    expect((await field('c2')).value).toBe('Thank you, Author c2.')
  })
})

describe('The reasons for a refusal', () => {
  const own: Reason[] = [
    { code: 'own_00000001', texts: { en: 'Rude to the author.', ja: '失礼です。' } },
    { code: 'abuse', texts: {} },
    { code: 'own_00000002', texts: { en: 'Of before' }, retired: true },
  ]

  it('are the site’s own, in its order and with a key each', async () => {
    at.server.reasons = { blog: own }
    at.server.add(comment('c1'), comment('c2'))
    await at.open()
    await press('r')
    expect(screen.getAllByRole('radio').map((radio) => radio.closest('label')?.textContent)).toEqual([
      '1 Rude to the author.',
      '2 Abuse',
    ])
    await press('1')
    await press('Enter')
    await screen.findByText('Rejected')
    const decided = at.server.asked.findLast(({ line }) => line === 'POST /v1/decisions')
    expect(decided?.body).toMatchObject([{ action: 'reject', reason: 'own_00000001' }])
  })

  it('change while the queue is open', async () => {
    at.server.add(comment('c1'))
    await at.open()
    at.server.reasons = { blog: own }
    at.server.add(comment('c2'))
    lookAgain()
    await waitFor(() => expect(listed()).toHaveLength(2))
    await press('r')
    expect(screen.getByRole('radio', { name: /Rude/ })).toBeTruthy()
  })
})
