import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { useDashboard } from '../desk.tsx'

describe('What a site’s staff says often', () => {
  const at = useDashboard()
  const put = (path: string) =>
    at.server.asked.findLast(({ line }) => line === `PUT /v1/sites/blog/${path}`)?.body

  const open = async () => {
    at.server.instead = (line) => {
      const [, method, path] = /^(GET|PUT) \/v1\/sites\/blog\/(reasons|saved-answers)$/.exec(line) ?? []
      if (!path) return undefined
      const sent = put(path) as { reasons?: unknown[]; answers?: unknown[] } | undefined
      const items = method === 'PUT' ? (sent?.reasons ?? sent?.answers) : path === 'reasons' ? usual : []
      return { status: 200, body: { items, next: null } }
    }
    await at.open('/dashboard?page=settings&site=blog')
    await screen.findByRole('heading', { name: 'Reasons for a rejection' })
  }
  const usual = [
    { code: 'off_topic', texts: {} },
    { code: 'abuse', texts: {} },
  ]

  it('has the reasons in another order, with one of its own', async () => {
    await open()
    fireEvent.click(screen.getByRole('button', { name: 'Move down: Off topic' }))
    fireEvent.click(screen.getByRole('button', { name: 'Add a reason' }))
    fireEvent.input(screen.getByRole('textbox', { name: '“The site’s own” in Japanese' }), {
      target: { value: '失礼です。' },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findByText('Reasons saved')
    expect(put('reasons')).toEqual({
      reasons: [
        { code: 'abuse', texts: {} },
        { code: 'off_topic', texts: {} },
        { code: expect.stringMatching(/^own_[0-9a-f]{8}$/), texts: { ja: '失礼です。' } },
      ],
    })
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull())
  })

  it('has saved answers, which may be taken away again', async () => {
    await open()
    fireEvent.click(screen.getByRole('button', { name: 'Add an answer' }))
    fireEvent.input(screen.getByRole('textbox', { name: 'Title' }), { target: { value: 'Thanks' } })
    fireEvent.input(screen.getByRole('textbox', { name: '“Thanks” in English' }), {
      target: { value: 'Thank you, {name}.' },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findByText('Answers saved')
    expect(put('saved-answers')).toEqual({
      answers: [{ title: 'Thanks', texts: { en: 'Thank you, {name}.' } }],
    })
    fireEvent.click(screen.getByRole('button', { name: 'Remove: Thanks' }))
    expect(screen.getByText(/No answers saved yet/)).toBeTruthy()
  })
})
