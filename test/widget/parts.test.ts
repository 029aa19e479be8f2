import { waitFor } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { loaded, reload, setUp, type, worker, write } from './stage.ts'

vi.mock('../../widget/thread/words.ts', async (original) => ({
  ...(await original<object>()),
  completeWords: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
}))

setUp()

describe('while its parts cannot be loaded, a thread', () => {
  it('takes a comment and says that not all is there', async () => {
    const thread = await loaded()
    await write(thread, 'Sent all the same')
    await thread.findByText('Waiting for approval · only you see this')
    await thread.findByText('The comments could not be loaded.', { exact: false })
    thread.getByRole('button', { name: 'Try again' })
    expect(worker.stored.size).toBe(1)
  })

  it('keeps what could not be sent', async () => {
    const thread = await loaded()
    worker.fault = ({ method }) => (method === 'POST' ? { status: 400 } : undefined)
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
})
