import { randomUUID } from 'node:crypto'
import config from '../playwright.config.ts'
import { findChromium } from '../steps/browser.ts'
import { article, snippet } from './article.ts'
import { converse, decide, post } from './conversation.ts'
import { expect, test } from './fixtures.ts'

// Browsers keep a page that is left, as it stands, for who goes back. Playwright switches that off, and Chromium
// without a window cannot do it.
const executablePath = findChromium({ timed: true })
test.skip(!executablePath || /headless.shell/.test(executablePath), 'needs a Chromium that has windows')
test.use({
  launchOptions: {
    ...config.use?.launchOptions,
    ...(executablePath && { executablePath }),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
})

test('a page that the browser kept has its text still, and offers what came meanwhile', async ({
  page,
  product,
}) => {
  const server = await article({ body: snippet(product.url, 'loading="eager"') })
  const key = `/${randomUUID()}`
  const subject = { key, url: server.url + key }
  await converse(product, subject, [{ body: 'There from the start' }])
  await page.addInitScript(() =>
    addEventListener('pageshow', ({ persisted }) => document.body.classList.toggle('kept', persisted)),
  )
  await page.goto(subject.url)
  await expect(page.getByText('There from the start')).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Write a comment' })
  await field.fill('Half a thought')
  await page.goto(`${product.url}/demo/`)
  await decide(product, [await post(product, subject, { body: 'Came meanwhile' })], 'approve')
  await page.evaluate(() => history.back())
  await expect(page.locator('body.kept')).toBeVisible()
  await expect(field).toHaveValue('Half a thought')
  await page.getByRole('button', { name: '1 new comment' }).click({ timeout: 10_000 })
  await expect(page.getByText('Came meanwhile')).toBeVisible()
  server.close()
})
