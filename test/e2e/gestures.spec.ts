import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Article, article, snippet } from './article.ts'
import { converse } from './conversation.ts'
import { expect, type Product, test } from './fixtures.ts'

let served: Article | undefined
test.afterEach(() => served?.close())

/** Comes near to a comment that has a reply: the comment, its id and its page's address. */
async function approach(page: Page, product: Product) {
  served = await article({ body: snippet(product.url, 'loading="eager"') })
  const key = `/${randomUUID()}`
  const url = served.url + key
  const said = { name: 'Ines', body: 'First line\n\n**Second** line', replies: [{ body: 'A reply' }] }
  const [id] = await converse(product, { key, url }, [said])
  await page.goto(url)
  const comment = page.locator(`#comment-${id}`)
  // What can be done comes when the pointer comes near, once the page is followed.
  await expect(async () => {
    await page.mouse.move(0, 0)
    await comment.hover()
    await expect(page.getByRole('button', { name: 'Hide replies' })).toBeVisible({ timeout: 1000 })
  }).toPass()
  return { comment, link: `${url}#comment-${id}` }
}

test('The time of a comment, pressed, copies the link to it and tells so there', async ({
  page,
  product,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { comment, link } = await approach(page, product)
  const time = comment.locator('[part=time]')
  await time.click()
  await expect(time).toHaveAttribute('data-told', /copied/i)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  await expect(page.getByRole('status').filter({ hasText: /copied/i })).toBeAttached()
})

test('What is selected in a comment is quoted in the answer to it, behind what is written there', async ({
  page,
  product,
}) => {
  const { comment } = await approach(page, product)
  await comment.getByRole('button', { name: 'Reply' }).click()
  const reply = page.getByRole('textbox', { name: 'Reply to Ines' })
  await reply.fill('Well said:')
  await comment.locator('[part=text] p').last().selectText()
  await page.locator('[part=quote]').click()
  await expect(reply).toHaveValue('Well said:\n\n> **Second** line\n\n')
  await expect(reply).toBeFocused()
})
