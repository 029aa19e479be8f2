import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addSite, call, host, pageOrigin } from '../product.ts'
import { attribute, elementsOf, textOf } from '../threats/html.ts'
import { stored, form as submit, written } from '../threats/product.ts'

beforeEach(() => addSite())
afterEach(() => vi.restoreAllMocks())

const get = (path: string, headers = {}) => call('GET', path, { origin: null, headers })

/** Where a link on the page leads. */
function led(href = ''): string {
  const { pathname, search } = new URL(href, `${host}/t/blog`)
  return pathname + search
}

/** A page as its reader has it. */
async function read(answer: Response | Promise<Response>) {
  const { status, headers, html } = await (async (given: Response) => ({
    status: given.status,
    headers: given.headers,
    html: await given.text(),
  }))(await answer)
  const elements = elementsOf(html)
  const of = (name: string) => elements.filter(({ tagName }) => tagName === name)
  return {
    ...{ status, headers, html },
    heading: of('h1').map(textOf).join(),
    lang: of('html').map((one) => `${attribute(one, 'lang')} ${attribute(one, 'dir')}`)[0],
    told: of('p').map(textOf),
    links: Object.fromEntries(of('a').map((one) => [textOf(one), led(attribute(one, 'href'))])),
    text: of('textarea').map(textOf)[0],
    buttons: of('button').map(textOf),
    fields: Object.fromEntries(of('input').map((one) => [attribute(one, 'name'), attribute(one, 'value')])),
  }
}

/** The database fails while something is done. */
async function failing<Result>(act: () => Promise<Result>): Promise<Result> {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  await env.DB.exec('ALTER TABLE sites RENAME TO gone')
  try {
    return await act()
  } finally {
    await env.DB.exec('ALTER TABLE gone RENAME TO sites')
  }
}

describe('What a thread’s own page can’t do', () => {
  it.each([
    ['GET', '/t/none?key=/post', 404, 'There is no such site.'],
    ['GET', '/t/blog', 404, 'This link is incomplete or out of date.'],
    ['GET', '/t/', 404, 'This link is incomplete or out of date.'],
    ['GET', '/t/blog/more', 404, 'This link is incomplete or out of date.'],
    ['GET', '/t/blog?key=', 400, 'This link is incomplete or out of date.'],
    ['GET', `/t/blog?key=${'x'.repeat(501)}`, 400, 'This link is incomplete or out of date.'],
    ['GET', '/t/blog?key=/post&sort=best', 400, 'This link is incomplete or out of date.'],
    ['GET', '/t/blog?key=/a&key=/b', 400, 'This link is incomplete or out of date.'],
    ['PUT', '/t/blog?key=/post', 405, 'This link is incomplete or out of date.'],
    ['POST', '/t/blog', 403, 'This page’s address is not registered for the site.'],
  ])('is a page: %s %s', async (method, path, status, heading) => {
    const page = await read(call(method, path, { origin: null, headers: { 'accept-language': 'en' } }))
    expect([page.status, page.heading]).toEqual([status, heading])
    expect(page.told.length).toBeGreaterThan(0)
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('content-security-policy')).toContain("style-src 'self'")
    expect(page.html).toContain('/embed/page.css')
    expect(page.headers.get('allow')).toBe(status === 405 ? 'GET, HEAD, POST' : null)
  })

  it('is told in the language of its link, else in the reader’s, as far as there are words', async () => {
    const speaking = async (path: string, language = '') =>
      (await read(get(path, { 'accept-language': language }))).lang
    expect(await speaking('/t/none?lang=ja', 'de')).toBe('ja ltr')
    expect(await speaking('/t/none', 'ar, en;q=0.5')).toBe('ar rtl')
    expect(await speaking('/t/none', 'xx, en;q=0.4, de-AT;q=0.8, fr;q=0')).toBe('de-AT ltr')
    expect(await speaking('/t/none', ';;q=,*;q=x')).toBe('en ltr')
    expect(await speaking('/t/none')).toBe('en ltr')
    const page = await read(call('POST', '/t/none', { body: 'lang=ja&body=x', origin: null }))
    expect([page.lang, page.heading]).toEqual(['ja ltr', '該当するサイトがありません。'])
  })

  it('leads on to the thread that was meant, where one was', async () => {
    const { links } = await read(get('/t/blog?key=/post&sort=best&lang=en'))
    expect(links).toEqual({ 'To the comments': '/t/blog?key=%2Fpost&lang=en' })
    expect((await get(links['To the comments'] ?? '')).status).toBe(200)
    expect((await read(get('/t/none?key=/post'))).links).toEqual({})
    expect((await read(get('/t/blog?lang=en'))).links).toEqual({})
  })

  it('loses nothing of what was sent from elsewhere, and does not offer to send it', async () => {
    const body = '\n “Kept” </textarea><script>alert(1)</script> שלום \u202e'
    const page = await read(submit(written(crypto.randomUUID(), { body }), 'https://evil.example'))
    expect(page.status).toBe(403)
    expect(page.text).toBe(body)
    expect(page.buttons).toEqual([])
    expect(page.fields).toEqual({})
    expect(page.html).not.toContain('<script')
    const nowhere = await read(submit({ body, lang: 'en' }))
    expect([nowhere.status, nowhere.text]).toEqual([400, body])
    expect(nowhere.told).toContain('Please open this page from the link under an article.')
  })

  it('says that a form was too large, and how its text is had again', async () => {
    const page = await read(submit({ key: '/post', body: 'x'.repeat(300_000) }))
    expect([page.status, page.heading]).toEqual([413, 'This is too large to send.'])
    expect(page.told[0]).toMatch(/^Go back in your browser/)
  })

  it('can be done again when what kept it from being done has passed, with all that was sent', async () => {
    const fields = written(crypto.randomUUID(), { email: 'a@b.example', parentId: '', since: '1' })
    const page = await read(await failing(() => submit(fields)))
    expect([page.status, page.heading]).toEqual([500, 'Something went wrong. Please try again.'])
    expect(page.buttons).toEqual(['Try again'])
    expect({ ...page.fields, body: page.text }).toEqual(fields)
    const again = await submit({ ...(page.fields as Record<string, string>), body: page.text ?? '' })
    expect(again.status).toBe(200)
    expect(await stored()).toBe(1)
    const ticked = `${new URLSearchParams(fields)}&subscribe=fate&subscribe=replies`
    const wishes = await failing(() => call('POST', '/t/blog', { body: ticked, origin: host }))
    expect(await wishes.text()).toMatch(/name="subscribe" value="fate".*name="subscribe" value="replies"/)
    const from = await read(await failing(() => submit(fields, pageOrigin)))
    expect([from.text, from.buttons]).toEqual([fields.body, []])
    const path = '/t/blog?key=/post&lang=en&sort=top'
    const { links } = await read(await failing(() => get(path)))
    expect(links['Try again']).toBe(path)
    const odd = '/t/javascript:alert(1)?key=/post'
    const { links: oddly } = await read(await failing(() => get(odd)))
    expect(oddly['Try again']).toBe(odd)
  })

  it('stays data where data is asked for', async () => {
    for (const path of ['/v1/sites/none/thread?key=/post', '/v1/sites/blog/thread.html', '/tea', '/none'])
      expect((await get(path)).headers.get('content-type')).toBe('application/json')
  })
})

describe('A form that is sent again with another text', () => {
  it('is refused once, and then has an id of its own', async () => {
    const id = crypto.randomUUID()
    const send = (one: string, body: string) => read(submit(written(one, { body })))
    await send(id, 'The first text.')
    const refused = await send(id, 'The second text.')
    expect([refused.status, refused.text]).toEqual([409, 'The second text.'])
    expect((await send(refused.fields.id ?? '', 'The second text.')).status).toBe(200)
  })

  it('is told when to come back where it comes too often', async () => {
    const headers = { 'cf-connecting-ip': '203.0.113.177' }
    const send = () =>
      read(
        call('POST', '/t/blog', {
          body: new URLSearchParams(written(crypto.randomUUID())).toString(),
          origin: host,
          headers,
        }),
      )
    let refused = await send()
    for (let sent = 1; sent < 21 && refused.status !== 429; sent++) refused = await send()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  })
})
