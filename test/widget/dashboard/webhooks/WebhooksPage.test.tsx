import { fireEvent, screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { DeliveryItem } from '../../../../worker/contract/deliveries.ts'
import type { Endpoint } from '../../../../worker/contract/endpoints.ts'
import { useDashboard } from '../desk.tsx'

const hook: Endpoint = {
  ...{ id: 'h1', site: 'blog', kind: 'webhook', name: 'Mirror', target: 'https://x.example/hook' },
  ...{ types: ['comment.held'], paused: false, createdAt: '2026-01-01T00:00:00.000Z', disabledAt: null },
  failing: { since: '2026-01-02T00:00:00.000Z', answer: 'answered 503' },
}

const at = useDashboard()

describe('Webhooks and chats', () => {
  const open = async () => {
    at.server.instead = (line) => {
      if (line === 'GET /v1/webhooks') return { status: 200, body: { items: [hook], next: null } }
      if (line === 'POST /v1/webhooks')
        return {
          status: 201,
          body: { ...hook, id: 'h2', name: 'Other', failing: null, secret: 'whsec_once' },
        }
      if (line === 'POST /v1/webhooks/h1/test')
        return { status: 200, body: { delivered: false, answer: 'not reachable' } }
      return undefined
    }
    await at.open('/dashboard?page=webhooks')
    return screen.findByText('Mirror')
  }

  it('say what fails, what a test came to, and the secret of a new one once', async () => {
    await open()
    screen.getByText(/Nothing could be delivered since .* Last answer: it answered 503\./)
    fireEvent.click(screen.getByRole('button', { name: 'Send a test' }))
    await screen.findByText('Not delivered: it could not be reached.')
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Other' } })
    const address = screen.getByLabelText('Address (URL)')
    fireEvent.input(address, { target: { value: 'https://y.example/' } })
    fireEvent.submit(address.closest('form') as HTMLFormElement)
    await screen.findByDisplayValue('whsec_once')
    screen.getByText('Other')
  })

  it('offer a chat what waits for staff alone, and the fields that it takes', async () => {
    await open()
    fireEvent.change(screen.getByLabelText('Where'), { target: { value: 'telegram' } })
    screen.getByLabelText('Access token')
    expect(screen.queryByLabelText('Address (URL)')).toBe(null)
    expect(screen.queryByLabelText('a comment is approved')).toBe(null)
    screen.getByLabelText('a comment waits for you')
  })

  it('take the focus to the form that changes one, and back', async () => {
    await open()
    fireEvent.click(screen.getByRole('button', { name: 'Change' }))
    expect(document.activeElement).toBe(screen.getByDisplayValue('Mirror'))
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change' }))
  })
})

describe('The outbox', () => {
  const dead: DeliveryItem = {
    ...{ id: 'blog~7', site: 'blog', status: 'dead', destination: 'endpoint_message', act: 'comment.held' },
    ...{ recipient: 'Mirror', commentId: null, attempts: 12, answer: 'answered 410' },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', at: '2026-01-02T00:00:00.000Z' },
  }

  it('shows what was given up with its answer, and sends it again', async () => {
    let items: DeliveryItem[] = []
    at.server.instead = (line) => {
      if (line === 'GET /v1/deliveries') return { status: 200, body: { items, next: null } }
      if (line === 'POST /v1/deliveries/blog~7/retry') return { status: 202, body: null }
      return undefined
    }
    await at.open('/dashboard?page=outbox')
    await screen.findByText('Nothing waits to be delivered.')
    items = [dead]
    fireEvent.click(screen.getByRole('button', { name: 'Given up' }))
    await screen.findByText('It answered 410')
    screen.getByText('Mirror')
    fireEvent.click(screen.getByRole('button', { name: 'Send again' }))
    await screen.findByText('It is being sent again.')
    expect(screen.queryByRole('button', { name: 'Send again' })).toBe(null)
  })
})
