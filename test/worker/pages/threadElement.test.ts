import { exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { threadElement } from '../../../worker/pages/threadElement.tsx'
import { addSite, approved, asOperator, call, comment, pageOrigin, queue, thread } from '../product.ts'
import { attribute, elementsOf, textOf } from '../threats/html.ts'

beforeEach(() => addSite())

const host = 'https://hankyo.example'
const get = (path: string, headers = {}) => call('GET', path, { origin: null, headers })
const text = async (path: string) => (await get(path)).text()

describe('A thread as HTML', () => {
  it('has the comments, in a shadow root that needs no script, for any page to include', async () => {
    const { comment: one } = await approved({ body: 'Hello *there*' })
    await approved({ parentId: one.id, body: 'A reply' })
    const answer = await get('/v1/sites/blog/thread.html?key=/post&lang=en')
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const html = await answer.text()
    expect(html).toMatch(
      /^<hankyo-thread site="blog" data-key="\/post" title="A post" lang="en"><template shadowrootmode="open"><style>/,
    )
    expect(html).toContain('2 thoughts on “<bdi>A post</bdi>”')
    expect(html).toContain('Hello <em>there</em>')
    expect(html).toContain(`<a href="${host}/t/blog?key=%2Fpost&amp;lang=en&amp;title=A+post">`)
  })

  it('has the theme and the loading that are asked for', async () => {
    const html = await text('/v1/sites/blog/thread.html?key=/post&lang=en&theme=dark&loading=eager')
    expect(html).toMatch(/^<hankyo-thread [^>]*theme="dark" loading="eager">/)
    expect((await get('/v1/sites/blog/thread.html?key=/post&theme=pink')).status).toBe(400)
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

  it('has what is for search engines alone behind all else', async () => {
    await approved()
    const elements = elementsOf(await text('/v1/sites/blog/thread.html?key=/post'))
    const last = elements.at(-1)
    expect(last && attribute(last, 'type')).toBe('application/ld+json')
  })

  it('has its style sheet as it is, whatever that says', async () => {
    const css = '.a > [b="c"] { content: "</style><script>alert(1)</script>&amp;" }'
    const rendering = { host, site: 'blog', page: await thread(), lang: 'en', heading: null, title: '' }
    const elements = elementsOf(threadElement({ ...rendering, sort: 'oldest' }, css))
    const [style] = elements.filter(({ tagName }) => tagName === 'style')
    // In CSS `<\/` means `</`.
    expect(style && textOf(style)).toBe(css.replaceAll('</', '<\\/'))
    const scripts = elements.filter(({ tagName }) => tagName === 'script')
    expect(scripts.map((script) => attribute(script, 'type'))).toEqual([
      'application/json',
      'application/ld+json',
    ])
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

  it('is called what whoever includes it says, whatever its readers call it, unless staff calls it something else', async () => {
    const include = () => text('/v1/sites/blog/thread.html?key=/post&lang=en&title=The%0A%20first')
    expect(await include()).toContain(
      '<hankyo-thread site="blog" data-key="/post" title="The first" lang="en">',
    )
    expect(await include()).toContain('&amp;title=The+first">')
    await approved()
    expect(await include()).toContain('title="The first" lang="en">')
    expect(await text('/v1/sites/blog/thread.html?key=/post&lang=en')).toContain('title="A post" lang="en">')
    const described = async () => (await include()).split('application/ld+json">')[1]
    expect(await described()).toContain('"name":"The first"')
    const { id } = (await queue('tab=all')).items[0]?.thread ?? {}
    await asOperator('PUT', `/v1/threads/${id}/title`, { title: 'By staff' })
    expect(await include()).toContain('title="By staff" lang="en">')
    expect(await described()).toContain('"name":"By staff"')
  })

  it.each(['', ' \u200b '])('has no title in its heading where there is none (%j)', async (title) => {
    await approved({ title })
    const html = await text('/v1/sites/blog/thread.html?key=/post&lang=en')
    expect(html).toMatch(/<h2[^>]*>One thought(<bdi><\/bdi>)?<\/h2>/)
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? []
    expect(JSON.parse(data)).not.toHaveProperty('name')
    for (const path of ['/t/blog?key=/post&lang=en', '/v1/sites/blog/feed.atom?key=/post'])
      expect(await text(path)).not.toMatch(/“(<bdi>)?[\s\u200b]*(<\/bdi>)?”/)
  })

  it('has the direction of its words, whatever that of its page is', async () => {
    const directionIn = async (lang: string) => {
      const elements = elementsOf(await text(`/v1/sites/blog/thread.html?key=/post&lang=${lang}`))
      const section = elements.find(({ tagName }) => tagName === 'section')
      return section && attribute(section, 'dir')
    }
    // Hebrew has no words here: English ones stand in for them.
    expect([await directionIn('ar-EG'), await directionIn('en'), await directionIn('he')]).toEqual([
      'rtl',
      'ltr',
      'ltr',
    ])
  })

  it('has the nonce of its page’s policy on all its styles, none in attributes, and is kept by nobody', async () => {
    const { comment: one } = await approved()
    const answer = await get('/v1/sites/blog/thread.html?key=/post&nonce=a+/_-Z9=='.replace('+', '%2B'))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('etag')).toBeNull()
    const styles = elementsOf(await answer.text()).filter(({ tagName }) => tagName === 'style')
    expect(styles.map((style) => attribute(style, 'nonce'))).toEqual(Array(3).fill('a+/_-Z9=='))
    expect(styles.map(textOf).join()).toMatch(new RegExp(`,#comment-${one.id}>\\.disc{--hue:0\\.08 \\d+},`))
    const html = await text('/v1/sites/blog/thread.html?key=/post&nonce=x')
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
