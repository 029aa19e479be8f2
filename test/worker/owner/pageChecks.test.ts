import { beforeEach, describe, expect, inject, it } from 'vitest'
import type { CheckedPage, Sitemap } from '../../../worker/contract/pageChecks.ts'
import { addSite, asOperator, json } from '../product.ts'
import { signedIn } from '../staffed.ts'

const origin = inject('outside')
const page = (path: string) => `${origin}/site/${path}`

/** Paths that the site was asked for since, of those that match. */
async function heard(path: RegExp): Promise<string[]> {
  const all = await (await fetch(`${origin}/heard`)).json<{ path: string }[]>()
  return all.map((one) => one.path).filter((one) => path.test(one))
}

const check = (urls: string[], site = 'blog') => asOperator('POST', '/v1/page-checks', { site, urls })

async function checked(...paths: string[]) {
  const { items } = await json<{ items: CheckedPage[] }>(check(paths.map(page)))
  expect(items.map(({ url }) => url)).toEqual(paths.map(page))
  return items.map(({ state, to, detail }) => [state, to ?? detail])
}

const sitemap = (asked: Record<string, unknown> = {}) =>
  json<Sitemap>(asOperator('POST', '/v1/sitemaps', { site: 'blog', ...asked }))

/** The same server by another name. */
const other = origin.replace('127.0.0.1', 'localhost')

beforeEach(() => addSite({ origins: [origin, other] }))

describe('A page of the site', () => {
  it('is found, not found, or leads to another page', async () => {
    expect(await checked('post', 'missing', 'gone', 'hidden', 'hops/3/x', 'away', 'post#part')).toEqual([
      ['found', null],
      ['not_found', null],
      ['not_found', null],
      ['unreachable', 'answered 403'],
      ['moved', page('post?x')],
      ['moved_away', 'https://elsewhere.example/post'],
      ['found', null],
    ])
  })

  it('that leads nowhere good is not followed', async () => {
    expect(await checked('loop', 'inside', 'script', 'hops/9/x')).toEqual([
      ['unreachable', 'too many redirects'],
      ['moved_away', 'http://169.254.169.254/latest/meta-data'],
      ['unreachable', 'leads to something that is no page'],
      ['unreachable', 'too many redirects'],
    ])
  })

  it('is not read, however long it is', async () => {
    expect(await checked('endless')).toEqual([['found', null]])
  })

  it('that does not answer keeps no other waiting', async () => {
    const { items } = await json<{ items: CheckedPage[] }>(check([`${origin}/silent/x`, page('post')]))
    expect(items.map(({ state, detail }) => [state, detail])).toEqual([
      ['unreachable', 'no answer within 3 seconds'],
      ['found', null],
    ])
  })

  it('costs the site at most 45 requests in all', async () => {
    const mark = crypto.randomUUID()
    const found = await checked(...Array.from({ length: 20 }, () => `hops/4/${mark}`))
    expect(found.filter(([state]) => state === 'moved').length).toBeGreaterThan(0)
    expect(found).toContainEqual(['unreachable', 'too many redirects in one request'])
    expect((await heard(/./)).filter((path) => path.endsWith(mark)).length).toBe(45)
  })
})

describe('Only the site’s own pages are asked', () => {
  it.each([
    ['another host', ['https://elsewhere.example/']],
    ['another port', ['http://127.0.0.1:1/']],
    ['another scheme', ['file:///etc/passwd']],
    ['with a password', ['https://a:b@blog.example/']],
    ['none', []],
    ['too many', Array.from({ length: 21 }, () => page('post'))],
  ])('%s', async (_, urls) => {
    const before = (await heard(/./)).length
    const { error } = await json<{ error: { field: string } }>(check(urls), 400)
    expect(error.field).toMatch(/^urls/)
    expect((await heard(/./)).length).toBe(before)
  })

  it('and only for owners, of a site that is there', async () => {
    const { ask } = await signedIn('Mika', 'moderator', ['blog'])
    expect((await ask('POST', '/v1/page-checks', { site: 'blog', urls: [page('post')] })).status).toBe(403)
    expect((await check([page('post')], 'nowhere')).status).toBe(404)
  })

  it('and only so often a minute', async () => {
    await addSite({ id: 'busy', origins: [origin] })
    const statuses = await Promise.all(
      Array.from({ length: 61 }, async () => (await check(['https://elsewhere.example/'], 'busy')).status),
    )
    expect(statuses.filter((status) => status === 429).length).toBe(1)
  })
})

describe('A sitemap', () => {
  it('is found by robots.txt, or where it usually is', async () => {
    expect((await sitemap()).sitemaps).toEqual([page('map.xml'), `${other}/sitemap.xml`])
  })

  it('is named only where it may be asked', async () => {
    await asOperator('PATCH', '/v1/sites/blog', {
      origins: [origin, 'http://169.254.169.254', 'http://blog.example'],
    })
    expect((await sitemap()).sitemaps).toEqual([page('map.xml')])
  })

  it('of sitemaps names those of the site', async () => {
    expect(await sitemap({ url: page('map.xml') })).toEqual({
      ...{ state: 'found', detail: null, pages: [], next: null },
      sitemaps: [page('a.xml'), page('b.xml.gz')],
    })
  })

  it('names the site’s pages, without pictures and other sites', async () => {
    expect((await sitemap({ url: page('a.xml') })).pages).toEqual([page('post?a=1&b=2'), page('日本')])
  })

  it('is read in parts, packed or not', async () => {
    const pages: string[] = []
    let parts = 0
    for (let cursor: string | null = '0'; cursor !== null; parts++) {
      const part: Sitemap = await sitemap({ url: page('b.xml.gz'), cursor })
      pages.push(...part.pages)
      cursor = part.next
    }
    expect([parts, pages.length, pages[0], pages.at(-1)]).toEqual([3, 4500, page('p/0'), page('p/4499')])
  })

  it.each([
    ['missing', 'not_found', null],
    ['hidden', 'unreachable', 'answered 403'],
    ['away', 'unreachable', 'leads away from the site'],
    ['broken.xml', 'unreachable', 'is no well-formed XML'],
    ['broken.gz', 'unreachable', 'is no well-formed gzip'],
    ['page.xml', 'unreachable', 'is no sitemap'],
    ['laughs.xml', 'unreachable', 'is no well-formed XML'],
    ['deep.xml', 'unreachable', 'is no sitemap'],
    ['bomb.gz', 'unreachable', 'is too long for a sitemap'],
  ])('that is %s is told in words', async (path, state, detail) => {
    expect(await sitemap({ url: page(path) })).toMatchObject({ state, detail, pages: [], sitemaps: [] })
  })
})
