import { File } from 'node:buffer'
import { join } from 'node:path'
import { Worker as Thread } from 'node:worker_threads'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../../worker/contract/errors.ts'
import type { ImportView, NewImport, NewSlice } from '../../../../worker/contract/imports.ts'
import { useDashboard } from '../desk.tsx'

/** happy-dom has no workers: this is one of Node's, with the same reader in it. */
class NodeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null
  readonly #thread = new Thread(join(import.meta.dirname, 'thread.ts'))
  constructor() {
    threads.add(this.#thread)
    this.#thread.on('message', (data) => this.onmessage?.({ data }))
  }
  postMessage(message: unknown) {
    this.#thread.postMessage(message)
  }
  terminate() {
    this.#thread.terminate()
  }
}
const threads = new Set<Thread>()

const at = useDashboard()

/** A WordPress export of three pages: seven comments that count, two of them spam, and a pingback. */
const comment = (id: number, more = '', approved = '1') =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Mika ${id}</wp:comment_author>
   <wp:comment_date_gmt>2019-03-0${id} 10:00:00</wp:comment_date_gmt><wp:comment_approved>${approved}</wp:comment_approved>
   <wp:comment_content><![CDATA[A <strong>thought</strong>, number ${id}.]]></wp:comment_content>${more}</wp:comment>`
const page = (path: string, comments: string) =>
  `<item><title>Page ${path}</title><link>https://blog.example${path}</link><wp:post_type>post</wp:post_type>
   <wp:status>publish</wp:status>${comments}</item>`
const wxr = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>
<link>https://blog.example</link>
${page('/old/', [1, 2, 3].map((id) => comment(id)).join('') + comment(4, '', 'spam'))}
${page('/gone/', comment(5))}
${page('/here/', comment(6) + comment(7, '', 'spam') + comment(8, '<wp:comment_type>pingback</wp:comment_type>'))}
</channel></rss>`

let imports: ImportView[]
/** Ids of comments that came. */
let here: Set<string>
/** What the next slice is answered instead. */
let refusal: { status: number; code: ErrorCode } | undefined

beforeEach(() => {
  imports = []
  here = new Set()
  refusal = undefined
  Object.assign(globalThis, { Worker: NodeWorker })
  localStorage.clear()
})
afterEach(async () => {
  await Promise.all([...threads].map((thread) => thread.terminate()))
  threads.clear()
})

/** What was sent last. */
const lastBody = () => at.server.asked.at(-1)?.body

const told = (status: number, body: unknown) => ({ status, body })

/** The worker's part in imports. */
function answer(line: string) {
  const body = lastBody()
  const [one] = imports
  if (line === 'GET /v1/sites')
    return told(200, { items: [{ id: 'blog', origins: ['https://blog.example'] }], next: null })
  if (line === 'GET /v1/imports') return told(200, { items: imports, next: null })
  if (line === 'GET /v1/staff') return told(200, { items: [], next: null })
  if (line === 'POST /v1/import-checks') {
    const { ids } = body as { ids: string[] }
    return told(200, { known: ids.filter((id) => here.has(id)), threads: [] })
  }
  if (line === 'POST /v1/imports') {
    const { site: siteId, ...asked } = body as NewImport
    const made: ImportView = {
      ...{ ...asked, siteId, by: 'Me', at: '2026-01-01T00:00:00.000Z', state: 'working' },
      ...{ added: 0, known: 0, removed: 0, lessons: 0, leftOut: {}, errors: 0 },
    }
    if (!imports.some(({ id }) => id === made.id)) imports = [made, ...imports]
    return told(201, imports[0])
  }
  if (!one || !line.includes(`/v1/imports/${one.id}`)) return undefined
  if (line.endsWith('/slices')) {
    if (refusal) return told(refusal.status, { error: { code: refusal.code, message: '' } })
    const fresh = (body as NewSlice).comments.filter(({ id }) => !here.has(id))
    for (const { id } of fresh) here.add(id)
    one.added += fresh.length
    return told(200, { added: fresh.length, known: 0 })
  }
  if (line.startsWith('PATCH')) Object.assign(one, body)
  if (line.startsWith('GET')) Object.assign(one, { state: 'undone', removed: one.added })
  if (line.startsWith('DELETE')) {
    here.clear()
    one.state = 'undoing'
    return told(202, one)
  }
  return told(200, one)
}

async function open() {
  at.server.instead = answer
  await at.open('/dashboard?page=imports')
  await screen.findByText('Nothing was imported yet.')
}

const give = (text: string, name = 'old.xml') =>
  fireEvent.change(screen.getByLabelText('Choose a file'), { target: { files: [new File([text], name)] } })

const lines = (start: string) => at.server.asked.filter(({ line }) => line.startsWith(start))

/** The value that stands beside a label of the figures. */
const figure = (label: string) => screen.getByText(label, { selector: 'dt' }).nextElementSibling?.textContent

describe('A file', () => {
  it('says what would become of it before anything is sent', async () => {
    await open()
    give(wxr)
    await screen.findByText('Comments to come')
    expect([figure('Comments to come'), figure('Approved'), figure('Spam')]).toEqual(['7', '5', '2'])
    expect(figure('Pingbacks')).toBe('1')
    const samples = (await screen.findByText('Examples, as they will look')).closest('details') as HTMLElement
    expect(within(samples).getAllByText('thought')[0]?.tagName).toBe('STRONG')
    expect(lines('POST /v1/imports')).toEqual([])
  })

  it('tells which pages would show nothing, which lines are broken, and what readers would see', async () => {
    await open()
    // Its end is missing, too.
    give(wxr.replace('https://blog.example/gone/', 'gone').slice(0, -'</channel></rss>'.length))
    await screen.findByText(/^Pages without a path: 1\. .* such as gone → \/path\.$/)
    screen.getByText(/^Line \d+$/)
    const row = screen.getByText('Page /old/').closest('tr') as HTMLElement
    expect(within(row).getAllByRole('cell')[0]?.textContent).toBe('3')
  })

  it('that is all here already has nothing to press', async () => {
    await open()
    give(wxr)
    fireEvent.click(await screen.findByRole('button', { name: 'Import 7 comments' }))
    await screen.findByText('old.xml is here')
    await screen.findByText(/^WordPress \(WXR\) · /)
    fireEvent.click(screen.getByRole('button', { name: 'Another file' }))
    for (const one of imports) one.state = 'working'
    give(wxr)
    await screen.findByText('All comments of this file are here already.')
    expect(screen.queryByRole('button', { name: /^Import \d/ })).toBe(null)
    // The import that was killed after its last comment is ended.
    await screen.findByText(/^WordPress \(WXR\) · all here$/)
    fireEvent.click(screen.getByLabelText('Keep e-mail addresses of authors'))
    await screen.findByText(/^Comments that are here already get no address\./)
  })

  it('comes whole, is listed, and is taken back by Undo', async () => {
    await open()
    give(wxr)
    fireEvent.click(await screen.findByRole('button', { name: 'Import 7 comments' }))
    const heading = await screen.findByText('old.xml is here')
    await waitFor(() => expect(document.activeElement).toBe(heading))
    expect(here.size).toBe(7)
    fireEvent.click(await screen.findByRole('button', { name: /^Undo/ }))
    await screen.findByText('7 comments were taken back.')
    await screen.findByText(/taken back$/)
    screen.getByLabelText('Choose a file')
    expect(here.size).toBe(0)
  })

  it('that was stopped by the server stays chosen, and goes on', async () => {
    await open()
    refusal = { status: 403, code: 'forbidden' }
    give(wxr)
    fireEvent.click(await screen.findByRole('button', { name: 'Import 7 comments' }))
    await screen.findByText(/^It stopped: /)
    refusal = undefined
    fireEvent.click(screen.getByRole('button', { name: 'Import 7 comments' }))
    await screen.findByText('old.xml is here')
    expect(here.size).toBe(7)
  })

  it('that is none is refused in words, and another one is chosen', async () => {
    await open()
    give('<!doctype html><html><p>Hello', 'page.html')
    await screen.findByText(/^page\.html: This is a web page/)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Choose a file')))
    give(wxr)
    await screen.findByText('What would become of old.xml')
  })
})

describe('Choices', () => {
  it('are looked at again before anything is sent, and are there when the file is chosen again', async () => {
    await open()
    give(wxr)
    fireEvent.click(await screen.findByLabelText('spam'))
    await screen.findByText('What is above was made by other choices.')
    fireEvent.click(screen.getByRole('button', { name: 'Look again' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Import 5 comments' }))
    await screen.findByText('old.xml is here')
    expect(here.size).toBe(5)
  })

  it('take a list of pages that is pasted', async () => {
    await open()
    give(wxr)
    fireEvent.click(await screen.findByRole('button', { name: 'Add a line' }))
    const clipboardData = { getData: () => '/old -> /new\n/gone/* -> /here/*\n' }
    fireEvent.paste(screen.getByLabelText('Old 1'), { clipboardData })
    expect((screen.getByLabelText('New 2') as HTMLInputElement).value).toBe('/here/*')
  })

  it('follow where pages of the live site lead', async () => {
    await open()
    const usual = at.server.instead
    at.server.instead = (line, query) => {
      if (line === 'POST /v1/sitemaps') {
        const { url } = lastBody() as { url?: string }
        const nothing = { state: 'found', detail: null, next: null, pages: [], sitemaps: [] }
        return told(
          200,
          url
            ? { ...nothing, pages: ['https://blog.example/here'] }
            : { ...nothing, sitemaps: ['https://blog.example/sitemap.xml'] },
        )
      }
      if (line !== 'POST /v1/page-checks') return usual(line, query)
      const { urls } = lastBody() as { urls: string[] }
      const items = urls.map((url) =>
        url.includes('gone')
          ? { url, state: 'not_found', to: null, detail: null }
          : { url, state: 'moved', to: 'https://blog.example/2019/old', detail: null },
      )
      return told(200, { items })
    }
    give(wxr)
    fireEvent.click(await screen.findByRole('button', { name: 'Check the pages on the live site' }))
    await screen.findByText('Pages: 3 · found: 1 · not found: 1 · leading elsewhere: 1')
    expect(
      lines('POST /v1/page-checks').flatMap(({ body }) => (body as { urls: string[] }).urls).length,
    ).toBe(2)
    fireEvent.click(screen.getByRole('button', { name: 'Send the comments to where these pages lead' }))
    expect((screen.getByLabelText('New 1') as HTMLInputElement).value).toBe('/2019/old')
  })
})

describe('The page', () => {
  it('says to moderators that owners see it, with nothing to press', async () => {
    const refused = { status: 403, body: { error: { code: 'forbidden', message: '' } } }
    at.server.instead = (line) => (line === 'GET /v1/imports' ? refused : undefined)
    await at.open('/dashboard?page=imports')
    const told = await screen.findByText('Only owners see this page.')
    expect(told.closest('section')?.querySelector('button, input, select')).toBe(null)
  })

  it('asks to choose the file of an import again that is not all here', async () => {
    imports = [
      {
        ...{ id: 'i1', siteId: 'blog', format: 'wxr', file: 'old.xml', by: 'Me', state: 'stopped', total: 7 },
        ...{
          at: '2026-01-01T00:00:00.000Z',
          added: 3,
          known: 0,
          removed: 0,
          lessons: 0,
          leftOut: {},
          errors: 0,
        },
      },
    ]
    at.server.instead = answer
    await at.open('/dashboard?page=imports')
    await screen.findByText('Choose the same file again to go on.')
    fireEvent.click(screen.getByRole('button', { name: 'Take back: old.xml' }))
    screen.getByText(/^Take old\.xml back\? 3 comments go/)
    fireEvent.click(screen.getByRole('button', { name: 'Take back' }))
    await screen.findByText('3 comments were taken back.')
  })
})
