import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Article, article, snippet } from './article.ts'
import { faultsInBothSchemes } from './axe.ts'
import { expect, type Product, test } from './fixtures.ts'

let servers: (Article & { reports: string[] })[] = []
test.afterEach(() => {
  for (const server of servers) server.close()
  servers = []
})

/** An article of its own for one test, on another origin than the product. */
async function open(page: Page, product: Product, content: Partial<Parameters<typeof article>[0]> = {}) {
  const server = await article({ body: snippet(product.url), ...content })
  servers.push(server)
  const path = `/${randomUUID()}`
  await page.goto(server.url + path)
  return { ...server, path, go: () => page.goto(server.url + path) }
}

async function write(page: Page, text: string, name = 'Mika') {
  const body = page.getByRole('textbox', { name: /Write a comment|コメントを書く/ })
  await body.fill(text)
  await page.getByRole('textbox', { name: /^(Name|名前)/ }).fill(name)
  await page.getByRole('button', { name: /Send for approval|承認/ }).click()
}

const waiting = (page: Page) => page.getByText('Waiting for approval · only you see this')

/** Decides the newest comment whose text is this. */
async function decide(product: Product, text: string, action: string, reason?: string) {
  const find = async () => {
    const answer = await product.api('GET', `queue?tab=all&q=${encodeURIComponent(text)}`)
    return ((await answer.json()) as { items: { id: string; revision: number }[] }).items[0]
  }
  await expect.poll(find).toBeTruthy()
  const item = (await find()) as { id: string; revision: number }
  const body = [{ commentId: item.id, revision: item.revision, action, reason }]
  expect((await product.api('POST', 'decisions', body)).status).toBe(200)
}

test.describe('A reader', () => {
  test('posts, sees the comment wait, also after a reload, and then approved', async ({ page, product }) => {
    const { go } = await open(page, product)
    await expect(page.getByText('No comments yet. Yours can be the first.')).toBeVisible()
    const text = `First **thought** ${randomUUID()}`
    await write(page, text)
    await expect(waiting(page)).toBeVisible()
    await expect(page.getByRole('status').first()).toContainText(/waits for approval/)
    await go()
    await expect(waiting(page)).toBeVisible()
    await decide(product, text, 'approve')
    await expect(waiting(page)).toBeHidden({ timeout: 20_000 })
    await expect(page.getByRole('heading', { name: 'One thought on “Borrowed ground”' })).toBeVisible()
    await go()
    await expect(page.getByRole('article').getByText('thought', { exact: true })).toBeVisible()
  })

  test('is told of a rejection and its reason', async ({ page, product }) => {
    await open(page, product)
    const text = `Rude ${randomUUID()}`
    await write(page, text)
    await expect(waiting(page)).toBeVisible()
    await decide(product, text, 'reject', 'off_topic')
    await expect(page.getByText(/Your comment was not approved\..*(topic|about)/i)).toBeVisible({
      timeout: 20_000,
    })
  })

  test('who is offline loses nothing: the comment goes out once, when the connection is back', async ({
    page,
    product,
    context,
  }) => {
    const { go } = await open(page, product)
    const text = `Offline ${randomUUID()}`
    await page.getByRole('textbox', { name: 'Write a comment' }).fill(text)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mika')
    await context.route(`${product.url}/v1/**`, (route) => route.abort())
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText(/Not sent yet/)).toBeVisible()
    await context.unroute(`${product.url}/v1/**`)
    let posts = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') posts++
    })
    // The page that is left may try just before it goes.
    page.on('framenavigated', () => {
      posts = 0
    })
    await go()
    await expect(waiting(page)).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText(/Not sent yet/)).toBeHidden()
    // None, where the page that was left has sent it.
    expect(posts).toBeLessThanOrEqual(1)
    const stored = await product.api('GET', `queue?tab=all&q=${encodeURIComponent(text)}`)
    expect(((await stored.json()) as { items: unknown[] }).items).toHaveLength(1)
  })

  test('whose connection is gone before anything more could load has the comment sent when it returns', async ({
    page,
    product,
    context,
  }) => {
    await open(page, product)
    const text = `Tunnel ${randomUUID()}`
    await page.getByRole('textbox', { name: 'Write a comment' }).focus()
    // Comes with what it takes to write.
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
    await context.setOffline(true)
    await page.getByRole('textbox', { name: 'Write a comment' }).fill(text)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText(/Not sent yet/).first()).toBeVisible()
    await expect(page.getByText(text)).toBeVisible()
    await context.setOffline(false)
    await expect(waiting(page)).toBeVisible({ timeout: 20_000 })
    const stored = await product.api('GET', `queue?tab=all&q=${encodeURIComponent(text)}`)
    expect(((await stored.json()) as { items: unknown[] }).items).toHaveLength(1)
  })

  test('whose connection failed while the script for writing came can write once it is asked for again', async ({
    page,
    product,
    context,
  }) => {
    const asked: string[] = []
    await context.route(/\/writing\.js/, (route) => {
      const { search } = new URL(route.request().url())
      asked.push(search)
      return search ? route.continue() : route.abort()
    })
    await open(page, product)
    const text = `Second try ${randomUUID()}`
    await write(page, text)
    await expect(waiting(page)).toBeVisible()
    expect(asked[0]).toBe('')
    expect(asked.find((search) => search)).toMatch(/^\?\d+$/)
  })

  test('whose answer got lost has posted once all the same', async ({ page, product, context }) => {
    await open(page, product)
    const text = `Answer lost ${randomUUID()}`
    const again = Promise.withResolvers<void>()
    let lost = 0
    await context.route(`${product.url}/v1/sites/demo/comments`, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      if (lost > 0) {
        await again.promise
        return route.continue()
      }
      lost++
      await route.fetch()
      await route.abort()
    })
    await write(page, text)
    await expect(page.getByText(/Not sent yet/)).toBeVisible()
    await page.getByRole('button', { name: 'Try now' }).click()
    again.resolve()
    await expect(waiting(page)).toBeVisible()
    expect(lost).toBe(1)
    const stored = await product.api('GET', `queue?tab=all&q=${encodeURIComponent(text)}`)
    expect(((await stored.json()) as { items: unknown[] }).items).toHaveLength(1)
  })

  test('writes and replies by keyboard alone and hears what happened', async ({ page, product }) => {
    const { go } = await open(page, product)
    const text = `Root ${randomUUID()}`
    await write(page, text)
    await expect(waiting(page)).toBeVisible()
    await decide(product, text, 'approve')
    await go()
    const reply = page.getByRole('button', { name: /^Reply/ }).first()
    await expect(reply).toBeVisible()
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
        return element?.textContent?.trim() || element?.getAttribute('aria-label') || ''
      })
    for (let presses = 0; presses < 30 && !/^Reply/.test(await focused()); presses++)
      await page.keyboard.press('Tab')
    expect(await focused()).toMatch(/^Reply/)
    await page.keyboard.press('Enter')
    await page.keyboard.type('An answer by keyboard')
    await page.keyboard.press('Escape')
    expect(await focused()).toMatch(/^Reply/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: /Reply to/ })).toHaveValue('An answer by keyboard')
    await page.keyboard.press('Control+Enter')
    await expect(waiting(page)).toBeVisible()
    await expect(page.getByRole('status').first()).toContainText(/waits for approval/)
  })

  test('sees what is wrong at the field, and no text is lost', async ({ page, product }) => {
    await open(page, product)
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('A text to keep')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await expect(name).toHaveAttribute('aria-invalid', 'true')
    await expect(name).toBeFocused()
    await name.fill('Mika')
    await page.getByRole('textbox', { name: /E-mail/ }).fill('not an address')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByRole('textbox', { name: /E-mail/ })).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('textbox', { name: 'Write a comment' })).toHaveValue('A text to keep')
  })

  test('finds a closed thread readable and says so', async ({ page, product }) => {
    const { go } = await open(page, product)
    const text = `Last word ${randomUUID()}`
    await write(page, text)
    await expect(waiting(page)).toBeVisible()
    await decide(product, text, 'approve')
    const found = await (await product.api('GET', `queue?tab=all&q=${encodeURIComponent(text)}`)).json()
    const thread = (found as { items: { thread: { id: number } }[] }).items[0]?.thread.id
    await product.api('POST', `threads/${thread}/closure`)
    await go()
    await expect(page.getByText(/Comments were closed on/)).toBeVisible()
    await expect(page.getByRole('textbox')).toHaveCount(0)
  })
})

test.describe('The embed', () => {
  test('shows the first comment after two steps of three requests, all to its own host', async ({
    page,
    product,
  }) => {
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(`${product.url}/demo/en`)
    const thread = page.locator('hankyo-thread')
    await thread.scrollIntoViewIfNeeded()
    await expect(thread.getByRole('article').first()).toBeVisible()
    const own = requests
      .map((url) => new URL(url))
      .filter(({ pathname }) => !pathname.startsWith('/demo') && pathname !== '/favicon.ico')
    const host = `127.0.0.1:${product.port}`
    const [first, ...others] = own.map((url) => url.host + url.pathname.replace(/(words|later)-\w+/, '$1'))
    expect(first).toBe(`${host}/embed.js`)
    // What follows the page comes after a second, however far the thread is by then.
    const asked = others.filter((address) => address !== `${host}/embed/later/watch.js`)
    expect(asked.slice(0, 2).toSorted()).toEqual([
      `${host}/embed/words/en.json`,
      `${host}/v1/sites/demo/thread`,
    ])
    // What it takes to write follows by itself, once the comments stand.
    for (const address of others.slice(2)) expect(address).toMatch(`${host}/embed/`)
  })

  test('sets no cookie', async ({ page, product, context }) => {
    await open(page, product)
    await write(page, `No cookie ${randomUUID()}`)
    await expect(waiting(page)).toBeVisible()
    expect(await context.cookies()).toEqual([])
  })

  test('works on another origin under a strict policy with trusted types', async ({ page, product }) => {
    const policy = [
      "default-src 'none'",
      `script-src ${product.url}`,
      `connect-src ${product.url}`,
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
      'report-uri /report',
    ].join('; ')
    const { reports } = await open(page, product, { headers: { 'content-security-policy': policy } })
    await write(page, `Strict ${randomUUID()}`)
    await expect(waiting(page)).toBeVisible()
    expect(reports).toEqual([])
    const border = await page
      .locator('hankyo-thread')
      .evaluate((element) => element.shadowRoot?.adoptedStyleSheets.length)
    expect(border).toBeGreaterThan(0)
  })

  test('keeps two threads on one page apart', async ({ page, product }) => {
    const [one, two] = [`/one-${randomUUID()}`, `/two-${randomUUID()}`]
    await open(page, product, {
      body: `${snippet(product.url, `key="${one}"`)}${snippet(product.url, `key="${two}" lang="ja" id="second"`)}`,
    })
    const second = page.locator('#second')
    await second.getByRole('textbox', { name: 'コメントを書く' }).fill('二つ目の欄')
    await second.getByRole('textbox', { name: /名前/ }).fill('美香')
    await second.getByRole('button', { name: /承認/ }).click()
    await expect(second.getByText('二つ目の欄')).toBeVisible()
    await expect(page.locator('hankyo-thread').first().getByText('二つ目の欄')).toBeHidden()
  })

  test('holds out against hostile styles of the page', async ({ page, product }) => {
    const head = `<style>* { all: unset !important; display: none !important; color: red !important }
      html, body, main, hankyo-thread { display: block !important }
      button, textarea, input { position: absolute !important; left: -9999px !important }</style>`
    await open(page, product, { head })
    const box = await page.getByRole('textbox', { name: 'Write a comment' }).boundingBox()
    expect(box?.width).toBeGreaterThan(200)
    expect(box?.x).toBeGreaterThanOrEqual(0)
  })

  test('takes no harm from the page’s own elements and globals', async ({ page, product }) => {
    await open(page, product, {
      body: `<img id="config"><form id="site" name="customElements"><input name="attributes"></form>${snippet(product.url)}`,
    })
    await write(page, `Clobbered ${randomUUID()}`)
    await expect(waiting(page)).toBeVisible()
  })

  for (const width of [320, 640])
    test(`fits ${width} pixels without sideways scrolling`, async ({ page, product }) => {
      await page.setViewportSize({ width, height: 700 })
      await page.goto(`${product.url}/demo/lively`)
      await expect(page.getByRole('article').first()).toBeVisible()
      await page
        .getByRole('button', { name: /Reply|返信/ })
        .first()
        .click()
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
    })

  for (const demo of ['ja', 'en', 'lively'])
    test(`axe finds nothing on ${demo}, light or dark`, async ({ page, product }) => {
      await page.goto(`${product.url}/demo/${demo}`)
      await page.locator('hankyo-thread').scrollIntoViewIfNeeded()
      await expect(page.getByRole('article').first()).toBeVisible()
      await page
        .getByRole('button', { name: /Reply|返信/ })
        .first()
        .click()
      expect(await faultsInBothSchemes(page, { within: 'hankyo-thread' })).toEqual([])
    })
})

test('a page of an origin that is not registered says so, to reader and embedder, and gives the text back', async ({
  page,
  product,
}) => {
  const site = `site-${randomUUID().slice(0, 8)}`
  await product.api('POST', 'sites', { id: site, name: site, origins: ['https://elsewhere.example'] })
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await open(page, product, { body: snippet(product.url).replace('"demo"', `"${site}"`) })
  await write(page, 'A text to keep')
  await expect(page.getByText('This page’s address is not registered for the site.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Write a comment' })).toHaveValue('A text to keep')
  expect(said.join('\n')).toMatch(/http:\/\/127\.0\.0\.1:\d+ is not registered for this site/)
})

test('a comment that a moderator deletes tells its author so and offers no reply', async ({
  page,
  product,
}) => {
  const { go } = await open(page, product)
  const text = `Deleted ${randomUUID()}`
  await write(page, text)
  await expect(waiting(page)).toBeVisible()
  await decide(product, text, 'delete')
  await go()
  await expect(page.getByText('A moderator removed your comment.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Reply/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Hide' }).click()
  await expect(page.getByText(text)).toBeHidden()
})
