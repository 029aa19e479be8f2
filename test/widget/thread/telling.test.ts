import { fireEvent, waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NewComment } from '../../../worker/contract/comment.ts'
import { loaded, reload, type Shown, setUp, type, worker, write } from './stage.ts'

setUp()

beforeEach(() => {
  worker.thread.telling = true
})

const email = 'E-mail for news of this (optional, not published)'
const published = 'Tell me when it is published or refused'
const answers = 'Tell me of answers to it'
const follow = { name: 'Follow this thread without writing' }

const posts = () => worker.asked('POST', /comments$/).map(({ body }) => body as NewComment)
const wishes = () => worker.asked('POST', /subscriptions$/).map(({ body }) => body)

/** A form that was touched, once all of it is there. */
async function touched(body = 'x'): Promise<Shown> {
  const thread = await loaded()
  type(thread.getByLabelText('Write a comment'), body)
  await thread.findByLabelText(email)
  return thread
}

const tick = (box: HTMLElement) => fireEvent.click(box)

describe('News by mail', () => {
  it('is asked for by boxes that nobody has ticked, and no address where the site sends none', async () => {
    const thread = await touched()
    for (const name of [published, answers])
      expect(thread.getByLabelText(name)).toHaveProperty('checked', false)
    await write(thread, 'Without news')
    await waitFor(() => expect(posts()).toHaveLength(1))
    expect(posts()[0]).not.toHaveProperty('subscribe')
    delete worker.thread.telling
    const other = await reload()
    type(other.getByLabelText('Write a comment'), 'y')
    await other.findByRole('button', { name: 'Bold' })
    expect(other.queryByLabelText(email)).toBeNull()
  })

  it('is asked for with the comment, in the language of the thread, and remembered for the next', async () => {
    const thread = await touched()
    type(thread.getByLabelText(email), 'mina@example.com')
    tick(thread.getByLabelText(answers))
    await write(thread, 'With news')
    await waitFor(() => expect(posts()).toHaveLength(1))
    expect(posts()[0]).toMatchObject({
      subscribe: ['replies'],
      locale: 'en',
      author: { email: 'mina@example.com' },
    })
    const again = await reload()
    type(again.getByLabelText('Write a comment'), 'z')
    expect(await again.findByLabelText(answers)).toHaveProperty('checked', true)
    expect(again.getByLabelText(published)).toHaveProperty('checked', false)
  })

  it('needs an address, and nothing is lost without one', async () => {
    const thread = await touched('My words')
    tick(thread.getByLabelText(published))
    await write(thread, 'My words')
    await thread.findByText('Please fill this in.')
    expect(thread.root.activeElement).toBe(thread.getByLabelText(email))
    expect(thread.getByLabelText('Write a comment')).toHaveProperty('value', 'My words')
    expect(posts()).toEqual([])
  })

  it('is had of a thread without writing, and what is written stays', async () => {
    const thread = await touched('Half a th')
    thread.getByRole('button', follow).click()
    await thread.findByText('Please fill this in.')
    type(thread.getByLabelText(email), 'mina@example.com')
    thread.getByRole('button', follow).click()
    await waitFor(() => expect(thread.text()).toContain('Open the link in the mail'))
    expect(wishes()).toEqual([
      {
        ...{ email: 'mina@example.com', key: '/article', url: `${location.origin}/article` },
        ...{ kinds: ['thread'], locale: 'en' },
      },
    ])
    expect(thread.getByLabelText('Write a comment')).toHaveProperty('value', 'Half a th')
    expect(posts()).toEqual([])
  })

  it('says at its field what is wrong with an address, and what else went wrong beside the button', async () => {
    const thread = await touched()
    type(thread.getByLabelText(email), 'mina')
    worker.fault = ({ path }) =>
      path.endsWith('/subscriptions')
        ? { status: 400, error: { code: 'invalid', message: 'No address.', field: 'email' } }
        : undefined
    thread.getByRole('button', follow).click()
    await thread.findByText('Please check this.')
    expect(thread.root.activeElement).toBe(thread.getByLabelText(email))
    worker.fault = ({ path }) => (path.endsWith('/subscriptions') ? 'hang up' : undefined)
    thread.getByRole('button', follow).click()
    await waitFor(() => expect(thread.root.querySelector('[role=alert]')?.textContent).toBeTruthy())
  })
})

describe('A comment that waits', () => {
  it('says within what time most are decided, where that is known', async () => {
    const thread = await loaded()
    await write(thread, 'How long?')
    await waitFor(() => expect(worker.stored.size).toBe(1))
    const [stored] = worker.stored.values()
    if (stored) stored.own.usualWait = 3 * 3600
    const again = await reload()
    await again.findByText('Decided here within 3 hours, most of the time.')
    if (stored) Object.assign(stored.own, { status: 'approved', usualWait: undefined })
    const last = await reload()
    await last.findByText('How long?')
    expect(last.text()).not.toContain('Decided here')
  })
})
