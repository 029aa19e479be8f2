import AxeBuilder from '@axe-core/playwright'
import { article } from './article.ts'
import { expect, test } from './fixtures.ts'

const address = '/docs/embed?lang=en&key=/demo/en'

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
    await page.getByRole('button', { name: 'Copy' }).first().click()
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

  test('is written in, as it is the demo’s own page', async ({ page }) => {
    await page.goto('/docs/embed?lang=en&key=/docs-written')
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('Tried out')
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()
  })

  test('opens its guides by keyboard, in both languages', async ({ page }) => {
    await page.goto(address)
    await page.getByRole('tab', { name: 'Theming' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name: 'WordPress', selected: true })).toBeFocused()
    await expect(page.getByRole('tabpanel')).toContainText('wp_enqueue_script_module')
    await page.keyboard.press('End')
    await expect(page.getByRole('tabpanel')).toContainText('Where an editor strips')
    await page.getByRole('button', { name: '日本語' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hankyo の埋め込み')
    await expect(page.getByRole('tab', { selected: true })).toHaveText('表示されないとき')
  })

  for (const [width, colorScheme] of [
    [390, 'light'],
    [1280, 'dark'],
  ] as const)
    test(`fits ${width} pixels, and axe finds nothing in ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      const said: string[] = []
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
      await page.goto(address)
      await expect(page.getByRole('article').first()).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      expect(said).toEqual([])
    })

  test('shows the lines to paste without a script', async ({ browser, product }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(product.url + address)
    await expect(page.getByText('<hankyo-thread site="blog">')).toBeVisible()
    await context.close()
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
    await page.getByRole('button', { name: '日本語' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hankyo の API')
  })

  for (const [width, colorScheme] of [
    [390, 'light'],
    [1280, 'dark'],
  ] as const)
    test(`fits ${width} pixels, and axe finds nothing in ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      const said: string[] = []
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
      await page.goto('/docs/api?lang=en#postSitesSiteComments')
      await expect(page.locator('#postSitesSiteComments').getByText('id: uuid')).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      expect(said).toEqual([])
    })
})
