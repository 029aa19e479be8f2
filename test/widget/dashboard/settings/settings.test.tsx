import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import en from '../../../../widget/dashboard/locales/en.json'
import { settingsIn, siteSettings } from '../../../../worker/contract/siteSettings.ts'
import { session } from '../comment.ts'
import { press, useDashboard } from '../desk.tsx'

const { fields } = en.settings
const address = '/dashboard?page=settings&site=blog'
const sent = (asked: { line: string; body: unknown }[], method: string) =>
  asked.filter(({ line }) => line.startsWith(`${method} /v1/sites/`))

describe('The settings of a site', () => {
  const at = useDashboard()
  afterEach(() => localStorage.clear())

  const open = async () => {
    await at.open(address)
    await screen.findByLabelText('Mistakes allowed, each way')
  }
  const field = (label: string) => screen.getByLabelText(label) as HTMLInputElement
  const type = (label: string, value: string) => fireEvent.input(field(label), { target: { value } })

  it('are reached from the sites and tell what is set', async () => {
    await at.open('/dashboard?page=sites')
    fireEvent.click(await screen.findByRole('button', { name: 'Settings of Blog' }))
    await screen.findByLabelText('Mistakes allowed, each way')
    expect(location.search).toBe('?page=settings&site=blog')
    expect(field('Mistakes allowed, each way').value).toBe('1')
    expect(field('Newcomers wait, unless screening has learnt that they are fine').checked).toBe(true)
    expect(field('Words that make a comment wait').value).toBe('casino')
    expect(screen.getByRole('link', { name: 'Sites' }).getAttribute('aria-current')).toBe('page')
  })

  it('have a field each, in the order of their table', async () => {
    await open()
    const groups = ['trust', 'besides', 'byItself', 'site', 'kept'] as const
    const labels = groups
      .flatMap(settingsIn)
      .filter((name) => siteSettings[name].kind !== 'choice')
      .map((name) => fields[name])
    screen.getByText(fields.publishedSpam)
    const shown = labels.map((label) => field(label))
    expect(shown.length).toBeGreaterThan(10)
    for (const [at, input] of shown.slice(1).entries())
      expect(shown[at]?.compareDocumentPosition(input)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
    expect(shown.map(({ min, max }) => [min, max])[labels.indexOf(fields.errorRate)]).toEqual(['0.1', '10'])
  })

  it('name the site and its pages, ask screening nothing, and are refused by the line', async () => {
    await open()
    const previews = () => sent(at.server.asked, 'POST').map(({ body }) => body)
    type('Name', ' Journal ')
    type('Addresses of its pages', 'https://blog.example\n\nhttps://www.blog.example/')
    type('Minutes to edit an approved comment', '30')
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
    const origins = ['https://blog.example', 'https://www.blog.example/']
    expect(sent(at.server.asked, 'PATCH').map(({ body }) => body)).toEqual([
      { name: 'Journal', origins, settings: { editMinutes: 30 } },
    ])
    screen.getByRole('heading', { name: 'Settings of Journal' })
    expect(previews().filter((body) => 'name' in (body as object))).toEqual([])

    const error = { code: 'invalid', message: '', field: 'origins.1' }
    at.server.instead = (line) => (line.startsWith('PATCH') ? { status: 400, body: { error } } : undefined)
    type('Addresses of its pages', 'https://blog.example\n\nblog')
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText(/^Line 3:/)
    type('Name', ' ')
    expect(document.getElementById('problem-name')?.textContent).toBe('Fill this in, please.')
  })

  it('send only what is changed, and come back by undo', async () => {
    await open()
    type('Mistakes allowed, each way', '2.5')
    fireEvent.click(field('Every comment with a link'))
    type('Words that make it spam', 'viagra\n\n  cheap pills \nviagra\n')
    expect(screen.getByText('3 changes kept, not saved')).toBeTruthy()
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
    expect(screen.queryByText(/not saved$/)).toBeNull()
    expect(sent(at.server.asked, 'PATCH')).toEqual([
      { line: 'PATCH /v1/sites/blog', body: { settings: { errorRate: 0.025, holdLinks: true } } },
    ])
    expect(sent(at.server.asked, 'PUT')).toEqual([
      { line: 'PUT /v1/sites/blog/word-lists/spam', body: { entries: ['viagra', 'cheap pills'] } },
    ])
    await press('z')
    await screen.findByText('The former settings are back')
    expect(at.server.settings.sites[0]?.settings).toMatchObject({ errorRate: 0.01, holdLinks: false })
    expect(at.server.settings.lists.spam).toEqual([])
    expect(field('Mistakes allowed, each way').value).toBe('1')
  })

  it('offer to look at what waits and has words of a list that was saved', async () => {
    const told = { author: 'Mika', excerpt: 'Buy viagra', found: 'viagra' }
    const matching = ['1', '2'].map((commentId) => ({ commentId, ...told }))
    at.server.instead = (line) =>
      line === 'GET /v1/sites/blog/word-lists/spam/matches'
        ? { status: 200, body: { items: matching, looked: 2, next: null } }
        : undefined
    await open()
    type('Words that make it spam', 'viagra')
    fireEvent.click(screen.getByText('Save'))
    const offer = await screen.findByText(/^2 that wait match:/)
    const names = [...offer.querySelectorAll('button')].map(({ textContent }) => textContent)
    expect(names).toEqual(['Look', 'Mark as spam'])
    fireEvent.click(offer.querySelector('button') as HTMLElement)
    await waitFor(() => expect(new URLSearchParams(location.search).get('ids')).toBe('1,2'))
  })

  it('keep changes that are not saved, over another page and a reload', async () => {
    await open()
    type('Links a comment may have', '7')
    fireEvent.click(screen.getByRole('link', { name: 'Bans' }))
    await screen.findByText('Nobody is banned.')
    at.desk.place.go({ page: 'settings' })
    await screen.findByText('1 change kept, not saved')
    expect(field('Links a comment may have').value).toBe('7')
    cleanup()
    at.desk[Symbol.dispose]()
    await open()
    expect(field('Links a comment may have').value).toBe('7')
    fireEvent.click(screen.getByText('Discard'))
    expect(field('Links a comment may have').value).toBe('2')
    expect(localStorage.getItem('hankyo.en.settings.blog')).toBeNull()
  })

  it('say in words at the field what makes no sense, and send nothing', async () => {
    await open()
    type('Mistakes allowed, each way', '50')
    fireEvent.click(screen.getByText('Save'))
    const told = await screen.findByText('A number from 0.1 to 10, please.')
    const input = field('Mistakes allowed, each way')
    await waitFor(() => expect(document.activeElement).toBe(input))
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(input.getAttribute('aria-describedby')).toContain(told.id)
    expect(sent(at.server.asked, 'PATCH')).toEqual([])
  })

  it('tell what the worker refuses at its field, and keep what was typed', async () => {
    await open()
    at.server.instead = (line) =>
      line.startsWith('PATCH')
        ? { status: 400, body: { error: { code: 'invalid', message: 'x', field: 'settings.holdDays' } } }
        : undefined
    type('Days after an author’s first approved comment', '9')
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Not all of it was saved: This is not valid.')
    const input = field('Days after an author’s first approved comment')
    await waitFor(() => expect(document.activeElement).toBe(input))
    expect(input.value).toBe('9')
    expect(input.getAttribute('aria-invalid')).toBe('true')
    type('Days after an author’s first approved comment', '8')
    expect(input.getAttribute('aria-invalid')).toBe('false')
  })

  it('say which line of a list is refused; what was saved before it can be undone', async () => {
    await open()
    at.server.instead = (line) =>
      line.startsWith('PUT')
        ? { status: 400, body: { error: { code: 'too_long', message: 'x', field: 'entries.1', limit: 100 } } }
        : undefined
    fireEvent.click(field('Everyone waits for a person'))
    type('Domains that make it spam', 'a.example\n\na.example\nlong')
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Line 4: Too long: 100 characters at most.')
    expect(at.server.settings.sites[0]?.policy).toBe('premoderate')
    expect(screen.getByText('1 change kept, not saved')).toBeTruthy()
    fireEvent.click(screen.getByText('Undo'))
    await screen.findByText('The former settings are back')
    expect(at.server.settings.sites[0]?.policy).toBe('trusted')
  })

  it('send nothing while a line of a list is marked wrong, or a field of the night', async () => {
    await open()
    const refuse = (path: string) => {
      at.server.instead = (line) =>
        /^(PUT|POST)/.test(line)
          ? { status: 400, body: { error: { code: 'invalid', message: 'x', field: path } } }
          : undefined
    }
    refuse('lists.domains.0')
    type('Domains that make it spam', 'not a domain')
    await screen.findByText('Line 1: This is not valid.')
    fireEvent.click(field('Every comment with a link'))
    at.server.instead = () => undefined
    fireEvent.click(screen.getByText('Save'))
    await waitFor(() => expect(document.activeElement).toBe(field('Domains that make it spam')))
    expect([...sent(at.server.asked, 'PATCH'), ...sent(at.server.asked, 'PUT')]).toEqual([])
    expect(screen.getByText('2 changes kept, not saved')).toBeTruthy()

    refuse('settings.holdNight.timeZone')
    type('Domains that make it spam', 'a.example')
    fireEvent.click(field('Comments at night'))
    await screen.findByText('This is not valid.')
    at.server.instead = () => undefined
    fireEvent.click(field('Comments at night'))
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
    expect(at.server.settings.lists.domains).toEqual(['a.example'])
  })

  it('can be saved again after a failure that is no field’s', async () => {
    await open()
    at.server.instead = (line) =>
      line.startsWith('PUT')
        ? { status: 503, body: { error: { code: 'unavailable', message: 'x' } } }
        : undefined
    type('Domains that make it spam', 'a.example')
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText(/^Not all of it was saved/)
    at.server.instead = () => undefined
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
  })

  it('set the night with its hours and time zone, and refuse one without an end', async () => {
    await open()
    fireEvent.click(field('Comments at night'))
    fireEvent.change(field('From'), { target: { value: '23' } })
    fireEvent.change(field('Until'), { target: { value: '23' } })
    fireEvent.change(field('Time zone'), { target: { value: 'Asia/Tokyo' } })
    expect(screen.getByText('The night needs an end that is not its start.')).toBeTruthy()
    fireEvent.change(field('Until'), { target: { value: '6' } })
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText('Settings saved')
    expect(at.server.settings.sites[0]?.settings.holdNight).toEqual({
      from: 23,
      to: 6,
      timeZone: 'Asia/Tokyo',
    })
  })

  it('take entries from a plain file beside those there are', async () => {
    await open()
    const list = field('Words that make a comment wait').closest('.list') as HTMLElement
    const file = new File(['\ufeff# remarks\r\ncasino\r\n\r\nロレックス\r\n'], 'words.txt')
    fireEvent.change(within(list).getByLabelText('Add from a file…'), { target: { files: [file] } })
    await screen.findByText('1 new entry from words.txt, not saved yet')
    expect(field('Words that make a comment wait').value).toBe('casino\nロレックス')
  })

  it('are for moderators to read', async () => {
    const moderator = { ...session, moderator: { ...session.moderator, role: 'moderator' } }
    at.server.instead = (line) => (line === 'GET /v1/session' ? { status: 200, body: moderator } : undefined)
    await open()
    expect(screen.getByText('Only an owner can change these.')).toBeTruthy()
    expect(field('Mistakes allowed, each way').closest('fieldset')?.disabled).toBe(true)
    expect(at.server.asked.map(({ line }) => line)).not.toContain('GET /v1/sites/blog/screeners')
  })

  it('tell a failure to load and try again', async () => {
    at.server.instead = (line) =>
      line.endsWith('word-lists')
        ? { status: 500, body: { error: { code: 'internal', message: '' } } }
        : undefined
    await at.open(address)
    await screen.findByText('This could not be loaded: The server failed. Try again.')
    at.server.instead = () => undefined
    fireEvent.click(screen.getByText('Try again'))
    await screen.findByLabelText('Mistakes allowed, each way')
  })
})

describe('The services outside', () => {
  const at = useDashboard()
  const row = (name: string) => screen.getByText(name).closest('li') as HTMLElement

  it('are set up with a secret that is never shown, and taken away after a second question', async () => {
    await at.open(address)
    fireEvent.click(await screen.findByRole('button', { name: 'Set up Akismet' }))
    const key = screen.getByLabelText('Key') as HTMLInputElement
    expect(key.type).toBe('password')
    expect((screen.getByLabelText('Address of the site') as HTMLInputElement).value).toBe(
      'https://blog.example',
    )
    fireEvent.input(key, { target: { value: 'abc123' } })
    fireEvent.submit(key.closest('form') as HTMLFormElement)
    await screen.findByText('Akismet will be asked')
    expect(sent(at.server.asked, 'PUT')).toEqual([
      { line: 'PUT /v1/sites/blog/screeners/akismet', body: { key: 'abc123', blog: 'https://blog.example' } },
    ])
    expect(row('Akismet').textContent).toContain('Not asked yet')
    expect(document.body.innerHTML).not.toContain('abc123')
    fireEvent.click(screen.getByRole('button', { name: 'Remove Akismet' }))
    expect(at.server.settings.screeners).toHaveLength(1)
    fireEvent.click(screen.getByText('Remove and forget its secret'))
    await screen.findByText('Akismet is no longer asked')
    expect(at.server.settings.screeners).toHaveLength(0)
  })

  it('show the secret of a webhook once', async () => {
    await at.open(address)
    fireEvent.click(await screen.findByRole('button', { name: 'Set up Webhook' }))
    const url = screen.getByLabelText('Address')
    fireEvent.input(url, { target: { value: 'https://blog.example/screen' } })
    fireEvent.submit(url.closest('form') as HTMLFormElement)
    expect(((await screen.findByLabelText('Secret of the webhook')) as HTMLInputElement).value).toBe(
      'whsec_once',
    )
    expect(document.querySelector('.act-line.shown')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Change Webhook' }))
    expect(screen.queryByLabelText('Secret of the webhook')).toBeNull()
    fireEvent.keyDown(screen.getByLabelText('Address'), { key: 'Escape' })
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Change Webhook'))
  })

  it('say what they answered last, and what the worker refuses at its field', async () => {
    at.server.settings.screeners = [
      {
        kind: 'openai',
        target: 'https://api.example/v1',
        last: { at: new Date().toISOString(), answered: false, detail: 'timeout' },
      },
    ]
    await at.open(address)
    const endpoint = await screen.findByText('https://api.example/v1')
    expect(endpoint.closest('li')?.textContent).toContain('Did not answer as it should: now – timeout')
    fireEvent.click(screen.getByRole('button', { name: 'Change Moderation endpoint' }))
    at.server.instead = () => ({
      status: 400,
      body: { error: { code: 'invalid', message: '', field: 'endpoint' } },
    })
    const input = screen.getByLabelText('Endpoint') as HTMLInputElement
    fireEvent.input(input, { target: { value: 'http://10.0.0.1' } })
    fireEvent.submit(input.closest('form') as HTMLFormElement)
    expect((await screen.findByRole('alert')).textContent).toBe('This is not valid.')
    expect(input.value).toBe('http://10.0.0.1')
    expect(input.getAttribute('aria-invalid')).toBe('true')
  })
})
