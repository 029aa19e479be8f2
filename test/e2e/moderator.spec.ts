import { randomUUID } from 'node:crypto'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { article, snippet } from './article.ts'
import { faults, faultsInBothSchemes } from './axe.ts'
import { origin, post } from './desk.ts'
import { expect, type Product, test } from './fixtures.ts'

/** A site with some comments, its dashboard signed in. */
async function desk(context: BrowserContext, product: Product, bodies: string[]) {
  const site = `site-${randomUUID().slice(0, 8)}`
  await product.api('POST', 'sites', { id: site, name: site, origins: [origin] })
  const ids: string[] = []
  for (const body of bodies) ids.push(await post(product, site, { body }))
  // A server that has just started screens the demo's comments first.
  await expect
    .poll(
      async () => {
        const page = (await (await product.api('GET', `queue?site=${site}`)).json()) as {
          items: { verdict: unknown }[]
        }
        return page.items.filter(({ verdict }) => verdict).length
      },
      { timeout: 40_000 },
    )
    .toBe(bodies.length)
  const page = await context.newPage()
  await page.goto(await product.dashboardLink())
  await expect(page.getByRole('button', { name: /Sign out|サインアウト|ログアウト/ }).first()).toBeAttached()
  const address = `${product.url}/dashboard?tab=held&site=${site}`
  await page.goto(address)
  await expect(page.getByText(bodies[0] as string)).toBeVisible()
  return { site, ids, page, address }
}

const row = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text })

const statusOf = async (product: Product, id: string) => {
  const page = (await (await product.api('GET', 'queue?tab=all&limit=100')).json()) as {
    items: { id: string; status: string }[]
  }
  return page.items.find((item) => item.id === id)?.status
}

test.describe('A moderator', () => {
  test('clears the queue by keyboard and can undo each decision', async ({ context, product }) => {
    const { page, ids } = await desk(context, product, [
      'Comment one',
      'Comment two',
      'Comment three',
      'Comment four',
    ])
    await page.keyboard.press('a')
    await expect(row(page, 'Comment one')).toBeHidden()
    await page.keyboard.press('s')
    await expect(row(page, 'Comment two')).toBeHidden()
    await page.keyboard.press('r')
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await expect(row(page, 'Comment three')).toBeHidden()
    await page.keyboard.press('d')
    await expect(row(page, 'Comment four')).toBeHidden()
    await expect(page.getByText('Nothing waits for you.')).toBeVisible()
    const states = () => Promise.all(ids.map((id) => statusOf(product, id)))
    await expect.poll(states).toEqual(['approved', 'spam', 'rejected', 'deleted'])
    for (let undone = 0; undone < 4; undone++) {
      await page.keyboard.press('z')
      await expect
        .poll(async () => (await states()).filter((state) => state === 'pending').length)
        .toBe(undone + 1)
    }
    for (const text of ['Comment one', 'Comment four']) await expect(row(page, text)).toBeVisible()
  })

  test('moves with j and k, asks for help with ?, and types in peace', async ({ context, product }) => {
    const { page, ids } = await desk(context, product, ['Number one', 'Number two', 'Number three'])
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('a')
    await expect.poll(() => statusOf(product, ids[1] as string)).toBe('approved')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.keyboard.press('/')
    await page.keyboard.type('asdrz')
    expect(await Promise.all([ids[0], ids[2]].map((id) => statusOf(product, id as string)))).toEqual([
      'pending',
      'pending',
    ])
  })

  test('decides a selection at once and undoes it at once', async ({ context, product }) => {
    const { page, ids } = await desk(context, product, ['Pick one', 'Pick two', 'Pick three'])
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(page.getByText('2 selected')).toBeVisible()
    await page.keyboard.press('s')
    await expect(page.getByText('2 marked as spam')).toBeVisible()
    const states = () => Promise.all(ids.map((id) => statusOf(product, id)))
    expect(await states()).toEqual(['spam', 'spam', 'pending'])
    await page.keyboard.press('z')
    await expect.poll(states).toEqual(['pending', 'pending', 'pending'])
  })

  test('sees new comments and others’ decisions without a reload', async ({ context, product }) => {
    const { page, site, ids } = await desk(context, product, ['Here from the start', 'Soon to be gone'])
    await product.api('POST', 'decisions', [{ commentId: ids[1], revision: 1, action: 'approve' }])
    await expect(page.getByText(/Approved by (the )?operator/).first()).toBeVisible({
      timeout: 15_000,
    })
    await post(product, site, { body: 'Just arrived' })
    await expect(page.getByText(/Just arrived|1 new comment/).first()).toBeVisible({ timeout: 15_000 })
  })

  test('who loses a race is told the present state and changes nothing', async ({ context, product }) => {
    const { page, ids } = await desk(context, product, ['Contested words', 'Other words'])
    await page.route('**/v1/queue*', (route) => route.abort())
    await product.api('POST', 'decisions', [
      { commentId: ids[0], revision: 1, action: 'reject', reason: 'abuse' },
    ])
    await page.keyboard.press('a')
    await expect(
      page.getByText(/Already rejected by (the )?operator .*; nothing changed/).first(),
    ).toBeVisible()
    expect(await statusOf(product, ids[0] as string)).toBe('rejected')
  })

  test('reads why a comment was held, and its author’s history', async ({ context, product }) => {
    const { page } = await desk(context, product, [
      'Buy https://a.example https://b.example https://c.example https://d.example now',
    ])
    const held = row(page, 'Buy')
    await expect(held.getByText(/4 links/)).toBeVisible()
    await expect(held.getByText(/newcomer|first comment/i).first()).toBeVisible()
  })

  test('signs out, and the link does not sign in twice', async ({ page, product }) => {
    const link = await product.dashboardLink()
    await page.goto(link)
    await expect(page).toHaveURL(/\/dashboard[^#]*$/)
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto('about:blank')
    await page.goto(link)
    await expect(page.getByText(/has been used or has expired/)).toBeVisible()
  })

  for (const [name, options, found] of [
    ['light and dark', {}, faultsInBothSchemes],
    ['on a phone', { viewport: { width: 360, height: 740 } }, faults],
    ['in Japanese', { locale: 'ja-JP' }, faults],
  ] as const)
    test(`axe finds nothing: ${name}`, async ({ browser, product }) => {
      const context = await browser.newContext(options)
      const { page } = await desk(context, product, ['Words one', '> quoted\n\n**words** two', 'שלום עולם'])
      const look = async () => expect(await found(page)).toEqual([])
      await look()
      await page.keyboard.press('r')
      await look()
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await look()
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0)
      await context.close()
    })

  test('decides on a phone at the thumb, by a double tap only one, and can install the desk', async ({
    browser,
    product,
  }) => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const context = await browser.newContext(phone)
    const { page, ids } = await desk(context, product, ['The first one', 'The second one', 'The third one'])
    const approve = page.getByRole('button', { name: /^Approve/ })
    await expect(approve).toHaveCount(1)
    const place = await approve.boundingBox()
    expect(place?.y).toBeGreaterThan(750)
    const [x, y] = [(place?.x ?? 0) + 40, (place?.y ?? 0) + 20]
    await page.touchscreen.tap(x, y)
    await page.touchscreen.tap(x + 12, y + 6)
    await expect(page.getByText('Approved')).toBeVisible()
    await expect(row(page, 'The first one')).toBeHidden()
    await expect(row(page, 'The second one')).toBeVisible()
    expect(await statusOf(product, ids[1] as string)).toBe('pending')

    const devtools = await context.newCDPSession(page)
    const touch = (type: string, ...touchPoints: { x: number; y: number }[]) =>
      devtools.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints })
    const box = await row(page, 'The second one').boundingBox()
    const middle = (box?.y ?? 0) + (box?.height ?? 0) / 2
    await touch('touchStart', { x: 300, y: middle })
    for (const at of [280, 230, 160, 120]) await touch('touchMove', { x: at, y: middle })
    await touch('touchEnd')
    await expect(page.getByText('Marked as spam')).toBeVisible()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect(row(page, 'The second one')).toBeVisible()

    const { errors } = await devtools.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    expect(installabilityErrors).toEqual([])
    await context.close()
  })

  test('sees on a phone at which of the pages they are', async ({ browser, product }) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const { page } = await desk(context, product, ['Some words'])
    await page.goto(`${product.url}/dashboard?page=tokens`)
    await expect(page.getByRole('navigation').getByRole('link', { name: 'API tokens' })).toBeInViewport({
      ratio: 0.99,
    })
    await context.close()
  })
})

/**
 * One of each kind, for a browser and its policy: that thousands of such strings come out as text is held by
 * `test/unit/common/markdown.test.ts` and `test/unit/threats/xss.test.ts`.
 */
const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
  '[click](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '{{constructor.constructor("alert(1)")()}}',
  '<style>@import "//evil.example"</style>',
  '<a href="//evil.example/">x</a>',
  '</textarea></script><script>print()</script>',
]

const hrefs = (page: Page) =>
  page.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))

test('hostile strings in body, name, website and title run nowhere', async ({ context, product }) => {
  const site = `xss-${randomUUID().slice(0, 8)}`
  await product.api('POST', 'sites', {
    id: site,
    name: '<img src=x onerror=alert(1)>',
    origins: ['http://127.0.0.1:*', origin],
  })
  const tried = hostile.flatMap((text, index) => {
    const line = text.slice(0, 90)
    const key = `/${index % 3}`
    return [
      { key, body: text, author: { name: line } },
      { key, body: `[x](${text})`, author: { name: 'x' }, title: line },
      { key, body: 'x', author: { name: 'x', url: line } },
    ]
  })
  const send = async (variant: (typeof tried)[number]) => {
    const id = randomUUID()
    const answer = await fetch(`${product.url}/v1/sites/${site}/comments`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ id, url: `${origin}/`, title: 't', elapsedMs: 9000, ...variant }),
    })
    return answer.status === 202 ? [id] : []
  }
  const stored = (await Promise.all(tried.map(send))).flat()
  expect(stored.length).toBeGreaterThanOrEqual(2 * hostile.length)
  const decisions = stored
    .filter((_, index) => index % 2 === 0)
    .map((commentId) => ({ commentId, revision: 1, action: 'approve' }))
  expect((await product.api('POST', 'decisions', decisions)).status).toBe(200)

  const ran: string[] = []
  await context.exposeFunction('ran', (what: string) => ran.push(what))
  await context.addInitScript(() => {
    for (const name of ['alert', 'print', 'confirm', 'prompt'] as const)
      Object.assign(window, {
        [name]: () => (window as unknown as { ran: (what: string) => void }).ran(name),
      })
    document.addEventListener('securitypolicyviolation', (event) =>
      (window as unknown as { ran: (what: string) => void }).ran(
        `${event.violatedDirective} ${event.blockedURI}`,
      ),
    )
  })
  const page = await context.newPage()
  const away: string[] = []
  page.on('request', (request) => {
    if (!/^http:\/\/127\.0\.0\.1:/.test(request.url())) away.push(request.url())
  })
  page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  const host = await article({
    body: [0, 1, 2]
      .map((key) => snippet(product.url, `key="/${key}"`).replace('"demo"', `"${site}"`))
      .join(''),
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${product.url}; connect-src ${product.url}; require-trusted-types-for 'script'`,
    },
  })
  await page.goto(host.url)
  await expect(page.getByRole('article').first()).toBeVisible()
  for (const href of await hrefs(page)) expect(href).toMatch(/^(https?:|mailto:|#comment-)/)
  await page.goto(await product.dashboardLink())
  await page.goto(`${product.url}/dashboard?tab=all&site=${site}`)
  await expect(page.getByRole('article').first()).toBeVisible()
  for (let more = 0; more < 8; more++) {
    const button = page.getByRole('button', { name: 'Show more' })
    if (!(await button.isVisible())) break
    await button.click()
    await page.keyboard.press('j')
  }
  for (const href of await hrefs(page)) expect(href).toMatch(/^(https?:|mailto:|\/|\?|#)/)
  expect(ran).toEqual([])
  expect(away).toEqual([])
  host.close()
})
