import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { comment } from '../comment.ts'
import { useDashboard } from '../desk.tsx'
import { statsOf } from '../settings/server.ts'

const at = useDashboard()

/** Opens the statistics of a site that asks about some comments, and answers as the worker would. */
async function open(ids: string[], answer: (id: string) => { status: number; body: unknown }) {
  const { settings } = at.server
  settings.stats = [statsOf()]
  settings.secondLooks = { ...settings.secondLooks, items: ids.map((id) => comment(id)) }
  at.server.instead = (line) => {
    const [, id] = line.match(/^POST \/v1\/second-looks\/(.+)$/) ?? []
    if (id === undefined) return undefined
    settings.secondLooks = { ...settings.secondLooks, items: [], answered: { count: 2, changed: 1 } }
    return answer(id)
  }
  await at.open('/dashboard?page=stats')
}

it('What screening asks again about is decided by the keys of the queue, one comment after the other', async () => {
  await open(['1', '2'], (id) => ({
    status: 200,
    body: {
      ...{ commentId: id, status: 'spam', changed: id === '1', decisionId: id === '1' ? 'd1' : null },
    },
  }))
  const opener = await screen.findByRole('button', { name: 'Screening asks you again about 2 comments' })
  expect(document.activeElement).not.toBe(opener)
  fireEvent.click(opener)
  expect(screen.getByText('Body of 1')).toBeTruthy()
  fireEvent.keyDown(document.body, { key: 's' })
  expect(screen.queryByText('Body of 1')).toBeNull()
  expect(screen.getByText('Body of 2')).toBeTruthy()
  await screen.findByText('Marked as spam')
  fireEvent.keyDown(document.body, { key: 'r' })
  fireEvent.click(await screen.findByRole('button', { name: /^Reject without a reason/ }))
  await screen.findByText('The same as before. You will not be asked again.')
  await screen.findByText('Asked again: 2; changed: 1.')
  expect(screen.getByRole('button', { name: 'Screening asks you about nothing again.' })).toBeTruthy()
  const sent = at.server.asked.filter(({ line }) => line.includes('/second-looks/'))
  expect(sent.map(({ body }) => body)).toEqual([
    { revision: 1, action: 'spam' },
    { revision: 1, action: 'reject' },
  ])
  // Only what changed can be taken back.
  fireEvent.keyDown(document.body, { key: 'z' })
  await waitFor(() => expect(at.server.asked.at(-1)?.line).toBe('DELETE /v1/decisions/d1'))
})

it('What cannot be noted is told, and asked for again', async () => {
  await open(['1'], () => ({ status: 409, body: { error: { code: 'conflict', message: '' } } }))
  fireEvent.click(await screen.findByRole('button', { name: 'Screening asks you again about 1 comment' }))
  fireEvent.click(screen.getByRole('button', { name: /^Approve/ }))
  await screen.findByText(/^Not approved/)
  expect(screen.queryByText('Body of 1')).toBeNull()
})
