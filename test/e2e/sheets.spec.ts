import type { Page } from '@playwright/test'
import { newSite, post } from './desk.ts'
import { expect, type Product, test } from './fixtures.ts'

/** Opens the held comments of a new site: their ids, in the order of the list. */
async function open(page: Page, product: Product, count: number): Promise<string[]> {
  const site = await newSite(product)
  const ids: string[] = []
  for (let at = 1; at <= count; at++)
    ids.push(await post(product, site, { author: { name: `Author ${at}` }, body: `Text ${at}` }))
  await page.goto(await product.dashboardLink())
  await expect(page.getByRole('button', { name: 'Sign out', exact: true }).first()).toBeAttached()
  await page.goto(`${product.url}/dashboard?site=${site}`)
  await expect(page.getByRole('article')).toHaveCount(count)
  return ids
}

test('Whoever types at once when saved views open presses nothing and decides nothing', async ({
  page,
  product,
}) => {
  await open(page, product, 2)
  await page.getByRole('button', { name: 'Saved views…' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('My sheep')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.getByRole('button', { name: 'Close', exact: true }).focus()
  await page.keyboard.type(' sheep')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('article')).toHaveCount(2)
})

test('On a phone, the sheet of an author who was banned says so, with its undo in reach', async ({
  page,
  product,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await open(page, product, 2)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Details' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Ban author…' }).click()
  await sheet.getByLabel('Their comments').selectOption('spam')
  await sheet.getByRole('button', { name: /^Ban, and/ }).click()
  await expect(sheet.getByText(/marked as spam/i)).toBeVisible()
  await sheet.getByRole('button', { name: 'Undo' }).click()
  await expect(sheet.getByRole('heading', { name: 'Author 1' })).toBeVisible()
})

test('The comment in hand stays in sight when a colleague was faster with the one before', async ({
  page,
  product,
}) => {
  await page.setViewportSize({ width: 1280, height: 600 })
  const ids = await open(page, product, 8)
  for (let at = 0; at < 3; at++) await page.keyboard.press('j')
  const decided = [{ commentId: ids[3], revision: 1, action: 'reject' }]
  expect((await product.api('POST', 'decisions', decided)).status).toBe(200)
  await page.keyboard.press('a')
  await expect(page.getByText(/^Already rejected/).first()).toBeVisible()
  await expect(page.getByRole('article', { name: 'Author 5' })).toBeInViewport({ ratio: 1 })
})

test('The keyboard keeps its place when a form has done its work', async ({ page, product }) => {
  const [id] = await open(page, product, 1)
  await page.getByLabel('Name of the page').fill('A new name')
  await page.keyboard.press('Enter')
  await expect(page.getByText('A new name').first()).toBeVisible()
  await expect(page.getByLabel('Name of the page')).toBeFocused()
  await page.goto(`${product.url}/dashboard?page=comment&ids=${id}`)
  const note = page.getByLabel(/^Note for staff/).first()
  await note.fill('Seen before')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Seen before')).toBeVisible()
  await expect(note).toBeFocused()
})
