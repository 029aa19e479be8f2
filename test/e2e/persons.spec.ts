import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as bare, type Page } from '@playwright/test'
import PostalMime from 'postal-mime'
import { article, snippet } from './article.ts'
import { faultsInBothSchemes } from './axe.ts'
import { expect, Product } from './fixtures.ts'

const zora = 'zora@mail.example'

/** The link of the one mail that a server wrote to somebody about themselves. */
async function mailedLink(product: Product): Promise<string> {
  const folder = join(product.dataDir, 'mail')
  const find = async () => (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('proof.'))
  await expect.poll(async () => (await find()).length, { timeout: 60_000 }).toBe(1)
  const [name = ''] = await find()
  const { text = '' } = await PostalMime.parse(await readFile(join(folder, name)))
  return new RegExp(`${product.url}/p/[\\w~-]+`).exec(text.replaceAll('\u2060', ''))?.[0] ?? ''
}

/** Presses a button that hands a file over. */
async function downloaded(page: Page, name: string): Promise<string> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name }).click()
  return readFile(await (await coming).path(), 'utf8')
}

const sound = async (page: Page) => expect(await faultsInBothSchemes(page)).toEqual([])

bare('somebody sees, takes along and erases what is kept of their address', async ({ page }) => {
  bare.setTimeout(180_000)
  const product = await Product.start({ flags: ['--no-rate-limit'] })
  const server = await article({ body: snippet(product.url, 'loading="eager"') })
  try {
    await page.goto(`${server.url}/kept`)
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('Words that are mine.')
    await page.getByLabel('E-mail for news of this').fill(zora)
    await page.getByLabel('Tell me of answers to it').check()
    await page.getByLabel('Name', { exact: true }).fill('Zora')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()

    await page.goto(`${product.url}/p`)
    await sound(page)
    await page.getByLabel('E-mail address').fill(zora)
    await page.getByRole('button', { name: 'Send the mail' }).click()
    await expect(page.getByRole('status')).toContainText('a mail is on its way')
    await sound(page)

    // Each start runs the cron at once, which sends what waits.
    await product.restart()
    await page.goto(await mailedLink(product))
    await sound(page)
    const link = page.url()
    await page.getByRole('button', { name: 'Show what is kept' }).click()
    await expect(page.getByText(zora)).toBeVisible()
    await sound(page)
    expect(await downloaded(page, 'Download to read')).toContain('Words that are mine.')
    expect(JSON.parse(await downloaded(page, 'Download as data'))).toBeTruthy()

    // What is to be ticked is seen to be a box.
    const box = await page.getByRole('checkbox').boundingBox()
    expect([box?.width, box?.height]).toEqual([20, 20])
    const erase = page.getByRole('button', { name: 'Erase it for good' })
    await erase.click()
    await expect(page.getByText('It is being erased.')).not.toBeVisible()
    await page.getByLabel('I have what I want to keep').check()
    await erase.click()
    await expect(page.getByRole('status')).toContainText('It is being erased.')
    await sound(page)
    await expect
      .poll(async () => (await product.api('GET', 'queue?tab=all&q=mine&site=demo')).text(), {
        timeout: 60_000,
      })
      .not.toContain('Words that are mine.')

    await page.goto(link)
    await page.getByRole('button', { name: 'Show what is kept' }).click()
    await expect(page.getByRole('alert')).toContainText('This link was used')
    await sound(page)
  } finally {
    await product.dispose()
    await server.close()
  }
})
