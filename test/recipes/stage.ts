import { randomUUID } from 'node:crypto'
import { type Browser, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { Product } from '../server.ts'
import { findChromium } from '../steps/browser.ts'

/** A server and a browser for the tests of a file. */
export function stage() {
  const stage = {} as { product: Product; browser: Browser }
  beforeAll(async () => {
    stage.product = await Product.start()
    stage.browser = await chromium.launch({ executablePath: findChromium() })
  })
  afterAll(async () => {
    await stage.browser?.close()
    await stage.product?.dispose()
  })
  return stage
}

/** Registers a site whose pages any port of this machine has, with a comment on its second article. */
export async function addSite(product: Product, site: string, url: string): Promise<void> {
  const origins = ['http://127.0.0.1:*']
  const made = await product.api('POST', 'sites', { id: site, name: site, origins, policy: 'postmoderate' })
  expect(made.status).toBe(201)
  const said = await fetch(`${product.url}/v1/sites/${site}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      id: randomUUID(),
      key: '/two/',
      url: `${url}/two/`,
      title: 'The second article',
      author: { name: 'Kei' },
      body: 'Said on two.',
      elapsedMs: 20_000,
    }),
  })
  expect(said.status).toBe(202)
  // The comments of the demo are screened first.
  const shown = async () => (await fetch(`${product.url}/v1/sites/${site}/thread?key=/two/`)).text()
  await vi.waitFor(async () => expect(await shown()).toContain('Said on two.'), { timeout: 60_000 })
}

/** Posts on the first article, goes to the second and back: each has its own comments. */
export async function readBoth(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/one/`)
  const thread = page.locator('hankyo-thread')
  const said = (words: string) => thread.getByRole('article').filter({ hasText: words })
  await thread.getByRole('textbox', { name: /^(Write a comment|コメントを書く)$/ }).fill('Said on one.')
  await thread.getByLabel(/^(Name|名前)/).fill('Mika')
  await thread.locator('button.send').click()
  await said('Said on one.').waitFor()
  await page.getByRole('link', { name: 'Two', exact: true }).first().click()
  await said('Said on two.').waitFor()
  expect(await said('Said on one.').count()).toBe(0)
  await page.getByRole('link', { name: 'One', exact: true }).first().click()
  await said('Said on one.').waitFor()
  expect(await said('Said on two.').count()).toBe(0)
}
