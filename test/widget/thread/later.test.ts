import { waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { loaded, reload, setUp, type, worker, write } from './stage.ts'
import { commentOf } from './worker.ts'

setUp()

beforeEach(() => {
  worker.fault = ({ path }) => (/\.(more|asked)\./.test(path) ? { status: 503 } : undefined)
})

describe('while its further words cannot be loaded, a thread', () => {
  it('takes a comment and says that not all is there', async () => {
    const thread = await loaded()
    await write(thread, 'Sent all the same')
    await thread.findByText('Waiting for approval · only you see this')
    await thread.findByText('Part of this page could not be loaded', { exact: false })
    expect(thread.text()).not.toContain('The comments could not be loaded.')
    thread.getByRole('button', { name: 'Try again' })
    expect(worker.stored.size).toBe(1)
  })

  it('keeps what could not be sent', async () => {
    const thread = await loaded()
    worker.fault = ({ method, path }) =>
      method === 'POST' || /\.(more|asked)\./.test(path) ? { status: 400 } : undefined
    await write(thread, 'Kept')
    await thread.findByText(/^Not sent yet/, { selector: '.state' })
    expect(Object.values({ ...localStorage }).join()).toContain('Kept')
  })

  it('says what is missing in the words of the server', async () => {
    const thread = await loaded()
    await write(thread, 'Text', '')
    await thread.findByText('Please fill this in.')
    expect(thread.getByLabelText('Write a comment')).toHaveProperty('value', 'Text')
  })

  it('keeps a draft', async () => {
    type((await loaded()).getByLabelText('Write a comment'), 'Half')
    const again = await reload()
    await waitFor(() => expect(again.getByLabelText('Write a comment')).toHaveProperty('value', 'Half'))
  })

  it('likes nothing, and tells the reader beside the button, and the page why', async () => {
    worker.show(commentOf({ id: 'one' }))
    const thread = await loaded()
    const failures: unknown[] = []
    thread.element.addEventListener('hankyo:error', (event) => failures.push((event as CustomEvent).detail))
    const like = thread.getByRole('button', { name: /Like/ })
    like.click()
    await waitFor(() => expect(failures).toMatchObject([{ code: 'internal' }]))
    expect(like.getAttribute('aria-pressed')).toBe('false')
    expect(worker.asked('PUT', /like/)).toEqual([])
    await thread.findByText(/^Part of this page could not be loaded/, { selector: 'article [role=alert]' })
    worker.fault = undefined
    like.click()
    await waitFor(() => expect(like.getAttribute('aria-pressed')).toBe('true'))
    await waitFor(() => expect(thread.queryByRole('alert')).toBeNull())
  })
})
