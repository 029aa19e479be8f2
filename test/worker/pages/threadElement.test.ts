import { exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { addSite, approved, asOperator, call, comment, decided, own, pageOrigin, thread } from '../product.ts'
import { attribute, elementsOf, textOf } from '../threats/html.ts'

beforeEach(() => addSite())

const host = 'https://hankyo.example'
const get = (path: string, headers = {}) => call('GET', path, { origin: null, headers })
const text = async (path: string) => (await get(path)).text()

/** The hidden and visible fields of the form that a page holds, as a browser would send them. */
function fieldsOf(html: string): URLSearchParams {
  const form = /<form[^>]*part="composer"[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
  const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([tag]) => tag)
  const attribute = (tag: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  return new URLSearchParams(inputs.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]))
}

const send = (fields: URLSearchParams, origin: string | null = host) =>
  call('POST', '/t/blog', {
    body: fields.toString(),
    origin,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

describe('A thread as HTML', () => {
  it('has the comments, in a shadow root that needs no script, for any page to include', async () => {
    const { comment: one } = await approved({ body: 'Hello *there*' })
    await approved({ parentId: one.id, body: 'A reply' })
    const answer = await get('/v1/sites/blog/thread.html?key=/post&lang=en')
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const html = await answer.text()
    expect(html).toMatch(
      /^<hankyo-thread site="blog" key="\/post" title="A post" lang="en"><template shadowrootmode="open"><style>/,
    )
    expect(html).toContain('2 thoughts on “<bdi>A post</bdi>”')
    expect(html).toContain('Hello <em>there</em>')
    expect(html).toContain(`<a href="${host}/t/blog?key=%2Fpost&amp;lang=en&amp;title=A+post">`)
  })

  it('carries what the script goes on with, and what search engines read', async () => {
    const { comment: one } = await approved({ body: 'a </script><script>alert(1)</script> b' })
    const { comment: two } = await approved({ parentId: one.id })
    const html = await text('/v1/sites/blog/thread.html?key=/post&lang=ja')
    const block = (type: string) =>
      JSON.parse(new RegExp(`<script type="application/${type}">(.*?)</script>`).exec(html)?.[1] ?? '')
    expect(block('json').page).toEqual(await thread())
    expect(block('json').words.reply).toBe('返信')
    expect(block('ld\\+json')).toMatchObject({
      '@context': 'https://schema.org',
      commentCount: 2,
      comment: [
        {
          '@type': 'Comment',
          text: 'a </script><script>alert(1)</script> b',
          url: `${pageOrigin}/post#comment-${one.id}`,
        },
        { '@id': `urn:uuid:${two.id}`, parentItem: { '@id': `urn:uuid:${one.id}` } },
      ],
    })
  })

  it('speaks the site’s language unless told otherwise, and is asked for anew only when it has changed', async () => {
    await approved()
    expect(await text('/v1/sites/blog/thread.html?key=/post')).toContain('lang="en"')
    const answer = await get('/v1/sites/blog/thread.html?key=/post&lang=ar')
    expect(await answer.text()).toContain('lang="ar"')
    const etag = answer.headers.get('etag') ?? ''
    const again = (known: string) =>
      get('/v1/sites/blog/thread.html?key=/post&lang=ar', { 'if-none-match': known })
    expect((await again(etag)).status).toBe(304)
    await approved()
    expect((await again(etag)).status).toBe(200)
  })

  it('is the same for a thread with hidden comments only as for none', async () => {
    await call('POST', '/v1/sites/blog/comments', { body: comment({ key: '/kept-back' }) })
    const one = await text('/v1/sites/blog/thread.html?key=/kept-back')
    expect(one.replaceAll('kept-back', 'x')).toBe(
      (await text('/v1/sites/blog/thread.html?key=/absent')).replaceAll('absent', 'x'),
    )
  })

  it('is called what whoever includes it says, until the thread has a title', async () => {
    const include = () => text('/v1/sites/blog/thread.html?key=/post&lang=en&title=The%0A%20first')
    expect(await include()).toContain('<hankyo-thread site="blog" key="/post" title="The first" lang="en">')
    expect(await include()).toContain('&amp;title=The+first">')
    await approved()
    expect(await include()).toContain('<hankyo-thread site="blog" key="/post" title="A post" lang="en">')
  })

  it('has the nonce of its page’s policy on all its styles, none in attributes, and is kept by nobody', async () => {
    await approved()
    const answer = await get('/v1/sites/blog/thread.html?key=/post&nonce=a+/_-Z9=='.replace('+', '%2B'))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('etag')).toBeNull()
    const styles = elementsOf(await answer.text()).filter(({ tagName }) => tagName === 'style')
    expect(styles.map((style) => attribute(style, 'nonce'))).toEqual(Array(3).fill('a+/_-Z9=='))
    expect(styles.map(textOf).join()).toMatch(/,\.hue-\d+\{--hue:0\.08 \d+\},/)
    const html = await text('/v1/sites/blog/thread.html?key=/post&nonce=x')
    expect(html).toMatch(/class="disc hue-\d+"/)
    expect(elementsOf(html).filter((element) => attribute(element, 'style') !== undefined)).toEqual([])
    for (const nonce of ['', 'a b', 'a"b', "'", 'ü', 'x'.repeat(129)])
      expect(
        (await get(`/v1/sites/blog/thread.html?key=/post&nonce=${encodeURIComponent(nonce)}`)).status,
      ).toBe(400)
  })

  it('is never taken for a copy that names another host', async () => {
    await approved()
    for (const path of ['thread.html?key=/post', 'feed.atom', 'feed.json']) {
      const address = `/v1/sites/blog/${path}`
      const forged = await exports.default.fetch(new Request(`https://evil.example${address}`))
      const etag = forged.headers.get('etag') ?? ''
      expect(forged.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
      expect((await get(address, { 'if-none-match': etag })).status).toBe(200)
    }
  })
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
    expect(html).toContain('<meta name="robots" content="noindex,follow">')
    expect(html).toContain(`<button type="submit" id="reply-${one.id}" name="reply" value="${one.id}"`)
    expect(html).toMatch(/<form id="plain" action="\/t\/blog" hidden>/)
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
    const follow = (/href="(\/t\/blog\?[^"]*own=[^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
    expect(follow).toContain(id)
    expect(await text(follow)).toContain('Waiting for approval')
    expect((await thread()).items).toEqual([])
    await decided(id, 'approve')
    expect((await thread()).items.map((item) => item.id)).toEqual([id])
    const token = new URLSearchParams(follow.split('?')[1]).get('own')?.split('.')[1] ?? ''
    expect((await own(id, token)).own?.status).toBe('approved')
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

  it('names no host in what it leads to', async () => {
    await approved()
    const { comment: one } = await approved()
    for (const path of ['/t/blog?key=/post', `/t/blog?key=/post&reply=${one.id}`, '/t/blog?key=/new&lang=ar'])
      expect(
        await (await exports.default.fetch(new Request(`https://evil.example${path}`))).text(),
      ).not.toContain('evil.example')
  })

  it('is called what its thread is, else what its link says, else by its address as people write it', async () => {
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
    expect(await title('&key=an%20id')).toBe('an id')
    expect(await title(`${post}&title=%0A%20The%20%00%E2%80%AEtitle%09`)).toBe('The title')
    expect(await title(`${post}&title=%20`)).toBe('blog.example/café/あ?p=1')
    expect(await title(`${post}&title=${'%F0%9F%98%80'.repeat(600)}`)).toBe('😀'.repeat(500))
    await approved({ title: 'Its own' })
    expect(await title('&key=/post&title=Another')).toBe('Its own')
  })

  it('passes a title on with all it leads to, and gives a thread none that nobody has told', async () => {
    const hidden = (html: string) => /<form id="plain".*?<\/form>/.exec(html)?.[0]
    const titled = await text('/t/blog?key=/post&lang=en&title=Told')
    expect(hidden(titled)).toContain('<input type="hidden" name="title" value="Told"/>')
    const form = fieldsOf(titled)
    expect(form.get('title')).toBe('Told')
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
})
