import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Article, article, snippet } from './article.ts'
import { crowd } from './conversation.ts'
import { expect, type Product, test } from './fixtures.ts'

let served: Article | undefined
test.afterEach(() => served?.close())

/** Opens a page whose thread has nobody's comments yet, or those that are written first. */
async function open(
  page: Page,
  product: Product,
  write?: (subject: { key: string; url: string }) => unknown,
) {
  served = await article({ body: snippet(product.url, 'loading="eager"') })
  const key = `/${randomUUID()}`
  const url = served.url + key
  await write?.({ key, url })
  await page.goto(url)
  return page.getByRole('textbox', { name: 'Write a comment' })
}

test('Ctrl with B, I and K put formatting around what is selected, and undo takes each back', async ({
  page,
  product,
}) => {
  const field = await open(page, product)
  await field.pressSequentially('words')
  await expect(page.getByRole('button', { name: 'Bold' })).toBeVisible()
  for (const [letter, text] of [
    ['b', '**words**'],
    ['i', '*words*'],
    ['k', /^\[words\]\(/],
  ] as const) {
    await field.selectText()
    await page.keyboard.press(`Control+${letter}`)
    await expect(field).toHaveValue(text)
    await page.keyboard.press('Control+z')
    await expect(field).toHaveValue('words')
  }
})

test('The preview is as wide as its field', async ({ page, product }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const field = await open(page, product)
  await field.fill('**Words** to look at')
  const before = await field.boundingBox()
  await page.getByRole('button', { name: 'Preview' }).click()
  const preview = page.getByRole('region', { name: 'Preview' })
  await expect(preview.locator('strong')).toHaveText('Words')
  const after = await preview.boundingBox()
  expect([after?.x, after?.width]).toEqual([before?.x, before?.width])
})

test('Like and More, whose script an upgrade took away under the open page, say so beside the button', async ({
  page,
  product,
}) => {
  await page.route(/\/(reactions|acts)\.js/, (route) => route.fulfill({ status: 404, body: 'Not found' }))
  await open(page, product, (subject) => crowd(product, subject, 51))
  const lacking = (place: string) => page.locator(place).getByText(/^Part of this page could not be loaded/)
  const comment = page.getByRole('article').first()
  await comment.getByRole('button', { name: 'Like' }).click()
  await expect(comment.getByRole('alert')).toHaveText(/^Part of this page could not be loaded\. Try again/)
  await page.getByRole('button', { name: 'More comments' }).click()
  await expect(lacking('button.more + .notice')).toBeVisible()
  await expect(comment.getByRole('alert')).toBeHidden()
})
