import type { Page } from '@playwright/test'
import { article } from './article.ts'
import { faults } from './axe.ts'
import { expect, test } from './fixtures.ts'

const address = '/docs/embed?lang=en&key=/demo/en'

/** What axe finds on a page, and whether it is wider than its window. */
async function flaws(page: Page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  return { axe: await faults(page), wide }
}

test.describe('The page for embedders', () => {
  test('shows the thread as it is chosen, and the lines to paste, which work', async ({
    page,
    product,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(address)
    const thread = page.locator('hankyo-thread')
    await expect(thread.getByRole('article').first()).toBeVisible()
    await expect(thread.getByRole('textbox', { name: /^Name/ })).toBeVisible()
    await page.getByLabel(/^lang/).selectOption('ja')
    await expect(thread.getByRole('textbox', { name: 'コメントを書く' })).toBeVisible()
    await page.getByLabel(/^heading/).fill('Your "thoughts"')
    await page.getByLabel(/^heading/).press('Tab')
    await expect(thread.getByRole('heading', { name: 'Your "thoughts"' })).toBeVisible()
    await page.getByLabel('--hankyo-accent').fill('#aa3300')
    await page.getByLabel('--hankyo-radius').fill('0')
    await page.getByLabel('Column').fill('300')
    const width = await thread.evaluate((element) => element.getBoundingClientRect().width)
    expect(width).toBe(300)
    await page.locator('[data-place=playground]').getByRole('button', { name: 'Copy' }).click()
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
    const snippet = await page.evaluate(() => navigator.clipboard.readText())
    expect(snippet.split('\n')).toEqual([
      `<script type="module" src="${product.url}/embed.js"></script>`,
      '<hankyo-thread site="demo" key="/demo/en" lang="ja" heading="Your &quot;thoughts&quot;">',
      `  <a href="${product.url}/t/demo?key=%2Fdemo%2Fen">Comments</a>`,
      '</hankyo-thread>',
      '<style>',
      '  hankyo-thread {',
      '    --hankyo-accent: #aa3300;',
      '    --hankyo-radius: 0;',
      '  }',
      '</style>',
    ])
    const server = await article({ body: snippet })
    await page.goto(server.url)
    await expect(page.getByRole('heading', { name: 'Your "thoughts"' })).toBeVisible()
    await page.getByRole('textbox', { name: 'コメントを書く' }).focus()
    const color = await page.locator('.send').evaluate((button) => getComputedStyle(button).backgroundColor)
    expect(color).toBe('rgb(170, 51, 0)')
    server.close()
  })

  test('opens on the demo, with comments of the reader’s own and one of its staff', async ({ page }) => {
    await page.goto('/docs/embed?lang=en')
    const thread = page.locator('hankyo-thread')
    const said = (words: string) => thread.getByRole('article').filter({ hasText: words })
    await expect(said('I hear the kettle next door').getByText('Waiting for approval')).toBeVisible()
    await expect(
      said('robins-clocks.example').getByText('Your comment was not approved. It is advertising.'),
    ).toBeVisible()
    await expect(
      said('The shriek goes into the broadcast').getByText('Author', { exact: true }),
    ).toBeVisible()
    await expect(thread.getByRole('textbox', { name: /^Name/ })).toBeVisible()
  })

  test('is written in, as it is the demo’s own page', async ({ page }) => {
    await page.goto('/docs/embed?lang=en&key=/docs-written')
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('Tried out')
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()
  })

  test('names this host in its lines, and copies them', async ({ page, product, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('/docs/recipes?lang=en')
    const lines = page.locator('figure', { hasText: 'the_title_attribute' })
    await lines.hover()
    await lines.getByRole('button', { name: 'Copy' }).click()
    await expect(lines.getByRole('button', { name: 'Copied' })).toBeVisible()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain(`<script type="module" src="${product.url}/embed.js"></script>`)
  })
})

test.describe('The pages at /docs', () => {
  for (const [name, width, colorScheme, locale] of [
    ['embed', 390, 'light', 'ja'],
    ['embed', 1280, 'dark', 'en-GB'],
    ['moderating', 1280, 'light', 'en-GB'],
    ['operating', 360, 'dark', 'ja-JP'],
    ['recipes', 390, 'light', 'ja'],
    ['hosting', 1280, 'light', 'en-GB'],
    ['limits', 360, 'light', 'en-GB'],
    ['api', 390, 'light', 'en-GB'],
  ] as const)
    test(`${name} fits ${width} pixels in ${locale}, and axe finds nothing in ${colorScheme}`, async ({
      browser,
      product,
    }) => {
      const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } })
      const page = await context.newPage()
      const said: string[] = []
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
      await page.goto(`${product.url}/docs/${name}?key=/demo/en`)
      await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2))
      if (name === 'embed') await expect(page.getByRole('article').first()).toBeVisible()
      if (name === 'api') await page.locator('main').getByRole('group').first().locator('summary').click()
      expect(await flaws(page)).toEqual({ axe: [], wide: false })
      expect(said).toEqual([])
      expect(await context.cookies()).toEqual([])
      await context.close()
    })

  test('begin with embedding, and remember the language that is chosen', async ({ page }) => {
    await page.goto('/docs')
    await expect(page).toHaveURL(/\/docs\/embed$/)
    const chapters = page.getByRole('navigation', { name: 'Documentation' })
    await chapters.getByRole('link', { name: 'Operating' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Operating' })).toBeVisible()
    await page.getByRole('link', { name: '日本語' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '運用' })).toBeVisible()
    // The script notes the choice, some time after the page can be read.
    await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain('ja')
    await page.goto('/docs/moderating')
    await expect(page.getByRole('heading', { level: 1, name: 'モデレーション' })).toBeVisible()
    await page.goto('/docs/moderating?lang=en')
    await expect(page.getByRole('heading', { level: 1, name: 'Moderating' })).toBeVisible()
  })

  test('are read, and changed to another language, without a script', async ({ browser, product }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${product.url}/docs/embed`)
    await expect(page.getByText('<hankyo-thread site="blog">').first()).toBeVisible()
    await expect(page.getByRole('button')).toHaveCount(0)
    await page
      .getByRole('navigation', { name: 'Documentation' })
      .getByRole('link', { name: 'Recipes' })
      .click()
    await expect(page.getByText('the_title_attribute')).toBeVisible()
    await page.getByRole('link', { name: '日本語' }).click()
    await page.getByRole('link', { name: '運用' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: '運用' })).toBeVisible()
    await context.close()
  })

  test('are told from what is not there', async ({ request }) => {
    for (const path of ['/docs/unknown', '/docs/en/embed', '/docs/ja/embed.html', '/docs/static/none.js'])
      expect((await request.get(path)).status(), path).toBe(404)
  })
})

test.describe('The page of the API', () => {
  test('shows what each route takes and answers, in both languages', async ({ page }) => {
    await page.goto('/docs/api?lang=en')
    const route = page.locator('#postSitesSiteComments')
    await route.locator('summary').focus()
    await page.keyboard.press('Enter')
    await expect(route.getByText('id: uuid')).toBeVisible()
    await route.getByRole('link', { name: 'Comment' }).first().click()
    await expect(page.getByRole('heading', { name: 'Comment', exact: true })).toBeInViewport()
    await page.getByRole('link', { name: '日本語' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hankyo の API')
  })
})
