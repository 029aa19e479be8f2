import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { lineOf, vectors } from '../worker/threats/data.ts'
import { type Article, article } from './article.ts'
import { expect, type Product, test } from './fixtures.ts'

let servers: Article[] = []
test.afterEach(() => {
  for (const server of servers) server.close()
  servers = []
})

const strict = ({ url }: Product) => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'nonce-x' 'strict-dynamic'",
    "style-src 'self'",
    `connect-src ${url}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'report-uri /report',
  ].join('; '),
})
const script = ({ url }: Product) => `<script type="module" nonce="x" src="${url}/embed.js"></script>`

async function open(page: Page, content: Parameters<typeof article>[0]) {
  const server = await article(content)
  servers.push(server)
  await page.goto(`${server.url}/${randomUUID()}`)
  return server
}

/** All that ran, was reported or was asked of elsewhere in a context. Its pages are told before they load. */
async function trap(context: BrowserContext): Promise<string[]> {
  const caught: string[] = []
  await context.exposeFunction('caught', (what: string) => caught.push(what))
  await context.addInitScript(() => {
    const { caught } = window as unknown as { caught: (what: string) => void }
    for (const name of ['alert', 'print', 'confirm', 'prompt', 'msgbox'])
      Object.defineProperty(window, name, { value: () => caught(name) })
    document.addEventListener('securitypolicyviolation', (event) =>
      caught(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    )
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => caught.push(String(error)))
    page.on('request', (request) => {
      if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) caught.push(request.url())
    })
  })
  return caught
}

/** Some of each kind; `test/unit/threats/xss.test.ts` has all of them through all that is rendered. */
const hostileTexts = vectors.filter((_, index) => index % 6 === 0 || index < 4)

test.describe('Row 3: stored XSS', () => {
  test('hostile comments run nowhere they are shown, and no policy has to stop them', async ({
    context,
    product,
  }) => {
    expect(hostileTexts.length).toBeGreaterThanOrEqual(12)
    const host = await article({ body: '', headers: {} })
    servers.push(host)
    const site = `xss-${randomUUID().slice(0, 8)}`
    const origins = ['http://127.0.0.1:*']
    const settings = { flagThreshold: 1 }
    await product.api('POST', 'sites', { id: site, name: '<img src=x onerror=alert(1)>', origins, settings })
    const say = async (vector: string, index: number) => {
      const id = randomUUID()
      const line = lineOf(vector)
      const answer = await fetch(`${product.url}/v1/sites/${site}/comments`, {
        method: 'POST',
        headers: { origin: host.url, authorization: `Bearer ${String(index % 4).repeat(43)}` },
        body: JSON.stringify({
          id,
          key: '/hostile',
          url: `${host.url}/hostile`,
          title: line,
          author: { name: line },
          body: index % 2 ? `[x](${vector})\n\n> ${vector}` : vector,
          elapsedMs: 20_000,
        }),
      })
      expect(answer.status).toBe(202)
      const { comment } = (await answer.json()) as { comment: { author: { id: string } } }
      await product.api('PUT', `authors/${comment.author.id}/badge`, { badge: lineOf(vector, 30) })
      await product.api('POST', 'decisions', [{ commentId: id, revision: 1, action: 'approve' }])
      await fetch(`${product.url}/v1/sites/${site}/comments/${id}/flags`, {
        method: 'POST',
        headers: { origin: host.url, authorization: `Bearer ${'f'.repeat(43)}` },
        body: JSON.stringify({ reason: 'other', note: vector }),
      })
    }
    await Promise.all(hostileTexts.map(say))
    const caught = await trap(context)
    const page = await context.newPage()
    const shown = (count = hostileTexts.length) => expect(page.getByRole('article')).toHaveCount(count)

    const embed = await open(page, {
      headers: strict(product),
      body: `${script(product)}<hankyo-thread site="${site}" key="/hostile"></hankyo-thread>`,
    })
    await shown()
    for (const one of [embed, host]) expect(one.reports).toEqual([])

    const served = await fetch(`${product.url}/v1/sites/${site}/thread.html?key=/hostile`)
    const html = await served.text()
    for (const head of ['', script(product).replace(' nonce="x"', '')]) {
      await open(page, { head, body: html })
      await shown()
      if (head)
        await expect(page.getByRole('article').first().getByRole('button', { name: 'More…' })).toBeVisible()
    }

    for (const query of [
      'key=/hostile',
      `key=/hostile&lang=ar&title=${encodeURIComponent(hostileTexts[0] ?? '')}`,
    ]) {
      await page.goto(`${product.url}/t/${site}?${query}`)
      await shown()
      const links = await page
        .locator('a')
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
      expect(links.filter((href) => !/^(https?|mailto):/.test(href))).toEqual([])
    }

    await page.goto(await product.dashboardLink())
    await page.goto(`${product.url}/dashboard?tab=all&site=${site}`)
    await expect(page.getByRole('article').first()).toBeVisible()
    await expect(page.getByRole('article').getByText('alert(1)').first()).toBeVisible()
    await page.goto(`${product.url}/dashboard?tab=flagged&site=${site}`)
    await expect(page.getByRole('article').first()).toBeVisible()

    for (const feed of [
      'feed.atom',
      'feed.json',
      'thread?key=/hostile',
      'counts?key=<img src=x onerror=alert(1)>',
    ])
      await page.goto(`${product.url}/v1/sites/${site}/${feed}`).catch(() => {})
    expect(caught).toEqual([])
  })

  test('the trap catches what would run', async ({ context, product }) => {
    const caught = await trap(context)
    const page = await context.newPage()
    await open(page, { headers: strict(product), body: '<img src="data:," onerror="alert(1)">' })
    await expect.poll(() => caught.join()).toContain('script-src-attr inline')
    await open(page, { body: '<img src="data:," onerror="alert(1)">' })
    await expect.poll(() => caught).toContain('alert')
  })
})

test.describe('Row 20: messages between windows', () => {
  test('the thread listens to none, sends none, and heeds none', async ({ context, product }) => {
    const caught: string[] = []
    await context.exposeFunction('caught', (what: string) => caught.push(what))
    await context.addInitScript(() => {
      const { caught } = window as unknown as { caught: (what: string) => void }
      const add = EventTarget.prototype.addEventListener
      EventTarget.prototype.addEventListener = function (this: EventTarget, type, ...rest) {
        if (/^message/.test(type)) caught(`listens to ${type}`)
        return add.call(this ?? window, type, ...rest)
      }
      for (const [name, of] of [
        ['onmessage', window],
        ['onmessageerror', window],
      ] as const)
        Object.defineProperty(of, name, { set: () => caught(`sets ${name}`) })
      for (const of of [window, MessagePort.prototype, BroadcastChannel.prototype, Worker.prototype])
        Object.defineProperty(of, 'postMessage', { value: () => caught('posts') })
    })
    const page = await context.newPage()
    await open(page, { body: `${script(product)}<hankyo-thread site="demo" key="/demo/en"></hankyo-thread>` })
    const first = page.getByRole('article').first()
    await first.getByRole('button', { name: 'More…' }).click()
    await first.getByRole('button', { name: 'Like' }).click()
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('No messages')
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()
    const before = await page.locator('hankyo-thread').evaluate((thread) => thread.outerHTML)
    await page.evaluate(() => {
      for (const data of [
        '{"type":"resize"}',
        { hankyo: 'theme', theme: 'dark' },
        '<img src=x onerror=alert(1)>',
      ])
        window.dispatchEvent(new MessageEvent('message', { data, origin: 'https://evil.example' }))
    })
    expect(await page.locator('hankyo-thread').evaluate((thread) => thread.outerHTML)).toBe(before)
    expect(caught).toEqual([])
    expect(page.frames()).toHaveLength(1)
  })
})

test.describe('Row 21: the page around the thread', () => {
  test('keeps its policy, its globals and its prototypes, whatever it is like itself', async ({
    context,
    product,
  }) => {
    const caught = await trap(context)
    await context.addInitScript(() => {
      const known = () => [
        ...Object.getOwnPropertyNames(window),
        ...[Object, Array, String, Element, HTMLElement, Document, Event].flatMap((one) =>
          Object.getOwnPropertyNames(one.prototype).map((name) => `${one.name}.${name}`),
        ),
        ...document.documentElement.getAttributeNames(),
        document.cookie,
      ]
      Object.defineProperty(window, 'known', { value: known })
      Object.defineProperty(window, 'before', { value: new Set<string>(), writable: true })
      document.addEventListener('readystatechange', () => {
        if (document.readyState === 'interactive') Object.assign(window, { before: new Set(known()) })
      })
    })
    const page = await context.newPage()
    const names = [
      'config',
      'hankyo',
      'host',
      'site',
      'count',
      'document',
      'location',
      'fetch',
      'localStorage',
      'customElements',
    ]
    const { reports } = await open(page, {
      headers: strict(product),
      head: '<base href="https://evil.example/">',
      body: `${names.map((name) => `<form name="${name}"><input name="attributes"><img id="${name}"></form>`).join('')}
        ${script(product)}<hankyo-thread site="demo" key="/demo/en"></hankyo-thread>`,
    }).catch((error) => Promise.reject(error))
    await expect(page.getByRole('article').first()).toBeVisible()
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('Strict')
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()
    const added = await page.evaluate(() => {
      const { known, before } = window as unknown as { known: () => string[]; before: Set<string> }
      return before.size > 500 ? known().filter((name) => !before.has(name)) : ['nothing was looked at']
    })
    expect(added).toEqual([])
    // The page's own <base> is what its own policy reports.
    expect(caught.filter((what) => !what.startsWith('base-uri'))).toEqual([])
    expect(reports.filter((report) => !report.includes('base-uri'))).toEqual([])
    const remembered = await page.evaluate(() =>
      Object.keys(localStorage).filter((name) => !name.startsWith('hankyo ')),
    )
    expect(remembered).toEqual([])
  })

  const hostile: [string, Record<string, string>][] = [
    ['a site that climbs', { site: '../../x' }],
    ['a site with a query', { site: 'demo/../../queue?x=' }],
    ['a site that is an address', { site: 'https://evil.example/' }],
    ['a site of another host', { site: '//evil.example' }],
    ['a site with an encoded slash', { site: 'demo%2f..%2fother' }],
    ['a site with markup', { site: '"><img src=x onerror=alert(1)>' }],
    ['a prototype for a site', { site: '__proto__' }],
    ['a key with a fragment and a query', { key: '/a#b?c&site=other&key=/x' }],
    ['a key that is a script', { key: 'javascript:alert(1)' }],
    ['a key with markup', { key: '"><script>alert(1)</script>' }],
    ['a language that is none', { lang: '../../../x' }],
    ['a language with markup', { lang: '"><img src=x onerror=alert(1)>' }],
    ['a prototype for a language', { lang: '__proto__', sort: '__proto__', theme: '__proto__' }],
    ['a heading with markup', { key: '/demo/en', heading: '<img src=x onerror=alert(1)>' }],
    ['a heading that is no level', { key: '/demo/en', heading: '-1e3' }],
    ['a title with markup', { key: '/demo/en', title: '<svg onload=alert(1)>' }],
    ['a theme with a style', { theme: 'x;position:fixed;inset:0' }],
    ['an order with a query', { sort: 'top&key=/other' }],
  ]
  test('is believed nothing by its attributes', async ({ context, product }) => {
    const caught = await trap(context)
    const page = await context.newPage()
    let asked: URL[] = []
    page.on('request', (request) => asked.push(new URL(request.url())))
    for (const [name, attributes] of hostile)
      await test.step(name, async () => {
        asked = []
        const { reports } = await open(page, {
          headers: strict(product),
          body: `${script(product)}<div id="place"></div>`,
        })
        await page.evaluate((all) => {
          const thread = document.createElement('hankyo-thread')
          for (const [attribute, value] of Object.entries({ site: 'demo', loading: 'eager', ...all }))
            thread.setAttribute(attribute, value)
          document.querySelector('#place')?.append(thread)
        }, attributes)
        await expect
          .poll(() => asked.some(({ pathname }) => /^\/v1\/sites\/[^/]+\/thread$/.test(pathname)))
          .toBe(true)
        await expect(page.locator('hankyo-thread').locator('p, article').first()).toBeVisible()
        const { site = 'demo', key } = attributes
        for (const { origin, pathname, searchParams } of asked.filter(({ pathname }) =>
          pathname.startsWith('/v1/'),
        )) {
          expect(origin).toBe(product.url)
          expect(pathname.split('/')[3]).toBe(encodeURIComponent(site))
          if (key !== undefined && pathname.endsWith('/thread'))
            expect(searchParams.getAll('key')).toEqual([key])
          expect(searchParams.getAll('sort').length).toBeLessThan(2)
        }
        const inside = await page
          .locator('hankyo-thread')
          .evaluate(
            (thread) =>
              [
                ...(thread.shadowRoot?.querySelectorAll('script, img, svg, iframe, [onload], [onerror]') ??
                  []),
              ].length,
          )
        expect(inside).toBe(0)
        expect([...caught, ...reports]).toEqual([])
      })
  })
})
