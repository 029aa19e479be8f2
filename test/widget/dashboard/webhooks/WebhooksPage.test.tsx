import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import en from '../../../../widget/dashboard/locales/en.json'
import type { DeliveryItem } from '../../../../worker/contract/deliveries.ts'
import type { Endpoint } from '../../../../worker/contract/endpoints.ts'
import type { ToldEvent } from '../../../../worker/contract/events.ts'
import { toldType } from '../../../../worker/contract/told.ts'
import { useDashboard } from '../desk.tsx'

const hook: Endpoint = {
  ...{ id: 'h1', site: 'blog', kind: 'webhook', name: 'Mirror', target: 'https://x.example/hook' },
  ...{ types: ['comment.held'], paused: false, createdAt: '2026-01-01T00:00:00.000Z', disabledAt: null },
  failing: { since: '2026-01-02T00:00:00.000Z', answer: 'answered 503' },
  decidesAs: null,
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
    fireEvent.click(screen.getByRole('button', { name: 'Send a test: Mirror' }))
    await screen.findByText('Not delivered: it could not be reached.')
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Other' } })
    const address = screen.getByLabelText('Address (URL)')
    fireEvent.input(address, { target: { value: 'https://y.example/' } })
    fireEvent.submit(address.closest('form') as HTMLFormElement)
    await screen.findByDisplayValue('whsec_once')
    screen.getByText('Other')
  })

  it.each([
    [{ paused: true }, true],
    [{ disabledAt: '2026-01-07T00:00:00.000Z' }, true],
    [{}, false],
  ])('say beside Resume alone what is missed until then: %j', async (state, isSaid) => {
    at.server.instead = (line) =>
      line === 'GET /v1/webhooks'
        ? { status: 200, body: { items: [{ ...hook, ...state }], next: null } }
        : undefined
    await at.open('/dashboard?page=webhooks')
    await screen.findByRole('button', { name: isSaid ? 'Resume: Mirror' : 'Pause: Mirror' })
    expect(screen.queryByText(/^What happens until it is resumed is not told/) !== null).toBe(isSaid)
  })

  it('offer a chat what waits for staff alone, and the fields that it takes', async () => {
    await open()
    fireEvent.change(screen.getByLabelText('Where'), { target: { value: 'telegram' } })
    screen.getByLabelText('Access token')
    expect(screen.queryByLabelText('Address (URL)')).toBe(null)
    expect(screen.queryByLabelText('a comment is approved')).toBe(null)
    screen.getByLabelText('a comment waits for you')
  })

  it('let the chat of one person alone be one’s own, and say whose it is', async () => {
    await open()
    const instead = at.server.instead
    const body = { ...hook, id: 'h3', kind: 'telegram', name: 'Me', decidesAs: 'me' }
    at.server.instead = (line) => (line === 'POST /v1/webhooks' ? { status: 201, body } : instead(line))
    const type = (label: string, value: string) =>
      fireEvent.input(screen.getByLabelText(label), { target: { value } })
    const mine = () => screen.queryByLabelText(/^Only I read this chat/)
    fireEvent.change(screen.getByLabelText('Where'), { target: { value: 'telegram' } })
    type('Name', 'Me')
    type('Access token', '12:abc')
    type('Chat', '-100')
    expect(mine()).toBe(null)
    type('Chat', '42')
    fireEvent.click(mine() as HTMLElement)
    fireEvent.submit(screen.getByLabelText('Chat').closest('form') as HTMLFormElement)
    await screen.findByText(/^Its links let you decide/)
    const asked = at.server.asked.find(({ line }) => line === 'POST /v1/webhooks')
    expect(asked?.body).toMatchObject({ mine: true, config: { chat: '42' } })
  })

  it('take the focus to the form that changes one, and back', async () => {
    await open()
    fireEvent.click(screen.getByRole('button', { name: 'Change: Mirror' }))
    expect(document.activeElement).toBe(screen.getByDisplayValue('Mirror'))
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change: Mirror' }))
  })

  it('make a new secret once a question, and forget it when the page is left', async () => {
    await open()
    let made = 0
    const instead = at.server.instead
    at.server.instead = (line) =>
      line === 'POST /v1/webhooks/h1/secret'
        ? { status: 200, body: { secret: `whsec_${++made}` } }
        : instead?.(line)
    const ask = () => screen.getByRole('button', { name: 'New secret: Mirror' })
    fireEvent.click(ask())
    fireEvent.click(screen.getByRole('button', { name: 'New secret' }))
    await screen.findByDisplayValue('whsec_1')
    expect(document.activeElement).toBe(ask())
    at.desk.place.go({ page: 'bans' })
    await waitFor(() => expect(screen.queryByDisplayValue('whsec_1')).toBe(null))
    at.desk.place.go({ page: 'webhooks' })
    await screen.findByText('Mirror')
    expect(screen.queryByDisplayValue('whsec_1')).toBe(null)
  })
})

describe('Pages of what is told outside', () => {
  it.each(['webhooks', 'outbox'])(
    'say to moderators that owners see them, with nothing to press: %s',
    async (page) => {
      const refused = { status: 403, body: { error: { code: 'forbidden', message: '' } } }
      at.server.instead = (line) => (/webhooks|deliveries/.test(line) ? refused : undefined)
      await at.open(`/dashboard?page=${page}`)
      const told = await screen.findByText('Only owners see this page.')
      expect(told.closest('section')?.querySelector('button, input, select')).toBe(null)
    },
  )
})

describe('The outbox', () => {
  const dead: DeliveryItem = {
    ...{ id: 'blog~7', site: 'blog', status: 'dead', destination: 'endpoint_message', act: 'comment.held' },
    ...{ recipient: 'Mirror', commentId: null, attempts: 12, answer: 'answered 410' },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', at: '2026-01-02T00:00:00.000Z' },
  }

  it('has words for each act that it tells of', () => {
    const told = Object.keys(en.auditLog.acts).filter((act) => toldType({ act } as ToldEvent))
    expect(told).toContain('comment.withdraw')
    const letters = ['subscription.ask', 'subscription.confirm', 'staff.invite', 'staff.address']
    expect(Object.keys(en.outbox.acts)).toEqual(expect.arrayContaining([...told, ...letters]))
  })

  it('shows what was given up with its answer, and sends it again', async () => {
    let items: DeliveryItem[] = []
    const answers = [
      { status: 503, body: { error: { code: 'unavailable', message: '' } } },
      { status: 202, body: null },
    ]
    at.server.instead = (line) => {
      if (line === 'GET /v1/deliveries') return { status: 200, body: { items, next: null } }
      if (line === 'POST /v1/deliveries/blog~7/retry') return answers.shift()
      return undefined
    }
    await at.open('/dashboard?page=outbox')
    await screen.findByText('Nothing waits to be delivered.')
    items = [dead]
    fireEvent.click(screen.getByRole('button', { name: 'Given up' }))
    await screen.findByText('It answered 410')
    screen.getByText('Mirror')
    const again = screen.getByRole('button', { name: 'Send again: A comment waits → Mirror' })
    fireEvent.click(again)
    await screen.findByText(/^Not sent again: /)
    fireEvent.click(again)
    await screen.findByText('It is being sent again.')
    expect(screen.queryByRole('button', { name: /^Send again/ })).toBe(null)
  })

  it.each([
    [{ status: 'dead', act: 'staff.invite', answer: 'its link has ended' } as const, /^Its link has ended/],
    [{ status: 'delivered', answer: 'answered 200' } as const, /^It answered 200/],
    [{ status: 'waiting', attempts: 1, answer: 'not reachable' } as const, /^It could not be reached/],
  ])('says what came of sending again, as soon as that is known: %j', async (outcome, told) => {
    let isSent = false
    at.server.instead = (line, query) => {
      if (line === 'POST /v1/deliveries/blog~7/retry') {
        isSent = true
        return { status: 202, body: null }
      }
      if (line !== 'GET /v1/deliveries') return undefined
      const now: DeliveryItem = isSent ? { ...dead, ...outcome } : dead
      const { cursor, status } = Object.fromEntries(query ?? [])
      const items = now.status === status && (!cursor || cursor === '8') ? [now] : []
      return { status: 200, body: { items, next: null } }
    }
    await at.open('/dashboard?page=outbox&status=dead')
    fireEvent.click(await screen.findByRole('button', { name: /^Send again/ }))
    await screen.findByText('It is being sent again.')
    await screen.findByText(told)
    expect(screen.queryByText('It is being sent again.')).toBe(null)
  })

  it('says in its address what is listed, and lists that again where one comes back', async () => {
    at.server.instead = (line, query) =>
      line === 'GET /v1/deliveries'
        ? { status: 200, body: { items: query?.get('status') === 'dead' ? [dead] : [], next: null } }
        : undefined
    await at.open('/dashboard?page=outbox')
    fireEvent.click(screen.getByRole('button', { name: 'Given up' }))
    await screen.findByText('Mirror')
    fireEvent.change(screen.getByLabelText('Site'), { target: { value: '' } })
    await waitFor(() => expect(location.search).toBe('?page=outbox&status=dead&of=accounts'))
    cleanup()
    at.desk[Symbol.dispose]()
    await at.open(`/dashboard${location.search}`)
    await screen.findByText('Mirror')
    expect(screen.getByLabelText<HTMLSelectElement>('Site').value).toBe('')
    expect(screen.getByRole('button', { name: 'Given up' }).getAttribute('aria-pressed')).toBe('true')
    fireEvent.change(screen.getByLabelText('Site'), { target: { value: 'blog' } })
    await waitFor(() => expect(location.search).toBe('?page=outbox&site=blog&status=dead'))
  })

  it('offers a new link in place of an invitation whose link has ended, which sent again would fail again', async () => {
    const over = { ...dead, id: '~8', site: null, act: 'staff.invite', answer: 'its link has ended' }
    at.server.instead = (line) =>
      line === 'GET /v1/deliveries' ? { status: 200, body: { items: [over], next: null } } : undefined
    await at.open('/dashboard?page=outbox')
    await screen.findByText(/^Its link has ended/)
    expect(screen.queryByRole('button', { name: /^Send again/ })).toBe(null)
    fireEvent.click(screen.getByRole('link', { name: 'Make a new link' }))
    expect(at.desk.place.here.value.page).toBe('people')
  })

  it('shows mail about accounts, which is of no site, to those whose are all sites', async () => {
    at.server.instead = (line, query) => {
      if (line !== 'GET /v1/deliveries') return undefined
      const items = query?.has('site') ? [] : [{ ...dead, id: '~8', site: null, act: 'staff.invite' }]
      return { status: 200, body: { items, next: null } }
    }
    await at.open('/dashboard?page=outbox')
    await screen.findByText('Nothing waits to be delivered.')
    fireEvent.change(screen.getByLabelText('Site'), { target: { value: '' } })
    await screen.findByText('Mirror')
    fireEvent.change(screen.getByLabelText('Site'), { target: { value: 'blog' } })
    await screen.findByText('Nothing waits to be delivered.')
  })
})
