import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { useDashboard } from '../desk.tsx'

describe('The proof that a site asks for', () => {
  const at = useDashboard()
  afterEach(() => localStorage.clear())

  const open = async () => {
    await at.open('/dashboard?page=settings&site=blog')
    await screen.findByText('Proof that a person writes', { selector: 'h2' })
  }
  const field = (label: string | RegExp) => screen.getByLabelText(label) as HTMLInputElement
  const type = (label: string, value: string) => fireEvent.input(field(label), { target: { value } })
  const sent = (method: string) =>
    at.server.asked.filter(({ line }) => line.startsWith(`${method} /v1/sites/`))

  it('is none, and becomes work', async () => {
    await open()
    expect(field('None').checked).toBe(true)
    expect(screen.queryByLabelText('Site key')).toBeNull()
    fireEvent.click(field(/^A second of work/))
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
    expect(sent('PATCH')).toEqual([{ line: 'PATCH /v1/sites/blog', body: { settings: { proof: 'work' } } }])
  })

  it('is Turnstile with both its keys; the secret is neither kept nor shown', async () => {
    await open()
    fireEvent.click(field(/^Cloudflare Turnstile/))
    const secret = field('Secret key')
    expect(secret.type).toBe('password')
    type('Secret key', 's3cret')
    fireEvent.submit(secret.form as HTMLFormElement)
    await screen.findByText('The secret key of Turnstile is set')
    expect(sent('PUT')).toEqual([{ line: 'PUT /v1/sites/blog/turnstile', body: { secret: 's3cret' } }])
    expect(field('Secret key').value).toBe('')
    expect(JSON.stringify(localStorage)).not.toContain('s3cret')
    type('Site key', ' 0x4key ')
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
    expect(sent('PATCH')[0]?.body).toEqual({ settings: { proof: 'turnstile', turnstileSiteKey: '0x4key' } })
  })

  it('is not saved without a site key, which is said at its field', async () => {
    await open()
    fireEvent.click(field(/^Cloudflare Turnstile/))
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Turnstile needs its site key.')
    await waitFor(() => expect(document.activeElement).toBe(field('Site key')))
    expect(sent('PATCH')).toEqual([])
  })

  it('says that the secret is missing, until it is set', async () => {
    await open()
    fireEvent.click(field(/^Cloudflare Turnstile/))
    type('Site key', '0x4key')
    at.server.instead = (line) =>
      line.startsWith('PATCH')
        ? { status: 400, body: { error: { code: 'missing', message: 'x', field: 'settings.proof' } } }
        : undefined
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Turnstile needs its secret key: set it, then save.')
    expect(field(/^Cloudflare Turnstile/).getAttribute('aria-invalid')).toBe('true')
    at.server.instead = () => undefined
    type('Secret key', 's3cret')
    fireEvent.submit(field('Secret key').form as HTMLFormElement)
    await waitFor(() => expect(screen.queryByText(/set it, then save/)).toBeNull())
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
  })

  it('tells what the worker says against a secret', async () => {
    await open()
    fireEvent.click(field(/^Cloudflare Turnstile/))
    type('Secret key', 'a b')
    at.server.instead = (line) =>
      line.startsWith('PUT')
        ? { status: 400, body: { error: { code: 'invalid', message: 'x', field: 'secret' } } }
        : undefined
    fireEvent.submit(field('Secret key').form as HTMLFormElement)
    expect((await screen.findByRole('alert')).textContent).toBe('This is not valid.')
    expect(field('Secret key').value).toBe('a b')
  })
})
