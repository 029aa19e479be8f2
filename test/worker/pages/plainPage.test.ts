import { exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addSite,
  approved,
  asOperator,
  call,
  decided,
  own,
  pageOrigin,
  posted,
  queue,
  thread,
} from '../product.ts'
import { attribute, elementsOf, textOf, within } from '../threats/html.ts'

beforeEach(() => addSite())

const host = 'https://hankyo.example'
const get = (path: string, headers = {}) => call('GET', path, { origin: null, headers })
const text = async (path: string) => (await get(path)).text()

/** The hidden and visible fields of a form that a page holds, as a browser would send them. */
function fieldsOf(html: string, name = 'part', value = 'composer'): URLSearchParams {
  const form = elementsOf(html).find((one) => one.tagName === 'form' && attribute(one, name) === value)
  const inputs = form ? within(form).filter((one) => one.tagName === 'input' && isSent(one)) : []
  return new URLSearchParams(
    inputs.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
  )
}

/** Browsers leave out a box that is not ticked. */
const isSent = (input: Parameters<typeof attribute>[0]) =>
  attribute(input, 'type') !== 'checkbox' || attribute(input, 'checked') !== undefined

const send = (fields: URLSearchParams, origin: string | null = host, more = {}) =>
  call('POST', '/t/blog', {
    body: fields.toString(),
    origin,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...more },
  })

describe('A thread’s own page', () => {
  it('can be read, sorted and answered without a script', async () => {
    const { comment: one } = await approved({ body: 'The first' })
    const answer = await get('/t/blog?key=/post&lang=en')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const html = await answer.text()
    expect(html).toContain('The first')
    expect(html).not.toContain('<script')
    const robots = elementsOf(html).find((element) => attribute(element, 'name') === 'robots')
    expect(robots && attribute(robots, 'content')).toBe('noindex,follow')
    const reply = elementsOf(html).find((element) => attribute(element, 'id') === `reply-${one.id}`)
    expect(Object.fromEntries(reply?.attrs.map(({ name, value }) => [name, value]) ?? [])).toMatchObject({
      ...{ type: 'submit', form: 'plain', name: 'reply', value: one.id },
    })
    const action = /<form id="plain" action="([^"]+)" hidden>/.exec(html)?.[1] ?? ''
    expect(new URL(action, `${host}/t/blog?key=/post`).href).toBe(`${host}/t/blog`)
  })

  it('takes a comment by its form, and shows its author what becomes of it', async () => {
    const form = fieldsOf(await text('/t/blog?key=/post&lang=en'))
    form.set('name', 'Aiko')
    form.set('body', 'Sent by a **form**.')
    const answer = await send(form)
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('Your comment was received.')
    expect(html).not.toContain('Yours can be the first')
    expect(html).not.toContain('part="composer"')
    expect(html).toContain('Sent by a <strong>form</strong>.')
    const id = form.get('id') ?? ''
    const check = fieldsOf(html, 'class', 'notice')
    const token = check.get('own')?.split('.')[1] ?? ''
    expect(check.get('own')).toBe(`${id}.${token}`)
    for (const { attrs } of elementsOf(html))
      for (const { name, value } of attrs)
        if (/href|action|src/.test(name)) expect(value).not.toContain(token)
    const waiting = await (await send(check)).text()
    expect(waiting).toContain('Waiting for approval')
    expect(waiting).not.toContain('Your comment was received.')
    expect(fieldsOf(waiting, 'class', 'notice')).toEqual(check)
    expect((await thread()).items).toEqual([])
    await decided(id, 'approve')
    expect((await thread()).items.map((item) => item.id)).toEqual([id])
    expect((await own(id, token)).own?.status).toBe('approved')
    expect(await (await send(check)).text()).not.toContain('Waiting for approval')
  })

  it('asks who comes by an earlier link with a token to send it by the form', async () => {
    const { comment: one, token } = await posted({ body: 'Not shown yet' })
    const html = await text(`/t/blog?key=/post&lang=en&own=${one.id}.${token}`)
    expect(html).not.toContain('Not shown yet')
    expect(await (await send(fieldsOf(html, 'class', 'notice'))).text()).toContain('Not shown yet')
  })

  it('takes the same form once, however often it is sent', async () => {
    const form = fieldsOf(await text('/t/blog?key=/post&lang=en'))
    form.set('name', 'Aiko')
    form.set('body', 'Once.')
    for (let times = 0; times < 3; times++) expect((await send(form)).status).toBe(200)
    const { counts } = await (await asOperator('GET', '/v1/queue')).json<{ counts: { all: number } }>()
    expect(counts.all).toBe(1)
  })

  it('says at the field what is wrong, and keeps what was written', async () => {
    const form = fieldsOf(await text('/t/blog?key=/post&lang=en'))
    form.set('body', '\n\nKept "text" <b>')
    const answer = await send(form)
    expect(answer.status).toBe(400)
    const html = await answer.text()
    expect(elementsOf(html).flatMap((one) => (one.tagName === 'textarea' ? [textOf(one)] : []))).toEqual([
      '\n\nKept "text" <b>',
    ])
    expect(html).toMatch(/id="error-name-"[^>]*>Please fill this in\./)
    expect(fieldsOf(html).get('id')).toBe(form.get('id'))
  })

  it('keeps every box that was ticked, whatever is wrong', async () => {
    const form = fieldsOf(await text('/t/blog?key=/post&lang=en'))
    expect(form.getAll('subscribe')).toEqual([])
    form.set('body', 'Tell me of answers')
    for (const wishes of [['replies'], ['fate', 'replies']]) {
      form.delete('subscribe')
      for (const wish of wishes) form.append('subscribe', wish)
      const answer = await send(form)
      expect(answer.status).toBe(400)
      expect(fieldsOf(await answer.text()).getAll('subscribe')).toEqual(wishes)
    }
  })

  it('says when a thread in slow mode takes the next one, and keeps what was written', async () => {
    await approved()
    const { items } = await queue('tab=all')
    await asOperator('PATCH', `/v1/threads/${items[0]?.thread.id}`, { slowSeconds: 300 })
    const write = async (lang: string, body: string) => {
      const form = fieldsOf(await text(`/t/blog?key=/post&lang=${lang}`))
      form.set('name', 'Aiko')
      form.set('body', body)
      return send(form, host, { 'cf-connecting-ip': '203.0.113.9' })
    }
    expect((await write('en', 'First.')).status).toBe(200)
    const answer = await write('ja', 'Second.')
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(200)
    const html = await answer.text()
    expect(html).toMatch(
      /role="alert"[^>]*>このページは間隔をあけて投稿を受け付けています。[345] 分後に送信できます。</,
    )
    expect(html).toContain('Second.')
  })

  it('answers a comment where the reader asked to', async () => {
    const { comment: one } = await approved()
    const form = fieldsOf(await text(`/t/blog?key=/post&lang=en&reply=${one.id}`))
    expect(form.get('parentId')).toBe(one.id)
    form.set('name', 'Aiko')
    form.set('body', 'An answer')
    await send(form)
    await decided(form.get('id') ?? '', 'approve')
    expect((await thread()).items[1]).toMatchObject({ parentId: one.id })
  })

  it('takes nothing that another site sends', async () => {
    const form = fieldsOf(await text('/t/blog?key=/post&lang=en'))
    form.set('name', 'Aiko')
    form.set('body', 'x')
    for (const origin of ['https://evil.example', 'null', null])
      expect((await send(form, origin)).status).toBe(403)
  })

  it('has no form where the site asks for proof that needs a script, or the thread is closed', async () => {
    await asOperator('PATCH', '/v1/sites/blog', { settings: { proof: 'work' } })
    const html = await text('/t/blog?key=/post&lang=en')
    expect(html).not.toContain('part="composer"')
    expect(html).toContain('open the article with JavaScript turned on')
  })

  it('leads from above the comments to the form below them', async () => {
    const leads = async (query: string) => {
      const all = elementsOf(await text(`/t/blog?key=/post&lang=en${query}`))
      const link = all.find((one) => one.tagName === 'a' && attribute(one, 'href') === '#body-')
      const field = all.find((one) => one.tagName === 'textarea' && attribute(one, 'id') === 'body-')
      return [link ? textOf(link) : null, field !== undefined]
    }
    expect(await leads('')).toEqual([null, true])
    const { comment } = await approved()
    expect(await leads('')).toEqual(['Write a comment', true])
    expect(await leads(`&reply=${comment.id}`)).toEqual([null, false])
    const { items } = await (await asOperator('GET', '/v1/queue?tab=all')).json<{
      items: { thread: { id: number } }[]
    }>()
    await asOperator('POST', `/v1/threads/${items[0]?.thread.id}/closure`)
    expect(await leads('')).toEqual([null, false])
  })

  it('names no host in what it leads to', async () => {
    await approved()
    const { comment: one } = await approved()
    for (const path of ['/t/blog?key=/post', `/t/blog?key=/post&reply=${one.id}`, '/t/blog?key=/new&lang=ar'])
      expect(
        await (await exports.default.fetch(new Request(`https://evil.example${path}`))).text(),
      ).not.toContain('evil.example')
  })

  it('is called what its thread is, else by its address as people write it, whatever its link says', async () => {
    const title = async (query: string, referer?: string) => {
      const html = await (await get(`/t/blog?lang=en${query}`, referer ? { referer } : {})).text()
      const [heading] = elementsOf(html).filter(({ tagName }) => tagName === 'h1')
      const [named] = elementsOf(html).filter(({ tagName }) => tagName === 'title')
      expect(named && textOf(named)).toBe(heading && textOf(heading).replace(/^\w+ thoughts? /, 'Comments '))
      return /“(.*)”/s.exec(heading ? textOf(heading) : '')?.[1]
    }
    const post = `&key=${encodeURIComponent('/caf\u00e9/%E3%81%82?p=1')}`
    expect(await title(post)).toBe('blog.example/café/あ?p=1')
    expect(await title('', `${pageOrigin}/caf%C3%A9?utm_source=x`)).toBe('blog.example/café')
    expect(await title('&key=/')).toBe('blog.example')
    expect(await title('&key=/100%/%FF')).toBe('blog.example/100%/%FF')
    expect(await title('&key=an%20id')).toBe('blog.example: an id')
    expect(await title(`${post}&title=Bank%20closes`)).toBe('blog.example/café/あ?p=1')
    expect(await title('&key=Bank%20closes&title=Bank%20closes')).toBe('blog.example: Bank closes')
    const { comment: waiting } = await posted({ title: 'By a stranger' })
    expect(await title('&key=/post&title=Another')).toBe('blog.example/post')
    await decided(waiting.id, 'reject')
    await approved({ title: 'Its own' })
    expect(await title('&key=/post&title=Another')).toBe('Its own')
  })

  it('passes a title on with all it leads to, and gives a thread none that nobody has told', async () => {
    const hidden = (html: string) => /<form id="plain".*?<\/form>/.exec(html)?.[0]
    const titled = await text('/t/blog?key=/post&lang=en&title=Told')
    expect(hidden(titled)).toContain('<input type="hidden" name="title" value="Told"/>')
    const form = fieldsOf(titled)
    expect(form.get('title')).toBe('Told')
    const clean = async (title: string) =>
      fieldsOf(await text(`/t/blog?key=/post&lang=en&title=${title}`)).get('title')
    expect(await clean('%0A%20The%20%00%E2%80%AEtitle%09')).toBe('The title')
    expect(await clean('%F0%9F%98%80'.repeat(600))).toBe('😀'.repeat(500))
    form.set('body', 'x')
    const again = await (await send(form)).text()
    expect(fieldsOf(again).get('title')).toBe('Told')
    const untitled = fieldsOf(await text('/t/blog?key=/new&lang=en'))
    expect(untitled.get('title')).toBe('')
    untitled.set('body', 'x')
    untitled.set('name', 'Aiko')
    expect((await send(untitled)).status).toBe(200)
    await decided(untitled.get('id') ?? '', 'approve')
    expect((await thread('key=/new')).thread.title).toBe('')
    await approved({ key: '/new', title: 'By its page' })
    expect((await thread('key=/new')).thread.title).toBe('By its page')
  })

  it('finds its article by the link that led to it', async () => {
    await approved({ body: 'Found' })
    const from = (referer: string) => get('/t/blog', { referer })
    expect(await (await from(`${pageOrigin}/post?utm_source=x`)).text()).toContain('Found')
    expect((await from('https://elsewhere.example/post')).status).toBe(404)
    expect((await get('/t/blog')).status).toBe(404)
  })

  it('is shown whatever its link gathered on its way, be it twice', async () => {
    await approved({ body: 'Found' })
    const answer = await get('/t/blog?utm_source=a&key=/post&utm_source=b&from=c&from=d')
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Found')])
  })
})
